#include "reports/xlsx/book.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "engine/base/ensure.h"
#include "reports/xlsx/cell_text.h"

namespace guildmark::reports::xlsx {

namespace {

constexpr std::size_t margin_characters_max = 90;
constexpr std::uint8_t paper_a4 = 9;
constexpr double points_per_line = 14;
constexpr double row_points_max = 409;  // ECMA-376, part 1, 18.3.1.73
constexpr std::uint32_t header_color = 0x263238;
constexpr std::uint32_t line_color = 0xCFD8DC;

struct Colors {
    std::uint32_t background;
    std::uint32_t text;
};

Colors colors_of(Tone tone) {
    switch (tone) {
        case Tone::none:
            return {0xFFFFFF, 0x000000};
        case Tone::good:
            return {0xC8E6C9, 0x1B5E20};
        case Tone::partly:
            return {0xFFECB3, 0x7A4100};
        case Tone::bad:
            return {0xFFCDD2, 0x8E0000};
        case Tone::muted:
            return {0xECEFF1, 0x455A64};
    }
    ENSURE(false, "a Tone outside its enumeration");
}

void set_number_format(lxw_format* format, ColumnKind kind) {
    switch (kind) {
        case ColumnKind::text:
        case ColumnKind::wrapped:
            return;
        case ColumnKind::amount:
            ::format_set_align(format, LXW_ALIGN_RIGHT);
            return;
        case ColumnKind::count:
            ::format_set_num_format(format, "#,##0");
            ::format_set_align(format, LXW_ALIGN_RIGHT);
            ::format_set_indent(format, 1);
            return;
        case ColumnKind::decimal:
            ::format_set_num_format(format, "#,##0.0");
            ::format_set_align(format, LXW_ALIGN_RIGHT);
            ::format_set_indent(format, 1);
            return;
        case ColumnKind::date:
            ::format_set_num_format(format, "yyyy-mm-dd");
            ::format_set_align(format, LXW_ALIGN_LEFT);
            return;
        case ColumnKind::instant:
            ::format_set_num_format(format, "yyyy-mm-dd hh:mm");
            ::format_set_align(format, LXW_ALIGN_LEFT);
            return;
    }
    ENSURE(false, "a ColumnKind outside its enumeration");
}

void set_role(lxw_format* format, Role role) {
    switch (role) {
        case Role::body:
            ::format_set_border(format, LXW_BORDER_THIN);
            ::format_set_border_color(format, line_color);
            return;
        case Role::header:
            ::format_set_bold(format);
            ::format_set_font_color(format, LXW_COLOR_WHITE);
            ::format_set_bg_color(format, header_color);
            ::format_set_text_wrap(format);
            ::format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
            return;
        case Role::title:
            ::format_set_bold(format);
            ::format_set_font_size(format, 20);
            return;
        case Role::subtitle:
            ::format_set_bold(format);
            ::format_set_font_size(format, 13);
            return;
        case Role::label:
            ::format_set_font_color(format, colors_of(Tone::muted).text);
            return;
        case Role::plain:
            return;
    }
    ENSURE(false, "a Role outside its enumeration");
}

}  // namespace

double to_serial(Date date) {
    namespace chrono = std::chrono;
    constexpr chrono::sys_days day_zero{chrono::year{1899} / chrono::December / 30};
    return static_cast<double>((chrono::sys_days{date.day()} - day_zero).count());
}

double to_serial(Instant instant) {
    constexpr double milliseconds_per_day = 24.0 * 60 * 60 * 1000;
    constexpr double serial_of_1970 = 25'569;
    return static_cast<double>(instant.milliseconds) / milliseconds_per_day + serial_of_1970;
}

Book::Book(const std::string& path, const ProgressReport& report, Memory memory) : report_(report) {
    lxw_workbook_options options{};
    options.constant_memory = memory == Memory::row ? LXW_TRUE : LXW_FALSE;
    options.use_zip64 = LXW_FALSE;
    workbook_ = ::workbook_new_opt(path.c_str(), &options);
    ENSURE(workbook_ != nullptr, "libxlsxwriter had no memory for a workbook");
    std::string title = report.title;
    std::string subject = to_margin_text(report.subject, margin_characters_max);
    std::string author = "Guildmark";
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.subject = subject.data();
    properties.author = author.data();
    properties.created = static_cast<time_t>(report.as_of.milliseconds / 1000);
    check(::workbook_set_properties(workbook_, &properties));
}

Book::~Book() {
    if (workbook_ != nullptr) {
        ::lxw_workbook_free(workbook_);
    }
}

lxw_worksheet* Book::add_sheet(const std::string& name) {
    lxw_worksheet* sheet = ::workbook_add_worksheet(workbook_, name.c_str());
    ENSURE(sheet != nullptr, "names of sheets come from reports/messages, whose test checks them");
    ::worksheet_set_landscape(sheet);
    ::worksheet_set_paper(sheet, paper_a4);
    ::worksheet_set_margins(sheet, 0.4, 0.4, 0.75, 0.75);
    ::worksheet_fit_to_pages(sheet, 1, 0);
    const std::string header = fmt::format("&L{} · {}&R{}",
                                           to_margin_text(report_.title, margin_characters_max),
                                           to_margin_text(report_.subject, margin_characters_max),
                                           to_margin_text(name, margin_characters_max));
    const std::string footer = fmt::format("&L{} UTC&R{} &P {} &N {}",
                                           report_.as_of.to_text().substr(0, 16),
                                           report_.page,
                                           report_.page_of,
                                           report_.page_end);
    check(::worksheet_set_header(sheet, header.c_str()));
    check(::worksheet_set_footer(sheet, footer.c_str()));
    return sheet;
}

void Book::set_lines(lxw_worksheet* sheet, std::uint32_t row, std::size_t lines, Role role) {
    const double extra = role == Role::title ? 16 : role == Role::body ? 1 : 7;
    const double height = static_cast<double>(lines) * points_per_line + extra;
    check(::worksheet_set_row(sheet, row, std::min(height, row_points_max), nullptr));
}

lxw_format* Book::make_format(ColumnKind kind, Tone tone, Role role) {
    lxw_format* format = ::workbook_add_format(workbook_);
    ENSURE(format != nullptr, "libxlsxwriter had no memory for a format");
    ::format_set_font_name(format, report_.font.c_str());
    ::format_set_font_size(format, 10);
    ::format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (kind == ColumnKind::wrapped) {
        ::format_set_text_wrap(format);
    }
    set_number_format(format, kind);
    set_role(format, role);
    if (tone != Tone::none) {
        ::format_set_bg_color(format, colors_of(tone).background);
        ::format_set_font_color(format, colors_of(tone).text);
    }
    return format;
}

lxw_format* Book::format(ColumnKind kind, Tone tone, Role role) {
    const std::size_t index =
        (static_cast<std::size_t>(kind) * tones + static_cast<std::size_t>(tone)) * roles +
        static_cast<std::size_t>(role);
    if (formats_[index] == nullptr) {
        formats_[index] = make_format(kind, tone, role);
    }
    return formats_[index];
}

lxw_format* Book::tone_format(Tone tone) {
    lxw_format*& format = tone_formats_[static_cast<std::size_t>(tone)];
    if (format == nullptr) {
        format = ::workbook_add_format(workbook_);
        ENSURE(format != nullptr, "libxlsxwriter had no memory for a format");
        ::format_set_bg_color(format, colors_of(tone).background);
        ::format_set_font_color(format, colors_of(tone).text);
    }
    return format;
}

void Book::write(lxw_worksheet* sheet,
                 std::uint32_t row,
                 std::uint16_t column,
                 const Cell& cell,
                 ColumnKind kind,
                 Role role) {
    write_value(sheet, row, column, cell.value, format(kind, cell.tone, role));
}

void Book::write_value(lxw_worksheet* sheet,
                       std::uint32_t row,
                       std::uint16_t column,
                       const Value& value,
                       lxw_format* look) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        // Never worksheet_write_formula: what people wrote is never calculated.
        check(::worksheet_write_string(
            sheet, row, column, to_cell_text(*text, scratch_).c_str(), look));
    } else if (const auto* count = std::get_if<std::uint64_t>(&value)) {
        check(::worksheet_write_number(sheet, row, column, static_cast<double>(*count), look));
    } else if (const auto* number = std::get_if<double>(&value)) {
        check(::worksheet_write_number(sheet, row, column, *number, look));
    } else if (const auto* date = std::get_if<Date>(&value)) {
        check(::worksheet_write_number(sheet, row, column, to_serial(*date), look));
    } else if (const auto* instant = std::get_if<Instant>(&value)) {
        check(::worksheet_write_number(sheet, row, column, to_serial(*instant), look));
    } else {
        check(::worksheet_write_blank(sheet, row, column, look));
    }
}

void Book::check(int error) {
    if (first_error_ == 0) {
        first_error_ = error;
    }
}

Result<void> Book::close() {
    check(::workbook_close(workbook_));
    workbook_ = nullptr;
    if (first_error_ != 0) {
        return failed("report_failed",
                      fmt::format("The workbook could not be written: {}; check the free space.",
                                  ::lxw_strerror(static_cast<lxw_error>(first_error_))));
    }
    return {};
}

}  // namespace guildmark::reports::xlsx
