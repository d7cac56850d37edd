#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/standard/standard.h"

/// What two standards ask for alike, so that evidence for the one serves the other.
namespace guildmark::evidence {

inline constexpr std::string_view crosswalk_namespace = "urn:guildmark:crosswalk:1";

/// Full: the same is asked for, of another subject. Part: something has to be added.
enum class Strength { full, part };

constexpr auto names_of(Strength /*unused*/) {
    return std::array<std::string_view, 2>{"full", "part"};
}

/// Requirements of two standards that belong together: all of these to all of those.
struct Relation {
    SourcePlace place;
    std::vector<std::string> from;
    std::vector<std::string> to;
    Strength strength = Strength::full;
    LocalizedText note;  ///< What has to be added; empty where nothing has.
};

/// From standards/crosswalks/; immutable. It holds in both directions.
struct Crosswalk {
    SourcePlace place;
    std::string from;  ///< A standard's key: "iso-9001:2015".
    std::string to;
    std::vector<Relation> relations;     ///< In document order.
    std::vector<std::string> only_from;  ///< Requirements that the other standard knows nothing of.
    std::vector<std::string> only_to;

    /// The same, read from the other standard.
    [[nodiscard]] Crosswalk reversed() const;
};

/// How far one requirement is met by what another standard already asked for.
struct GapItem {
    std::string requirement;
    std::optional<Strength> served;  ///< The strongest relation; none: it is new.
    std::vector<std::string> by;     ///< Requirements of the first standard, in document order.
    std::vector<const LocalizedText*> notes;  ///< Of the relations that serve it in part.
};

/// Every requirement of `second`, in its order, and what of `crosswalk` leads to it.
/// REQUIRES: crosswalk.to is the key of `second`. The items point into `crosswalk`.
[[nodiscard]] std::vector<GapItem> gap_of(const Crosswalk& crosswalk, const Standard& second);

/// Reads a crosswalk in the form of standards/schema/crosswalk.xsd. Nothing is returned when
/// `diagnostics` gained an error. Codes: docs/reference/crosswalk.md.
[[nodiscard]] std::optional<Crosswalk> read_crosswalk(std::string_view bytes,
                                                      const std::string& file,
                                                      Diagnostics& diagnostics);

/// Checks that `requirements` of one side and the catalogue name the same numbers, `side` being
/// "from" or "to". Errors: requirement_unknown (with a suggestion), requirement_unrelated,
/// attribute_conflict (both related and only in one).
void check_against_standard(const Crosswalk& crosswalk,
                            std::string_view side,
                            const Standard& standard,
                            Diagnostics& diagnostics);

}  // namespace guildmark::evidence
