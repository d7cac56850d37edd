#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace guildmark::reports {

/// Red, green and blue, 0 to 1.
struct Color {
    double red = 0;
    double green = 0;
    double blue = 0;
};

/// Where the lines of a text stand between its left and its right.
enum class Align { left, center, right };

/// What becomes of a character that no installed font has: it is refused (font_missing), or drawn
/// as a box with its number.
enum class MissingGlyphs { refused, boxes };

/// How a text looks. The language (BCP 47) says in which country's shapes Han characters are set,
/// and where lines may break.
struct TextStyle {
    double size_pt = 10;
    bool bold = false;
    bool serif = false;
    Align align = Align::left;
    Color color{};
    std::string language = "en";
    MissingGlyphs missing = MissingGlyphs::refused;
};

/// A place on the page, in millimeters from its upper left corner.
struct Area {
    double x_mm = 0;
    double y_mm = 0;
    double width_mm = 0;
    double height_mm = 0;
};

/// How much of a text found room.
struct DrawnText {
    double height_mm = 0;
    std::size_t bytes = 0;  ///< The rest of the text begins here; all of it: its size.
};

/// The files that a canvas can become; a PNG has 300 dots an inch.
enum class CanvasFormat { pdf, svg, png };

/// What a canvas is made for.
struct CanvasOptions {
    CanvasFormat format = CanvasFormat::pdf;
    double width_mm = 210;
    double height_mm = 297;
    std::string title;
    std::string author;
    Instant created;  ///< Stands in a PDF; never the machine's time, so that bytes can be compared.
};

/// Pages to draw on, by Pango, Cairo and libqrencode. The same calls give the same bytes, where the
/// same fonts are installed. Units are millimeters, y downward.
///
/// Thread: one at a time for each canvas; any number of canvases.
class Canvas {
public:
    /// Errors: drawing_failed.
    [[nodiscard]] static Result<Canvas> create(const CanvasOptions& options);

    ~Canvas();
    Canvas(Canvas&& other) noexcept;
    Canvas& operator=(Canvas&& other) = delete;

    /// Draws the whole lines of `text` that have room in `area`, from its top.
    /// Errors: font_missing (no installed font has one of its characters), drawing_failed.
    [[nodiscard]] Result<DrawnText> draw_text(const Area& area,
                                              const std::string& text,
                                              const TextStyle& style);

    /// The height in millimeters of the whole text at this width. Errors: font_missing.
    [[nodiscard]] Result<double> height_of(const std::string& text,
                                           double width_mm,
                                           const TextStyle& style);

    /// A filled rectangle; a thin one is a line.
    void fill(const Area& area, const Color& color);

    /// A QR code of `text` (error correction M), black on white with its quiet zone within `area`.
    /// Errors: drawing_failed (too much for a code).
    [[nodiscard]] Result<void> draw_code(const Area& area, const std::string& text);

    /// A PNG file, as large as `area` allows without distortion, from its upper left corner.
    /// Errors: picture_malformed.
    [[nodiscard]] Result<void> draw_picture(const Area& area, const std::string& png);

    /// Makes `area` lead to `address`; in a PDF alone.
    void link(const Area& area, const std::string& address);

    /// Ends a page of a PDF; the next call begins another.
    void next_page();

    /// The file's bytes. Nothing is drawn afterwards. Errors: drawing_failed.
    [[nodiscard]] Result<std::string> finish();

private:
    struct Parts;
    explicit Canvas(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace guildmark::reports
