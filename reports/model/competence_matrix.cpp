#include "reports/model/competence_matrix.h"

#include <algorithm>
#include <map>
#include <set>

#include "reports/model/nonconformities.h"

namespace guildmark::reports {
namespace {

constexpr int competence_days_soon = 90;
constexpr std::uint32_t competent_color = 0x2E7D32;
constexpr std::uint32_t incompetent_color = 0x90A4AE;

/// How a competence stands on a day: the id of its message, and what it means.
struct Standing {
    const char* id;
    Tone tone;
};

Standing standing_on(const rows::Competence& competence, Date day) {
    if (competence.ended) {
        return {"ended", Tone::muted};
    }
    if (day < competence.from) {
        return {"to_come", Tone::muted};
    }
    if (!competence.holds_on(day)) {
        return {"over", Tone::bad};
    }
    const bool is_soon =
        competence.until && competence.until->days_since(day) <= competence_days_soon;
    return is_soon ? Standing{"soon", Tone::partly} : Standing{"held", Tone::good};
}

Cell matrix_cell(const Messages& say, const rows::Competence& competence, Date day) {
    const Standing standing = standing_on(competence, day);
    const std::string_view id = standing.id;
    if (id == "ended" || id == "to_come") {
        return {say.text("competence_standing", id), standing.tone};
    }
    return {competence.until ? competence.until->to_text() : say.text("competence.endless"),
            standing.tone};
}

std::vector<Column> record_columns(const Messages& say) {
    return {{say.text("competence.person"), ColumnKind::text, 26},
            {say.text("competence.roles"), ColumnKind::wrapped, 30},
            {say.text("competence.area"), ColumnKind::text, 16},
            {say.text("competence.from"), ColumnKind::date, 11},
            {say.text("competence.until"), ColumnKind::date, 11},
            {say.text("competence.standing"), ColumnKind::text, 20},
            {say.text("competence.basis"), ColumnKind::wrapped, 44},
            {say.text("competence.ended"), ColumnKind::date, 11},
            {say.text("competence.ended_reason"), ColumnKind::wrapped, 30}};
}

Cell day_or_nothing(const std::optional<Date>& day) {
    return day ? Cell(Value(*day)) : Cell();
}

/// The members of an organisation and the areas in which they are, or were, competent.
class Matrix {
public:
    Matrix(const Messages& say, const rows::OrganisationRows& organisation, Date today)
        : say_(say), today_(today) {
        for (const rows::Member& member : organisation.members) {
            members_.emplace(member.person, &member);
        }
        for (const rows::Competence& competence : organisation.competences) {
            areas_.insert(competence.area);
            by_person_[competence.person].emplace(competence.area, &competence);
        }
    }

    [[nodiscard]] Table people() const {
        Table table{say_.text("competence_matrix.sheet"),
                    {{say_.text("competence.person"), ColumnKind::text, 26},
                     {say_.text("competence.roles"), ColumnKind::wrapped, 30}},
                    {}};
        for (const std::string& area : areas_) {
            table.columns.push_back({area, ColumnKind::text, 13});
        }
        for (const auto& [person, competences] : by_person_) {
            std::vector<Cell> row{name_of(person), roles_of(person)};
            for (const std::string& area : areas_) {
                const auto found = competences.find(area);
                row.push_back(found == competences.end()
                                  ? Cell()
                                  : matrix_cell(say_, *found->second, today_));
            }
            table.rows.push_back(std::move(row));
        }
        return table;
    }

    [[nodiscard]] Table records() const {
        Table table{say_.text("competence_records.sheet"), record_columns(say_), {}};
        for (const auto& [person, competences] : by_person_) {
            for (const auto& [area, competence] : competences) {
                const Standing standing = standing_on(*competence, today_);
                table.rows.push_back(
                    {name_of(person),
                     roles_of(person),
                     area,
                     Value(competence->from),
                     day_or_nothing(competence->until),
                     {say_.text("competence_standing", standing.id), standing.tone},
                     competence->basis,
                     day_or_nothing(competence->ended),
                     competence->ended_reason});
            }
        }
        return table;
    }

    void summarize(ProgressReport& report) const {
        std::map<std::string_view, std::uint64_t> standings;
        std::map<std::string_view, std::array<std::uint64_t, 2>> areas;
        for (const auto& [person, competences] : by_person_) {
            for (const auto& [area, competence] : competences) {
                ++standings[standing_on(*competence, today_).id];
                ++areas[area].at(competence->holds_on(today_) ? 0 : 1);
            }
        }
        const Column count{say_.text("summary.number"), ColumnKind::count, 14};
        report.path = {say_.text("competence.by_standing"),
                       {{say_.text("competence.standing"), ColumnKind::text, 44}, count},
                       {}};
        for (const char* id : {"held", "soon", "over", "to_come", "ended"}) {
            report.path.rows.push_back(
                {say_.text("competence_standing", id), Value(standings[id])});
        }
        const auto covered = static_cast<std::uint64_t>(
            std::ranges::count_if(areas, [](const auto& one) { return one.second.front() > 0; }));
        report.figures = {
            say_.text("summary.counts"),
            {{say_.text("summary.figure"), ColumnKind::text, 44}, count},
            {{say_.text("competence.people"), Value(std::uint64_t{by_person_.size()})},
             {say_.text("competence.areas"), Value(std::uint64_t{areas_.size()})},
             {say_.text("competence.uncovered"),
              {Value(areas_.size() - covered),
               covered < areas_.size() ? Tone::partly : Tone::none}}}};
        Chart by_area{ChartKind::stacked_bar,
                      {say_.text("competence.area_chart"),
                       {{say_.text("competence.area"), ColumnKind::text, 44},
                        {say_.text("competence.competent"), ColumnKind::count, 14},
                        {say_.text("competence.not_competent"), ColumnKind::count, 14}},
                       {}},
                      {competent_color, incompetent_color}};
        for (const auto& [area, counts] : areas) {
            by_area.table.rows.push_back(
                {std::string(area), Value(counts.front()), Value(counts.back())});
        }
        report.charts = {by_area};
    }

private:
    [[nodiscard]] std::string name_of(PersonId person) const {
        const auto member = members_.find(person);
        return member == members_.end() ? person.to_text() : member->second->name;
    }

    [[nodiscard]] std::string roles_of(PersonId person) const {
        const auto member = members_.find(person);
        return member == members_.end() ? std::string() : member->second->roles;
    }

    const Messages& say_;
    Date today_;
    std::map<PersonId, const rows::Member*> members_;
    std::set<std::string> areas_;
    std::map<PersonId, std::map<std::string, const rows::Competence*>> by_person_;
};

}  // namespace

ProgressReport competence_matrix(const Messages& say,
                                 const rows::OrganisationRows& organisation,
                                 Instant as_of) {
    ProgressReport report = blank_report(say, "competence", as_of);
    report.subject = organisation.summary.name;
    report.cover = {{say.text("competence.organisation"), organisation.summary.name},
                    {say.text("cover.as_of"), Value(as_of)}};
    const Matrix matrix(say, organisation, Date::of(as_of));
    report.tables = {matrix.people(), matrix.records()};
    matrix.summarize(report);
    return report;
}

}  // namespace guildmark::reports
