// Cases by chance, one left alone and one migrated on the way to a version in which everything is
// called otherwise: people and timers must not be able to tell them apart.

#include "engine/runtime/migration.h"

#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/cases/describe_rows.h"
#include "engine/runtime/replay.h"
#include "tests/support/memory_store.h"
#include "tests/support/scenario_world.h"

namespace guildmark::tests {
namespace {

constexpr std::uint64_t migrated_seeds = 60;
constexpr std::size_t migrated_steps = 40;

/// What is called otherwise in the new version: the old name, then the new one.
const std::map<std::string, std::string> names{{"one", "first"},
                                               {"two", "second"},
                                               {"left", "sinister"},
                                               {"right", "dexter"},
                                               {"kept", "memory"},
                                               {"do", "perform"},
                                               {"watch", "observe"},
                                               {"check", "review"},
                                               {"late", "overdue"},
                                               {"tick", "tock"},
                                               {"rounds", "laps"}};

constexpr const char* chart = R"(<scxml xmlns="http://www.w3.org/2005/07/scxml"
xmlns:gm="urn:guildmark:workflow:1" version="1.0" datamodel="ecmascript" initial="{one}">
<gm:workflow id="moving" standards="honey-code"><gm:title>M</gm:title></gm:workflow>
<gm:role id="owner" party="client"><gm:title>O</gm:title></gm:role>
<gm:milestone id="begin" states="{one}"><gm:title>B</gm:title></gm:milestone>
<datamodel><data id="{rounds}" expr="0"/></datamodel>
<parallel id="{one}">
<state id="{left}"><state id="l1"><onentry><send event="{tick}" delay="40s"/></onentry>
<gm:task id="{do}" role="owner" due="PT100S"><gm:title>T</gm:title>
<gm:outcome id="on"><gm:title>E</gm:title></gm:outcome>
<gm:escalation after="PT30S" event="{late}"/></gm:task>
<transition event="{tick}"><assign location="{rounds}" expr="{rounds} + 1"/></transition>
<transition event="task.{do}.on" target="l2"/></state>
<state id="l2"/><history id="{kept}"><transition target="l1"/></history></state>
<state id="{right}"><gm:task id="{watch}" role="owner"><gm:title>W</gm:title>
<gm:outcome id="again"><gm:title>A</gm:title></gm:outcome></gm:task>
<transition event="task.{watch}.again" target="{right}"/>
<transition event="{late}" target="{two}"/><transition event="forward" target="{two}"/></state>
</parallel>
<state id="{two}"><onentry><send event="back" delay="90s"/></onentry>
<gm:task id="{check}" role="owner" due="PT60S"><gm:title>C</gm:title>
<gm:outcome id="back"><gm:title>B</gm:title></gm:outcome>
<gm:outcome id="new"><gm:title>N</gm:title></gm:outcome></gm:task>
<transition event="task.{check}.back" target="{kept}"/><transition event="back" target="{kept}"/>
<transition event="task.{check}.new" cond="{rounds} &lt; 9" target="{one}"/>
<transition event="task.{check}.new" target="end"/></state>
<final id="end"/></scxml>)";

/// The chart with each {name} as it is called in one of the versions.
workflow::Workflow workflow_of(bool is_new) {
    std::string text = chart;
    for (const auto& [before, after] : names) {
        const std::string mark = "{" + before + "}";
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
            text.replace(at, mark.size(), is_new ? after : before);
        }
    }
    Diagnostics diagnostics;
    auto loaded = workflow::load_workflow({{"moving.scxml", text}}, diagnostics);
    EXPECT_TRUE(loaded) << diagnostics.to_text();
    return std::move(*loaded);
}

