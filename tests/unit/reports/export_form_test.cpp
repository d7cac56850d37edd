#include "reports/exchange/export_form.h"

#include <gtest/gtest.h>

namespace guildmark::reports {
namespace {

std::string form_xml(const std::string& attributes, const std::string& fields) {
    return "<export xmlns=\"urn:guildmark:export:1\" " + attributes + "><title>T</title>" +
           "<source>S</source>" + fields + "</export>";
}

const char* const form_attributes = R"(id="f" designation="F" root="all" row="one")";

/// The codes of what is wrong.
std::string faults_of(const std::string& xml) {
    Diagnostics diagnostics;
    const auto form = read_export_form(xml, "f.xml", diagnostics);
    EXPECT_EQ(form.has_value(), !diagnostics.has_errors());
    std::string codes;
    for (const Diagnostic& item : diagnostics.items()) {
        codes += (codes.empty() ? "" : " ") + item.code;
    }
    return codes;
}

ExportForm form_of(const std::string& fields) {
    Diagnostics diagnostics;
    auto form = read_export_form(form_xml(form_attributes, fields), "f.xml", diagnostics);
    EXPECT_TRUE(form) << diagnostics.to_text();
    return form.value_or(ExportForm());
}

std::string row_or_error(const std::string& fields, const ExportedCertificate& certificate) {
    const auto row = export_row(form_of(fields), certificate);
    return row ? *row : row.error().code + " " + row.error().subject;
}

TEST(ExportFormTest, is_refused_with_all_that_is_wrong) {
    const std::string field = R"(<field element="n" from="number"/>)";
    EXPECT_EQ(faults_of("<form/>"), "element_unknown");
    EXPECT_EQ(faults_of(form_xml(form_attributes, "")), "element_missing");
    EXPECT_EQ(faults_of(form_xml(R"(id="f" designation="F" root="a b" row="one")", field)),
              "attribute_invalid");
    EXPECT_EQ(faults_of(form_xml(form_attributes, field + field)), "id_repeated");
    EXPECT_EQ(faults_of(form_xml(form_attributes, R"(<field element="n" from="nmuber"/>)")),
              "attribute_invalid");
    EXPECT_EQ(
        faults_of(form_xml(form_attributes, R"(<field element="n" from="number" most="0"/>)")),
        "attribute_invalid");
    EXPECT_EQ(
        faults_of(form_xml(form_attributes, R"(<field element="n" from="number" most="-"/>)")),
        "attribute_invalid");
    EXPECT_EQ(
        faults_of(form_xml(form_attributes, R"(<field element="n" from="number" size="4"/>)")),
        "attribute_unknown");
    EXPECT_EQ(faults_of(form_xml(form_attributes, field)), "");
}

TEST(ExportFormTest, refuses_what_the_other_register_would_refuse) {
    const ExportedCertificate certificate{
        {"number", "N-1"}, {"status", "active"}, {"scope", "äöü"}};
    EXPECT_EQ(row_or_error(
                  R"(<field element="s" from="status"><word ours="expired" theirs="E"/></field>)",
                  certificate),
              "export_word_missing N-1, s");
    EXPECT_EQ(row_or_error(R"(<field element="h" from="holder" required="true"/>)", certificate),
              "export_value_missing N-1, h");
    EXPECT_EQ(row_or_error(R"(<field element="s" from="scope" most="2"/>)", certificate),
              "export_value_too_long N-1, s");
    EXPECT_EQ(row_or_error(R"(<field element="s" from="scope" most="3"/>)", certificate),
              "  <one>\n    <s>äöü</s>\n  </one>\n");
}

TEST(ExportFormTest, writes_texts_as_xml_and_leaves_out_what_is_empty) {
    const ExportedCertificate certificate{{"holder", "A & <B>"}};
    EXPECT_EQ(row_or_error(R"(<field element="h" from="holder"/><field element="s" from="scope"/>)",
                           certificate),
              "  <one>\n    <h>A &amp; &lt;B&gt;</h>\n  </one>\n");
    const ExportForm form = form_of(R"(<field element="h" from="holder"/>)");
    EXPECT_EQ(export_head(form), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<all>\n");
    EXPECT_EQ(export_foot(form), "</all>\n");
}

}  // namespace
}  // namespace guildmark::reports
