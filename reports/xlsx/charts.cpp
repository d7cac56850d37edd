#include <algorithm>
#include <vector>

#include <xlsxwriter.h>

#include "engine/base/ensure.h"
#include "reports/xlsx/book.h"

namespace guildmark::reports::xlsx {

namespace {

constexpr std::uint16_t chart_column = 5;
constexpr double scale_x = 1.3;
constexpr double scale_y = 1.2;
constexpr int y_offset_pixels = 4;  // keeps the frame off the end of the page above
constexpr std::uint8_t hole_percent = 55;
constexpr std::uint16_t bar_gap_percent = 45;
constexpr std::size_t date_labels_max = 8;
constexpr float line_points = 2.25F;

/// Where a chart's numbers are.
struct Place {
    lxw_chart* chart;
    const std::string& sheet_name;
    std::uint32_t first_row;
    std::uint32_t last_row;
};

std::uint8_t type_of(ChartKind kind) {
    switch (kind) {
        case ChartKind::doughnut:
            return LXW_CHART_DOUGHNUT;
        case ChartKind::stacked_bar:
            return LXW_CHART_BAR_STACKED;
        case ChartKind::line:
            return LXW_CHART_LINE;
    }
    ENSURE(false, "a ChartKind outside its enumeration");
}

lxw_chart_series* add_series(const Place& place, std::uint16_t column) {
    lxw_chart_series* series = ::chart_add_series(place.chart, nullptr, nullptr);
    const char* sheet = place.sheet_name.c_str();
    ::chart_series_set_categories(series, sheet, place.first_row, 0, place.last_row, 0);
    ::chart_series_set_values(series, sheet, place.first_row, column, place.last_row, column);
    ::chart_series_set_name_range(series, sheet, place.first_row - 1, column);
    return series;
}

void color_slices(Book& book, lxw_chart_series* series, const Chart& chart) {
    std::vector<lxw_chart_fill> fills(chart.colors.size());
    std::vector<lxw_chart_point> points(chart.colors.size());
    std::vector<lxw_chart_point*> list;
    for (std::size_t index = 0; index < chart.colors.size(); ++index) {
        fills[index].color = chart.colors[index];
        points[index].fill = &fills[index];
        list.push_back(&points[index]);
    }
    list.push_back(nullptr);
    book.check(::chart_series_set_points(series, list.data()));
    ::chart_series_set_labels(series);
}

void color_bar(lxw_chart_series* series, std::uint32_t color) {
    lxw_chart_fill fill{};
    fill.color = color;
    ::chart_series_set_fill(series, &fill);
}

void color_line(lxw_chart_series* series, std::uint32_t color) {
    lxw_chart_line line{};
    line.color = color;
    line.width = line_points;
    ::chart_series_set_line(series, &line);
}

void set_axes(const Chart& chart, lxw_chart* target) {
    if (chart.kind == ChartKind::stacked_bar) {
        // The first clause stands on top.
        ::chart_axis_set_reverse(target->y_axis);
        ::chart_set_series_gap(target, bar_gap_percent);
    }
    if (chart.kind == ChartKind::line) {
        ::chart_axis_set_num_format(target->x_axis, "yyyy-mm-dd");
        ::chart_axis_set_min(target->y_axis, 0);
        const std::size_t step = chart.table.rows.size() / date_labels_max + 1;
        ::chart_axis_set_interval_unit(target->x_axis, static_cast<std::uint16_t>(step));
    }
}

}  // namespace

void insert_chart(Book& book,
                  lxw_worksheet* sheet,
                  const std::string& sheet_name,
                  const Chart& chart,
                  std::uint32_t header_row,
                  std::uint32_t row) {
    lxw_chart* target = ::workbook_add_chart(book.workbook(), type_of(chart.kind));
    ENSURE(target != nullptr, "libxlsxwriter had no memory for a chart");
    const auto rows = static_cast<std::uint32_t>(chart.table.rows.size());
    const Place place{target, sheet_name, header_row + 1, header_row + rows};
    for (std::size_t column = 1; column < chart.table.columns.size(); ++column) {
        lxw_chart_series* series = add_series(place, static_cast<std::uint16_t>(column));
        switch (chart.kind) {
            case ChartKind::doughnut:
                color_slices(book, series, chart);
                ::chart_set_hole_size(target, hole_percent);
                break;
            case ChartKind::stacked_bar:
                color_bar(series, chart.colors.at(column - 1));
                break;
            case ChartKind::line:
                color_line(series, chart.colors.at(column - 1));
                break;
        }
    }
    set_axes(chart, target);
    ::chart_title_set_name(target, chart.table.title.c_str());
    ::chart_legend_set_position(
        target,
        chart.kind == ChartKind::doughnut ? LXW_CHART_LEGEND_RIGHT : LXW_CHART_LEGEND_BOTTOM);
    std::string description = chart.table.title;
    lxw_chart_options options{};
    options.x_scale = scale_x;
    options.y_scale = scale_y;
    options.y_offset = y_offset_pixels;
    options.description = description.data();
    book.check(::worksheet_insert_chart_opt(sheet, row, chart_column, target, &options));
}

}  // namespace guildmark::reports::xlsx
