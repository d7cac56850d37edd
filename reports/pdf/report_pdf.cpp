#include "reports/pdf/report_pdf.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "reports/canvas/canvas.h"
#include "reports/pdf/flow.h"

namespace guildmark::reports {
namespace {

constexpr double paper_width = 297;
constexpr double paper_height = 210;
constexpr double side = 14;
constexpr double text_width = paper_width - 2 * side;
constexpr double rows_top = 16;
constexpr double rows_bottom = 192;
constexpr double foot_top = 199;
constexpr double hand_height = 11;  ///< Of a row with room for a signature.

constexpr Color text_color{0.10, 0.12, 0.16};
constexpr Color label_color{0.38, 0.41, 0.46};
constexpr Color line_color{0.74, 0.77, 0.81};
constexpr Color head_color{0.93, 0.94, 0.96};
constexpr Color title_color{0.06, 0.30, 0.42};

Color color_of(Tone tone) {
    switch (tone) {
        case Tone::none:
            return text_color;
        case Tone::good:
            return {0.05, 0.42, 0.20};
        case Tone::partly:
            return {0.60, 0.38, 0.00};
        case Tone::bad:
            return {0.70, 0.08, 0.08};
        case Tone::muted:
            return label_color;
    }
    return text_color;
}

/// A value as people read it.
struct ShownValue {
    std::string operator()(const std::monostate& /*none*/) const { return {}; }

    std::string operator()(const std::string& text) const { return text; }

    std::string operator()(std::uint64_t count) const { return fmt::to_string(count); }

    std::string operator()(const Date& date) const { return date.to_text(); }

    /// To the minute, in UTC, as the workbook has it.
    std::string operator()(const Instant& instant) const {
        std::string text = instant.to_text().substr(0, std::string_view("2026-01-01T00:00").size());
        text[std::string_view("2026-01-01").size()] = ' ';
        return text;
    }

    std::string operator()(double number) const { return fmt::format("{:.1f}", number); }
};

std::string shown_value(const Cell& cell) {
    return std::visit(ShownValue(), cell.value);
}

Tone tone_of(const Cell& cell, const Column& column) {
    const auto* text = std::get_if<std::string>(&cell.value);
    if (cell.tone != Tone::none || text == nullptr) {
        return cell.tone;
    }
    const auto found = std::ranges::find(column.tones, *text, &std::pair<std::string, Tone>::first);
    return found == column.tones.end() ? Tone::none : found->second;
}

bool is_number(ColumnKind kind) {
    return kind == ColumnKind::count || kind == ColumnKind::decimal || kind == ColumnKind::amount;
}

class ReportPages : private Flow {
public:
    ReportPages(const ProgressReport& report, Canvas& canvas, std::size_t pages)
        : Flow(canvas, rows_top), report_(report), pages_(pages) {}

    /// How many pages it became.
    Result<std::size_t> draw() {
        TRY(draw_cover());
        for (const Table* table : {&report_.path, &report_.figures}) {
            TRY(draw_table(*table));
        }
        for (const Table& table : report_.tables) {
            TRY(draw_table(table));
        }
        TRY(draw_foot());
        return page_;
    }

private:
    [[nodiscard]] TextStyle style(double size_pt, const Color& color, bool bold = false) const {
        TextStyle made;
        made.size_pt = size_pt;
        made.bold = bold;
        made.color = color;
        made.language = report_.language;
        made.missing = MissingGlyphs::boxes;
        return made;
    }

    [[nodiscard]] double limit() const override { return rows_bottom; }

    Result<void> draw_cover() {
        TRY(draw_row({{side, text_width, report_.title, style(20, title_color, true)}}));
        y_ += 1;
        TRY(draw_row({{side, text_width, report_.subject, style(13, text_color)}}));
        y_ += 2;
        TRY(draw_row({{side, text_width, report_.about, style(9, label_color)}}));
        y_ += 4;
        constexpr double label_width = 0.24 * text_width;
        for (const Fact& fact : report_.cover) {
            TRY(draw_row({{side, label_width - 3, fact.label, style(9, label_color)},
                          {side + label_width,
                           text_width - label_width,
                           shown_value(fact.cell),
                           style(9, color_of(fact.cell.tone), true)}}));
            y_ += 0.8;
        }
        return {};
    }

    Result<void> draw_table(const Table& table) {
        if (table.columns.empty()) {
            return {};
        }
        y_ += 7;
        TRY(draw_title({side, text_width, table.title, style(12, title_color, true)}, 30));
        y_ += 1.5;
        table_ = &table;
        widths_ = widths_of(table);
        TRY(draw_head());
        for (const auto& cells : table.rows) {
            TRY(draw_cells(table, cells));
        }
        table_ = nullptr;
        return {};
    }

