#include "engine/cases/facts.h"

#include <algorithm>
#include <cstdint>

#include "engine/cases/gate.h"

namespace guildmark {
namespace {

template <typename Predicate>
Value count_requirements(const Case& subject, const Predicate& predicate) {
    return Value(static_cast<std::int64_t>(std::ranges::count_if(subject.requirements, predicate)));
}

Value answer_facts(const Case& subject) {
    const auto count = [&](rows::Answer answer) {
        return count_requirements(subject, [answer](const rows::Requirement& requirement) {
            return requirement.answer == answer;
        });
    };
    Value facts;
    facts.set("answered", count_requirements(subject, [](const rows::Requirement& requirement) {
                  return requirement.answer != rows::Answer::none;
              }));
    facts.set("in_place", count(rows::Answer::in_place));
    facts.set("partly", count(rows::Answer::partly));
    facts.set("not_yet", count(rows::Answer::not_yet));
    facts.set("not_applicable", count(rows::Answer::not_applicable));
    return facts;
}

Value evidence_facts(const Case& subject, Date today) {
    const rows::GateRows rows = gate_rows_of(subject, today);
    const GateView view = gate_view(rows);
    std::int64_t applicable = 0;
    std::int64_t with_evidence = 0;
    for (const rows::Requirement& requirement : subject.requirements) {
        if (is_applicable(requirement)) {
            ++applicable;
            with_evidence +=
                std::ranges::binary_search(view.covered, requirement.requirement) ? 1 : 0;
        }
    }
    const std::size_t current = subject.evidence.count_current() - rows.expired.size();
    Value facts;
    facts.set("count", Value(static_cast<std::int64_t>(current)));
    facts.set("covered", Value(with_evidence));
    facts.set("missing", Value(applicable - with_evidence));
    facts.set("coverage",
              applicable == 0
                  ? Value(1)
                  : Value(static_cast<double>(with_evidence) / static_cast<double>(applicable)));
    return facts;
}

Value assessment_facts(const Case& subject) {
    const auto count = [&](rows::Verdict verdict) {
        return count_requirements(subject, [verdict](const rows::Requirement& requirement) {
            return requirement.verdict == verdict;
        });
    };
    Value facts;
    facts.set("assessed", count_requirements(subject, [](const rows::Requirement& requirement) {
                  return requirement.verdict != rows::Verdict::none;
              }));
    facts.set("conforming", count(rows::Verdict::conforming));
    facts.set("nonconforming", count(rows::Verdict::nonconforming));
    facts.set("missing", count(rows::Verdict::none));
    return facts;
}

Value finding_facts(const Case& subject) {
    std::int64_t majors = 0;
    std::int64_t minors = 0;
    std::int64_t carried = 0;
    for (const auto& [id, finding] : subject.findings) {
        const std::int64_t unsettled = is_settled(finding) ? 0 : 1;
        carried += subject.is_carried(finding) ? 1 : 0;
        majors += finding.grade == rows::Grade::major ? unsettled : 0;
        minors += finding.grade == rows::Grade::minor ? unsettled : 0;
    }
    Value facts;
    facts.set("total", Value(static_cast<std::int64_t>(subject.findings.size())));
    facts.set("open", Value(majors + minors));
    facts.set("major_open", Value(majors));
    facts.set("minor_open", Value(minors));
    facts.set("major_unverified", Value(majors));
    facts.set("minor_unaccepted", Value(minors));
    facts.set(
        "of_round",
        Value(static_cast<std::int64_t>(subject.findings.size()) - subject.round.findings_before));
    facts.set("carried", Value(carried));
    return facts;
}

Value round_facts(const Case& subject) {
    Value facts;
    facts.set("number", Value(static_cast<std::int64_t>(subject.round.number)));
    facts.set("on",
              subject.round.number == 0 ? Date::of(subject.summary.opened_at).to_text()
                                        : subject.round.began.to_text());
    return facts;
}

/// The days on which tasks are due or, when they are closed, were due, by their definition's id: of
/// several the one that was opened last.
Value due_facts(const Case& subject) {
    Value facts{Value::Object()};
    for (const auto& [definition, id] : subject.newest_tasks) {
        const rows::Task& task = subject.tasks.at(id);
        if (task.due) {
            facts.set(definition, Date::of(*task.due).to_text());
        }
    }
    return facts;
}

Value decision_facts(const Case& subject) {
    if (subject.decisions.empty()) {
        return {};
    }
    const rows::Decision& last = subject.decisions.rbegin()->second;
    Value facts;
    facts.set("kind", last.kind);
    facts.set("on", Date::of(last.decided_at).to_text());
    facts.set("by", last.decided_by.to_text());
    facts.set("reason", last.reason);
    return facts;
}

Value certificate_facts(const Case& subject) {
    if (subject.certificates.empty()) {
        return {};
    }
    const rows::Certificate& last = subject.certificates.rbegin()->second;
    Value facts;
    facts.set("number", last.number);
    facts.set("status", to_name(last.status));
    facts.set("valid_from", last.valid_from.to_text());
    facts.set("valid_until", last.valid_until.to_text());
    return facts;
}

}  // namespace

Value build_facts(const Case& subject, Instant now, const OrganisationNames& names) {
    const Date today = Date::of(now);
    Value requirements;
    requirements.set("total", Value(static_cast<std::int64_t>(subject.requirements.size())));
    requirements.set("applicable", count_requirements(subject, is_applicable));
    Value parties{Value::Object()};
    for (const rows::Party& party : subject.summary.parties) {
        parties.set(party.party, names(party.organisation));
    }
    Value facts;
    facts.set("today", today.to_text());
    facts.set("now", now.to_text());
    facts.set("standard", subject.summary.standard);
    facts.set("requirements", std::move(requirements));
    facts.set("answers", answer_facts(subject));
    facts.set("evidence", evidence_facts(subject, today));
    facts.set("assessment", assessment_facts(subject));
    facts.set("findings", finding_facts(subject));
    facts.set("round", round_facts(subject));
    facts.set("decision", decision_facts(subject));
    facts.set("certificate", certificate_facts(subject));
    facts.set("forms", to_value(subject.forms));
    facts.set("outcomes", to_value(subject.outcomes));
    facts.set("entered", to_value(subject.entered));
    facts.set("left", to_value(subject.left));
    facts.set("due", due_facts(subject));
    facts.set("parties", std::move(parties));
    Value all;
    all.set("facts", std::move(facts));
    return all;
}

}  // namespace guildmark
