#include "engine/xml/include.h"

#include <map>

#include <gtest/gtest.h>

#include "engine/base/limits.h"

namespace guildmark::tests {
namespace {

constexpr const char* xi = R"( xmlns:xi="http://www.w3.org/2001/XInclude")";

using FileMap = std::map<std::string, std::string>;

/// Files by name; the document is "a/main.xml" seen from its own folder: "main.xml".
class Files {
public:
    explicit Files(FileMap files) : files_(std::move(files)) {}

    std::string included(const std::string& bytes, Diagnostics& diagnostics) const {
        auto root = read_xml(bytes, "main.xml", diagnostics);
        EXPECT_TRUE(root) << diagnostics.to_text();
        const auto find = [this](const std::string& name) {
            const auto found = files_.find(name);
            return found == files_.end() ? nullptr : &found->second;
        };
        const auto is_wrapping = [](const XmlElement& each) { return each.name == "part"; };
        const bool is_whole = include_files(*root, "main.xml", {find, is_wrapping}, diagnostics);
        EXPECT_EQ(is_whole, diagnostics.items().empty());
        return is_whole ? to_xml(*root) : std::string();
    }

    std::string error_of(const std::string& inside) const {
        Diagnostics diagnostics;
        included(std::string("<a") + xi + ">" + inside + "</a>", diagnostics);
        return diagnostics.items().empty() ? "" : diagnostics.items().front().code;
    }

private:
    FileMap files_;
};

const Files none{FileMap()};

TEST(Inclusion, of_what_is_not_the_name_of_a_file_nearby_is_refused) {
    EXPECT_EQ(none.error_of("<xi:include/>"), "include_invalid");
    EXPECT_EQ(none.error_of("<xi:include href=''/>"), "include_invalid");
    EXPECT_EQ(none.error_of("<xi:include href='b.xml' parse='text'/>"), "include_invalid");
    EXPECT_EQ(none.error_of("<xi:include href='b.xml'><xi:fallback/></xi:include>"),
              "include_invalid");
    for (const char* href : {"/etc/passwd",
                             "../../b.xml",
                             "../x/../../b.xml",
                             "..",
                             "x/",
                             "file:///etc/passwd",
                             "b.xml#c",
                             "b.xml?c",
                             "..\\b.xml"}) {
        EXPECT_EQ(none.error_of(std::string("<xi:include href='") + href + "'/>"),
                  "include_invalid")
            << href;
    }
    EXPECT_EQ(none.error_of("<xi:include href='b.xml'/>"), "include_missing");
}

TEST(Inclusion, that_comes_back_to_itself_is_refused) {
    const Files files{
        FileMap{{"b.xml", std::string("<b") + xi + "><xi:include href='../x/c.xml'/></b>"},
                {"../x/c.xml", std::string("<c") + xi + "><xi:include href='./c.xml'/></c>"}}};
    EXPECT_EQ(files.error_of("<xi:include href='b.xml'/>"), "include_cyclic");
}

TEST(Inclusion, beyond_its_limits_is_refused) {
    // Each file includes the next one twice: 2^20 inclusions of a few bytes.
    FileMap doubling;
    doubling["20.xml"] = "<leaf/>";
    for (int index = 0; index < 20; ++index) {
        const std::string next = std::to_string(index + 1) + ".xml";
        doubling[std::to_string(index) + ".xml"] = std::string("<part") + xi +
                                                   "><xi:include href='" + next +
                                                   "'/><xi:include href='" + next + "'/></part>";
    }
    EXPECT_EQ(Files(doubling).error_of("<xi:include href='0.xml'/>"), "includes_too_many");

    const std::string large = "<b>" + std::string(limits::xml_bytes_max / 2, 'x') + "</b>";
    FileMap one;
    one["b.xml"] = large;
    EXPECT_EQ(Files(one).error_of("<xi:include href='b.xml'/><xi:include href='b.xml'/>"),
              "document_too_large");

    std::string deep = "<b/>";
    for (std::size_t depth = 1; depth < limits::xml_depth_max; ++depth) {
        deep.insert(0, "<b>").append("</b>");
    }
    one["b.xml"] = deep;
    EXPECT_EQ(Files(one).error_of("<xi:include href='b.xml'/>"), "document_too_deep");
}

TEST(Inclusion, tells_what_is_wrong_in_the_file_that_was_included) {
    Diagnostics diagnostics;
    FileMap broken;
    broken["../x/b.xml"] = "<b>\n  <c></b>";
    Files(broken).included(std::string("<a") + xi + "><xi:include href='../x/b.xml'/></a>",
                           diagnostics);
    ASSERT_FALSE(diagnostics.items().empty());
    EXPECT_EQ(diagnostics.items().front().code, "xml_malformed");
    EXPECT_EQ(diagnostics.items().front().place.file, "../x/b.xml");
    EXPECT_EQ(diagnostics.items().front().place.line, 2u);
}

TEST(Inclusion, puts_a_file_or_the_inside_of_a_wrapping_in_its_place) {
    const Files files{FileMap{
        {"b.xml", "<b>one</b>"},
        {"parts/c.xml",
         std::string("<part") + xi + ">two<d/>three<xi:include href='../b.xml'/><e/>four</part>"},
        {"empty.xml", "<part/>"}}};
    Diagnostics diagnostics;
    EXPECT_EQ(files.included(std::string("<a") + xi +
                                 ">0<xi:include href='b.xml'/>1<f><xi:include "
                                 "href='parts/c.xml'/></f>2<xi:include href='empty.xml'/>3</a>",
                             diagnostics),
              "<a>0<b>one</b>1<f>two<d></d>three<b>one</b><e></e>four</f>23</a>");
    EXPECT_TRUE(diagnostics.items().empty()) << diagnostics.to_text();
}

}  // namespace
}  // namespace guildmark::tests
