// What is asked of a case, and changes nothing.
#include <algorithm>

#include "engine/cases/case.h"
#include "engine/workflow/action.h"

namespace guildmark {

bool PendingTimer::is_expiry() const {
    return sendid.starts_with(workflow::expiry_event + std::string("/"));
}

bool Case::awaits_resumption(const PendingTimer& timer) const {
    return is_paused() && !(timer.is_expiry() && running_certificate() != nullptr);
}

const rows::Certificate* Case::running_certificate() const {
    if (certificates.empty()) {
        return nullptr;
    }
    const rows::Certificate& last = certificates.rbegin()->second;
    const bool runs = last.status == rows::CertificateStatus::active ||
                      last.status == rows::CertificateStatus::suspended;
    return runs ? &last : nullptr;
}

bool Case::is_carried(const rows::Finding& finding) const {
    return finding.number <= round.findings_before && finding.grade != rows::Grade::opportunity &&
           finding.status != rows::FindingStatus::verified;
}

OrganisationId Case::party(std::string_view name) const {
    const auto found = std::ranges::find(summary.parties, name, &rows::Party::party);
    return found == summary.parties.end() ? OrganisationId() : found->organisation;
}

const rows::Requirement* Case::find_requirement(std::string_view number) const {
    const auto found = std::ranges::find(requirements, number, &rows::Requirement::requirement);
    return found == requirements.end() ? nullptr : &*found;
}

bool Case::has_id(std::uint64_t value) const {
    return tasks.contains(TaskId(value)) || evidence.contains(EvidenceId(value)) ||
           findings.contains(FindingId(value)) || decisions.contains(DecisionId(value)) ||
           certificates.contains(CertificateId(value)) || charges.contains(ChargeId(value)) ||
           timers.contains(TimerId(value)) || effects.contains(EffectId(value)) ||
           incidents.contains(IncidentId(value));
}

}  // namespace guildmark
