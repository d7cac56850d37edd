#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/scxml/session.h"

namespace guildmark::scxml {

/// A set of states that is walked in document order; one bit a state, and one bit for each 64 of
/// them that are not all out, so that a walk costs what is in the set and not the size of the
/// chart.
class StateSet {
public:
    explicit StateSet(std::size_t state_count)
        : words_((state_count + 63) / 64), groups_((words_.size() + 63) / 64) {}

    void add(StateIndex state) {
        words_[state / 64] |= bit(state);
        groups_[state / 64 / 64] |= bit(state / 64);
    }

    void remove(StateIndex state) {
        words_[state / 64] &= ~bit(state);
        if (words_[state / 64] == 0) {
            groups_[state / 64 / 64] &= ~bit(state / 64);
        }
    }

    [[nodiscard]] bool has(StateIndex state) const {
        return (words_[state / 64] & bit(state)) != 0;
    }

    void clear() {
        for (StateIndex word = next_in(groups_, 0); word < words_.size();
             word = next_in(groups_, word + 1)) {
            words_[word] = 0;
        }
        for (std::uint64_t& group : groups_) {
            group = 0;
        }
    }

    /// The first state at or after `from`; `end` when there is none before `end`.
    [[nodiscard]] StateIndex next(StateIndex from, StateIndex end) const {
        if (from >= end) {
            return end;
        }
        const std::uint64_t rest = words_[from / 64] >> (from % 64);
        if (rest != 0) {
            return before(from + static_cast<StateIndex>(std::countr_zero(rest)), end);
        }
        const StateIndex word = next_in(groups_, from / 64 + 1);
        return word < words_.size()
                   ? before(word * 64 + static_cast<StateIndex>(std::countr_zero(words_[word])),
                            end)
                   : end;
    }

    /// The last state before `end`; `end` when there is none.
    [[nodiscard]] StateIndex previous(StateIndex end) const {
        if (end == 0) {
            return end;
        }
        const std::uint64_t rest = words_[(end - 1) / 64] << (63 - (end - 1) % 64);
        if (rest != 0) {
            return end - 1 - static_cast<StateIndex>(std::countl_zero(rest));
        }
        const StateIndex word = previous_in(groups_, (end - 1) / 64);
        return word < (end - 1) / 64
                   ? word * 64 + 63 - static_cast<StateIndex>(std::countl_zero(words_[word]))
                   : end;
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
    using Words = std::vector<std::uint64_t>;

    [[nodiscard]] static std::uint64_t bit(StateIndex place) {
        return std::uint64_t{1} << (place % 64);
    }

    [[nodiscard]] static StateIndex before(StateIndex found, StateIndex end) {
        return found < end ? found : end;
    }

    /// The first bit at or after `from`; past all when there is none.
    [[nodiscard]] static StateIndex next_in(const Words& words, StateIndex from) {
        const auto all = static_cast<StateIndex>(words.size() * 64);
        while (from < all) {
            const std::uint64_t rest = words[from / 64] >> (from % 64);
            if (rest != 0) {
                return from + static_cast<StateIndex>(std::countr_zero(rest));
            }
            from = (from / 64 + 1) * 64;
        }
        return all;
    }

    /// The last bit before `end`; `end` when there is none.
    [[nodiscard]] static StateIndex previous_in(const Words& words, StateIndex end) {
        StateIndex at = end;
        while (at > 0) {
            const StateIndex top = (at - 1) % 64;
            const std::uint64_t rest = words[(at - 1) / 64] << (63 - top);
            if (rest != 0) {
                return at - 1 - static_cast<StateIndex>(std::countl_zero(rest));
            }
            at -= top + 1;
        }
        return end;
    }

    Words words_;   ///< A bit for each state.
    Words groups_;  ///< A bit for each word that is not 0.
};

}  // namespace guildmark::scxml
