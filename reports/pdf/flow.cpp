#include "reports/pdf/flow.h"

#include <algorithm>

namespace guildmark::reports {

Result<void> Flow::draw_row(std::vector<RowText> texts) {
    double needed = 0;
    for (const RowText& one : texts) {
        needed = std::max(needed, TRY(canvas_.height_of(one.text, one.width, one.style)));
    }
    if (y_ + needed > limit() && needed < limit() - top_) {
        TRY(next_page());
    }
    while (true) {
        double height = 0;
        bool is_whole = true;
        for (RowText& one : texts) {
            if (!one.text.empty()) {
                const DrawnText drawn = TRY(
                    canvas_.draw_text({one.x, y_, one.width, limit() - y_}, one.text, one.style));
                height = std::max(height, drawn.height_mm);
                one.text.erase(0, drawn.bytes);
                is_whole = is_whole && one.text.empty();
            }
        }
        y_ += height;
        if (is_whole) {
            return {};
        }
        TRY(next_page());
    }
}

Result<void> Flow::draw_title(RowText title, double below_mm) {
    if (y_ + below_mm > limit()) {
        TRY(next_page());
    }
    return draw_row({std::move(title)});
}

Result<std::string> draw_counted(const CanvasOptions& options, const DrawPages& draw) {
    std::size_t pages = 1;
    {
        Canvas trial = TRY(Canvas::create(options));
        pages = TRY(draw(trial, pages));
    }
    Canvas canvas = TRY(Canvas::create(options));
    TRY(draw(canvas, pages));
    return canvas.finish();
}

}  // namespace guildmark::reports
