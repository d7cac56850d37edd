#include "engine/audit/sample_units.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/limits.h"

namespace guildmark::audit {
namespace {

/// All faults, or "N: id{field=value,...} ..." of a sound list.
std::string read(std::string_view bytes) {
    Diagnostics diagnostics;
    const auto list = read_sample_units(bytes, "l", diagnostics);
    if (!list) {
        return diagnostics.to_text();
    }
    std::string text = fmt::format("{}:", list->units.size());
    for (const SampleUnit& unit : list->units) {
        text += " " + unit.id + "{";
        for (const auto& [name, value] : unit.fields) {
            text += name + "=" + value + ";";
        }
        text += "}";
    }
    return text;
}

TEST(SampleUnits, that_cannot_be_read_are_told_with_their_place) {
    EXPECT_EQ(read(""), "l: list_malformed: the list is empty\n");
    EXPECT_EQ(read("id,x\n"), "l: list_malformed: the list is empty\n");
    EXPECT_EQ(
        read("name,x\na,1\n"),
        "l:1:1: id_missing: the first line names the columns; one of them has to be \"id\"\n");
    EXPECT_EQ(read("id,x,x\na,1,2\n"), "l:1:6: list_malformed: a second column is called \"x\"\n");
    EXPECT_EQ(read("id,x\na,1\nb\nc,1,2\n"),
              "l:3:1: list_malformed: this line has 1 fields; the first line names 2\n"
              "l:4:1: list_malformed: this line has 3 fields; the first line names 2\n");
    EXPECT_EQ(read("id,x\na,1\n,2\na,3\n"),
              "l:3:1: id_missing: nothing stands here for \"id\"\n"
              "l:4:1: id_repeated: a second line is about \"a\"\n");
    EXPECT_EQ(read("x,id\n\xC3\xA4,\"a\nb\"\n"),
              "l:2:3: id_invalid: the id \"a\nb\" is longer than 200 bytes or holds control "
              "characters\n");
    EXPECT_EQ(read("id\n\"a\n"), "l:2:2: list_malformed: a quote is opened and not closed\n");
    EXPECT_EQ(read("id\n\"a\"b\n"),
              "l:2:4: list_malformed: behind a closing quote stands more than a comma\n");
    EXPECT_EQ(
        read("id\na\"b\n"),
        "l:2:2: list_malformed: a quote stands within a field that does not begin with one\n");
    EXPECT_EQ(read("id\n\xFF\n"), "l: encoding_invalid: the list is not in UTF-8\n");
    EXPECT_EQ(read("[1]"), "l:1:1: list_malformed: item 1 of the array is no object\n");
    EXPECT_EQ(read("[{\"x\": 1}, {\"id\": null}]"),
              "l:1:1: id_missing: nothing stands here for \"id\"\n"
              "l:2:1: id_missing: nothing stands here for \"id\"\n");
    EXPECT_NE(read("[{\"id\": 1},").find("l:1:1: list_malformed: "), std::string::npos);
}

TEST(SampleUnits, of_more_lines_or_columns_than_are_read_are_refused) {
    std::string lines = "id\n";
    for (std::size_t number = 0; number < limits::sample_units_max; ++number) {
        lines += fmt::format("{}\n", number);
    }
    EXPECT_EQ(read(lines).substr(0, 7), "100000:");
    lines += "last\n";
    EXPECT_NE(read(lines).find("l:100002:1: list_too_large: "), std::string::npos);
    std::string columns = "id";
    std::string fields = "a";
    for (std::size_t number = 0; number < limits::sample_fields_max; ++number) {
        columns += fmt::format(",c{}", number);
        fields += ",x";
    }
    EXPECT_EQ(read(columns + "\n" + fields + "\n").substr(0, 4), "1: a");
    EXPECT_EQ(read(columns + ",last\n"), "l:1:1: list_too_large: a list has at most 64 columns\n");
}

TEST(SampleUnits, are_read_as_CSV_with_quotes_and_either_line_end) {
    EXPECT_EQ(read("\xEF\xBB\xBFid,x\r\na,1\r\n\r\nb,\r\n"), "2: a{x=1;} b{x=;}");
    EXPECT_EQ(read("x,id\n\"1,\"\"2\"\"\n3\",\"a\"\n\"\",b"), "2: a{x=1,\"2\"\n3;} b{x=;}");
    EXPECT_EQ(read("id\n\xE5\x8C\x97\xE4\xBA\xAC\n"), "1: \xE5\x8C\x97\xE4\xBA\xAC{}");
}

TEST(SampleUnits, are_read_as_JSON_with_values_of_any_kind) {
    EXPECT_EQ(read(" [{\"id\": \"a\", \"x\": 2.5, \"y\": true}, {\"id\": 7, \"x\": null}]"),
              "2: a{x=2.5;y=true;} 7{x=;}");
}

}  // namespace
}  // namespace guildmark::audit
