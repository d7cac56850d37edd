// What the store gets of a case: its rows, timers and effects.
#include <algorithm>
#include <tuple>

#include "engine/base/json.h"
#include "engine/cases/case.h"
#include "engine/cases/search_values.h"

namespace guildmark {
namespace {

template <typename Map, typename Keys, typename Rows>
void copy_rows(const Map& from, const Keys& keys, Rows& to) {
    for (const auto& key : keys) {
        to.push_back(from.at(key));
    }
}

template <typename Map, typename Rows>
void copy_all(const Map& from, Rows& to) {
    for (const auto& [key, row] : from) {
        to.push_back(row);
    }
}

rows::Case summary_row(const Case& subject) {
    rows::Case row = subject.summary;
    row.terms = terms_of(subject);
    return row;
}

}  // namespace

void project(const Case& subject, const Touched& touched, Commit& commit) {
    rows::Changes& rows = commit.rows;
    if (touched.summary) {
        rows.cases.push_back(summary_row(subject));
    }
    copy_rows(subject.tasks, touched.tasks, rows.tasks);
    for (const rows::Requirement& requirement : subject.requirements) {
        if (touched.requirements.contains(requirement.requirement)) {
            rows.requirements.push_back(requirement);
        }
    }
    rows.evidence.insert(
        rows.evidence.end(), touched.evidence_before.begin(), touched.evidence_before.end());
    copy_rows(subject.evidence, touched.evidence, rows.evidence);
    copy_rows(subject.findings, touched.findings, rows.findings);
    copy_rows(subject.decisions, touched.decisions, rows.decisions);
    copy_rows(subject.certificates, touched.certificates, rows.certificates);
    copy_rows(subject.charges, touched.charges, rows.charges);
    copy_rows(subject.incidents, touched.incidents, rows.incidents);
    commit.timers_removed.insert(
        commit.timers_removed.end(), touched.timers_removed.begin(), touched.timers_removed.end());
    for (const TimerId id : touched.timers_set) {
        const PendingTimer& timer = subject.timers.at(id);
        if (subject.awaits_resumption(timer)) {
            commit.timers_removed.push_back(id);
        } else {
            commit.timers_set.push_back(Timer{id, stream_of(subject.summary.id), timer.due});
        }
    }
    for (const EffectId id : touched.effects_set) {
        const PendingEffect& effect = subject.effects.at(id);
        commit.effects_set.push_back(Effect{id,
                                            stream_of(subject.summary.id),
                                            effect.kind,
                                            to_json(effect.payload),
                                            effect.requested_at,
                                            0});
    }
    commit.effects_removed.insert(commit.effects_removed.end(),
                                  touched.effects_removed.begin(),
                                  touched.effects_removed.end());
}

rows::GateRows gate_rows_of(const Case& subject, Date today) {
    rows::GateRows rows;
    rows.requirements = subject.requirements;
    for (const rows::Evidence* document : subject.evidence.expired(today)) {
        rows.expired.push_back(*document);
    }
    copy_all(subject.findings, rows.findings);
    return rows;
}

rows::CaseRows rows_of(const Case& subject, const std::vector<rows::Evidence>& history) {
    rows::CaseRows rows;
    rows.summary = summary_row(subject);
    copy_all(subject.tasks, rows.tasks);
    rows.requirements = subject.requirements;
    rows.evidence = history;
    copy_all(subject.evidence, rows.evidence);
    std::ranges::sort(rows.evidence, [](const rows::Evidence& left, const rows::Evidence& right) {
        return std::tie(left.id, left.revision) < std::tie(right.id, right.revision);
    });
    copy_all(subject.findings, rows.findings);
    copy_all(subject.decisions, rows.decisions);
    copy_all(subject.certificates, rows.certificates);
    copy_all(subject.charges, rows.charges);
    copy_all(subject.incidents, rows.incidents);
    return rows;
}

}  // namespace guildmark
