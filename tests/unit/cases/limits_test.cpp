// Cases exactly at each limit, and one beyond it.
#include "engine/base/limits.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/cases/search_values.h"
#include "tests/support/scenario_world.h"
#include "tests/unit/cases/case_desk.h"

namespace guildmark::tests {
namespace {

class LimitsOfCases : public testing::Test {
protected:
    LimitsOfCases() { desk_.apply_for_the_mark(); }

    /// The code of the refusal, or of what the chart came to; empty when it is decided.
    [[nodiscard]] std::string code_of(const Actor& actor, const CaseCommand& command) const {
        const auto decided = desk_.try_out(actor, command);
        return decided ? std::string() : decided.error().code;
    }

    CaseDesk desk_;
};

TEST_F(LimitsOfCases, hold_the_bytes_of_a_text) {
    const auto note = [this](std::size_t bytes) {
        return code_of(
            desk_.inspector,
            AssessRequirement{"1.1", rows::Verdict::conforming, std::string(bytes, 'x')});
    };
    EXPECT_EQ(note(limits::text_field_bytes_max + 1), "field_too_long");
    EXPECT_EQ(note(limits::text_field_bytes_max), "");
}

TEST_F(LimitsOfCases, hold_the_bytes_of_a_name) {
    const auto open = [](std::size_t bytes) {
        const CaseDesk fresh;
        OpenCase command = fresh.opening();
        command.title = std::string(bytes, 'x');
        const auto decided = fresh.try_out(fresh.keeper, command);
        return decided ? std::string() : decided.error().code;
    };
    EXPECT_EQ(open(limits::name_bytes_max + 1), "field_too_long");
    EXPECT_EQ(open(limits::name_bytes_max), "");
}

TEST_F(LimitsOfCases, hold_the_documents_of_a_case) {
    rows::Evidence filler = desk_.subject.evidence.at(desk_.evidence);
    while (desk_.subject.evidence.size() < limits::evidence_per_case_max - 1) {
        filler.id = EvidenceId(desk_.subject.evidence.size() + 1);
        desk_.subject.evidence.put(filler);
    }
    EXPECT_EQ(code_of(desk_.keeper, CaseDesk::document("the shed")), "");
    filler.id = EvidenceId(limits::evidence_per_case_max + 1);
    desk_.subject.evidence.put(filler);
    EXPECT_EQ(code_of(desk_.keeper, CaseDesk::document("the shed")), "evidence_too_many");
}

TEST_F(LimitsOfCases, hold_the_findings_of_a_case) {
    const RaiseFinding finding{rows::Grade::minor, "1.1", "gap", "page 3", "shed", {}};
    while (desk_.subject.findings.size() < limits::findings_per_case_max - 1) {
        const FindingId id(desk_.subject.findings.size() + 1);
        desk_.subject.findings[id].id = id;
    }
    EXPECT_EQ(code_of(desk_.inspector, finding), "");
    const FindingId last(limits::findings_per_case_max + 1);
    desk_.subject.findings[last].id = last;
    EXPECT_EQ(code_of(desk_.inspector, finding), "findings_too_many");
}

TEST_F(LimitsOfCases, hold_the_requirements_of_a_document) {
    const auto match = [this](std::size_t count) {
        return code_of(desk_.keeper,
                       MatchEvidence{desk_.evidence, std::vector<std::string>(count, "1.1")});
    };
    EXPECT_EQ(match(limits::requirements_per_match_max + 1), "requirements_too_many");
    EXPECT_EQ(match(limits::requirements_per_match_max), "");
}

TEST_F(LimitsOfCases, hold_the_states_that_a_case_is_moved_to) {
    const auto move = [this](std::size_t count) {
        return code_of(desk_.committee,
                       MoveCase{std::vector<std::string>(count, "mending"), "why"});
    };
    EXPECT_EQ(move(limits::states_per_move_max + 1), "field_too_long");
    EXPECT_EQ(move(limits::states_per_move_max), "");
}

TEST_F(LimitsOfCases, hold_the_bytes_that_a_case_is_found_by) {
    workflow::Workflow workflow;
    workflow.search_values.emplace_back();
    workflow.search_values.front().id = "place";
    workflow.search_values.front().task = "apply";
    workflow.search_values.front().field = "place";
    const auto values_with = [&](std::size_t bytes) {
        desk_.subject.forms["apply"].set("place", std::string(bytes, 'x'));
        return search_values_of(desk_.subject, workflow).size();
    };
    EXPECT_EQ(values_with(limits::search_value_bytes_max + 1), 0u);
    EXPECT_EQ(values_with(limits::search_value_bytes_max), 1u);
}

// What a chart does to its case.

/// A workflow whose state "mended" holds `content`.
workflow::Workflow crowded(const std::string& content) {
    std::string text =
        read_whole_file(source_folder() / "tests/data/workflows/failing/failing.scxml");
    const std::string mended = "<onentry><assign location=\"broken\" expr=\"false\"/></onentry>";
    const std::size_t at = text.find(mended);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, mended.size(), content);
    Diagnostics diagnostics;
    auto loaded = workflow::load_workflow({{"failing.scxml", text}}, diagnostics);
    EXPECT_TRUE(loaded) << diagnostics.to_text();
    return std::move(*loaded);
}

std::string repeated(const std::string& one, std::size_t count) {
    std::string text;
    for (std::size_t number = 0; number < count; ++number) {
        text += one;
    }
    return text;
}

/// What a case of that workflow has after it was moved to that state.
Case crowded_case(const workflow::Workflow& workflow) {
    static const Library library = project_library();
    const auto standard = library.find_standard("honey-code:2026");
    scenario::SeededRandom random(7);
    NoScripts scripts;
    const Actor keeper{PersonId{11}, OrganisationId{101}, "keeper"};
    Case subject;
    subject.summary.id = CaseId(100);
    const OpenCase open{"failing", "honey-code:2026", "P", {{"client", keeper.organisation}}};
    for (const CaseCommand& command :
         {CaseCommand(open), CaseCommand(MoveCase{{"mended"}, "why"})}) {
        IdSource ids(random, 1'000 * (subject.head.sequence + 1));
        CaseContext context{Instant{1'772'442'000'000},
                            keeper,
                            ids,
                            workflow,
                            standard.get(),
                            scripts,
                            [](OrganisationId) { return std::string("Firm"); },
                            "Ada",
                            "ada@firm.example"};
        const auto decided = decide(subject, command, context);
        EXPECT_TRUE(decided) << decided.error().message;
        for (std::size_t at = 0; decided && at < decided->events.size(); ++at) {
            Record record;
            record.stream = stream_of(subject.summary.id);
            record.sequence = subject.head.sequence + 1;
            record.at = context.now;
            record.actor = keeper;
            Touched touched;
            apply(subject, decided->events[at], record, touched);
        }
    }
    return subject;
}

TEST(LimitsOfCharts, hold_the_events_that_wait_for_their_time) {
    const auto sending = [](std::size_t count) {
        return crowded_case(crowded(
            "<onentry>" + repeated("<send event=\"go\" delay=\"1s\"/>", count) + "</onentry>"));
    };
    // One was sent by the state before.
    const Case full = sending(limits::pending_sends_max);
    EXPECT_EQ(full.timers.size(), limits::pending_sends_max);
    ASSERT_EQ(full.incidents.size(), 1u);
    EXPECT_EQ(full.incidents.begin()->second.code, "pending_sends_too_many");
    const Case room = sending(limits::pending_sends_max - 1);
    EXPECT_EQ(room.timers.size(), limits::pending_sends_max);
    EXPECT_EQ(room.incidents.size(), 0u);
}

TEST(LimitsOfCharts, hold_the_incidents_of_one_run) {
    const auto failing = [](std::size_t count) {
        std::string content;
        for (std::size_t number = 0; number < count; ++number) {
            content += fmt::format("<onentry><assign location=\"nothing{}\" expr=\"1\"/></onentry>",
                                   number);
        }
        return crowded_case(crowded(content)).incidents.size();
    };
    EXPECT_EQ(failing(limits::incidents_per_run_max + 1), limits::incidents_per_run_max);
    EXPECT_EQ(failing(limits::incidents_per_run_max), limits::incidents_per_run_max);
    EXPECT_EQ(failing(limits::incidents_per_run_max - 1), limits::incidents_per_run_max - 1);
}

}  // namespace
}  // namespace guildmark::tests
