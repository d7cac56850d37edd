#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/ports/read_model.h"
#include "engine/workflow/workflow.h"

namespace guildmark {

/// The parts of a case that gates look at, from the aggregate or from its rows.
struct GateView {
    std::span<const rows::Requirement> requirements;
    std::vector<std::string> covered;  ///< Numbers that evidence serves, sorted, each once.
    std::vector<const rows::Finding*> findings;
};

/// What gates look at, on the day `today`.
[[nodiscard]] GateView gate_view(const rows::CaseRows& rows, Date today);

/// The same from the rows that tell it soonest; `rows.expired` is what has expired on the day.
[[nodiscard]] GateView gate_view(const rows::GateRows& rows);

/// Whether the requirement counts: not declared or found not applicable.
[[nodiscard]] bool is_applicable(const rows::Requirement& requirement);

/// Whether the document is current and within its period on `today`.
[[nodiscard]] bool counts_on(const rows::Evidence& evidence, Date today);

/// Whether nothing more is owed for the finding: a major is verified, a minor's plan accepted.
[[nodiscard]] bool is_settled(const rows::Finding& finding);

/// Numbers of the requirements that the documents which count on `today` serve, sorted, each once.
[[nodiscard]] std::vector<std::string> covered_requirements(
    std::span<const rows::Evidence* const> evidence, Date today);

/// What keeps the gate shut: requirement numbers, or "finding 3"; empty when it is open. One that
/// needs values (workflow::needs_values) cannot be told here and gives nothing.
[[nodiscard]] std::vector<std::string> missing_for(const workflow::Gate& gate,
                                                   const GateView& view);

/// The words of a list that is written with one space between.
[[nodiscard]] std::vector<std::string> split_words(std::string_view text);

/// What split_words splits: the words with one space between.
[[nodiscard]] std::string join_words(const std::vector<std::string>& words);

}  // namespace guildmark
