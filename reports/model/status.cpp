#include "reports/model/status.h"

#include <algorithm>

#include "engine/base/ensure.h"

namespace guildmark::reports {

namespace {

RequirementStatus status_of_answer(rows::Answer answer,
                                   const std::vector<const rows::Evidence*>& evidence,
                                   Instant as_of) {
    switch (answer) {
        case rows::Answer::none:
            return RequirementStatus::unanswered;
        case rows::Answer::not_yet:
            return RequirementStatus::not_yet;
        case rows::Answer::partly:
            return RequirementStatus::partly;
        case rows::Answer::not_applicable:
            return RequirementStatus::not_applicable;
        case rows::Answer::in_place:
            break;
    }
    if (evidence.empty()) {
        return RequirementStatus::missing;
    }
    const bool all_expired = std::ranges::all_of(
        evidence, [&](const rows::Evidence* document) { return is_expired(*document, as_of); });
    return all_expired ? RequirementStatus::expired : RequirementStatus::ready;
}

}  // namespace

std::string_view to_text(RequirementStatus status) {
    switch (status) {
        case RequirementStatus::conforming:
            return "conforming";
        case RequirementStatus::ready:
            return "ready";
        case RequirementStatus::partly:
            return "partly";
        case RequirementStatus::expired:
            return "expired";
        case RequirementStatus::missing:
            return "missing";
        case RequirementStatus::not_yet:
            return "not_yet";
        case RequirementStatus::unanswered:
            return "unanswered";
        case RequirementStatus::nonconforming:
            return "nonconforming";
        case RequirementStatus::not_applicable:
            return "not_applicable";
    }
    ENSURE(false, "a RequirementStatus outside its enumeration");
}

Tone tone_of(RequirementStatus status) {
    switch (status) {
        case RequirementStatus::conforming:
        case RequirementStatus::ready:
            return Tone::good;
        case RequirementStatus::partly:
        case RequirementStatus::expired:
        case RequirementStatus::missing:
            return Tone::partly;
        case RequirementStatus::not_yet:
        case RequirementStatus::nonconforming:
            return Tone::bad;
        case RequirementStatus::unanswered:
            return Tone::none;
        case RequirementStatus::not_applicable:
            return Tone::muted;
    }
    ENSURE(false, "a RequirementStatus outside its enumeration");
}

std::uint32_t color_of(RequirementStatus status) {
    switch (status) {
        case RequirementStatus::conforming:
            return 0x2E7D32;
        case RequirementStatus::ready:
            return 0x81C784;
        case RequirementStatus::partly:
            return 0xFFD54F;
        case RequirementStatus::expired:
            return 0xFFA726;
        case RequirementStatus::missing:
            return 0xEF6C00;
        case RequirementStatus::not_yet:
            return 0xE57373;
        case RequirementStatus::unanswered:
            return 0xB0BEC5;
        case RequirementStatus::nonconforming:
            return 0xB71C1C;
        case RequirementStatus::not_applicable:
            return 0x78909C;
    }
    ENSURE(false, "a RequirementStatus outside its enumeration");
}

std::string_view to_text(rows::Answer answer) {
    switch (answer) {
        case rows::Answer::none:
            return "none";
        case rows::Answer::in_place:
            return "in_place";
        case rows::Answer::partly:
            return "partly";
        case rows::Answer::not_yet:
            return "not_yet";
        case rows::Answer::not_applicable:
            return "not_applicable";
    }
    ENSURE(false, "an Answer outside its enumeration");
}

std::string_view to_text(rows::Verdict verdict) {
    switch (verdict) {
        case rows::Verdict::none:
            return "none";
        case rows::Verdict::conforming:
            return "conforming";
        case rows::Verdict::nonconforming:
            return "nonconforming";
        case rows::Verdict::not_applicable:
            return "not_applicable";
    }
    ENSURE(false, "a Verdict outside its enumeration");
}

std::string_view to_text(rows::Grade grade) {
    switch (grade) {
        case rows::Grade::major:
            return "major";
        case rows::Grade::minor:
            return "minor";
        case rows::Grade::opportunity:
            return "opportunity";
    }
    ENSURE(false, "a Grade outside its enumeration");
}

std::string_view to_text(rows::FindingStatus status) {
    switch (status) {
        case rows::FindingStatus::open:
            return "open";
        case rows::FindingStatus::responded:
            return "responded";
        case rows::FindingStatus::accepted:
            return "accepted";
        case rows::FindingStatus::rejected:
            return "rejected";
        case rows::FindingStatus::verified:
            return "verified";
    }
    ENSURE(false, "a FindingStatus outside its enumeration");
}

std::string_view to_text(rows::CertificateStatus status) {
    switch (status) {
        case rows::CertificateStatus::active:
            return "active";
        case rows::CertificateStatus::suspended:
            return "suspended";
        case rows::CertificateStatus::withdrawn:
            return "withdrawn";
        case rows::CertificateStatus::expired:
            return "expired";
        case rows::CertificateStatus::superseded:
            return "superseded";
    }
    ENSURE(false, "a CertificateStatus outside its enumeration");
}

EvidenceByRequirement evidence_by_requirement(const rows::CaseRows& rows) {
    EvidenceByRequirement result;
    for (const rows::Evidence& document : rows.evidence) {
        if (document.status != rows::EvidenceStatus::current) {
            continue;
        }
        for (const std::string& requirement : split_words(document.requirements)) {
            result[requirement].push_back(&document);
        }
    }
    return result;
}

bool is_expired(const rows::Evidence& evidence, Instant as_of) {
    return evidence.valid_until && *evidence.valid_until < Date::of(as_of);
}

RequirementStatus status_of(const rows::Requirement& requirement,
                            const std::vector<const rows::Evidence*>& evidence,
                            Instant as_of) {
    switch (requirement.verdict) {
        case rows::Verdict::conforming:
            return RequirementStatus::conforming;
        case rows::Verdict::nonconforming:
            return RequirementStatus::nonconforming;
        case rows::Verdict::not_applicable:
            return RequirementStatus::not_applicable;
        case rows::Verdict::none:
            break;
    }
    return status_of_answer(requirement.answer, evidence, as_of);
}

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        if (!word.empty()) {
            words.emplace_back(word);
        }
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return words;
}

std::string Context::person(PersonId id) const {
    const auto found = input.people.find(id);
    return found == input.people.end() ? id.to_text() : found->second;
}

std::string Context::organisation(OrganisationId id) const {
    const auto found = input.organisations.find(id);
    return found == input.organisations.end() ? id.to_text() : found->second;
}

std::string Context::state_titles(std::string_view ids) const {
    std::string titles;
    for (const std::string& id : split_words(ids)) {
        const auto& chart = input.workflow.chart;
        const auto state = chart ? chart->find_state(id) : std::nullopt;
        titles += titles.empty() ? "" : " · ";
        titles += state ? input.workflow.state_title(*state, messages.language()) : id;
    }
    return titles;
}

const std::vector<const rows::Evidence*>& Context::evidence_for(
    std::string_view requirement) const {
    static const std::vector<const rows::Evidence*> none;
    const auto found = evidence.find(requirement);
    return found == evidence.end() ? none : found->second;
}

}  // namespace guildmark::reports
