#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/simulation/case_walk.h"

/// What a simulation is made of while it runs. Only simulator.cpp includes this file.
namespace guildmark::simulation {

/// Cases are counted from 0, in the order in which they are opened.
using CaseNumber = std::uint64_t;

/// Something that comes at a point in time; together with others, in the order it was planned in.
struct Moment {
    enum class Kind { arrival, timer, ready, done, horizon };

    Instant at;
    std::uint64_t order = 0;
    Kind kind = Kind::arrival;
    CaseNumber number = 0;
    std::uint64_t id = 0;  ///< Of the timer or task.

    bool operator>(const Moment& other) const {
        return std::tie(at, order) > std::tie(other.at, other.order);
    }
};

/// A task of a case that somebody is to do.
struct Item {
    enum class Step { waits, queued, at_work };

    std::size_t task = 0;  ///< Among the workflow's.
    Step step = Step::waits;
    Instant opened;
    Instant ready;
    Instant begun;
    std::int64_t work_ms = 0;
    std::uint32_t person = 0;
    std::uint32_t tries = 0;
};

/// A case that is under way.
struct Open {
    CaseWalk walk;
    Instant opened;
    std::map<TaskId, Item> items;
    std::map<std::string, Instant> states;
    std::string milestone;
    Instant milestone_since;
};

/// The people of one role.
struct Crew {
    std::uint32_t people = 0;  ///< 0: as many as are needed.
    std::uint32_t busy = 0;
    std::vector<bool> is_busy;
    std::deque<std::pair<CaseNumber, TaskId>> queue;
};

}  // namespace guildmark::simulation
