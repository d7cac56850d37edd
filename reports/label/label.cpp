#include "reports/label/label.h"

#include <algorithm>

#include "reports/canvas/canvas.h"

namespace guildmark::reports {
namespace {

constexpr double width = 80;
constexpr double border = 0.5;
constexpr double code_size = 28;
constexpr double text_left = code_size + 3;
constexpr double text_width = width - text_left - 4;
constexpr double text_top = 4;
constexpr Color ink{0.10, 0.12, 0.16};
constexpr Color faint{0.38, 0.41, 0.46};
constexpr Color accent{0.06, 0.30, 0.42};

/// The styles of a label's two texts.
struct Styles {
    TextStyle text;
    TextStyle number;
};

Styles styles_of(const LabelContent& content) {
    Styles styles;
    styles.text.size_pt = 8.5;
    styles.text.color = ink;
    styles.text.language = content.name_language;
    styles.number.size_pt = 7;
    styles.number.color = faint;
    styles.number.language = content.language;
    return styles;
}

void draw_border(Canvas& canvas, double height) {
    canvas.fill({0, 0, width, border}, accent);
    canvas.fill({0, height - border, width, border}, accent);
    canvas.fill({0, 0, border, height}, accent);
    canvas.fill({width - border, 0, border, height}, accent);
}

}  // namespace

Result<std::string> draw_label(const LabelContent& content, LabelFormat format) {
    const Styles styles = styles_of(content);
    CanvasOptions options;
    options.format = format == LabelFormat::svg ? CanvasFormat::svg : CanvasFormat::png;
    options.width_mm = width;
    options.title = content.title;
    options.created = content.created;
    double text_height = 0;
    double number_height = 0;
    {
        options.height_mm = code_size;
        Canvas trial = TRY(Canvas::create(options));
        text_height = TRY(trial.height_of(content.text, text_width, styles.text));
        number_height = TRY(trial.height_of(content.number, text_width, styles.number));
    }
    options.height_mm = std::max(code_size + 2, 2 * text_top + text_height + 2 + number_height);
    Canvas canvas = TRY(Canvas::create(options));
    draw_border(canvas, options.height_mm);
    TRY(canvas.draw_code({1, (options.height_mm - code_size) / 2, code_size, code_size},
                         content.page));
    const double top = (options.height_mm - text_height - 2 - number_height) / 2;
    // A line's room is a little more than measured, so that rounding loses none.
    TRY(canvas.draw_text(
        {text_left, top, text_width, text_height + 0.5}, content.text, styles.text));
    TRY(canvas.draw_text({text_left, top + text_height + 2, text_width, number_height + 0.5},
                         content.number,
                         styles.number));
    return canvas.finish();
}

}  // namespace guildmark::reports
