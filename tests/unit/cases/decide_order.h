#pragma once

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/cases/case_desk.h"

/// Whether a command is refused for its defects in the order that engine/cases/decide.h lists.
namespace guildmark::tests {

/// One way to spoil a command that is sound.
template <typename Command>
struct Defect {
    std::string code;
    /// What it changes: of two defects of one part only one can be there.
    std::string part;
    std::function<void(CaseDesk& desk, Actor& actor, Command& command)> spoil;
};

template <typename Command>
using Defects = std::vector<Defect<Command>>;

/// A command that is sound, who gives it, and where.
template <typename Command>
struct Sound {
    CaseDesk desk;
    Actor actor;
    Command command;
};

template <typename Command>
std::string code_with(Sound<Command> sound, std::initializer_list<Defect<Command>> defects) {
    for (const Defect<Command>& defect : defects) {
        defect.spoil(sound.desk, sound.actor, sound.command);
    }
    const auto decided = sound.desk.try_out(sound.actor, CaseCommand(sound.command));
    return decided ? "accepted" : decided.error().code;
}

template <typename Command>
void expect_in_order(const Sound<Command>& sound, const Defects<Command>& defects) {
    ASSERT_EQ(code_with(sound, {}), "accepted");
    for (std::size_t first = 0; first < defects.size(); ++first) {
        EXPECT_EQ(code_with(sound, {defects[first]}), defects[first].code);
        for (std::size_t second = first + 1; second < defects.size(); ++second) {
            if (defects[first].part != defects[second].part) {
                EXPECT_EQ(code_with(sound, {defects[first], defects[second]}), defects[first].code)
                    << "with " << defects[second].code << " of the " << defects[second].part;
            }
        }
    }
}

/// What every command of a person on a case may be refused for, before its own rules.
template <typename Command>
Defects<Command> common() {
    return {
        {"case_not_found", "head", [](auto& at, auto&, auto&) { at.subject.head = {}; }},
        {"case_finished",
         "summary",
         [](auto& at, auto&, auto&) { at.subject.summary.finished = true; }},
        {"role_unknown", "actor", [](auto&, auto& by, auto&) { by = system_actor(); }},
        {"role_unknown", "actor", [](auto&, auto& by, auto&) { by.role = "sweeper"; }},
        {"role_not_of_party",
         "actor",
         [](auto&, auto& by, auto&) { by.organisation = OrganisationId(999); }},
        // All of the body's people have acted in each of its roles.
        {"separation_of_duties",
         "acted",
         [](auto& at, auto& by, auto&) {
             at.subject.acted[by.person] = {{"inspector", {}}, {"committee", {}}};
         }},
        {"person_barred", "bar", [](auto& at, auto&, auto&) { at.bar("Ada Vogel"); }},
        {"person_not_in_team", "team", [](auto& at, auto&, auto&) { at.team("Tom Other"); }},
    };
}

template <typename Command>
Defects<Command> with_common(Defects<Command> own, bool is_of_the_body) {
    Defects<Command> all = common<Command>();
    if (!is_of_the_body) {
        all.erase(all.end() - 3);
    }
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

/// Somebody has paused the case.
template <typename Command>
Defect<Command> paused() {
    return {"case_paused", "pause", [](auto& at, auto&, auto&) {
                at.subject.summary.paused_at = at.now;
            }};
}

/// Nothing allows it now: no role, and no task that is open.
template <typename Command>
Defect<Command> not_allowed_to_body() {
    return {
        "not_allowed_now", "tasks", [](auto& at, auto&, auto&) { at.subject.open_tasks.clear(); }};
}

inline const std::string too_long(limits::text_field_bytes_max + 1, 'x');
inline const std::string too_long_name(limits::name_bytes_max + 1, 'x');

/// A case whose application was sent.
inline CaseDesk visited() {
    CaseDesk desk;
    desk.apply_for_the_mark();
    return desk;
}

}  // namespace guildmark::tests
