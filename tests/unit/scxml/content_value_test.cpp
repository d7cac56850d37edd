#include "engine/scxml/content_value.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"

namespace guildmark::scxml {
namespace {

std::string data_of(std::string_view text) {
    return to_json(value_from_text(text));
}

/// The XML text of a value that is written as JSON; "none" when it is no XML.
std::string xml_of(std::string_view json) {
    return xml_text(*parse_json(json)).value_or("none");
}

TEST(ContentValue, is_json_then_a_literal_then_xml_then_text_with_single_spaces) {
    EXPECT_EQ(data_of(" [1, \"2\"] "), "[1,\"2\"]");
    EXPECT_EQ(data_of("{ name: 'b', sizes: [-1, +2] }"), R"({"name":"b","sizes":[-1,2]})");
    EXPECT_EQ(data_of("<a><b c='d'>e</b></a>"), R"({"#xml":["a",["b",{"c":"d"},"e"]]})");
    EXPECT_EQ(data_of(" two \n words "), "\"two words\"");
}

TEST(ContentValue, runs_nothing_and_reads_no_variable) {
    EXPECT_EQ(data_of("{ a: b }"), "\"{ a: b }\"");
    EXPECT_EQ(data_of("[f()]"), "\"[f()]\"");
    EXPECT_EQ(data_of("<a>"), "\"<a>\"");
    EXPECT_EQ(data_of("<!DOCTYPE a><a/>"), "\"<!DOCTYPE a><a/>\"");
}

TEST(ContentValue, is_xml_again_with_its_namespaces) {
    for (const char* text : {"<a></a>",
                             "<a xmlns=\"urn:x\"><b></b><c xmlns=\"\"></c></a>",
                             "<a b=\"&lt;&amp;&quot;\">1 &lt; 2<b></b>3</a>"}) {
        EXPECT_EQ(xml_text(value_from_text(text)), text);
    }
    EXPECT_EQ(data_of("<x:a xmlns:x='urn:x' x:b='1'/>"),
              R"({"#xml":["a",{"xmlns":"urn:x","{urn:x}b":"1"}]})");
}

TEST(ContentValue, is_no_xml_when_xml_cannot_hold_it) {
    for (const char* json : {R"({"#xml":"a"})",
                             R"({"#xml":["a"],"b":1})",
                             R"({"#xml":[]})",
                             R"({"#xml":["a b"]})",
                             R"({"#xml":["a",{"b":1}]})",
                             R"({"#xml":["a",{"b><c":"1"}]})",
                             R"({"#xml":["a",["b/"]]})",
                             R"({"#xml":["a",{"b,":"1"}]})",
                             R"({"#xml":["1"]})",
                             R"({"#xml":["a","\u0001"]})",
                             R"({"#xml":["a",{"b":"\u0000"}]})",
                             R"({"#xml":["a",1]})",
                             R"(["a"])"}) {
        EXPECT_EQ(xml_of(json), "none") << json;
    }
    EXPECT_EQ(xml_of(R"({"#xml":["","a",["b"]]})"), "a<b></b>");
}

}  // namespace
}  // namespace guildmark::scxml
