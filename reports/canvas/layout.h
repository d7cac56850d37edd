#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "reports/canvas/canvas.h"

// As Pango declares them.
using PangoLayout = struct _PangoLayout;
using PangoContext = struct _PangoContext;
using PangoFontMap = struct _PangoFontMap;

/// Texts in lines, for canvas.cpp.
namespace guildmark::reports {

/// Gives up what Pango counts references of.
struct ReleaseObject {
    void operator()(void* object) const;
};

using Layout = std::unique_ptr<PangoLayout, ReleaseObject>;
using FontMap = std::unique_ptr<PangoFontMap, ReleaseObject>;
using TextContext = std::unique_ptr<PangoContext, ReleaseObject>;

/// The family of fonts in which a language is set: Noto CJK, which has the Latin, Greek and
/// Cyrillic letters too, in the shapes of the language's country.
[[nodiscard]] std::string font_family(const std::string& language, bool serif);

/// `text` broken into lines of `width_pt`. Errors: font_missing.
[[nodiscard]] Result<Layout> lay_out(PangoContext* context,
                                     const std::string& text,
                                     double width_pt,
                                     const TextStyle& style);

}  // namespace guildmark::reports
