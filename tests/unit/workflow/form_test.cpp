#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/workflow/characters.h"
#include "engine/workflow/country.h"
#include "engine/workflow/decimal.h"
#include "engine/workflow/form_reader.h"

namespace guildmark::workflow {
namespace {

std::vector<Form> read(const std::string& inside, Diagnostics& diagnostics) {
    const auto root = read_xml(
        "<forms xmlns='urn:guildmark:workflow:1'>" + inside + "</forms>", "forms.xml", diagnostics);
    return root ? read_forms(*root, Reading{diagnostics, "en"}) : std::vector<Form>();
}

std::string codes(const std::string& inside) {
    Diagnostics diagnostics;
    (void)read(inside, diagnostics);
    std::string codes;
    for (const Diagnostic& item : diagnostics.sorted()) {
        codes += (codes.empty() ? "" : " ") + item.code;
    }
    return codes;
}

/// A form of one field, "f", with these attributes and children.
std::string field(const std::string& attributes, const std::string& children = "") {
    return "<form id='a'><title>A</title><field id='f' " + attributes + "><label>F</label>" +
           children + "</field></form>";
}

/// The problems of `values` (JSON) in a form of one field, as "field code", one after another.
std::string problems(const std::string& form, const std::string& values) {
    Diagnostics diagnostics;
    const auto forms = read(form, diagnostics);
    EXPECT_EQ(diagnostics.to_text(), "");
    std::string text;
    for (const FieldProblem& problem : check_form(forms.at(0), *parse_json(values))) {
        text += (text.empty() ? "" : ", ") + problem.field + " " + problem.code;
    }
    return text;
}

TEST(FormReader, refuses_each_mistake_by_its_code) {
    EXPECT_EQ(codes("<from/>"), "element_unknown");
    EXPECT_EQ(codes("<form><title>A</title></form>"), "attribute_missing");
    EXPECT_EQ(codes("<form id='7'><title>A</title></form>"), "attribute_invalid");
    EXPECT_EQ(codes("<form id='a'/>"), "text_missing");
    EXPECT_EQ(codes("<form id='a'><title xml:lang='zh'>甲</title></form>"), "text_missing");
    EXPECT_EQ(codes("<form id='a'><title>A</title><title>B</title></form>"), "text_repeated");
    EXPECT_EQ(codes("<form id='a'><title>A</title></form><form id='a'><title>B</title></form>"),
              "id_repeated");
    EXPECT_EQ(codes(field("type='text' requird='true'")), "attribute_unknown");
    EXPECT_EQ(codes(field("type='text' required='yes'")), "attribute_invalid");
    EXPECT_EQ(codes(field("type='number'")), "attribute_invalid");
    EXPECT_EQ(codes(field("type='text' pattern='['", "<pattern-message>M</pattern-message>")),
              "pattern_malformed");
    EXPECT_EQ(codes(field("type='text' pattern='a'")), "text_missing");
    EXPECT_EQ(codes(field("type='date' pattern='a'")), "attribute_invalid");
    EXPECT_EQ(codes(field("type='choice'")), "choice_missing");
    EXPECT_EQ(codes(field("type='text'", "<choice value='x'><label>X</label></choice>")),
              "element_unknown");
    EXPECT_EQ(codes(field("type='integer' min='1.5'")), "attribute_invalid");
    EXPECT_EQ(codes(field("type='text' min='-1'")), "attribute_invalid");
    EXPECT_EQ(codes(field("type='boolean' max='1'")), "attribute_invalid");
    EXPECT_EQ(codes(field("type='money' max='10'")), "attribute_invalid");
    EXPECT_EQ(codes(field("type='date' min='soon'")), "attribute_invalid");
    EXPECT_EQ(codes(field("type='integer' min='5' max='4'")), "attribute_invalid");
}

TEST(FormReader, suggests_what_may_have_been_meant) {
    Diagnostics diagnostics;
    (void)read(field("type='intger'"), diagnostics);
    EXPECT_EQ(diagnostics.items().front().suggestion, "did you mean \"integer\"?");
}

TEST(Form, tells_every_problem_in_the_order_of_its_fields_and_unknown_fields_last) {
    const std::string form =
        "<form id='a'><title>A</title>"
        "<field id='one' type='integer' required='true'><label>1</label></field>"
        "<field id='two' type='boolean' required='true'><label>2</label></field>"
        "<field id='three' type='date'><label>3</label></field></form>";
    EXPECT_EQ(problems(form, R"({"four":1,"three":"x","two":null,"one":1.5})"),
              "one field_type, two field_missing, three field_type, four field_unknown");
    EXPECT_EQ(problems(form, "null"), "one field_missing, two field_missing");
    EXPECT_EQ(problems(form, "[]"), " field_type");
    EXPECT_EQ(problems(form, R"({"one":1,"two":false})"), "");
}

TEST(Form, asks_for_the_fields_that_an_outcome_needs) {
    Diagnostics diagnostics;
    const auto forms = read(field("type='long-text'"), diagnostics);
    const std::vector<std::string> needs{"f"};
    const auto found = check_form(forms.at(0), *parse_json(R"({"f":" \n"})"), needs);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front().code, "field_missing");
    EXPECT_TRUE(check_form(forms.at(0), Value()).empty());
}

TEST(Form, checks_numbers_and_amounts_exactly) {
    const std::string integer = field("type='integer' min='1' max='250'");
    EXPECT_EQ(problems(integer, R"({"f":0})"), "f field_too_small");
    EXPECT_EQ(problems(integer, R"({"f":251})"), "f field_too_large");
    EXPECT_EQ(problems(integer, R"({"f":"12"})"), "f field_type");
    EXPECT_EQ(problems(integer, R"({"f":250})"), "");
    const std::string decimal = field("type='decimal' min='0.1' max='0.3'");
    EXPECT_EQ(problems(decimal, R"({"f":"0.300000001"})"), "f field_too_large");
    EXPECT_EQ(problems(decimal, R"({"f":"-0.5"})"), "f field_too_small");
    EXPECT_EQ(problems(decimal, R"({"f":"0.3000000000"})"), "f field_type");
    EXPECT_EQ(problems(decimal, R"({"f":0.2})"), "f field_type");
    EXPECT_EQ(problems(decimal, R"({"f":"0.3"})"), "");
    const std::string money = field("type='money' min='0.01 EUR' max='100.00 EUR'");
    EXPECT_EQ(problems(money, R"({"f":"100.01 EUR"})"), "f field_too_large");
    EXPECT_EQ(problems(money, R"({"f":"5.00 USD"})"), "f field_type");
    EXPECT_EQ(problems(money, R"({"f":"0.00 EUR"})"), "f field_too_small");
    EXPECT_EQ(problems(money, R"({"f":"99.99 EUR"})"), "");
}

TEST(Form, checks_texts_by_characters_and_lines) {
    const std::string text = field("type='text' min='2' max='3'");
    EXPECT_EQ(problems(text, R"({"f":"审"})"), "f field_too_small");
    EXPECT_EQ(problems(text, R"({"f":"审核员"})"), "");
    EXPECT_EQ(problems(text, R"({"f":"审核员工"})"), "f field_too_large");
    EXPECT_EQ(problems(text, R"({"f":"a\nb"})"), "f field_type");
    EXPECT_EQ(problems(field("type='long-text'"), R"({"f":"a\nb"})"), "");
    EXPECT_EQ(problems(field("type='long-text'"), R"({"f":"a\u0007"})"), "f field_type");
    const std::string pattern = field("type='text' pattern='HRB \\d{4,6}'",
                                      "<pattern-message>As HRB 1234.</pattern-message>");
    EXPECT_EQ(problems(pattern, R"({"f":"HRB 123"})"), "f field_pattern");
    EXPECT_EQ(problems(pattern, R"({"f":"HRB 1234"})"), "");
}

TEST(Form, checks_choices_dates_places_and_addresses) {
    const std::string choices = field("type='choices' min='1' max='2'",
                                      "<choice value='x'><label>X</label></choice>"
                                      "<choice value='y'><label>Y</label></choice>");
    EXPECT_EQ(problems(choices, R"({"f":["x","z"]})"), "f choice_unknown");
    EXPECT_EQ(problems(choices, R"({"f":["x","x"]})"), "f field_type");
    EXPECT_EQ(problems(choices, R"({"f":"x"})"), "f field_type");
    EXPECT_EQ(problems(choices, R"({"f":["y","x"]})"), "");
    const std::string date = field("type='date' min='2026-01-01' max='2026-12-31'");
    EXPECT_EQ(problems(date, R"({"f":"2025-12-31"})"), "f field_too_small");
    EXPECT_EQ(problems(date, R"({"f":"2026-02-29"})"), "f field_type");
    EXPECT_EQ(problems(date, R"({"f":"2026-12-31"})"), "");
    EXPECT_EQ(problems(field("type='country'"), R"({"f":"XX"})"), "f field_type");
    EXPECT_EQ(problems(field("type='country'"), R"({"f":"TR"})"), "");
    EXPECT_EQ(problems(field("type='region'"), R"({"f":"de-bw"})"), "f field_type");
    EXPECT_EQ(problems(field("type='region'"), R"({"f":"DE137"})"), "");
    EXPECT_EQ(problems(field("type='email'"), R"({"f":"a@b@c"})"), "f field_type");
    EXPECT_EQ(problems(field("type='email'"), R"({"f":"a@brenner.example"})"), "");
    EXPECT_EQ(problems(field("type='requirement'"), R"({"f":"seven"})"), "f field_type");
    EXPECT_EQ(problems(field("type='requirement'"), R"({"f":"7.1.5"})"), "");
    EXPECT_EQ(problems(field("type='boolean'"), R"({"f":"true"})"), "f field_type");
}

TEST(Country, knows_the_codes_of_iso_3166_and_no_others) {
    EXPECT_FALSE(is_country("UK"));
    EXPECT_FALSE(is_country("D"));
    EXPECT_FALSE(is_country("E "));
    EXPECT_FALSE(is_country(""));
    EXPECT_TRUE(is_country("AD"));
    EXPECT_TRUE(is_country("ZW"));
    EXPECT_TRUE(is_country("XK"));
    EXPECT_FALSE(is_region_form("DE-"));
    EXPECT_FALSE(is_region_form("DE1372"));
    EXPECT_TRUE(is_region_form("FR-ARA"));
}

TEST(Decimal, orders_negative_numbers_rightly) {
    EXPECT_LT(*Decimal::parse("-0.6"), *Decimal::parse("-0.5"));
    EXPECT_LT(*Decimal::parse("-0.5"), *Decimal::parse("0"));
    EXPECT_EQ(*Decimal::parse("-1"), *Decimal::parse("-1.0"));
    for (const char* text : {"", "-", ".", "1.", ".5", "+1", "1e3", "1 000", "1234567890123456"}) {
        EXPECT_FALSE(Decimal::parse(text)) << text;
    }
}

TEST(Characters, join_lines_as_their_script_does) {
    EXPECT_EQ(flow_text("\n  One line\n  and another.  \n"), "One line and another.");
    EXPECT_EQ(flow_text("一行\n   又一行。"), "一行又一行。");
    EXPECT_EQ(flow_text("한 줄\n  그리고"), "한 줄 그리고");
    EXPECT_EQ(flow_text("审核 ISO\n  标准"), "审核 ISO 标准");
    EXPECT_EQ(flow_text("First.\n\n   Second."), "First.\n\nSecond.");
    EXPECT_EQ(to_characters("a\xff"
                            "b"),
              U"a\uFFFDb");
}

}  // namespace
}  // namespace guildmark::workflow
