#include <cstdlib>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "adapters/script/engine.h"
#include "tests/sim/faulty_journey.h"
#include "tests/sim/journal_text.h"

namespace guildmark::tests {
namespace {

/// Every how many calls one is made to fail, beside the first, a middle and the last call of each
/// port's function; GUILDMARK_ALL_FAULTS=1 tries each call in each way.
constexpr std::size_t stride = 41;

bool tries_all() {
    return std::getenv("GUILDMARK_ALL_FAULTS") != nullptr;
}

std::vector<PlannedFault> all_faults_for(const std::vector<std::string>& calls) {
    std::vector<PlannedFault> faults;
    for (std::size_t index = 0; index < calls.size(); ++index) {
        for (const FaultKind kind : {FaultKind::later, FaultKind::for_good}) {
            faults.push_back({index + 1, 1, kind});
        }
        faults.push_back({index + 1, 2, FaultKind::for_good});
        if (calls[index] == "Store::commit") {
            for (const FaultKind kind : {FaultKind::lost_in_doubt, FaultKind::written_in_doubt}) {
                faults.push_back({index + 1, 1, kind});
                faults.push_back({index + 1, 2, kind});
            }
        }
    }
    return faults;
}

/// Some of them, with each function of each port among them, and each call of the script engine.
std::vector<PlannedFault> faults_for(const std::vector<std::string>& calls) {
    if (tries_all()) {
        return all_faults_for(calls);
    }
    std::vector<PlannedFault> faults;
    std::map<std::string, std::vector<std::size_t>> by_name;
    for (std::size_t index = 0; index < calls.size(); ++index) {
        by_name[calls[index]].push_back(index + 1);
        if (calls[index].starts_with("ScriptEngine::")) {
            faults.push_back({index + 1, 1, FaultKind::for_good});
        } else if (index % stride == stride - 1) {
            faults.push_back({index + 1, 1 + index % 2, FaultKind::later});
        }
    }
    for (const auto& [name, numbers] : by_name) {
        faults.push_back({numbers.front(), 1, FaultKind::for_good});
        faults.push_back({numbers[numbers.size() / 2], 2, FaultKind::for_good});
        faults.push_back({numbers.back(), 1, FaultKind::later});
    }
    const std::vector<std::size_t>& commits = by_name["Store::commit"];
    for (const FaultKind kind : {FaultKind::lost_in_doubt, FaultKind::written_in_doubt}) {
        faults.push_back({commits[commits.size() / 2], 1, kind});
        faults.push_back({commits[commits.size() / 3], 2, kind});
    }
    return faults;
}

const char* to_text(FaultKind kind) {
    switch (kind) {
        case FaultKind::later:
            return "later";
        case FaultKind::for_good:
            return "for good";
        case FaultKind::lost_in_doubt:
            return "lost in doubt";
        case FaultKind::written_in_doubt:
            return "written in doubt";
    }
    return "";
}

/// A message that a carrier refuses for good is given up; that one is missing then.
std::size_t messages_given_up(const JourneyEnd& end, PlannedFault fault) {
    std::size_t refused = 0;
    for (std::size_t call = fault.first; call < fault.first + fault.count; ++call) {
        const bool strikes = fault.kind == FaultKind::for_good && call <= end.calls.size();
        refused += strikes && end.calls[call - 1] == "Notifier::deliver" ? 1u : 0u;
    }
    return refused;
}

void expect_same_end(const JourneyEnd& whole, const JourneyEnd& end, PlannedFault fault) {
    EXPECT_GT(end.struck, 0u) << "the call never came, so nothing was tested";
    for (const std::string& wrong : end.wrong) {
        ADD_FAILURE() << wrong;
    }
    EXPECT_EQ(first_difference(whole.journal, end.journal), "");
    EXPECT_EQ(first_difference(whole.facts, end.facts), "");
    EXPECT_GE(end.messages + messages_given_up(end, fault), whole.messages);
}

void fail_at_every_call(const JourneySetting& setting) {
    const JourneyEnd whole = play_journey(setting, {});
    for (const std::string& wrong : whole.wrong) {
        ADD_FAILURE() << "undisturbed: " << wrong;
    }
    ASSERT_GT(whole.calls.size(), 50u);
    std::size_t runs = 0;
    for (const PlannedFault& fault : faults_for(whole.calls)) {
        const std::string& name = whole.calls[fault.first - 1];
        SCOPED_TRACE(name + ", call " + std::to_string(fault.first) + ", " +
                     std::to_string(fault.count) + " in a row, " + to_text(fault.kind));
        expect_same_end(whole, play_journey(setting, fault), fault);
        ++runs;
    }
    std::cout << whole.calls.size() << " calls, " << runs << " faults\n";
}

const char* const full_scenario = "workflows/iso-9001/iso-9001.scenario";

TEST(PortFault, at_any_call_of_a_certification_is_made_good_by_repeating) {
    fail_at_every_call({full_scenario, {}, nullptr, {}});
}

TEST(PortFault, at_any_call_of_a_case_that_runs_scripts_is_made_good_by_repeating) {
    ScriptWorkers scripts;
    fail_at_every_call({"tests/data/workflows/scripted/scripted.scenario",
                        "tests/data/workflows/scripted",
                        &scripts,
                        {}});
}

/// How a store that is broken on purpose breaks its contract.
enum class Damage {
    writes_no_rows,
    writes_half_of_the_records,
    forgets_what_it_took,
    keeps_no_key
};

/// Goes wrong at one commit, and is right otherwise.
class DamagedStore final : public Store {
public:
    DamagedStore(Store& real, Damage damage, std::size_t commit)
        : real_(real), damage_(damage), left_(commit) {}

