#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/scxml/session.h"

namespace guildmark::scxml {

/// A set of states that is walked in document order; one bit a state.
class StateSet {
public:
    explicit StateSet(std::size_t state_count) : words_((state_count + 63) / 64) {}

    void add(StateIndex state) { words_[state / 64] |= bit(state); }

    void remove(StateIndex state) { words_[state / 64] &= ~bit(state); }

    [[nodiscard]] bool has(StateIndex state) const {
        return (words_[state / 64] & bit(state)) != 0;
    }

    void clear() {
        for (std::uint64_t& word : words_) {
            word = 0;
        }
    }

    /// The first state at or after `from`; `end` when there is none before `end`.
    [[nodiscard]] StateIndex next(StateIndex from, StateIndex end) const {
        while (from < end) {
            const std::uint64_t rest = words_[from / 64] >> (from % 64);
            if (rest != 0) {
                const StateIndex found = from + static_cast<StateIndex>(std::countr_zero(rest));
                return found < end ? found : end;
            }
            from = (from / 64 + 1) * 64;
        }
        return end;
    }

    /// The last state before `end`; `end` when there is none.
    [[nodiscard]] StateIndex previous(StateIndex end) const {
        StateIndex at = end;
        while (at > 0) {
            const StateIndex top = (at - 1) % 64;
            const std::uint64_t rest = words_[(at - 1) / 64] << (63 - top);
            if (rest != 0) {
                return at - 1 - static_cast<StateIndex>(std::countl_zero(rest));
            }
            at -= top + 1;
        }
        return end;
    }

    /// Calls `function` with each state before `end`, the last one first. It may remove that state.
    template <typename Function>
    void for_each_backward(StateIndex end, Function function) const {
        for (StateIndex at = previous(end); at != end; at = previous(end)) {
            function(at);
            end = at;
        }
    }

private:
    [[nodiscard]] static std::uint64_t bit(StateIndex state) {
        return std::uint64_t{1} << (state % 64);
    }

    std::vector<std::uint64_t> words_;
};

}  // namespace guildmark::scxml
