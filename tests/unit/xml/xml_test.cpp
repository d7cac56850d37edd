#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "engine/xml/document.h"

namespace guildmark {
namespace {

std::string first_code(std::string_view bytes) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_xml(bytes, "a.xml", diagnostics));
    return diagnostics.items().empty() ? std::string() : diagnostics.sorted().front().code;
}

TEST(Xml, refuses_what_is_hostile_or_broken) {
    EXPECT_EQ(first_code("<!DOCTYPE a [<!ENTITY i \"x\">]><a/>"), "doctype_refused");
    EXPECT_EQ(first_code("<a>&i;</a>"), "entity_unknown");
    EXPECT_EQ(first_code("<a b=\"x & y\"/>"), "entity_unknown");
    EXPECT_EQ(first_code("<a><b></a>"), "xml_malformed");
    EXPECT_EQ(first_code("<a/><b/>"), "xml_malformed");
    EXPECT_EQ(first_code(""), "xml_malformed");
    EXPECT_EQ(first_code("<p:a/>"), "prefix_unknown");
    EXPECT_EQ(first_code("<p:a:b xmlns:p='u'/>"), "xml_malformed");
    EXPECT_EQ(first_code("<a xmlns:p='u' p:b:c='1'/>"), "xml_malformed");
    EXPECT_EQ(first_code("<a b=\"1\" b=\"2\"/>"), "attribute_repeated");
    EXPECT_EQ(first_code("<a>\xff</a>"), "encoding_invalid");
    EXPECT_EQ(first_code("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a/>"), "encoding_unknown");
    std::string deep;
    for (std::size_t level = 0; level <= limits::xml_depth_max; ++level) {
        deep += "<a>";
    }
    for (std::size_t level = 0; level <= limits::xml_depth_max; ++level) {
        deep += "</a>";
    }
    EXPECT_EQ(first_code(deep), "document_too_deep");
    EXPECT_EQ(first_code(std::string(limits::xml_bytes_max + 1, ' ')), "document_too_large");
}

TEST(Xml, tells_line_and_column_in_characters) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_xml("<a>\n  审核<b>&i;</b></a>", "wf/a.xml", diagnostics));
    EXPECT_EQ(diagnostics.items().front().place, (SourcePlace{"wf/a.xml", 2, 8}));
    const auto root = read_xml("<a>\n  审核<b/></a>", "a.xml", diagnostics);
    EXPECT_EQ(root->children.front().place, (SourcePlace{"a.xml", 2, 5}));
}

TEST(Xml, tells_places_in_one_long_line_without_counting_it_anew_each_time) {
    std::string text = "<a>";
    for (int count = 0; count < 50'000; ++count) {
        text += "审<b/>";
    }
    Diagnostics diagnostics;
    const auto root = read_xml(text + "</a>", "a.xml", diagnostics);
    ASSERT_TRUE(root) << diagnostics.to_text();
    EXPECT_EQ(root->children.front().place, (SourcePlace{"a.xml", 1, 5}));
    EXPECT_EQ(root->children.back().place, (SourcePlace{"a.xml", 1, 5 + 49'999 * 5}));
}

TEST(Xml, resolves_namespaces_and_keeps_text_in_order) {
    Diagnostics diagnostics;
    const auto root =
        read_xml("<a xmlns='u:1' xmlns:g='u:2' g:k='v' k='w'>one<g:b/>t&amp;wo<![CDATA[<3>]]></a>",
                 "a.xml",
                 diagnostics);
    ASSERT_TRUE(root) << diagnostics.to_text();
    EXPECT_TRUE(root->is("u:1", "a"));
    EXPECT_TRUE(root->children.at(0).is("u:2", "b"));
    EXPECT_EQ(*root->find_attribute("u:2", "k"), "v");
    EXPECT_EQ(*root->find_attribute("k"), "w");
    EXPECT_EQ(root->texts, (std::vector<std::string>{"one", "t&wo<3>"}));
    EXPECT_EQ(to_xml(*root),
              "<a xmlns=\"u:1\" xmlns:a1=\"u:2\" a1:k=\"v\" k=\"w\">one<b xmlns=\"u:2\"></b>"
              "t&amp;wo&lt;3&gt;</a>");
}

TEST(Xml, shows_the_name_of_an_unknown_encoding_whatever_its_bytes_are) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_xml("<?xml version='1.0' encoding='a\xff\n'?><a/>", "a.xml", diagnostics));
    EXPECT_EQ(diagnostics.to_text(),
              "a.xml: encoding_unknown: the encoding \"a??\" is not read here; save the document "
              "as UTF-8\n");
}

TEST(Xml, writes_white_space_so_that_it_is_read_again) {
    Diagnostics diagnostics;
    const auto root =
        read_xml("<a b='-&#9;&#10;&#13;' xmlns='u&#10;1'>&#13;\n<c/> &#32; <d/>\n</a>",
                 "a.xml",
                 diagnostics);
    ASSERT_TRUE(root) << diagnostics.to_text();
    EXPECT_EQ(to_xml(*root),
              "<a xmlns=\"u&#10;1\" b=\"-&#9;&#10;&#13;\">&#13;\n<c></c>&#32;  <d></d></a>");
}

TEST(Xml, reads_utf_16_and_latin_1) {
    Diagnostics diagnostics;
    const auto latin =
        read_xml("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", "a", diagnostics);
    EXPECT_EQ(latin->text(), "é");
    const std::string wide("\xff\xfe<\0a\0>\0\xe9\0<\0/\0a\0>\0", 18);
    const auto utf16 = read_xml(wide, "a", diagnostics);
    ASSERT_TRUE(utf16) << diagnostics.to_text();
    EXPECT_EQ(utf16->text(), "é");
}

TEST(Diagnostics, keeps_so_many_and_counts_the_rest) {
    Diagnostics diagnostics;
    for (std::size_t fault = 0; fault < limits::diagnostics_max + 3; ++fault) {
        diagnostics.error({}, "fault", "something is wrong");
    }
    EXPECT_EQ(diagnostics.items().size(), limits::diagnostics_max);
    EXPECT_EQ(diagnostics.left_out(), 3u);
}

TEST(Diagnostics, suggests_the_nearest_word) {
    const std::vector<std::string> names{"review", "decision"};
    EXPECT_EQ(suggest("reveiw", names), "did you mean \"review\"?");
    EXPECT_EQ(suggest("certificate", names), "");
}

}  // namespace
}  // namespace guildmark