    Result<void> commit(const Commit& whole) override {
        if (left_ == 0 || --left_ != 0) {
            return real_.commit(whole);
        }
        Commit part = whole;
        switch (damage_) {
            case Damage::writes_no_rows:
                part.rows = {};
                return real_.commit(part);
            case Damage::writes_half_of_the_records:
                part.records.resize((part.records.size() + 1) / 2);
                part.answers.clear();
                static_cast<void>(real_.commit(part));
                return failed("store_failed", "half of it was written");
            case Damage::forgets_what_it_took:
                return {};
            case Damage::keeps_no_key:
                part.answers.clear();
                static_cast<void>(real_.commit(part));
                return failed("store_failed", "all of it was written, save the answer");
        }
        return {};
    }

    Result<void> recover() override { return real_.recover(); }

    Result<std::unique_ptr<StoreReader>> open_reader() override { return real_.open_reader(); }

    Result<std::unique_ptr<StoreReader>> open_writers_reader() override {
        return real_.open_writers_reader();
    }

    Result<void> rebuild(const std::function<Result<void>(const RebuildSink&)>& write) override {
        return real_.rebuild(write);
    }

    Result<std::vector<StoreFault>> check_integrity() override { return real_.check_integrity(); }

private:
    Store& real_;
    Damage damage_;
    std::size_t left_;
};

class BrokenStore : public testing::TestWithParam<Damage> {};

TEST_P(BrokenStore, is_noticed_by_the_checks_that_faults_are_judged_by) {
    const auto damage = [](Store& real) -> std::unique_ptr<Store> {
        constexpr std::size_t in_the_middle = 200;
        return std::make_unique<DamagedStore>(real, GetParam(), in_the_middle);
    };
    const JourneyEnd whole = play_journey({full_scenario, {}, nullptr, {}}, {});
    const JourneyEnd end = play_journey({full_scenario, {}, nullptr, damage}, {});
    EXPECT_TRUE(!end.wrong.empty() || first_difference(whole.journal, end.journal) != "");
}

INSTANTIATE_TEST_SUITE_P(OnPurpose,
                         BrokenStore,
                         testing::Values(Damage::writes_no_rows,
                                         Damage::writes_half_of_the_records,
                                         Damage::forgets_what_it_took,
                                         Damage::keeps_no_key),
                         [](const testing::TestParamInfo<Damage>& each) {
                             switch (each.param) {
                                 case Damage::writes_no_rows:
                                     return "writes_no_rows";
                                 case Damage::writes_half_of_the_records:
                                     return "writes_half_of_the_records";
                                 case Damage::forgets_what_it_took:
                                     return "forgets_what_it_took";
                                 case Damage::keeps_no_key:
                                     return "keeps_no_key";
                             }
                             return "";
                         });

}  // namespace
}  // namespace guildmark::tests
