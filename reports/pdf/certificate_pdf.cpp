#include "reports/pdf/certificate_pdf.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "reports/canvas/canvas.h"
#include "reports/pdf/flow.h"

namespace guildmark::reports {
namespace {

constexpr double page_width = 210;
constexpr double margin = 22;
constexpr double width = page_width - 2 * margin;
constexpr double code_size = 34;
constexpr double first_bottom = 236;  ///< Of what flows on the first page: the code is below.
constexpr double bottom = 272;
constexpr double footer_top = 280;

constexpr Color ink{0.10, 0.12, 0.16};
constexpr Color faint{0.38, 0.41, 0.46};
constexpr Color rule_color{0.74, 0.77, 0.81};
constexpr Color accent{0.06, 0.30, 0.42};
constexpr Color alarm{0.70, 0.08, 0.08};
constexpr Color white{1, 1, 1};

class CertificatePages : private Flow {
public:
    CertificatePages(const CertificateDocument& document, Canvas& canvas, std::size_t pages)
        : Flow(canvas, margin), document_(document), pages_(pages) {}

    /// How many pages it became.
    Result<std::size_t> draw() {
        TRY(draw_head());
        TRY(draw_warning());
        TRY(draw_statement());
        TRY(draw_facts());
        TRY(draw_code());
        TRY(draw_table(document_.sites, {0.58, 0.42}, document_.client_language));
        TRY(draw_table(document_.history, {0.18, 0.40, 0.22, 0.20}, document_.language));
        TRY(draw_footer());
        return page_;
    }

private:
    [[nodiscard]] TextStyle style(double size_pt, const Color& color) const {
        TextStyle made;
        made.size_pt = size_pt;
        made.color = color;
        made.language = document_.language;
        return made;
    }

    [[nodiscard]] double limit() const override { return page_ == 1 ? first_bottom : bottom; }

    Result<void> draw_head() {
        constexpr Area mark{margin, 16, 48, 20};
        TRY(canvas_.draw_picture(mark, document_.mark));
        TextStyle name = style(11, ink);
        name.bold = true;
        name.align = Align::right;
        name.language = document_.issuer_language;
        TextStyle address = name;
        address.bold = false;
        address.size_pt = 8.5;
        address.color = faint;
        constexpr double left = margin + 56;
        double y = mark.y_mm;
        std::string lines;
        for (const std::string& line : document_.issuer_address) {
            lines += (lines.empty() ? "" : "\n") + line;
        }
        const std::initializer_list<std::pair<std::string, TextStyle>> texts{
            {document_.issuer, name}, {lines, address}, {document_.accreditation, address}};
        for (const auto& [text, look] : texts) {
            if (!text.empty()) {
                const DrawnText drawn = TRY(canvas_.draw_text(
                    {left, y, page_width - margin - left, first_bottom - y}, text, look));
                y += drawn.height_mm + 0.8;
            }
        }
        y_ = std::max(y, mark.y_mm + mark.height_mm) + 3;
        canvas_.fill({margin, y_, width, 0.8}, accent);
        y_ += 8;
        return {};
    }

    Result<void> draw_warning() {
        if (document_.warning.empty()) {
            return {};
        }
        TextStyle look = style(13, white);
        look.bold = true;
        look.align = Align::center;
        const double height = TRY(canvas_.height_of(document_.warning, width - 8, look)) + 6;
        canvas_.fill({margin, y_, width, height}, alarm);
        TRY(canvas_.draw_text({margin + 4, y_ + 3, width - 8, height}, document_.warning, look));
        y_ += height + 5;
        return {};
    }

    /// Centered lines: each with its text, its look, and the room above it.
    Result<void> draw_statement() {
        TextStyle title = style(27, accent);
        title.serif = true;
        title.bold = true;
        TextStyle words = style(11, faint);
        TextStyle client = style(20, ink);
        client.bold = true;
        client.language = document_.client_language;
        TextStyle place = style(11, ink);
        place.language = document_.client_language;
        TextStyle standard = style(17, ink);
        standard.bold = true;

        struct Line {
            const std::string& text;
            TextStyle& look;
            double above;
        };

        for (const Line& line : std::initializer_list<Line>{{document_.title, title, 0},
                                                            {document_.before, words, 6},
                                                            {document_.client, client, 2},
                                                            {document_.client_address, place, 1.5},
                                                            {document_.after, words, 5},
                                                            {document_.standard, standard, 2},
                                                            {document_.standard_title, words, 1}}) {
            if (!line.text.empty()) {
                line.look.align = Align::center;
                y_ += line.above;
                TRY(draw_row({{margin, width, line.text, line.look}}));
            }
        }
        y_ += 6;
        TextStyle label = style(9, faint);
        TextStyle scope = style(11.5, ink);
        scope.language = document_.client_language;
        TRY(draw_row({{margin, width, document_.scope.first, label}}));
        y_ += 0.8;
        TRY(draw_row({{margin, width, document_.scope.second, scope}}));
        y_ += 5;
        return {};
    }

