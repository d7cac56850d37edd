#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports/read_model.h"
#include "reports/messages/messages.h"
#include "reports/model/progress.h"
#include "reports/model/table.h"

namespace guildmark::reports {

/// Where one requirement stands, in the order from settled to open.
enum class RequirementStatus {
    conforming,      ///< An auditor found so.
    ready,           ///< In place, with evidence, not yet assessed.
    partly,          ///< The firm says: partly.
    expired,         ///< Said to be in place, but all its evidence is past its period.
    missing,         ///< Said to be in place, without evidence.
    not_yet,         ///< The firm says: not yet.
    unanswered,      ///< The firm has not said.
    nonconforming,   ///< An auditor found so.
    not_applicable,  ///< The auditor says so, or the firm does and no auditor has said otherwise.
};

inline constexpr std::array all_statuses{RequirementStatus::conforming,
                                         RequirementStatus::ready,
                                         RequirementStatus::partly,
                                         RequirementStatus::expired,
                                         RequirementStatus::missing,
                                         RequirementStatus::not_yet,
                                         RequirementStatus::unanswered,
                                         RequirementStatus::nonconforming,
                                         RequirementStatus::not_applicable};

/// Its id as messages know it.
[[nodiscard]] std::string_view to_text(RequirementStatus status);
/// What it means for the reader.
[[nodiscard]] Tone tone_of(RequirementStatus status);
/// Its color in charts, 0xRRGGBB.
[[nodiscard]] std::uint32_t color_of(RequirementStatus status);

/// Ids of the engine's enumerations as messages know them: "in_place", "conforming", "major" ...
[[nodiscard]] std::string_view to_text(rows::Answer answer);
[[nodiscard]] std::string_view to_text(rows::Verdict verdict);
[[nodiscard]] std::string_view to_text(rows::Grade grade);
[[nodiscard]] std::string_view to_text(rows::FindingStatus status);
[[nodiscard]] std::string_view to_text(rows::CertificateStatus status);

/// Current documents by the requirement that they serve. Points into the rows.
using EvidenceByRequirement =
    std::map<std::string, std::vector<const rows::Evidence*>, std::less<>>;

/// Current documents by requirement, in the order of the rows.
[[nodiscard]] EvidenceByRequirement evidence_by_requirement(const rows::CaseRows& rows);

/// True when the period of `evidence` ended before the day of `as_of`.
[[nodiscard]] bool is_expired(const rows::Evidence& evidence, Instant as_of);

/// `evidence` is what serves the requirement; `as_of` decides what is expired.
[[nodiscard]] RequirementStatus status_of(const rows::Requirement& requirement,
                                          const std::vector<const rows::Evidence*>& evidence,
                                          Instant as_of);

/// The words of a text, which have one space between.
[[nodiscard]] std::vector<std::string> split_words(std::string_view text);

/// What all parts of a report look things up in.
struct Context {
    const ProgressInput& input;
    const Messages& messages;
    EvidenceByRequirement evidence;

    [[nodiscard]] std::string person(PersonId id) const;
    [[nodiscard]] std::string organisation(OrganisationId id) const;

    /// Titles of states, given by their ids with one space between; one line.
    [[nodiscard]] std::string state_titles(std::string_view ids) const;

    [[nodiscard]] const std::vector<const rows::Evidence*>& evidence_for(
        std::string_view requirement) const;

    [[nodiscard]] RequirementStatus status(const rows::Requirement& requirement) const {
        return status_of(requirement, evidence_for(requirement.requirement), input.as_of);
    }
};

}  // namespace guildmark::reports
