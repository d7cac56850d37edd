#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/cases/gate.h"
#include "engine/runtime/replay.h"
#include "tests/sim/walker.h"
#include "tests/support/memory_store.h"

namespace guildmark::tests {
namespace {

constexpr std::size_t steps_per_walk = 600;
constexpr std::size_t steps_between_restarts = 29;

/// How many seeds are walked; GUILDMARK_WALKS raises it.
std::uint64_t walks() {
    const char* const asked = std::getenv("GUILDMARK_WALKS");
    return asked == nullptr ? 16 : std::strtoull(asked, nullptr, 10);
}

/// Whether the certificate began with the decision, and no later audit has begun.
bool is_of_first_audit(const rows::CaseRows& rows, const rows::Decision& decision) {
    const bool begins = decision.kind == "grant" || decision.kind == "transfer-accept";
    return begins && std::ranges::any_of(rows.requirements, [&](const auto& requirement) {
               return requirement.assessed_at && *requirement.assessed_at <= decision.decided_at;
           });
}

/// What must hold of a certificate that was granted, whatever people did.
void check_first_audit(const rows::CaseRows& rows, const rows::Decision& decision) {
    for (const rows::Finding& finding : rows.findings) {
        if (finding.raised_at <= decision.decided_at) {
            EXPECT_NE(finding.raised_by, decision.decided_by) << "an auditor decided";
            EXPECT_TRUE(is_settled(finding)) << "certified with an open nonconformity";
        }
    }
    for (const rows::Requirement& requirement : rows.requirements) {
        EXPECT_TRUE(requirement.assessed_by.is_none() ||
                    requirement.assessed_by != decision.decided_by)
            << "an auditor decided";
    }
}

/// What must hold after every step, whatever people did.
void check_case(const rows::CaseRows& rows) {
    for (const rows::Certificate& certificate : rows.certificates) {
        const auto decision =
            std::ranges::find(rows.decisions, certificate.decision, &rows::Decision::id);
        ASSERT_NE(decision, rows.decisions.end()) << "a certificate without a decision";
        EXPECT_GE(certificate.valid_until, certificate.valid_from);
        if (decision->kind == "grant" || decision->kind == "renew" ||
            decision->kind == "transfer-accept") {
            EXPECT_GE(certificate.valid_from, Date::of(decision->decided_at));
        }
        if (is_of_first_audit(rows, *decision)) {
            check_first_audit(rows, *decision);
        }
    }
    const auto open = std::ranges::count(rows.tasks, rows::TaskStatus::open, &rows::Task::status);
    EXPECT_EQ(static_cast<std::uint32_t>(open), rows.summary.open_tasks);
    for (const rows::Requirement& requirement : rows.requirements) {
        const auto serving =
            std::ranges::count_if(rows.evidence, [&](const rows::Evidence& evidence) {
                const auto numbers = split_words(evidence.requirements);
                return evidence.status == rows::EvidenceStatus::current &&
                       std::ranges::find(numbers, requirement.requirement) != numbers.end();
            });
        EXPECT_EQ(static_cast<std::uint32_t>(serving), requirement.evidence_count)
            << requirement.requirement;
    }
}

/// The short way to what gates see is the long way's, also when documents have expired.
void check_gates(StoreReader& reader, const rows::CaseRows& rows, Date today) {
    for (const int days : {0, 200}) {
        const Date day = today.plus_days(days);
        const auto short_way = reader.gate_rows(rows.summary.id, day);
        ASSERT_TRUE(short_way);
        EXPECT_EQ(gate_view(*short_way).covered, gate_view(rows, day).covered) << day.to_text();
        EXPECT_EQ(short_way->findings, rows.findings);
        EXPECT_EQ(short_way->requirements, rows.requirements);
    }
}

/// Every timer fires once and not early.
void check_timers(Store& store) {
    auto reader = store.open_reader();
    std::map<std::string, std::string> due;
    std::set<std::string> fired;
    const auto scanned = (*reader)->scan_streams([&](const Record& record) -> Result<void> {
        const auto payload = parse_json(record.payload);
        if (record.kind == "timer_set") {
            due.emplace(payload->text_or("id", ""), payload->text_or("due", ""));
        } else if (record.kind == "timer_fired") {
            const std::string id = payload->text_or("id", "");
            EXPECT_TRUE(fired.insert(id).second) << "a timer fired twice";
            EXPECT_LE(due.at(id), record.at.to_text()) << "a timer fired early";
        }
        return {};
    });
    ASSERT_TRUE(scanned);
}

struct Walked {
    std::size_t accepted = 0;
    std::size_t refused = 0;
    std::size_t certificates = 0;
};

Walked walk(const std::string& workflow, const std::string& standard, std::uint64_t seed) {
    MemoryStore store;
    ScenarioWorld world(store);
    world.clock.set(Instant{1'767'225'600'000});  // 2026-01-01T00:00:00Z
    auto reader = store.open_reader();
    Walker walker(world, **reader, seed);
    auto engine = world.open_engine();
    const auto case_id = walker.begin(**engine, workflow, standard);
    EXPECT_TRUE(case_id) << case_id.error().message;
    Walked walked;
    for (std::size_t step = 0; step < steps_per_walk && case_id; ++step) {
        if (step % steps_between_restarts == 0) {
            engine = world.open_engine();
        }
        const auto stepped = walker.step(**engine);
        EXPECT_TRUE(stepped) << stepped.error().code << ": " << stepped.error().message;
        const auto rows = (*reader)->find_case_rows(*case_id);
        check_case(**rows);
        check_gates(**reader, **rows, Date::of(world.clock.now()));
        walked.certificates = (*rows)->certificates.size();
        if ((*rows)->summary.finished) {
            break;
        }
        if (testing::Test::HasFailure()) {
            ADD_FAILURE() << fmt::format("{} seed {} step {}", workflow, seed, step);
            break;
        }
    }
    check_timers(store);
    const auto report = verify(store, {});
    EXPECT_TRUE(report);
    for (const StoreFault& fault : report->faults) {
        ADD_FAILURE() << fmt::format("{} seed {}: {}", workflow, seed, fault.message);
    }
    walked.accepted = walker.accepted();
    walked.refused = walker.refused();
    return walked;
}

TEST(RandomWalk, keeps_the_rules_of_certification_in_every_state) {
    const Library library = project_library();
    Walked all;
    for (const auto& workflow : library.workflows()) {
        std::string standard;
        for (const auto& candidate : library.standards()) {
            if (std::ranges::find(workflow->standards, candidate->id) !=
                workflow->standards.end()) {
                standard = candidate->key();
            }
        }
        for (std::uint64_t seed = 1; seed <= walks(); ++seed) {
            const Walked walked = walk(workflow->id, standard, seed);
            all.accepted += walked.accepted;
            all.refused += walked.refused;
            all.certificates += walked.certificates;
        }
    }
    EXPECT_GT(all.accepted, 100u);
    EXPECT_GT(all.refused, 100u);
    EXPECT_GT(all.certificates, 0u) << "no walk came as far as a certificate";
}

}  // namespace
}  // namespace guildmark::tests
