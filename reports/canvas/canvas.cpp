// Everything Cairo draws is in points; millimeters end at this file's border.
#include "reports/canvas/canvas.h"

#include <algorithm>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cmath>
#include <cstring>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <fmt/format.h>

#include "engine/xml/document.h"
#include "reports/canvas/layout.h"

namespace guildmark::reports {
namespace {

constexpr double points_per_mm = 72.0 / 25.4;
constexpr double png_scale = 300.0 / 72.0;

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Pen = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned int size) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

/// What is left of a file that is being read.
struct Unread {
    std::string_view bytes;
};

cairo_status_t take(void* closure, unsigned char* data, unsigned int size) {
    auto* unread = static_cast<Unread*>(closure);
    if (unread->bytes.size() < size) {
        return CAIRO_STATUS_READ_ERROR;
    }
    std::memcpy(data, unread->bytes.data(), size);
    unread->bytes.remove_prefix(size);
    return CAIRO_STATUS_SUCCESS;
}

Error drawing_failed(std::string_view why) {
    return failed("drawing_failed", fmt::format("the picture could not be drawn: {}", why));
}

cairo_surface_t* make_surface(const CanvasOptions& options, std::string& bytes) {
    const double width = options.width_mm * points_per_mm;
    const double height = options.height_mm * points_per_mm;
    switch (options.format) {
        case CanvasFormat::pdf:
            return cairo_pdf_surface_create_for_stream(append, &bytes, width, height);
        case CanvasFormat::svg:
            return cairo_svg_surface_create_for_stream(append, &bytes, width, height);
        case CanvasFormat::png:
            return cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                              static_cast<int>(std::ceil(width * png_scale)),
                                              static_cast<int>(std::ceil(height * png_scale)));
    }
    return nullptr;
}

void describe(cairo_surface_t* surface, const CanvasOptions& options) {
    // Cairo reads no fractions of a second.
    const std::string created = options.created.to_text().substr(0, 19) + "Z";
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, options.title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, options.author.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created.c_str());
}

/// Puts the title in, and takes out the number that Cairo counts surfaces of the process by.
void name_svg(std::string& svg, const std::string& title) {
    const std::size_t root = svg.find("<svg");
    const std::size_t end = root == std::string::npos ? root : svg.find('>', root);
    if (end == std::string::npos) {
        return;
    }
    svg.insert(end + 1, "\n<title>" + escape_xml(title) + "</title>");
    constexpr std::string_view counted = "<g id=\"surface";
    if (const std::size_t found = svg.find(counted); found != std::string::npos) {
        const std::size_t digits = found + counted.size();
        svg.erase(digits, svg.find('"', digits) - digits);
    }
}

/// Metrics as the font has them, not as a screen's dots would have them.
void set_exact_metrics(PangoContext* context) {
    const std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(
        cairo_font_options_create(), &cairo_font_options_destroy);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options.get());
    pango_cairo_context_set_resolution(context, 72.0);
    pango_context_set_round_glyph_positions(context, FALSE);
}

}  // namespace

struct Canvas::Parts {
    CanvasOptions options;
    std::string bytes;
    Surface surface{nullptr, &cairo_surface_destroy};
    Pen pen{nullptr, &cairo_destroy};
    FontMap fonts;
    TextContext context;

    void set_color(const Color& color) const {
        cairo_set_source_rgb(pen.get(), color.red, color.green, color.blue);
    }

    void add_rectangle(const Area& area) const {
        cairo_rectangle(pen.get(),
                        area.x_mm * points_per_mm,
                        area.y_mm * points_per_mm,
                        area.width_mm * points_per_mm,
                        area.height_mm * points_per_mm);
    }
};

