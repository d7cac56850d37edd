#include <algorithm>

#include <fmt/format.h>

#include "api/scenario/stage.h"
#include "engine/cases/case.h"

namespace guildmark::scenario {
namespace {

constexpr std::size_t records_per_read = 256;

/// The case as its records make it: read models do not tell what its timers are called.
Result<Case> replay_case(StoreReader& reader, CaseId id) {
    Case subject;
    Touched touched;
    while (true) {
        const auto records =
            TRY(reader.records(stream_of(id), subject.head.sequence, records_per_read));
        for (const Record& record : records) {
            apply(subject, TRY(decode_case_event(record)), record, touched);
        }
        if (records.size() < records_per_read) {
            return subject;
        }
    }
}

/// What the timer can be called by.
std::vector<std::string> names_of(const Case& subject, const PendingTimer& timer) {
    std::vector<std::string> names;
    if (!timer.task.is_none()) {
        names.push_back(
            fmt::format("{}/{}", subject.tasks.at(timer.task).task, timer.escalation + 1));
    }
    for (const std::string& name : {timer.event, timer.sendid}) {
        if (!name.empty() && std::ranges::find(names, name) == names.end()) {
            names.push_back(name);
        }
    }
    return names;
}

/// All that wait, by due time: a person has to choose among them.
std::string waiting(const Case& subject) {
    std::vector<std::pair<Instant, std::string>> all;
    for (const auto& [id, timer] : subject.timers) {
        all.emplace_back(
            timer.due,
            fmt::format(
                "{} (due {})", fmt::join(names_of(subject, timer), " or "), timer.due.to_text()));
    }
    std::ranges::sort(all);
    std::string text;
    for (const auto& [due, name] : all) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text.empty() ? "no timer waits" : "these wait: " + text;
}

}  // namespace

Result<void> fire_timer(Stage& stage, const Statement& statement) {
    if (stage.current_case().is_none()) {
        return malformed("name_unknown", "no case was opened yet");
    }
    const Case subject = TRY(replay_case(stage.world().reader, stage.current_case()));
    const std::string name = statement.word(1);
    std::vector<TimerId> found;
    for (const auto& [id, timer] : subject.timers) {
        const auto names = names_of(subject, timer);
        if (std::ranges::find(names, name) != names.end()) {
            found.push_back(id);
        }
    }
    if (found.empty()) {
        return malformed(
            "timer_unknown",
            fmt::format("no timer of the case is called \"{}\"; {}", name, waiting(subject)),
            name);
    }
    if (found.size() > 1) {
        return malformed(
            "timer_ambiguous",
            fmt::format("{} timers are called \"{}\"; {}", found.size(), name, waiting(subject)),
            name);
    }
    Submission submission;
    submission.actor = system_actor();
    submission.stream = stream_of(stage.current_case());
    submission.command = CaseCommand(FireTimer{found.front()});
    TRY(std::move(stage.world().engine.execute({&submission, 1}).front()));
    return {};
}

}  // namespace guildmark::scenario