    Result<void> draw_head() {
        std::vector<RowText> texts;
        double height = 0;
        double x = side;
        for (std::size_t index = 0; index < table_->columns.size(); ++index) {
            const Column& column = table_->columns[index];
            texts.push_back(text_at(x, index, column.title, style(7.5, label_color, true)));
            const RowText& text = texts.back();
            height = std::max(height, TRY(canvas_.height_of(text.text, text.width, text.style)));
            x += widths_[index];
        }
        canvas_.fill({side, y_, x - side, height + 2}, head_color);
        y_ += 1;
        TRY(draw_row(std::move(texts)));
        y_ += 1.8;
        return {};
    }

    Result<void> draw_cells(const Table& table, const std::vector<Cell>& cells) {
        std::vector<RowText> texts;
        bool is_for_hand = false;
        double x = side;
        for (std::size_t index = 0; index < cells.size(); ++index) {
            const Column& column = table.columns[index];
            const Color color = color_of(tone_of(cells[index], column));
            texts.push_back(text_at(x, index, shown_value(cells[index]), style(8, color)));
            x += widths_[index];
            is_for_hand = is_for_hand || column.is_for_hand;
        }
        if (is_for_hand && y_ + hand_height > limit()) {
            TRY(next_page());
        }
        const double begin = y_;
        TRY(draw_row(std::move(texts)));
        if (is_for_hand) {
            y_ = std::max(y_, begin + hand_height);
        }
        y_ += 0.8;
        canvas_.fill({side, y_, x - side, 0.15}, line_color);
        y_ += 0.8;
        return {};
    }

    /// As wide as their texts are expected to be; so much less that all have room, where days and
    /// times keep theirs.
    static std::vector<double> widths_of(const Table& table) {
        constexpr double character = 1.9;
        const auto kept = [](const Column& column) {
            return column.kind == ColumnKind::date      ? 19.0
                   : column.kind == ColumnKind::instant ? 29.0
                                                        : 0.0;
        };
        double fixed = 0;
        double wanted = 0;
        for (const Column& column : table.columns) {
            fixed += kept(column);
            wanted += kept(column) > 0 ? 0 : column.width * character;
        }
        const double factor = std::min(1.0, (text_width - fixed) / wanted);
        std::vector<double> widths;
        for (const Column& column : table.columns) {
            widths.push_back(kept(column) > 0 ? kept(column) : column.width * character * factor);
        }
        return widths;
    }

    [[nodiscard]] RowText text_at(double x,
                                  std::size_t index,
                                  std::string text,
                                  TextStyle look) const {
        constexpr double gap = 2;
        look.align = is_number(table_->columns[index].kind) ? Align::right : Align::left;
        return {x, widths_[index] - gap, std::move(text), std::move(look)};
    }

    Result<void> next_page() override {
        TRY(draw_foot());
        canvas_.next_page();
        ++page_;
        y_ = rows_top;
        return table_ == nullptr ? Result<void>() : draw_head();
    }

    Result<void> draw_foot() {
        canvas_.fill({side, foot_top - 2, text_width, 0.2}, line_color);
        TextStyle look = style(7.5, label_color);
        const double half = text_width / 2;
        TRY(canvas_.draw_text({side, foot_top, half, 8},
                              fmt::format("{} · {}", report_.title, report_.subject),
                              look));
        look.align = Align::right;
        TRY(canvas_.draw_text({side + half, foot_top, half, 8},
                              fmt::format("{} UTC · {} {} {} {}{}",
                                          ShownValue()(report_.as_of),
                                          report_.page,
                                          page_,
                                          report_.page_of,
                                          pages_,
                                          report_.page_end),
                              look));
        return {};
    }

    const ProgressReport& report_;
    std::size_t pages_;
    std::size_t page_ = 1;
    const Table* table_ = nullptr;  ///< Whose rows are drawn; its titles stand on each page.
    std::vector<double> widths_;    ///< Of its columns, in millimeters.
};

}  // namespace

Result<std::string> report_pdf(const ProgressReport& report) {
    CanvasOptions options;
    options.width_mm = paper_width;
    options.height_mm = paper_height;
    options.title = fmt::format("{} · {}", report.title, report.subject);
    options.created = report.as_of;
    return draw_counted(options, [&](Canvas& canvas, std::size_t pages) {
        return ReportPages(report, canvas, pages).draw();
    });
}

}  // namespace guildmark::reports