Canvas::Canvas(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Canvas::Canvas(Canvas&& other) noexcept = default;

Canvas::~Canvas() = default;

Result<Canvas> Canvas::create(const CanvasOptions& options) {
    auto parts = std::make_unique<Parts>();
    parts->options = options;
    parts->surface.reset(make_surface(options, parts->bytes));
    if (options.format == CanvasFormat::pdf) {
        describe(parts->surface.get(), options);
    }
    parts->pen.reset(cairo_create(parts->surface.get()));
    if (options.format == CanvasFormat::png) {
        cairo_scale(parts->pen.get(), png_scale, png_scale);
    }
    if (const cairo_status_t status = cairo_status(parts->pen.get());
        status != CAIRO_STATUS_SUCCESS) {
        return drawing_failed(cairo_status_to_string(status));
    }
    // A font map of its own: the default one belongs to a thread and outlives it.
    parts->fonts.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    if (parts->fonts == nullptr) {
        return drawing_failed("Cairo was built without FreeType");
    }
    parts->context.reset(pango_font_map_create_context(parts->fonts.get()));
    set_exact_metrics(parts->context.get());
    Canvas canvas(std::move(parts));
    if (options.format != CanvasFormat::pdf) {
        canvas.fill({0, 0, options.width_mm, options.height_mm}, {1, 1, 1});
    }
    return canvas;
}

Result<DrawnText> Canvas::draw_text(const Area& area,
                                    const std::string& text,
                                    const TextStyle& style) {
    const Layout layout =
        TRY(lay_out(parts_->context.get(), text, area.width_mm * points_per_mm, style));
    const std::unique_ptr<PangoLayoutIter, decltype(&pango_layout_iter_free)> line(
        pango_layout_get_iter(layout.get()), &pango_layout_iter_free);
    parts_->set_color(style.color);
    const double room = area.height_mm * points_per_mm * PANGO_SCALE;
    DrawnText drawn{0, text.size()};
    do {
        PangoRectangle extents{};
        pango_layout_iter_get_line_extents(line.get(), nullptr, &extents);
        const int bottom = extents.y + extents.height;
        if (bottom > room) {
            drawn.bytes = static_cast<std::size_t>(
                std::max(0, pango_layout_iter_get_line_readonly(line.get())->start_index));
            break;
        }
        cairo_move_to(parts_->pen.get(),
                      area.x_mm * points_per_mm + extents.x / double{PANGO_SCALE},
                      area.y_mm * points_per_mm +
                          pango_layout_iter_get_baseline(line.get()) / double{PANGO_SCALE});
        pango_cairo_show_layout_line(parts_->pen.get(),
                                     pango_layout_iter_get_line_readonly(line.get()));
        drawn.height_mm = bottom / double{PANGO_SCALE} / points_per_mm;
    } while (pango_layout_iter_next_line(line.get()) != FALSE);
    cairo_new_path(parts_->pen.get());
    return drawn;
}

Result<double> Canvas::height_of(const std::string& text, double width_mm, const TextStyle& style) {
    const Layout layout =
        TRY(lay_out(parts_->context.get(), text, width_mm * points_per_mm, style));
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return height / double{PANGO_SCALE} / points_per_mm;
}

void Canvas::fill(const Area& area, const Color& color) {
    parts_->set_color(color);
    parts_->add_rectangle(area);
    cairo_fill(parts_->pen.get());
}

Result<void> Canvas::draw_code(const Area& area, const std::string& text) {
    constexpr int quiet_zone = 4;  // ISO/IEC 18004: four modules on each side.
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (code == nullptr) {
        return drawing_failed("the address is too long for a QR code");
    }
    fill(area, {1, 1, 1});
    const double module = std::min(area.width_mm, area.height_mm) / (code->width + 2 * quiet_zone);
    parts_->set_color({});
    for (int row = 0; row < code->width; ++row) {
        for (int column = 0; column < code->width; ++column) {
            if ((code->data[row * code->width + column] & 1u) != 0) {
                parts_->add_rectangle({area.x_mm + (column + quiet_zone) * module,
                                       area.y_mm + (row + quiet_zone) * module,
                                       module,
                                       module});
            }
        }
    }
    // All squares in one path, without antialiasing, so that no seam shows between neighbors.
    cairo_set_antialias(parts_->pen.get(), CAIRO_ANTIALIAS_NONE);
    cairo_fill(parts_->pen.get());
    cairo_set_antialias(parts_->pen.get(), CAIRO_ANTIALIAS_DEFAULT);
    return {};
}

Result<void> Canvas::draw_picture(const Area& area, const std::string& png) {
    Unread unread{png};
    const Surface picture(cairo_image_surface_create_from_png_stream(take, &unread),
                          &cairo_surface_destroy);
    if (cairo_surface_status(picture.get()) != CAIRO_STATUS_SUCCESS) {
        return malformed("picture_malformed", "this is no PNG file that can be read");
    }
    const double scale =
        std::min(area.width_mm * points_per_mm / cairo_image_surface_get_width(picture.get()),
                 area.height_mm * points_per_mm / cairo_image_surface_get_height(picture.get()));
    cairo_save(parts_->pen.get());
    cairo_translate(parts_->pen.get(), area.x_mm * points_per_mm, area.y_mm * points_per_mm);
    cairo_scale(parts_->pen.get(), scale, scale);
    cairo_set_source_surface(parts_->pen.get(), picture.get(), 0, 0);
    cairo_paint(parts_->pen.get());
    cairo_restore(parts_->pen.get());
    return {};
}

void Canvas::link(const Area& area, const std::string& address) {
    if (parts_->options.format != CanvasFormat::pdf ||
        address.find_first_of("'\\") != std::string::npos) {
        return;
    }
    const std::string attributes = fmt::format("uri='{}' rect=[{:.2f} {:.2f} {:.2f} {:.2f}]",
                                               address,
                                               area.x_mm * points_per_mm,
                                               area.y_mm * points_per_mm,
                                               area.width_mm * points_per_mm,
                                               area.height_mm * points_per_mm);
    cairo_tag_begin(parts_->pen.get(), CAIRO_TAG_LINK, attributes.c_str());
    cairo_tag_end(parts_->pen.get(), CAIRO_TAG_LINK);
}

void Canvas::next_page() {
    cairo_show_page(parts_->pen.get());
}

Result<std::string> Canvas::finish() {
    if (parts_->options.format == CanvasFormat::png) {
        cairo_surface_flush(parts_->surface.get());
        cairo_surface_write_to_png_stream(parts_->surface.get(), append, &parts_->bytes);
    }
    const cairo_status_t drawn = cairo_status(parts_->pen.get());
    parts_->pen.reset();
    cairo_surface_finish(parts_->surface.get());
    const cairo_status_t written = cairo_surface_status(parts_->surface.get());
    if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS) {
        return drawing_failed(
            cairo_status_to_string(drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
    }
    if (parts_->options.format == CanvasFormat::svg) {
        name_svg(parts_->bytes, parts_->options.title);
    }
    return std::move(parts_->bytes);
}

}  // namespace guildmark::reports
