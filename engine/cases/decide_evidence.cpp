#include "engine/cases/decide_evidence.h"

#include <fmt/format.h>

#include "engine/cases/decide_checks.h"

namespace guildmark {
namespace {

constexpr auto may_add_evidence = &workflow::Permission::add_evidence;

/// The current document of that id. Errors: evidence_not_found, evidence_withdrawn.
Result<const rows::Evidence*> find_current(const Case& subject, EvidenceId id) {
    const rows::Evidence* found = subject.evidence.find(id);
    if (found == nullptr) {
        return not_found(
            "evidence_not_found", "there is no such document in this case", id.to_text());
    }
    if (found->status == rows::EvidenceStatus::withdrawn) {
        return conflict(
            "evidence_withdrawn", fmt::format("\"{}\" was withdrawn", found->title), id.to_text());
    }
    return found;
}

/// Never twice the same bytes: a document that the case has is matched, not added again.
Result<void> check_new_bytes(const Case& subject, const Digest& digest) {
    if (const rows::Evidence* known = subject.evidence.find_current(digest)) {
        return conflict("evidence_known",
                        fmt::format("the case has this document already, as \"{}\"", known->title),
                        known->id.to_text());
    }
    return {};
}

Result<void> check_fields(const AddEvidence& command) {
    TRY(checks::text_present(command.name, "name", limits::name_bytes_max));
    TRY(checks::text_short_enough(command.title, "title", limits::name_bytes_max));
    TRY(checks::text_short_enough(command.origin, "origin", 4 * limits::name_bytes_max));
    TRY(checks::text_present(command.media_type, "media_type", limits::name_bytes_max));
    if (command.valid_from && command.valid_until && *command.valid_until < *command.valid_from) {
        return malformed("period_backwards",
                         fmt::format("the period ends on {}, before it begins on {}",
                                     command.valid_until->to_text(),
                                     command.valid_from->to_text()),
                         "valid_until");
    }
    return {};
}

}  // namespace

Result<CaseDecision> decide_part(const Case& subject,
                                 const AddEvidence& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, may_add_evidence, "add evidence"));
    TRY(check_fields(command));
    std::uint32_t revision = 1;
    if (command.revises) {
        const rows::Evidence* before = TRY(find_current(subject, *command.revises));
        revision = before->revision + 1;
    } else if (subject.evidence.size() >= limits::evidence_per_case_max) {
        return too_large(
            "evidence_too_many",
            fmt::format("a case holds at most {} documents", limits::evidence_per_case_max));
    }
    TRY(check_new_bytes(subject, command.digest));
    events::EvidenceAdded added;
    added.id = command.revises.value_or(EvidenceId());
    if (!command.revises) {
        added.id = context.ids.draw_new<EvidenceId>(context.now, subject);
    }
    added.revision = revision;
    added.digest = command.digest;
    added.size_bytes = command.size_bytes;
    added.media_type = command.media_type;
    added.name = command.name;
    added.title = command.title.empty() ? command.name : command.title;
    added.origin = command.origin;
    added.origin_modified_at = command.origin_modified_at;
    added.requirements = TRY(checks::in_order(subject, command.requirements));
    added.owner = command.owner;
    added.valid_from = command.valid_from;
    added.valid_until = command.valid_until;
    const std::string created = added.id.to_text();
    return CaseDecision{{std::move(added)}, created};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const MatchEvidence& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, may_add_evidence, "match evidence"));
    TRY(find_current(subject, command.evidence));
    auto requirements = TRY(checks::in_order(subject, command.requirements));
    return CaseDecision{{events::EvidenceMatched{command.evidence, std::move(requirements)}}, {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const WithdrawEvidence& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, may_add_evidence, "withdraw evidence"));
    TRY(find_current(subject, command.evidence));
    TRY(checks::text_present(command.reason, "reason"));
    return CaseDecision{{events::EvidenceWithdrawn{command.evidence, command.reason}}, {}};
}

}  // namespace guildmark
