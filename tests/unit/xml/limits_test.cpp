// Documents exactly at each limit, and one beyond it.
#include "engine/base/limits.h"

#include <map>

#include <gtest/gtest.h>

#include "engine/xml/include.h"

namespace guildmark::tests {
namespace {

constexpr const char* xi_limits = R"( xmlns:xi="http://www.w3.org/2001/XInclude")";

/// The code of the first thing that is wrong; empty when `bytes` are a document.
std::string fault_of(const std::string& bytes) {
    Diagnostics diagnostics;
    const bool is_read = read_xml(bytes, "a.xml", diagnostics).has_value();
    EXPECT_EQ(is_read, diagnostics.items().empty());
    return is_read ? std::string() : diagnostics.items().front().code;
}

/// The same for a document whose inclusions are replaced by `files`.
std::string fault_of(const std::string& bytes, const std::map<std::string, std::string>& files) {
    Diagnostics diagnostics;
    auto root = read_xml(bytes, "main.xml", diagnostics);
    EXPECT_TRUE(root) << diagnostics.to_text();
    const auto find = [&files](const std::string& name) {
        const auto found = files.find(name);
        return found == files.end() ? nullptr : &found->second;
    };
    const auto never = [](const XmlElement&) { return false; };
    const bool is_whole = include_files(*root, "main.xml", {find, never}, diagnostics);
    EXPECT_EQ(is_whole, diagnostics.items().empty());
    return is_whole ? std::string() : diagnostics.items().front().code;
}

/// `depth` elements, each inside the one before.
std::string nested(std::size_t depth) {
    std::string text;
    for (std::size_t level = 0; level < depth; ++level) {
        text += "<a>";
    }
    for (std::size_t level = 0; level < depth; ++level) {
        text += "</a>";
    }
    return text;
}

std::string repeated(const std::string& one, std::size_t count) {
    std::string text;
    for (std::size_t number = 0; number < count; ++number) {
        text += one;
    }
    return text;
}

/// A document of exactly so many bytes.
std::string document_of(std::size_t bytes) {
    return "<b>" + std::string(bytes - 7, 'x') + "</b>";
}

std::string including(const std::string& inside) {
    return std::string("<a") + xi_limits + ">" + inside + "</a>";
}

TEST(XmlLimits, hold_the_depth_of_a_document) {
    EXPECT_EQ(fault_of(nested(limits::xml_depth_max + 1)), "document_too_deep");
    EXPECT_EQ(fault_of(nested(limits::xml_depth_max)), "");
}

TEST(XmlLimits, hold_the_bytes_of_a_document) {
    EXPECT_EQ(fault_of(document_of(limits::xml_bytes_max + 1)), "document_too_large");
    EXPECT_EQ(fault_of(document_of(limits::xml_bytes_max)), "");
}

TEST(XmlLimits, hold_how_many_files_a_document_includes) {
    const std::string one = "<xi:include href='b.xml'/>";
    const std::map<std::string, std::string> files{{"b.xml", "<b/>"}};
    EXPECT_EQ(fault_of(including(repeated(one, limits::inclusions_max + 1)), files),
              "includes_too_many");
    EXPECT_EQ(fault_of(including(repeated(one, limits::inclusions_max)), files), "");
}

TEST(XmlLimits, hold_the_bytes_of_all_that_a_document_includes) {
    const std::string two = "<xi:include href='b.xml'/><xi:include href='c.xml'/>";
    const std::string half = document_of(limits::xml_bytes_max / 2);
    EXPECT_EQ(fault_of(including(two),
                       {{"b.xml", half}, {"c.xml", document_of(limits::xml_bytes_max / 2 + 1)}}),
              "document_too_large");
    EXPECT_EQ(fault_of(including(two), {{"b.xml", half}, {"c.xml", half}}), "");
}

TEST(XmlLimits, hold_the_depth_of_a_document_with_what_it_includes) {
    const std::string one = "<xi:include href='b.xml'/>";
    EXPECT_EQ(fault_of(including(one), {{"b.xml", nested(limits::xml_depth_max)}}),
              "document_too_deep");
    EXPECT_EQ(fault_of(including(one), {{"b.xml", nested(limits::xml_depth_max - 1)}}), "");
}

TEST(XmlLimits, hold_how_many_diagnostics_are_kept) {
    Diagnostics diagnostics;
    for (std::size_t fault = 0; fault < limits::diagnostics_max; ++fault) {
        diagnostics.error({}, "fault", "something is wrong");
    }
    EXPECT_EQ(diagnostics.left_out(), 0u);
    diagnostics.error({}, "fault", "something is wrong");
    EXPECT_EQ(diagnostics.items().size(), limits::diagnostics_max);
    EXPECT_EQ(diagnostics.left_out(), 1u);
}

}  // namespace
}  // namespace guildmark::tests
