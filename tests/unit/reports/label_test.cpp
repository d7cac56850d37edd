#include "reports/label/label.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "engine/standard/standard.h"
#include "reports/label/label_kind.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::reports {
namespace {

std::string file_of_source(const std::string& path) {
    return tests::read_file(std::string(GUILDMARK_SOURCE_DIR) + "/" + path);
}

std::map<std::string, LabelKind> shipped_kinds() {
    std::map<std::string, LabelKind> kinds;
    for (const auto& entry : std::filesystem::directory_iterator(GUILDMARK_SOURCE_DIR "/labels")) {
        if (entry.path().extension() == ".xml") {
            Diagnostics diagnostics;
            auto kind = read_label_kind(
                file_of_source("labels/" + entry.path().filename().string()), "", diagnostics);
            EXPECT_TRUE(kind) << entry.path() << diagnostics.to_text();
            EXPECT_EQ(kind->id, entry.path().stem().string());
            kinds.emplace(kind->id, std::move(*kind));
        }
    }
    return kinds;
}

std::string certified_by(const std::string& catalogue) {
    Diagnostics diagnostics;
    const auto standard = read_standard(file_of_source(catalogue), catalogue, diagnostics);
    EXPECT_TRUE(standard) << diagnostics.to_text();
    return standard ? standard->certifies : std::string();
}

TEST(LabelKind, is_refused_when_it_is_none) {
    const std::string head = "<label xmlns='urn:guildmark:label:1' id='a'>";
    const std::string texts =
        "<title xml:lang='en'>a</title><where xml:lang='en'>b</where>"
        "<refusal xml:lang='en'>c</refusal>";
    for (const auto& [text, code] : std::vector<std::pair<std::string, std::string>>{
             {"<label/>", "element_unknown"},
             {head + texts + "</label>", "text_missing"},
             {head + texts + "<text xml:lang='en'>d</text><text>e</text></label>",
              "attribute_missing"},
             {head + texts + "<text xml:lang='en'>d</text><b/></label>", "element_unknown"},
             {"<label xmlns='urn:guildmark:label:1'>" + texts +
                  "<text xml:lang='en'>d</text></label>",
              "attribute_missing"}}) {
        Diagnostics diagnostics;
        EXPECT_FALSE(read_label_kind(text, "a.xml", diagnostics)) << text;
        ASSERT_TRUE(diagnostics.has_errors()) << text;
        EXPECT_EQ(diagnostics.sorted().front().code, code) << text;
    }
}

TEST(Labels, put_no_mark_on_a_product_from_a_certificate_of_a_management_system) {
    const auto kinds = shipped_kinds();
    for (const char* catalogue : {"standards/iso-9001/2015.xml", "standards/iso-14001/2015.xml"}) {
        const std::string certifies = certified_by(catalogue);
        EXPECT_FALSE(fits(kinds.at("product-mark"), certifies, {"body", "client", "group"}));
        EXPECT_FALSE(fits(kinds.at("ecolabel"), certifies, {}));
        EXPECT_TRUE(fits(kinds.at("system-statement"), certifies, {}));
    }
}

TEST(Labels, speak_of_a_product_where_the_standard_is_about_one) {
    const auto kinds = shipped_kinds();
    const std::string certifies = certified_by("samples/honey-mark/standards/honey-code/2026.xml");
    EXPECT_FALSE(fits(kinds.at("system-statement"), certifies, {}));
    EXPECT_TRUE(fits(kinds.at("product-mark"), certifies, {}));
}

TEST(Labels, tell_of_a_group_only_where_the_case_has_one) {
    const auto kinds = shipped_kinds();
    const LabelKind& mark = kinds.at("group-membership-mark");
    EXPECT_FALSE(fits(mark, "management-system", {"body", "client"}));
    EXPECT_TRUE(fits(mark, "management-system", {"body", "client", "group"}));
}

TEST(Labels, are_none_where_nobody_says_what_is_certified_or_where_no_certificate_is_behind) {
    for (const auto& [id, kind] : shipped_kinds()) {
        EXPECT_FALSE(fits(kind, "", {"body", "client", "group"})) << id;
        if (id == "self-declared-claim") {
            EXPECT_TRUE(kind.certifies.empty());
        }
    }
}

TEST(Labels, that_do_not_fit_name_those_that_do) {
    std::vector<LabelKind> kinds;
    for (const auto& [id, kind] : shipped_kinds()) {
        kinds.push_back(kind);
    }
    const auto mark = std::ranges::find(kinds, "product-mark", &LabelKind::id);
    const Error told = does_not_fit(*mark, kinds, "management-system", {}, "en");
    EXPECT_EQ(told.code, "label_does_not_fit");
    EXPECT_EQ(told.kind, ErrorKind::refused);
    EXPECT_NE(told.message.find("What fits: system-statement"), std::string::npos) << told.message;
    EXPECT_NE(does_not_fit(*mark, kinds, "person", {}, "en").message.find("No other kind"),
              std::string::npos);
}

TEST(Label, is_the_same_bytes_each_time_and_needs_no_font_as_svg) {
    LabelContent content;
    content.language = "zh";
    content.name_language = "zh-CN";
    content.title = "GM-1 <statement>";
    content.text =
        "苏州骨直精密机械有限公司的管理体系已由 Norwell Certification 按 ISO 9001:2015 认证。";
    content.number = "GM-0123456789ABC";
    content.page = "https://guildmark.example/c/GM-0123456789ABC";
    for (const LabelFormat format : {LabelFormat::svg, LabelFormat::png}) {
        const auto first = draw_label(content, format);
        ASSERT_TRUE(first) << first.error().message;
        EXPECT_EQ(*draw_label(content, format), *first);
    }
    const std::string svg = *draw_label(content, LabelFormat::svg);
    EXPECT_EQ(svg.find("<text"), std::string::npos);
    EXPECT_EQ(svg.find("font-family"), std::string::npos);
    EXPECT_NE(svg.find("<title>GM-1 &lt;statement&gt;</title>"), std::string::npos);
}

}  // namespace
}  // namespace guildmark::reports
