#include "reports/drawing/graph.h"

#include <graphviz/gvc.h>
#include <utility>

#include <fmt/format.h>

#include "engine/xml/document.h"

namespace guildmark::reports {
namespace {

constexpr const char* font = "Noto Sans,Noto Sans CJK SC,DejaVu Sans,sans-serif";

/// Graphviz takes texts that it does not change as texts that it may.
char* text_of(const std::string& text) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): its declarations ask for it
    return const_cast<char*>(text.c_str());
}

void set(void* object, const char* name, const std::string& value) {
    agsafeset(object, text_of(name), text_of(value), text_of(""));
}

/// A text as a label: lines end at the left, and nothing in it is an instruction.
std::string label_of(std::string_view text, std::string_view line_end) {
    std::string label;
    for (const char letter : text) {
        if (letter == '\n') {
            label += line_end;
        } else if (letter == '\\') {
            label += "\\\\";
        } else if (letter == '&') {
            label += "&amp;";
        } else {
            label += letter;
        }
    }
    return label.empty() ? label : label.append(line_end);
}

/// What the colors that are written at each shape become in dark surroundings.
constexpr std::string_view style = R"(<style>
text { font-family: "Noto Sans", "Noto Sans CJK SC", "DejaVu Sans", sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { background: #14191d; }
  text { fill: #e3e8ea; }
  .frame path, .frame polygon { fill: #1b2226; stroke: #5d6f78; }
  .box path, .box ellipse { stroke: #8fa3ad; }
  .box path:not([fill="none"]), .box ellipse { fill: #232c31; }
  .begin ellipse { fill: #8fa3ad; }
  .arrow path { stroke: #8fa3ad; }
  .arrow polygon { fill: #8fa3ad; stroke: #8fa3ad; }
  .active path, .active polygon { stroke: #ffb74d; }
  .box.active path:not([fill="none"]) { fill: #5a3d0c; }
  .reached path, .reached polygon { stroke: #81c784; }
  .arrow.reached polygon { fill: #81c784; }
  .box.reached path:not([fill="none"]) { fill: #17361c; }
  .missed path, .missed polygon { stroke: #ef9a9a; }
  .arrow.missed polygon { fill: #ef9a9a; }
}
</style>
)";

/// Graphviz writes a document; what is wanted is the picture, with a name and the styles.
std::string finished(std::string_view svg, std::string_view title) {
    const std::size_t begin = svg.find("<svg");
    const std::size_t end = svg.find('>', begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) {
        return {};
    }
    return fmt::format("{} role=\"img\" aria-label=\"{}\">\n{}{}",
                       svg.substr(begin, end - begin),
                       escape_xml(title),
                       style,
                       svg.substr(end + 1));
}

/// A mark's color for lines in bright surroundings; `plain` without one.
std::string line_color(Mark mark, const char* plain) {
    switch (mark) {
        case Mark::none:
            return plain;
        case Mark::active:
            return "#b26a00";
        case Mark::reached:
            return "#2e7d32";
        case Mark::missed:
            return "#b71c1c";
    }
    return plain;
}

std::string fill_color(Mark mark) {
    return mark == Mark::active ? "#ffecb3" : mark == Mark::reached ? "#e8f5e9" : "#ffffff";
}

/// The name of a mark's class, behind that of what is marked.
std::string class_of(std::string_view kind, Mark mark) {
    const std::string_view name = mark == Mark::active    ? " active"
                                  : mark == Mark::reached ? " reached"
                                  : mark == Mark::missed  ? " missed"
                                                          : "";
    return fmt::format("{}{}", kind, name);
}

std::string line_width(Mark mark) {
    return mark == Mark::none ? "1" : "2";
}

struct CloseContext {
    void operator()(GVC_t* context) const { gvFreeContext(context); }
};

struct CloseGraph {
    void operator()(Agraph_t* graph) const { agclose(graph); }
};

}  // namespace

struct Graph::Parts {
    std::unique_ptr<GVC_t, CloseContext> context{gvContext()};
    std::unique_ptr<Agraph_t, CloseGraph> graph{agopen(text_of("chart"), Agdirected, nullptr)};
    std::vector<Agraph_t*> frames{graph.get()};
    std::vector<Agnode_t*> boxes;

    [[nodiscard]] std::string frame_name(Frame frame) const {
        return frame == outside ? std::string() : fmt::format("cluster{}", frame);
    }
};

Graph::Graph() : parts_(std::make_unique<Parts>()) {
    agseterr(AGMAX);  // What is wrong is told by the result.
    Agraph_t* graph = parts_->graph.get();
    set(graph, "compound", "true");
    // The older way of ranking (Graphviz 2.42) frees memory twice where the topmost row has an
    // arrow with a text between its boxes.
    set(graph, "newrank", "true");
    set(graph, "rankdir", "TB");
    set(graph, "bgcolor", "transparent");
    set(graph, "nodesep", "0.35");
    set(graph, "ranksep", "0.45");
    set(graph, "fontname", font);
    set(graph, "fontsize", "11");
    set(graph, "pad", "0.2");
}

Graph::~Graph() = default;

Graph::Frame Graph::add_frame(Frame parent, const std::string& text, FrameStyle frame_style) {
    const Frame frame = parts_->frames.size();
    Agraph_t* cluster = agsubg(parts_->frames[parent], text_of(parts_->frame_name(frame)), 1);
    set(cluster, "label", label_of(text, "\\l"));
    set(cluster, "labeljust", "l");
    set(cluster, "margin", "12");
    const bool is_missed = frame_style.mark == Mark::missed;
    set(cluster,
        "style",
        is_missed            ? "dotted,rounded,filled"
        : frame_style.dashed ? "dashed,rounded,filled"
                             : "rounded,filled");
    set(cluster, "color", line_color(frame_style.mark, "#90a4ae"));
    set(cluster, "penwidth", line_width(frame_style.mark));
    set(cluster, "fillcolor", "#f6f8f9");
    set(cluster, "fontcolor", "#1f2a30");
    set(cluster, "class", class_of("frame", frame_style.mark));
    parts_->frames.push_back(cluster);
    return frame;
}

Graph::Box Graph::add_box(Frame parent, const std::string& text, BoxStyle box_style) {
    using Shape = BoxStyle::Shape;
    const Box box = parts_->boxes.size();
    Agnode_t* node = agnode(parts_->frames[parent], text_of(fmt::format("box{}", box)), 1);
    const bool is_begin = box_style.shape == Shape::begin;
    const bool is_round = is_begin || box_style.shape == Shape::mark;
    set(node, "shape", is_round ? "circle" : "box");
    set(node,
        "style",
        is_round                         ? "filled"
        : box_style.mark == Mark::missed ? "dotted,rounded,filled"
                                         : "rounded,filled");
    set(node, "label", is_round ? label_of(text, "") : label_of(text, "\\l"));
    set(node, "fixedsize", is_round ? "true" : "false");
    set(node, "width", is_begin ? "0.14" : is_round ? "0.3" : "0.9");
    set(node, "height", is_begin ? "0.14" : is_round ? "0.3" : "0.4");
    set(node, "peripheries", box_style.shape == Shape::end ? "2" : "1");
    set(node, "color", line_color(box_style.mark, "#546e7a"));
    set(node, "penwidth", line_width(box_style.mark));
    set(node, "fillcolor", is_begin ? "#546e7a" : fill_color(box_style.mark));
    set(node, "fontname", font);
    set(node, "fontsize", "11");
    set(node, "fontcolor", "#1f2a30");
    set(node, "class", class_of(is_begin ? "box begin" : "box", box_style.mark));
    parts_->boxes.push_back(node);
    return box;
}

void Graph::add_arrow(const Arrow& arrow) {
    Agedge_t* edge =
        agedge(parts_->graph.get(), parts_->boxes[arrow.from], parts_->boxes[arrow.to], nullptr, 1);
    // A space on both sides keeps the text off the line.
    set(edge, "label", label_of(arrow.text.empty() ? "" : "  " + arrow.text + "  ", "\\l"));
    set(edge, "ltail", parts_->frame_name(arrow.from_border));
    set(edge, "lhead", parts_->frame_name(arrow.to_border));
    set(edge, "fontname", font);
    set(edge, "fontsize", "9");
    set(edge, "fontcolor", "#37474f");
    set(edge, "color", line_color(arrow.mark, "#546e7a"));
    set(edge, "style", arrow.mark == Mark::missed ? "dotted" : "solid");
    set(edge, "penwidth", line_width(arrow.mark));
    set(edge, "arrowsize", "0.7");
    set(edge, "class", class_of("arrow", arrow.mark));
}

Result<std::string> Graph::to_svg(std::string_view title, const std::string& caption) const {
    if (!caption.empty()) {
        set(parts_->graph.get(), "label", label_of(caption, "\\l"));
        set(parts_->graph.get(), "labelloc", "t");
        set(parts_->graph.get(), "labeljust", "l");
    }
    const auto failure = [] {
        return failed("drawing_failed", "Graphviz could not lay the picture out");
    };
    if (gvLayout(parts_->context.get(), parts_->graph.get(), "dot") != 0) {
        return failure();
    }
    char* data = nullptr;
    unsigned int size = 0;
    const int code = gvRenderData(parts_->context.get(), parts_->graph.get(), "svg", &data, &size);
    std::string svg = code == 0 ? finished({data, size}, title) : std::string();
    gvFreeRenderData(data);
    gvFreeLayout(parts_->context.get(), parts_->graph.get());
    if (svg.empty()) {
        return failure();
    }
    return svg;
}

}  // namespace guildmark::reports
