#include "reports/messages/messages.h"

#include <set>

#include <gtest/gtest.h>

namespace guildmark::reports {
namespace {

std::size_t count_characters(const std::string& text) {
    std::size_t count = 0;
    for (const char letter : text) {
        count += (static_cast<unsigned char>(letter) & 0xC0u) == 0x80 ? 0u : 1u;
    }
    return count;
}

TEST(ReportMessages, are_refused_when_they_are_no_messages) {
    for (const char* text :
         {"<a/>",
          "<messages xmlns='urn:guildmark:messages:1'/>",
          "<messages xmlns='urn:guildmark:messages:1' language='en'><a/></messages>",
          "<messages xmlns='urn:guildmark:messages:1' language='en'>"
          "<message>x</message></messages>",
          "<messages xmlns='urn:guildmark:messages:1' language='en'>"
          "<message id='a'>x</message><message id='a'>y</message></messages>"}) {
        Diagnostics diagnostics;
        EXPECT_FALSE(read_messages(text, "a.xml", diagnostics)) << text;
        EXPECT_EQ(diagnostics.items().size(), 1u + (std::string(text) == "<a/>" ? 1u : 0u)) << text;
    }
}

TEST(ReportMessages, have_the_same_ids_in_every_language) {
    ASSERT_GE(embedded_messages().size(), 2u);
    const Messages english = messages_in("en");
    for (const MessageFile& file : embedded_messages()) {
        const Messages other = messages_in(file.language);
        EXPECT_EQ(other.language(), file.language);
        for (const auto& [id, text] : english.all()) {
            EXPECT_TRUE(other.has(id)) << file.language << " lacks " << id;
            EXPECT_EQ(text.empty() && id != "report.page_end",
                      other.text(id).empty() && id != "report.page_end")
                << file.language << " " << id;
        }
        EXPECT_EQ(other.all().size(), english.all().size()) << file.language;
    }
}

TEST(ReportMessages, name_sheets_as_spreadsheets_allow) {
    for (const MessageFile& file : embedded_messages()) {
        std::set<std::string> names;
        const Messages messages = messages_in(file.language);
        for (const auto& [id, text] : messages.all()) {
            if (id.ends_with(".sheet")) {
                EXPECT_LE(count_characters(text), 31u) << file.language << " " << id;
                EXPECT_EQ(text.find_first_of("[]:*?/\\'"), std::string::npos) << text;
                EXPECT_TRUE(names.insert(text).second) << "two sheets are called " << text;
            }
        }
        EXPECT_EQ(names.size(), 33u);
    }
}

TEST(ReportMessages, fall_back_to_the_base_language_and_then_to_english) {
    EXPECT_EQ(messages_in("zh-Hans-CN").language(), "zh");
    EXPECT_EQ(messages_in("tlh").language(), "en");
    EXPECT_EQ(messages_in("").language(), "en");
}

TEST(ReportMessages, show_the_id_where_a_text_is_lacking) {
    const Messages messages("xx", {{"a.b", "text"}});
    EXPECT_EQ(messages.text("a.b"), "text");
    EXPECT_EQ(messages.text("a", "b"), "text");
    EXPECT_EQ(messages.text("a.c"), "a.c");
    EXPECT_EQ(messages.text("a", "c"), "c");
}

}  // namespace
}  // namespace guildmark::reports
