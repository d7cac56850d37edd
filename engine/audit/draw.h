#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/audit/sample_units.h"
#include "engine/audit/sampling.h"
#include "engine/base/digest.h"

/// Which sites or members are visited. Anybody who knows the list and the seed can draw again and
/// get the same; docs/reference/draw.md tells it byte for byte.
namespace guildmark::audit {

/// What speaks for visiting a unit, and how much.
struct UnitScore {
    std::uint64_t points = 0;
    std::vector<const SampleCriterion*> reasons;  ///< In the rule's order.
};

/// What the rule's criteria say of a list.
struct Scores {
    std::vector<UnitScore> units;  ///< One for each, in the list's order.
    /// Criteria whose field the list does not have.
    std::vector<const SampleCriterion*> not_looked_at;
};

/// Looks at each unit by each criterion of the rule. Errors, as diagnostics with the unit's place:
/// value_malformed (no number, or neither yes nor no, where one is needed); then nothing is
/// returned. The result refers to `rule`.
[[nodiscard]] std::optional<Scores> score_units(const SampleRule& rule,
                                                const SampleUnits& units,
                                                Diagnostics& diagnostics);

/// Numbers that follow from a seed, a list and an addition, and can be made again with SHA-256
/// alone. Source: docs/reference/draw.md, "The numbers".
class LotStream {
public:
    /// `frame` is the digest of the list.
    LotStream(const Digest& seed, const Digest& frame, std::string_view addition);

    /// At least 0, below `bound`, each equally likely. REQUIRES: `bound` above 0.
    std::uint64_t below(std::uint64_t bound);

private:
    std::uint64_t next();

    Digest key_;
    Digest block_;
    std::uint64_t counter_ = 0;
    std::size_t taken_ = 4;  ///< Of the four numbers in `block_`.
};

/// SHA-256 of all ids in the order of their bytes, a line feed behind each.
[[nodiscard]] Digest frame_digest(const SampleUnits& units);

/// What is published before the draw: SHA-256 of the seed's 32 bytes.
[[nodiscard]] Digest commitment_to(const Digest& seed);

/// How a unit came into the sample.
enum class Choice {
    every,           ///< All are visited.
    purpose,         ///< For its points.
    purpose_by_lot,  ///< For its points, by lot among more with as many.
    lot,             ///< By lot among all that are left.
};

[[nodiscard]] constexpr auto names_of(Choice /*unused*/) {
    return std::array<std::string_view, 4>{"every", "purpose", "purpose-by-lot", "lot"};
}

/// One unit of a sample.
struct Chosen {
    std::size_t unit = 0;  ///< Its index in the list.
    Choice choice = Choice::lot;
    std::uint64_t among = 0;  ///< Of how many it was drawn; 0 when it was not drawn.
};

/// What is drawn.
struct DrawRequest {
    Digest seed;
    std::string addition;     ///< What nobody knew when the commitment was published; may be empty.
    std::uint64_t count = 0;  ///< At most as many as there are units.
    std::uint64_t random = 0;  ///< How many of them are drawn at least from all that are left.
};

/// Draws: first those with most points, as many as are not left to chance; then by lot. Where
/// fewer have points, more are left to chance. In the order in which they were chosen.
/// REQUIRES: `scores` is about `units`; counts as above, `random` at most `count`.
[[nodiscard]] std::vector<Chosen> draw_sample(const SampleUnits& units,
                                              const Scores& scores,
                                              const DrawRequest& request);

}  // namespace guildmark::audit