    Result<void> draw_facts() {
        constexpr double label_width = 0.46 * width;
        for (const auto& [label, value] : document_.facts) {
            TextStyle look = style(10, ink);
            look.bold = true;
            TRY(draw_row({{margin, label_width - 4, label, style(9.5, faint)},
                          {margin + label_width, width - label_width, value, look}}));
            y_ += 1.2;
        }
        return {};
    }

    /// Always at the foot of the first page, whatever flowed on from it.
    Result<void> draw_code() {
        if (page_ > 1) {
            return {};
        }
        constexpr double top = first_bottom + 3;
        double left = margin;
        if (!document_.page.empty()) {
            TRY(canvas_.draw_code({margin, top, code_size, code_size}, document_.page));
            canvas_.link({margin, top, code_size, code_size}, document_.page);
            left += code_size + 5;
        }
        TRY(canvas_.draw_text({left, top + 4, page_width - margin - left, code_size - 4},
                              document_.check,
                              style(9.5, ink)));
        code_drawn_ = true;
        return {};
    }

    Result<void> draw_table(const DocumentTable& table,
                            const std::vector<double>& parts,
                            const std::string& language) {
        TextStyle title = style(12, accent);
        title.bold = true;
        TextStyle head = style(8.5, faint);
        TextStyle body = style(9.5, ink);
        body.language = language;
        y_ += 5;
        TRY(draw_title({margin, width, table.title, title}, 24));
        y_ += 1.5;
        TRY(draw_row(cells_of(table.columns, parts, head)));
        for (const auto& row : table.rows) {
            canvas_.fill({margin, y_ + 0.5, width, 0.2}, rule_color);
            y_ += 1.5;
            TRY(draw_row(cells_of(row, parts, body)));
        }
        return {};
    }

    static std::vector<RowText> cells_of(const std::vector<std::string>& texts,
                                         const std::vector<double>& parts,
                                         const TextStyle& look) {
        constexpr double gap = 3;
        std::vector<RowText> cells;
        double x = margin;
        for (std::size_t index = 0; index < texts.size(); ++index) {
            cells.push_back({x, parts[index] * width - gap, texts[index], look});
            x += parts[index] * width;
        }
        return cells;
    }

    Result<void> next_page() override {
        if (page_ == limits::certificate_pages_max) {
            return too_large(
                "certificate_too_large",
                fmt::format("a certificate has at most {} pages", limits::certificate_pages_max));
        }
        if (!code_drawn_) {
            TRY(draw_code());
        }
        TRY(draw_footer());
        canvas_.next_page();
        ++page_;
        y_ = margin;
        return draw_warning();
    }

    Result<void> draw_footer() {
        canvas_.fill({margin, footer_top - 2, width, 0.2}, rule_color);
        TextStyle look = style(8, faint);
        TRY(canvas_.draw_text({margin, footer_top, width, 8}, document_.footer, look));
        look.align = Align::right;
        TRY(canvas_.draw_text(
            {margin, footer_top, width, 8},
            filled(document_.page_count,
                   {{"page", fmt::to_string(page_)}, {"pages", fmt::to_string(pages_)}}),
            look));
        return {};
    }

    const CertificateDocument& document_;
    std::size_t pages_;
    std::size_t page_ = 1;
    bool code_drawn_ = false;
};

}  // namespace

Result<std::string> certificate_pdf(const CertificateDocument& document) {
    CanvasOptions options;
    options.title = fmt::format("{} {}", document.title, document.footer);
    options.author = document.issuer;
    options.created = document.issued_at;
    return draw_counted(options, [&](Canvas& canvas, std::size_t pages) {
        return CertificatePages(document, canvas, pages).draw();
    });
}

}  // namespace guildmark::reports
