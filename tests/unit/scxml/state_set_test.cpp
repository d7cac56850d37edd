#include "engine/scxml/state_set.h"

#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace guildmark::scxml {
namespace {

/// What the set says, asked one way and the other.
std::vector<StateIndex> forward(const StateSet& set, StateIndex end) {
    std::vector<StateIndex> states;
    for (StateIndex at = set.next(0, end); at != end; at = set.next(at + 1, end)) {
        states.push_back(at);
    }
    return states;
}

std::vector<StateIndex> backward(const StateSet& set, StateIndex end) {
    std::vector<StateIndex> states;
    set.for_each_backward(end, [&](StateIndex state) { states.push_back(state); });
    return states;
}

TEST(StateSet, of_no_state_in_it_has_none) {
    for (const StateIndex count : {1u, 63u, 64u, 65u, 4'096u, 4'097u, 20'000u}) {
        const StateSet set(count);
        EXPECT_TRUE(forward(set, count).empty()) << count;
        EXPECT_TRUE(backward(set, count).empty()) << count;
        EXPECT_EQ(set.previous(0), 0u);
    }
}

TEST(StateSet, does_what_a_sorted_set_does) {
    std::mt19937 random(7);
    for (const StateIndex count : {1u, 64u, 65u, 200u, 4'097u, 9'000u}) {
        StateSet set(count);
        std::set<StateIndex> model;
        for (int step = 0; step < 400; ++step) {
            const auto state = static_cast<StateIndex>(random() % count);
            if (random() % 97 == 0) {
                set.clear();
                model.clear();
            } else if (random() % 3 == 0) {
                set.remove(state);
                model.erase(state);
            } else {
                set.add(state);
                model.insert(state);
            }
            const auto end = static_cast<StateIndex>(random() % (count + 1));
            const auto last = model.lower_bound(end);
            ASSERT_EQ(set.has(state), model.contains(state));
            ASSERT_EQ(forward(set, end), std::vector<StateIndex>(model.begin(), last));
            std::vector<StateIndex> reversed(model.begin(), last);
            std::ranges::reverse(reversed);
            ASSERT_EQ(backward(set, end), reversed);
        }
    }
}

}  // namespace
}  // namespace guildmark::scxml
