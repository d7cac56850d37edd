#pragma once

#include <string>

#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace guildmark::reports {

/// The files that a label can be.
enum class LabelFormat { svg, png };

/// What stands on a label, in one language.
struct LabelContent {
    std::string language;       ///< Of the words.
    std::string name_language;  ///< In whose shapes Han characters are set.
    std::string title;          ///< For those who hear the picture.
    std::string text;
    std::string number;
    std::string page;  ///< What the code leads to.
    Instant created;
};

/// Draws a label: code, text and number, 80 mm wide and as high as its text needs. An SVG has its
/// letters as shapes, so that it needs no fonts; a PNG has 300 dots an inch. The same content gives
/// the same bytes where the same fonts are installed. Errors: font_missing, drawing_failed.
[[nodiscard]] Result<std::string> draw_label(const LabelContent& content, LabelFormat format);

}  // namespace guildmark::reports
