#pragma once

#include <cstdint>

#include "engine/base/id.h"
#include "engine/base/instant.h"
#include "engine/ports/clock.h"

namespace guildmark {

/// Draws ids: milliseconds since 2020 in the high 41 bits, 22 random bits below, and always above
/// the last one drawn, so ids are new, grow with time, and cannot be guessed from each other.
class IdSource {
public:
    /// `last`: the largest id that the store has seen.
    IdSource(Random& random, std::uint64_t last) : random_(random), last_(last) {}

    [[nodiscard]] std::uint64_t draw(Instant now);

    /// The largest id that a fresh source could draw at `now`.
    [[nodiscard]] static std::uint64_t last_of(Instant now);

    /// An id of the kind T that nothing in `owner` has: an engine that starts within one
    /// millisecond, or after the clock was set back, may draw what the one before has drawn, and a
    /// document, say, would then take another's place. Ends, because ids only grow.
    template <typename T, typename Owner>
    [[nodiscard]] T draw_new(Instant now, const Owner& owner) {
        std::uint64_t drawn = draw(now);
        while (owner.has_id(drawn)) {
            drawn = draw(now);
        }
        return T(drawn);
    }

private:
    Random& random_;
    std::uint64_t last_;
};

}  // namespace guildmark
