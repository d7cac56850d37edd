#include "reports/model/certificate_register.h"

#include "reports/model/nonconformities.h"
#include "reports/model/status.h"

namespace guildmark::reports {

namespace {

constexpr std::size_t certificate_table = 0;
constexpr std::size_t act_table = 1;
constexpr int days_soon = 90;
constexpr unsigned label_column_width = 44;
constexpr unsigned count_column_width = 14;
constexpr std::uint32_t valid_color = 0x2E7D32;
constexpr std::uint32_t invalid_color = 0x90A4AE;

constexpr std::array all_certificate_statuses{rows::CertificateStatus::active,
                                              rows::CertificateStatus::suspended,
                                              rows::CertificateStatus::withdrawn,
                                              rows::CertificateStatus::expired,
                                              rows::CertificateStatus::superseded};
constexpr std::array<std::uint32_t, 5> certificate_status_colors{
    0x2E7D32, 0xF9A825, 0xC62828, 0x90A4AE, 0xCFD8DC};

std::vector<std::pair<std::string, Tone>> certificate_tones(const Messages& say) {
    return {{say.text("certificate_status.active"), Tone::good},
            {say.text("certificate_status.suspended"), Tone::partly},
            {say.text("certificate_status.withdrawn"), Tone::bad},
            {say.text("certificate_status.expired"), Tone::muted},
            {say.text("certificate_status.superseded"), Tone::muted}};
}

std::vector<Column> certificate_columns(const Messages& say) {
    return {{say.text("certificates.number"), ColumnKind::text, 20},
            {say.text("certificates.holder"), ColumnKind::wrapped, 28},
            {say.text("certificates.country"), ColumnKind::text, 8},
            {say.text("cover.standard"), ColumnKind::text, 16},
            {say.text("cover.certificate_scope"), ColumnKind::wrapped, 44},
            {say.text("certificates.status"), ColumnKind::text, 14, certificate_tones(say)},
            {say.text("cover.certificate_from"), ColumnKind::date, 11},
            {say.text("cover.certificate_until"), ColumnKind::date, 11},
            {say.text("certificates.days_left"), ColumnKind::count, 10},
            {say.text("certificates.first_granted"), ColumnKind::date, 13},
            {say.text("certificates.last_act"), ColumnKind::text, 20},
            {say.text("certificates.last_act_on"), ColumnKind::date, 11},
            {say.text("cover.id"), ColumnKind::text, 16}};
}

std::vector<Column> act_columns(const Messages& say) {
    return {{say.text("certificates.number"), ColumnKind::text, 20},
            {say.text("certificates.holder"), ColumnKind::wrapped, 28},
            {say.text("certificates.at"), ColumnKind::instant, 16},
            {say.text("certificates.act"), ColumnKind::text, 24},
            {say.text("certificates.status"), ColumnKind::text, 14, certificate_tones(say)},
            {say.text("cover.certificate_from"), ColumnKind::date, 11},
            {say.text("cover.certificate_until"), ColumnKind::date, 11},
            {say.text("cover.certificate_scope"), ColumnKind::wrapped, 44}};
}

}  // namespace

ProgressReport CertificateRegister::begin(std::string subject, std::vector<Fact> cover) const {
    ProgressReport report = blank_report(say_, "certificates", as_of_);
    report.subject = std::move(subject);
    report.cover = std::move(cover);
    report.tables = {{say_.text("certificates.sheet"), certificate_columns(say_), {}},
                     {say_.text("certificate_acts.sheet"), act_columns(say_), {}}};
    return report;
}

Result<void> CertificateRegister::add(const CertificateEntry& entry, const RowSink& sink) {
    const CertificateAct* last = last_act_by(entry.acts, today_);
    if (last == nullptr) {
        return {};
    }
    const rows::Certificate& shown = last->certificate;
    const rows::CertificateStatus status = status_on(shown, today_);
    const int days_left = shown.valid_until.days_since(today_);
    const bool valid = status == rows::CertificateStatus::active;
    ++statuses_.at(static_cast<std::size_t>(status));
    ++standards_[shown.standard].at(valid ? 0 : 1);
    for (std::size_t month = 0; valid && month < ending_.size(); ++month) {
        if (shown.valid_until < today_.plus_months(static_cast<int>(month) + 1)) {
            ++ending_.at(month);
            break;
        }
    }
    const bool soon = valid && days_left <= days_soon;
    ending_soon_ += soon ? 1 : 0;
    TRY(sink(certificate_table,
             {shown.number,
              entry.holder,
              entry.country,
              shown.standard,
              shown.scope,
              say_.text("certificate_status", to_text(status)),
              Value(shown.valid_from),
              {Value(shown.valid_until), soon ? Tone::partly : Tone::none},
              valid ? Cell(Value(static_cast<std::uint64_t>(days_left))) : Cell(),
              Value(shown.first_granted),
              say_.text("act", last->action),
              Value(Date::of(last->at)),
              shown.case_id.to_text()}));
    for (const CertificateAct& act : entry.acts) {
        TRY(sink(act_table,
                 {act.certificate.number,
                  entry.holder,
                  Value(act.at),
                  say_.text("act", act.action),
                  say_.text("certificate_status", to_text(act.certificate.status)),
                  Value(act.certificate.valid_from),
                  Value(act.certificate.valid_until),
                  act.certificate.scope}));
        if (&act == last) {
            break;
        }
    }
    return {};
}

void CertificateRegister::summarize(ProgressReport& report) const {
    const std::vector<Column> columns{
        {say_.text("certificates.status"), ColumnKind::text, label_column_width},
        {say_.text("summary.number"), ColumnKind::count, count_column_width}};
    report.path = {say_.text("certificates.by_status"), columns, {}};
    Chart by_status{ChartKind::doughnut, {say_.text("certificates.status_chart"), columns, {}}, {}};
    std::uint64_t all = 0;
    for (const rows::CertificateStatus status : all_certificate_statuses) {
        const auto index = static_cast<std::size_t>(status);
        const std::string name = say_.text("certificate_status", to_text(status));
        all += statuses_.at(index);
        report.path.rows.push_back({name, Value(statuses_.at(index))});
        if (statuses_.at(index) > 0) {
            by_status.table.rows.push_back({name, Value(statuses_.at(index))});
            by_status.colors.push_back(certificate_status_colors.at(index));
        }
    }
    report.figures = {
        say_.text("summary.counts"),
        {{say_.text("summary.figure"), ColumnKind::text, label_column_width}, columns.back()},
        {{say_.text("certificates.all"), Value(all)},
         {say_.text("certificates.soon"),
          {Value(ending_soon_), ending_soon_ > 0 ? Tone::partly : Tone::none}}}};
    Chart by_standard{ChartKind::stacked_bar,
                      {say_.text("certificates.standard_chart"),
                       {{say_.text("cover.standard"), ColumnKind::text, label_column_width},
                        {say_.text("certificates.valid"), ColumnKind::count, count_column_width},
                        {say_.text("certificates.other"), ColumnKind::count, count_column_width}},
                       {}},
                      {valid_color, invalid_color}};
    for (const auto& [standard, counts] : standards_) {
        by_standard.table.rows.push_back({standard, Value(counts.front()), Value(counts.back())});
    }
    Chart by_month{ChartKind::line,
                   {say_.text("certificates.ending_chart"),
                    {{say_.text("certificates.month_from"), ColumnKind::date, label_column_width},
                     {say_.text("certificates.ending"), ColumnKind::count, count_column_width}},
                    {}},
                   {valid_color}};
    for (std::size_t month = 0; all > 0 && month < ending_.size(); ++month) {
        by_month.table.rows.push_back(
            {Value(today_.plus_months(static_cast<int>(month))), Value(ending_.at(month))});
    }
    report.charts = {by_status, by_standard, by_month};
}

}  // namespace guildmark::reports
