#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "api/scenario/stage.h"
#include "engine/cases/describe_rows.h"
#include "engine/cases/gate.h"
#include "engine/ports/terms.h"

namespace guildmark::scenario {
namespace {

Result<void> expect_equal(std::string_view what,
                          std::string_view expected,
                          std::string_view found) {
    if (expected != found) {
        return malformed("expectation_unmet",
                         fmt::format("{} is \"{}\", expected \"{}\"", what, found, expected));
    }
    return {};
}

/// "expect state stage1": the state is among the active ones.
Result<void> expect_state(Stage& stage, const Statement& statement) {
    const rows::CaseRows rows = TRY(stage.case_rows());
    const auto active = split_words(rows.summary.states);
    if (std::ranges::find(active, statement.word(2)) == active.end()) {
        return expect_equal("the case's state", statement.word(2), rows.summary.states);
    }
    return {};
}

Result<void> expect_milestone(Stage& stage, const Statement& statement) {
    return expect_equal(
        "the milestone", statement.word(2), TRY(stage.case_rows()).summary.milestone);
}

/// Whether `task` came after `other`, which stands before it: the open one, or the one closed last.
/// Their ids do not tell, because a server that starts within one millisecond draws what it draws.
bool came_after(const rows::Task& task, const rows::Task& other) {
    return !task.closed_at || (other.closed_at && *task.closed_at >= *other.closed_at);
}

/// "expect task review open": the newest task of that definition has that status, or "none".
Result<void> expect_task(Stage& stage, const Statement& statement) {
    const rows::CaseRows rows = TRY(stage.case_rows());
    const rows::Task* newest = nullptr;
    for (const rows::Task& task : rows.tasks) {
        if (task.task == statement.word(2) && (newest == nullptr || came_after(task, *newest))) {
            newest = &task;
        }
    }
    return expect_equal(fmt::format("the task {}", statement.word(2)),
                        statement.word(3),
                        newest == nullptr ? "none" : to_name(newest->status));
}

/// "expect due apply 2026-02-01": the open task is due on that day.
Result<void> expect_due(Stage& stage, const Statement& statement) {
    std::string found = "none";
    for (const rows::Task& task : TRY(stage.case_rows()).tasks) {
        if (task.task == statement.word(2) && task.status == rows::TaskStatus::open && task.due) {
            found = Date::of(*task.due).to_text();
        }
    }
    return expect_equal("the due date", statement.word(3), found);
}

/// "expect certificate active 2026-03-16 2029-03-15": status, first and last day; or "none".
Result<void> expect_certificate(Stage& stage, const Statement& statement) {
    const rows::CaseRows rows = TRY(stage.case_rows());
    if (rows.certificates.empty()) {
        return expect_equal("the certificate", statement.word(2), "none");
    }
    const rows::Certificate& last = rows.certificates.back();
    TRY(expect_equal("the certificate's status", statement.word(2), to_name(last.status)));
    if (!statement.word(3).empty()) {
        TRY(expect_equal("its first day", statement.word(3), last.valid_from.to_text()));
    }
    if (!statement.word(4).empty()) {
        TRY(expect_equal("its last day", statement.word(4), last.valid_until.to_text()));
    }
    return {};
}

/// "expect decision grant": the last one's kind; or "none".
Result<void> expect_decision(Stage& stage, const Statement& statement) {
    const rows::CaseRows rows = TRY(stage.case_rows());
    return expect_equal("the decision",
                        statement.word(2),
                        rows.decisions.empty() ? "none" : rows.decisions.back().kind);
}

/// "expect finding 1 accepted".
Result<void> expect_finding(Stage& stage, const Statement& statement) {
    std::string found = "none";
    for (const rows::Finding& finding : TRY(stage.case_rows()).findings) {
        if (std::to_string(finding.number) == statement.word(2)) {
            found = to_name(finding.status);
        }
    }
    return expect_equal(fmt::format("finding {}", statement.word(2)), statement.word(3), found);
}

/// "expect count evidence 38": one of the summary's counts.
Result<void> expect_count(Stage& stage, const Statement& statement) {
    const rows::CaseRows rows = TRY(stage.case_rows());
    const auto current =
        std::ranges::count(rows.evidence, rows::EvidenceStatus::current, &rows::Evidence::status);
    const std::array<std::pair<std::string_view, std::uint64_t>, 10> counts{{
        {"evidence", static_cast<std::uint64_t>(current)},
        {"applicable", rows.summary.requirements_applicable},
        {"answered", rows.summary.requirements_answered},
        {"covered", rows.summary.requirements_covered},
        {"conforming", rows.summary.requirements_conforming},
        {"majors", rows.summary.majors_open},
        {"minors", rows.summary.minors_open},
        {"charges", rows.charges.size()},
        {"tasks", rows.summary.open_tasks},
        {"incidents", rows.summary.incidents_open},
    }};
    const auto known = std::ranges::find(
        counts, statement.word(2), &std::pair<std::string_view, std::uint64_t>::first);
    if (known == counts.end()) {
        return malformed("value_malformed",
                         fmt::format("there is no count \"{}\"", statement.word(2)));
    }
    return expect_equal(statement.word(2), statement.word(3), std::to_string(known->second));
}

/// "expect finished yes".
Result<void> expect_finished(Stage& stage, const Statement& statement) {
    return expect_equal(
        "finished", statement.word(2), TRY(stage.case_rows()).summary.finished ? "yes" : "no");
}

/// "expect paused yes".
Result<void> expect_paused(Stage& stage, const Statement& statement) {
    return expect_equal(
        "paused", statement.word(2), TRY(stage.case_rows()).summary.paused_at ? "yes" : "no");
}

/// "expect incident script moved": the newest of that kind is "open", or what became of it.
Result<void> expect_incident(Stage& stage, const Statement& statement) {
    std::string_view found = "none";
    const rows::CaseRows rows = TRY(stage.case_rows());
    for (const rows::Incident& incident : rows.incidents) {
        if (to_name(incident.kind) == statement.word(2)) {
            found = incident.status == rows::IncidentStatus::open ? to_name(incident.status)
                                                                  : to_name(incident.resolution);
        }
    }
    return expect_equal(
        fmt::format("the incident of a {}", statement.word(2)), statement.word(3), found);
}

/// What a search asks for: "state=audit", "task=apply", "role=decider", "paused", "incident", or a
/// value that the workflow names, as "country=DE".
std::string term_of(std::string_view word) {
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos) {
        return std::string(word);
    }
    const std::string_view name = word.substr(0, sign);
    const std::string_view value = word.substr(sign + 1);
    if (name == "state") {
        return terms::state(value);
    }
    if (name == "task") {
        return terms::task(value);
    }
    return name == "role" ? terms::role(value) : terms::data(name, value);
}

/// "expect found state=audit yes".
Result<void> expect_found(Stage& stage, const Statement& statement) {
    const rows::Case row = TRY(stage.case_rows()).summary;
    const bool is_found = std::ranges::binary_search(row.terms, term_of(statement.word(2)));
    return expect_equal(
        fmt::format("found by {}", statement.word(2)), statement.word(3), is_found ? "yes" : "no");
}

using Check = Result<void> (*)(Stage&, const Statement&);

struct Expectation {
    std::string_view name;
    Check check;
};

constexpr auto expectations = std::to_array<Expectation>({
    {"state", expect_state},
    {"milestone", expect_milestone},
    {"task", expect_task},
    {"due", expect_due},
    {"certificate", expect_certificate},
    {"decision", expect_decision},
    {"finding", expect_finding},
    {"count", expect_count},
    {"finished", expect_finished},
    {"paused", expect_paused},
    {"incident", expect_incident},
    {"found", expect_found},
});

}  // namespace

std::vector<std::string> expectation_names() {
    std::vector<std::string> names;
    for (const Expectation& expectation : expectations) {
        names.emplace_back(expectation.name);
    }
    return names;
}

Result<void> check_expectation(Stage& stage, const Statement& statement) {
    const auto known = std::ranges::find(expectations, statement.word(1), &Expectation::name);
    if (known == expectations.end()) {
        return malformed("statement_unknown",
                         fmt::format("nothing is known of \"expect {}\"", statement.word(1)));
    }
    return known->check(stage, statement);
}

}  // namespace guildmark::scenario