std::string plan_text() {
    std::string plan =
        "<migration xmlns='urn:guildmark:workflow:1' workflow='moving' from='any' reason='names'>";
    for (const char* state : {"one", "two", "left", "right", "kept"}) {
        plan += fmt::format("<state from='{}' to='{}'/>", state, names.at(state));
    }
    for (const char* task : {"do", "watch", "check"}) {
        plan += fmt::format("<task from='{}' to='{}'/>", task, names.at(task));
    }
    return plan +
           "<event from='late' to='overdue'/><event from='tick' to='tock'/>"
           "<data from='rounds' to='laps'/></migration>";
}

/// The text with the new version's names in the place of the old ones.
std::string in_new_names(const std::string& word) {
    const auto found = names.find(word);
    return found == names.end() ? word : found->second;
}

class MovingWorld {
public:
    MovingWorld() : world(store) {
        world.clock.set(Instant{1'772'442'000'000});  // 2026-03-02
        world.library.add(workflow_of(false));
        reader = std::move(store.open_reader()).value();
        engine = std::move(world.open_engine()).value();
        const Answer firm =
            submit({system_actor(), {}, CreateOrganisation{"Firm", "client", "DE", {}, 3}, {}, {}})
                .value_or(Answer{});
        owner.organisation = OrganisationId(firm.stream.value());
        const auto person =
            submit({system_actor(), firm.stream, AdmitMember{{}, "Ada", {}, {"owner"}}, {}, {}});
        owner.person = PersonId::parse(person->created).value_or(PersonId());
        owner.role = "owner";
        const OpenCase open{"moving", "honey-code:2026", "M", {{"client", owner.organisation}}};
        case_id = CaseId(submit({owner, {}, CaseCommand(open), {}, {}})->stream.value());
    }

    Result<Answer> submit(Submission submission) {
        return std::move(engine->execute({&submission, 1}).front());
    }

    [[nodiscard]] rows::CaseRows rows() const {
        return std::move(*reader->find_case_rows(case_id).value());
    }

