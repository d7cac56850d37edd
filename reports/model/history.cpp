#include <algorithm>
#include <map>
#include <set>

#include "engine/base/json.h"
#include "reports/model/parts.h"

namespace guildmark::reports {

namespace {

constexpr int days_told_max = 25;
constexpr std::uint32_t covered_color = 0x1E88E5;
constexpr std::uint32_t answered_color = 0xF9A825;
constexpr std::uint32_t conforming_color = 0x2E7D32;

/// What the journal up to some record says of requirements.
class Progress {
public:
    void take(const Record& record) {
        const auto payload = parse_json(record.payload);
        if (!payload) {
            return;
        }
        const std::string id = payload->text_or("id", "");
        const std::string requirement = payload->text_or("requirement", "");
        if (record.kind == "evidence_added" || record.kind == "evidence_matched") {
            documents_[id] = requirements_of(*payload);
        } else if (record.kind == "evidence_withdrawn") {
            documents_.erase(id);
        } else if (record.kind == "requirement_answered") {
            set(answered_, requirement, payload->text_or("answer", "none") != "none");
        } else if (record.kind == "requirement_assessed") {
            set(conforming_, requirement, payload->text_or("verdict", "") == "conforming");
        }
    }

    [[nodiscard]] std::uint64_t covered() const {
        std::set<std::string> numbers;
        for (const auto& [id, requirements] : documents_) {
            numbers.insert(requirements.begin(), requirements.end());
        }
        return numbers.size();
    }

    [[nodiscard]] std::uint64_t answered() const { return answered_.size(); }

    [[nodiscard]] std::uint64_t conforming() const { return conforming_.size(); }

private:
    static std::vector<std::string> requirements_of(const guildmark::Value& payload) {
        std::vector<std::string> numbers;
        const guildmark::Value* list = payload.find("requirements");
        if (list == nullptr || !list->is_array()) {
            return numbers;
        }
        for (const guildmark::Value& number : list->as_array()) {
            if (number.is_text()) {
                numbers.push_back(number.as_text());
            }
        }
        return numbers;
    }

    static void set(std::set<std::string>& numbers, const std::string& number, bool member) {
        if (member) {
            numbers.insert(number);
        } else {
            numbers.erase(number);
        }
    }

    std::map<std::string, std::vector<std::string>> documents_;
    std::set<std::string> answered_;
    std::set<std::string> conforming_;
};

/// The days that the chart shows: the last one is the report's own.
std::vector<Date> days_between(Date first, Date last) {
    const int days = std::max(0, last.days_since(first));
    const int step = days / days_told_max + 1;
    std::vector<Date> result;
    for (int back = days / step * step; back >= 0; back -= step) {
        result.push_back(last.plus_days(-back));
    }
    return result;
}

}  // namespace

Chart history_chart(const Context& context) {
    const Messages& say = context.messages;
    Chart chart{ChartKind::line,
                {say.text("chart.progress"),
                 {{say.text("chart.date"), ColumnKind::date, 44},
                  {say.text("chart.covered"), ColumnKind::count, 14},
                  {say.text("chart.answered"), ColumnKind::count, 14},
                  {say.text("chart.conforming"), ColumnKind::count, 14}},
                 {}},
                {covered_color, answered_color, conforming_color}};
    const std::vector<Record>& records = context.input.records;
    const Date first = Date::of(context.input.rows.summary.opened_at);
    Progress progress;
    std::size_t next = 0;
    for (const Date day : days_between(first, Date::of(context.input.as_of))) {
        const Instant end = day.plus_days(1).begin();
        while (next < records.size() && records[next].at < end) {
            progress.take(records[next++]);
        }
        chart.table.rows.push_back({Value(day),
                                    Value(progress.covered()),
                                    Value(progress.answered()),
                                    Value(progress.conforming())});
    }
    return chart;
}

}  // namespace guildmark::reports
