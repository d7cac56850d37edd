#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace guildmark::reports {

/// How something looks beside its shape: plain, or where a case is, or whether anything has come
/// there; what was missed is dotted, so that it does not take colors to see it.
enum class Mark { none, active, reached, missed };

/// How a box looks.
struct BoxStyle {
    enum class Shape {
        box,
        end,    ///< With a double line.
        begin,  ///< A dot without a text.
        mark,   ///< A small circle around a letter.
    };

    Shape shape = Shape::box;
    Mark mark = Mark::none;
};

/// How a frame around boxes looks.
struct FrameStyle {
    bool dashed = false;  ///< A region beside others.
    Mark mark = Mark::none;
};

/// Boxes in frames in frames, and arrows between them, laid out by Graphviz and written as SVG.
///
/// Thread: one in a process at a time, as Graphviz has it.
class Graph {
public:
    using Frame = std::size_t;
    using Box = std::size_t;

    /// What is outside of all frames.
    static constexpr Frame outside = 0;

    Graph();
    ~Graph();
    Graph(const Graph&) = delete;
    Graph& operator=(const Graph&) = delete;

    /// Texts are shown as they are, line by line.
    Frame add_frame(Frame parent, const std::string& text, FrameStyle style);
    Box add_box(Frame parent, const std::string& text, BoxStyle style);

    /// An arrow; where a frame is named the arrow begins or ends at its border, which lies around
    /// the box.
    struct Arrow {
        Box from = 0;
        Frame from_border = outside;
        Box to = 0;
        Frame to_border = outside;
        std::string text;
        Mark mark = Mark::none;
    };

    void add_arrow(const Arrow& arrow);

    /// The picture, with colors for bright and dark surroundings, and `caption` above it when that
    /// is not empty. Errors: drawing_failed.
    [[nodiscard]] Result<std::string> to_svg(std::string_view title,
                                             const std::string& caption) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace guildmark::reports