    void wait(std::int64_t seconds) {
        const Instant until{world.clock.now().milliseconds + seconds * 1'000};
        for (auto due = engine->next_due().value(); due && *due <= until;
             due = engine->next_due().value()) {
            world.clock.set(std::max(*due, world.clock.now()));
            EXPECT_TRUE(engine->advance());
        }
        world.clock.set(until);
    }

    /// Ends one of the open tasks, in the order of their opening, in one of its ways.
    void complete(std::uint64_t drawn) {
        std::vector<rows::Task> open;
        for (const rows::Task& task : rows().tasks) {
            if (task.status == rows::TaskStatus::open) {
                open.push_back(task);
            }
        }
        if (open.empty()) {
            return;
        }
        const rows::Task& task = open[drawn % open.size()];
        const auto version = world.library.find_version(rows().summary.workflow_version);
        const auto& outcomes = version->find_task(task.task)->outcomes;
        const CompleteTask command{task.id, outcomes[drawn / 7 % outcomes.size()].id, {}};
        EXPECT_TRUE(submit({owner, stream_of(case_id), CaseCommand(command), {}, {}}));
    }

    /// Lets the case go on under the new version.
    void migrate() {
        world.library.add(workflow_of(true));
        engine = std::move(world.open_engine()).value();
        Diagnostics diagnostics;
        const auto plan = workflow::read_migration_plan(plan_text(), "plan", diagnostics);
        ASSERT_TRUE(plan) << diagnostics.to_text();
        const auto answer = submit(
            {system_actor(),
             stream_of(case_id),
             CaseCommand(MigrateCase{world.library.find_workflow("moving")->version, plan_text()}),
             {},
             {}});
        ASSERT_TRUE(answer) << answer.error().message;
    }

    /// Where the case stands, what is to be done and what was done, and what waits until when, in
    /// the names of the new version.
    [[nodiscard]] std::string story() const {
        const rows::CaseRows all = rows();
        std::string told = fmt::format("{} {} ", all.summary.milestone, all.summary.finished);
        std::istringstream states(all.summary.states);
        for (std::string state; states >> state;) {
            told += in_new_names(state) + " ";
        }
        std::multiset<std::string> tasks;
        for (const rows::Task& task : all.tasks) {
            // What is done keeps the name under which it was done.
            tasks.insert(fmt::format("\n{} {} {} {} {}",
                                     in_new_names(task.task),
                                     to_name(task.status),
                                     task.outcome,
                                     task.opened_at.to_text(),
                                     task.due ? task.due->to_text() : ""));
        }
        std::multiset<std::string> timers;
        const auto waiting = reader->due_timers(Instant{INT64_MAX}, 1'000);
        for (const Timer& timer : waiting.value()) {
            timers.insert("\n" + timer.due.to_text());
        }
        return fmt::format("{}{}{}", told, fmt::join(tasks, ""), fmt::join(timers, ""));
    }

    MemoryStore store;
    ScenarioWorld world;
    std::unique_ptr<StoreReader> reader;
    std::unique_ptr<Engine> engine;
    Actor owner;
    CaseId case_id;
};

TEST(Migration, leaves_a_case_that_nobody_can_tell_from_one_that_was_left_alone) {
    std::size_t completed = 0;
    for (std::uint64_t seed = 1; seed <= migrated_seeds; ++seed) {
        SCOPED_TRACE(seed);
        scenario::SeededRandom chance(seed);
        MovingWorld alone;
        MovingWorld moved;
        const std::size_t at = chance.next() % migrated_steps;
        for (std::size_t count = 0; count < migrated_steps && !alone.rows().summary.finished;
             ++count) {
            if (count == at) {
                ASSERT_NO_FATAL_FAILURE(moved.migrate());
            }
            const std::uint64_t drawn = chance.next();
            if (drawn % 3 == 0) {
                alone.complete(drawn / 3);
                moved.complete(drawn / 3);
                ++completed;
            } else {
                const auto seconds = static_cast<std::int64_t>(drawn / 3 % 60);
                alone.wait(seconds);
                moved.wait(seconds);
            }
            ASSERT_EQ(moved.story(), alone.story()) << count;
        }
        const std::string before = moved.story();
        ASSERT_TRUE(rebuild(moved.store, {}));
        EXPECT_EQ(moved.story(), before);
        const auto verified = verify(moved.store, {});
        ASSERT_TRUE(verified);
        EXPECT_TRUE(verified->is_sound()) << verified->faults.front().message;
    }
    EXPECT_GT(completed, migrated_seeds);
}

TEST(Migration, is_refused_to_people_and_by_a_wrong_plan_and_stays_so_on_record) {
    MovingWorld world;
    world.world.library.add(workflow_of(true));
    const Digest version = world.world.library.find_workflow("moving")->version;
    const auto migrate = [&](const Actor& actor, Digest to, const std::string& plan) {
        const auto answer = world.submit(
            {actor, stream_of(world.case_id), CaseCommand(MigrateCase{to, plan}), {}, {}});
        return answer ? std::string() : answer.error().code;
    };
    EXPECT_EQ(migrate(world.owner, version, plan_text()), "role_unknown");
    EXPECT_EQ(migrate(system_actor(), Digest{}, plan_text()), "workflow_unknown");
    EXPECT_EQ(migrate(system_actor(), version, "<plan/>"), "plan_invalid");
    EXPECT_EQ(migrate(system_actor(),
                      version,
                      "<migration xmlns='urn:guildmark:workflow:1' workflow='other' from='any' "
                      "reason='r'/>"),
              "plan_invalid");
    EXPECT_EQ(migrate(system_actor(),
                      version,
                      "<migration xmlns='urn:guildmark:workflow:1' workflow='moving' from='any' "
                      "reason='r'/>"),
              "state_unmapped");
    EXPECT_EQ(world.rows().summary.workflow_version, workflow_of(false).version);
    EXPECT_EQ(migrate(system_actor(), version, plan_text()), "");
    EXPECT_EQ(world.rows().summary.workflow_version, version);
}

}  // namespace
}  // namespace guildmark::tests
