#include "reports/canvas/layout.h"

#include <array>
#include <pango/pango.h>
#include <utility>

#include <fmt/format.h>

namespace guildmark::reports {
namespace {

using Description = std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)>;

/// Language tags by what they begin with, the longer ones first, and whose shapes they are.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> shapes{{
    {"zh-Hant-HK", "HK"},
    {"zh-HK", "HK"},
    {"zh-Hant", "TC"},
    {"zh-TW", "TC"},
    {"zh", "SC"},
    {"ja", "JP"},
    {"ko", "KR"},
}};

PangoAlignment alignment_of(Align align) {
    switch (align) {
        case Align::left:
            return PANGO_ALIGN_LEFT;
        case Align::center:
            return PANGO_ALIGN_CENTER;
        case Align::right:
            return PANGO_ALIGN_RIGHT;
    }
    return PANGO_ALIGN_LEFT;
}

}  // namespace

void ReleaseObject::operator()(void* object) const {
    g_object_unref(object);
}

std::string font_family(const std::string& language, bool serif) {
    const std::string_view style = serif ? "Serif" : "Sans";
    for (const auto& [prefix, country] : shapes) {
        if (language.starts_with(prefix)) {
            return fmt::format("Noto {} CJK {}", style, country);
        }
    }
    return fmt::format("Noto {} CJK SC", style);
}

Result<Layout> lay_out(PangoContext* context,
                       const std::string& text,
                       double width_pt,
                       const TextStyle& style) {
    Layout layout(pango_layout_new(context));
    const Description description(pango_font_description_new(), &pango_font_description_free);
    pango_font_description_set_family(description.get(),
                                      font_family(style.language, style.serif).c_str());
    pango_font_description_set_absolute_size(description.get(), style.size_pt * PANGO_SCALE);
    pango_font_description_set_weight(description.get(),
                                      style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_context_set_language(context, pango_language_from_string(style.language.c_str()));
    pango_layout_set_font_description(layout.get(), description.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width_pt * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), alignment_of(style.align));
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    if (style.missing == MissingGlyphs::refused &&
        pango_layout_get_unknown_glyphs_count(layout.get()) > 0) {
        return failed("font_missing",
                      "no font that is installed has every character of this text",
                      text.substr(0, text.find('\n')));
    }
    return layout;
}

}  // namespace guildmark::reports
