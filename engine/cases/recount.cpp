#include "engine/cases/recount.h"

#include "engine/cases/gate.h"

namespace guildmark {
namespace {

void recount_requirements(Case& subject) {
    rows::Case& summary = subject.summary;
    summary.requirements_applicable = 0;
    summary.requirements_answered = 0;
    summary.requirements_covered = 0;
    summary.requirements_conforming = 0;
    for (const rows::Requirement& requirement : subject.requirements) {
        const std::uint32_t applicable = is_applicable(requirement) ? 1 : 0;
        summary.requirements_applicable += applicable;
        summary.requirements_answered += requirement.answer != rows::Answer::none ? applicable : 0;
        summary.requirements_covered += requirement.evidence_count > 0 ? applicable : 0;
        summary.requirements_conforming += requirement.verdict == rows::Verdict::conforming ? 1 : 0;
    }
}

void recount_findings(Case& subject) {
    rows::Case& summary = subject.summary;
    summary.majors_open = 0;
    summary.minors_open = 0;
    for (const auto& [id, finding] : subject.findings) {
        const std::uint32_t open = is_settled(finding) ? 0 : 1;
        summary.majors_open += finding.grade == rows::Grade::major ? open : 0;
        summary.minors_open += finding.grade == rows::Grade::minor ? open : 0;
    }
}

}  // namespace

void recount(Case& subject) {
    recount_requirements(subject);
    recount_findings(subject);
    rows::Case& summary = subject.summary;
    summary.open_tasks = static_cast<std::uint32_t>(subject.open_tasks.size());
    summary.incidents_open = static_cast<std::uint32_t>(subject.retries.size());
    summary.next_due.reset();
    for (const TaskId id : subject.open_tasks) {
        const auto& due = subject.tasks.at(id).due;
        if (due && (!summary.next_due || *due < *summary.next_due)) {
            summary.next_due = due;
        }
    }
}

}  // namespace guildmark
