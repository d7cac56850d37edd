#include "engine/cases/gate.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace guildmark {
namespace {

/// Whether `number` equals `prefix` or lies under it.
bool lies_under(std::string_view number, std::string_view prefix) {
    return number.starts_with(prefix) &&
           (number.size() == prefix.size() || number[prefix.size()] == '.');
}

bool concerns(const workflow::Gate& gate, const rows::Requirement& requirement) {
    return gate.requirements.empty() ||
           std::ranges::any_of(gate.requirements, [&](const std::string& prefix) {
               return lies_under(requirement.requirement, prefix);
           });
}

template <typename IsOpen>
std::vector<std::string> requirements_without(const workflow::Gate& gate,
                                              const GateView& view,
                                              const IsOpen& is_open) {
    std::vector<std::string> missing;
    for (const rows::Requirement& requirement : view.requirements) {
        if (concerns(gate, requirement) && !is_open(requirement)) {
            missing.push_back(requirement.requirement);
        }
    }
    return missing;
}

bool has_reached(const rows::Finding& finding, std::string_view stage) {
    return finding.status == rows::FindingStatus::verified ||
           (stage == "accepted" && finding.status == rows::FindingStatus::accepted);
}

std::vector<std::string> findings_short_of(const workflow::Gate& gate, const GateView& view) {
    std::vector<std::string> missing;
    for (const rows::Finding* finding : view.findings) {
        const bool concerned = (gate.grade == "major" && finding->grade == rows::Grade::major) ||
                               (gate.grade == "minor" && finding->grade == rows::Grade::minor) ||
                               (gate.grade.empty() && finding->grade != rows::Grade::opportunity);
        if (concerned && !has_reached(*finding, gate.stage)) {
            missing.push_back(fmt::format("finding {}", finding->number));
        }
    }
    return missing;
}

std::vector<const rows::Finding*> pointers_to(const std::vector<rows::Finding>& findings) {
    std::vector<const rows::Finding*> pointers;
    pointers.reserve(findings.size());
    for (const rows::Finding& finding : findings) {
        pointers.push_back(&finding);
    }
    return pointers;
}

}  // namespace

GateView gate_view(const rows::CaseRows& rows, Date today) {
    std::vector<const rows::Evidence*> evidence;
    for (const rows::Evidence& row : rows.evidence) {
        evidence.push_back(&row);
    }
    return {rows.requirements, covered_requirements(evidence, today), pointers_to(rows.findings)};
}

GateView gate_view(const rows::GateRows& rows) {
    std::map<std::string_view, std::uint32_t> expired;
    std::vector<std::string> numbers;
    for (const rows::Evidence& evidence : rows.expired) {
        for (std::string& number : split_words(evidence.requirements)) {
            numbers.push_back(std::move(number));
        }
    }
    for (const std::string& number : numbers) {
        ++expired[number];
    }
    GateView view{rows.requirements, {}, pointers_to(rows.findings)};
    for (const rows::Requirement& requirement : rows.requirements) {
        const auto found = expired.find(requirement.requirement);
        if (requirement.evidence_count > (found == expired.end() ? 0 : found->second)) {
            view.covered.push_back(requirement.requirement);
        }
    }
    std::ranges::sort(view.covered);
    return view;
}

bool is_applicable(const rows::Requirement& requirement) {
    // The auditor's verdict stands above the client's answer.
    return requirement.verdict == rows::Verdict::none
               ? requirement.answer != rows::Answer::not_applicable
               : requirement.verdict != rows::Verdict::not_applicable;
}

bool counts_on(const rows::Evidence& evidence, Date today) {
    return evidence.status == rows::EvidenceStatus::current &&
           (!evidence.valid_until || *evidence.valid_until >= today);
}

bool is_settled(const rows::Finding& finding) {
    return finding.status == rows::FindingStatus::verified ||
           finding.grade == rows::Grade::opportunity ||
           (finding.grade == rows::Grade::minor && finding.status == rows::FindingStatus::accepted);
}

std::vector<std::string> covered_requirements(std::span<const rows::Evidence* const> evidence,
                                              Date today) {
    std::vector<std::string> covered;
    for (const rows::Evidence* document : evidence) {
        if (counts_on(*document, today)) {
            const auto numbers = split_words(document->requirements);
            covered.insert(covered.end(), numbers.begin(), numbers.end());
        }
    }
    std::ranges::sort(covered);
    covered.erase(std::unique(covered.begin(), covered.end()), covered.end());
    return covered;
}

std::vector<std::string> missing_for(const workflow::Gate& gate, const GateView& view) {
    switch (gate.kind) {
        case workflow::GateKind::evidence:
            return requirements_without(gate, view, [&](const rows::Requirement& requirement) {
                return !is_applicable(requirement) ||
                       std::ranges::binary_search(view.covered, requirement.requirement);
            });
        case workflow::GateKind::answers:
            return requirements_without(gate, view, [](const rows::Requirement& requirement) {
                return requirement.answer != rows::Answer::none;
            });
        case workflow::GateKind::assessment:
            return requirements_without(gate, view, [](const rows::Requirement& requirement) {
                return requirement.verdict != rows::Verdict::none;
            });
        case workflow::GateKind::findings:
            return findings_short_of(gate, view);
        case workflow::GateKind::condition:
        case workflow::GateKind::members:
        case workflow::GateKind::competence:
            return {};
    }
    ENSURE(false, "a GateKind outside its enumeration");
}

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) {
            words.emplace_back(text.substr(begin, end - begin));
        }
        begin = end + 1;
    }
    return words;
}

std::string join_words(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += text.empty() ? word : " " + word;
    }
    return text;
}

}  // namespace guildmark
