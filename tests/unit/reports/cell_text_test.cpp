#include "reports/xlsx/cell_text.h"

#include <gtest/gtest.h>

namespace guildmark::reports::xlsx {
namespace {

std::string cell(const std::string& text) {
    std::string scratch;
    return to_cell_text(text, scratch);
}

std::string repeat(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t index = 0; index < count; ++index) {
        out += text;
    }
    return out;
}

TEST(CellText, shows_control_characters_instead_of_writing_them) {
    EXPECT_EQ(cell(std::string("a\0b", 3)), "a␀b");
    EXPECT_EQ(cell("\x01\x1f\x7f\x1b[31m"), "␁␟␡␛[31m");
    EXPECT_EQ(cell("\b审核"), "␈审核");
}

TEST(CellText, keeps_lines_and_tabs) {
    EXPECT_EQ(cell("a\nb\tc"), "a\nb\tc");
    EXPECT_EQ(cell("a\r\nb\rc\r"), "a\nb\nc\n");
}

TEST(CellText, replaces_what_is_no_character) {
    EXPECT_EQ(cell("a\xff\xc3"), "a\uFFFD\uFFFD");
    EXPECT_EQ(cell("\xEF\xBF\xBE \xEF\xBF\xBF"), "\uFFFD \uFFFD");
    EXPECT_EQ(cell("\uFFFD \uFEFF"), "\uFFFD \uFEFF");
}

TEST(CellText, gives_the_very_text_when_nothing_is_wrong_with_it) {
    for (const char* text : {"", "plain", "=1+1", "审核 😀", "a\nb"}) {
        const std::string original = text;
        std::string scratch;
        EXPECT_EQ(&to_cell_text(original, scratch), &original) << text;
    }
}

TEST(CellText, is_cut_where_a_cell_ends) {
    EXPECT_EQ(cell(repeat("x", 32'767)), repeat("x", 32'767));
    EXPECT_EQ(cell(repeat("x", 32'768)), repeat("x", 32'764) + "[…]");
    EXPECT_EQ(cell(repeat("审", 32'767)), repeat("审", 32'767));
    EXPECT_EQ(cell(repeat("审", 40'000)), repeat("审", 32'764) + "[…]");
    EXPECT_EQ(cell(repeat("😀", 20'000)), repeat("😀", 16'382) + "[…]")
        << "a character above U+FFFF counts twice and is not cut in two";
}

TEST(CellText, keeps_what_only_looks_like_an_escaped_character) {
    EXPECT_EQ(cell("_x0041_"), "_x005F_x0041_");
    EXPECT_EQ(cell("a_x005f_b"), "a_x005F_x005f_b");
    EXPECT_EQ(cell("_x0041_x0042_"), "_x005F_x0041_x005F_x0042_");
    EXPECT_EQ(cell("_x41_ _x0041 x0041_ _xg041_ _"), "_x41_ _x0041 x0041_ _xg041_ _");
}

TEST(CountedLines, follow_line_ends_width_and_wide_characters) {
    EXPECT_EQ(count_lines("", 10), 1u);
    EXPECT_EQ(count_lines("0123456789", 10), 1u);
    EXPECT_EQ(count_lines("0123456789a", 10), 2u);
    EXPECT_EQ(count_lines("a\nb\nc", 10), 3u);
    EXPECT_EQ(count_lines("Prüfmittel", 10), 1u);
    EXPECT_EQ(count_lines("审核计划审", 10), 1u);
    EXPECT_EQ(count_lines("审核计划审核", 10), 2u);
    EXPECT_EQ(count_lines("abc", 1), 3u);
}

TEST(MarginText, is_one_line_in_which_nothing_is_a_code) {
    EXPECT_EQ(to_margin_text("Parts & more\n&P", 90), "Parts && more &&P");
    EXPECT_EQ(to_margin_text("审核审核", 3), "审核审…");
}

}  // namespace
}  // namespace guildmark::reports::xlsx
