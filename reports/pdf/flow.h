#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "reports/canvas/canvas.h"

namespace guildmark::reports {

/// A text of a row: from `x` on, over `width`, in millimeters.
struct RowText {
    double x = 0;
    double width = 0;
    std::string text;
    TextStyle style;
};

/// Pages that are filled row by row from above. What a page has at its head and foot, and how far
/// down rows go, is for the kind of document to say.
class Flow {
public:
    explicit Flow(Canvas& canvas, double top) : canvas_(canvas), top_(top), y_(top) {}

    virtual ~Flow() = default;
    Flow(const Flow&) = delete;
    Flow& operator=(const Flow&) = delete;

protected:
    /// How far down the page that is filled rows may go.
    [[nodiscard]] virtual double limit() const = 0;

    /// Ends the page, begins another and leaves `y_` where its rows begin.
    virtual Result<void> next_page() = 0;

    /// Draws texts beside each other. What has no room goes on at the top of the next page; a row
    /// that would fit on one page is not broken. Errors: those of the canvas and of next_page.
    Result<void> draw_row(std::vector<RowText> texts);

    /// Draws a title and keeps it together with `below_mm` of what follows. Errors: likewise.
    Result<void> draw_title(RowText title, double below_mm);

    Canvas& canvas_;
    double top_;  ///< Where rows begin on a page.
    double y_;    ///< Where the next one begins.
};

/// Draws pages on a canvas and tells how many they became; is told how many there will be.
using DrawPages = std::function<Result<std::size_t>(Canvas& canvas, std::size_t pages)>;

/// The file of pages each of which says how many there are: drawn twice, the first time to count.
/// Errors: those of `draw` and of the canvas.
[[nodiscard]] Result<std::string> draw_counted(const CanvasOptions& options, const DrawPages& draw);

}  // namespace guildmark::reports
