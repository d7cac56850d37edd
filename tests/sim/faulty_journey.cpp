#include "tests/sim/faulty_journey.h"

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/cases/facts.h"
#include "engine/runtime/aggregates.h"
#include "engine/runtime/replay.h"
#include "tests/sim/journal_text.h"
#include "tests/sim/patient_engine.h"
#include "tests/support/scenario_world.h"
#include "tests/support/store_contents.h"

namespace guildmark::tests {
namespace {

constexpr std::size_t commands_between_restarts = 24;

class Journey {
public:
    Journey(const JourneySetting& setting, PlannedFault fault)
        : setting_(setting),
          plan_(fault),
          damaged_(setting.damage ? setting.damage(store_) : nullptr),
          world_(damaged_ ? *damaged_ : static_cast<Store&>(store_)) {
        if (setting.scripts != nullptr) {
            world_.run_scripts_by(*setting.scripts);
        }
        if (!setting.workflow.empty()) {
            world_.library.add(load_workflow_of(source_folder() / setting.workflow));
        }
        world_.fail_by(plan_);
    }

    JourneyEnd play() {
        PatientEngine engine(
            world_, commands_between_restarts, [this] { expect_sound("after the fault"); });
        play_scenario(engine);
        finish_effects(engine);
        end_.calls = plan_.names();
        end_.struck = plan_.struck();
        end_.journal =
            canonical_journal(store_, {"command_rejected", "effect_closed", "incident_opened"});
        end_.messages = world_.notifier.keys.size();
        expect_sound("at the end");
        expect_acknowledged(engine.acknowledged());
        expect_same_after_rebuild();
        read_facts();
        return std::move(end_);
    }

private:
    void wrong(std::string what) { end_.wrong.push_back(std::move(what)); }

    std::unique_ptr<StoreReader> reader() {
        auto reader = store_.open_reader();
        ENSURE(reader.has_value(), "the store gives no reader");
        return std::move(*reader);
    }

    void play_scenario(PatientEngine& engine) {
        const auto reads = reader();
        scenario::World played = world_.world(engine, *reads);
        const scenario::PullDocuments pull = played.pull;
        played.pull = [&pull](const auto& folder, const auto& rules, const auto& known) {
            // A source may also refuse for a while: people pull again.
            auto pulled = pull(folder, rules, known);
            for (std::size_t attempt = 1; attempt < PatientEngine::attempts_max && !pulled;
                 ++attempt) {
                pulled = pull(folder, rules, known);
            }
            return pulled;
        };
        Diagnostics diagnostics;
        const auto path = source_folder() / setting_.scenario;
        const auto statements = scenario::read_script(read_whole_file(path), path, diagnostics);
        static_cast<void>(scenario::play(statements, path.parent_path(), played, {}, diagnostics));
        if (diagnostics.has_errors()) {
            wrong(diagnostics.to_text());
        }
    }

    /// Messages that wait for another attempt get it.
    void finish_effects(PatientEngine& engine) {
        constexpr std::int64_t two_minutes_ms = 120'000;
        for (std::size_t attempt = 0; attempt < PatientEngine::attempts_max; ++attempt) {
            world_.clock.set(Instant{world_.clock.now().milliseconds + two_minutes_ms});
            if (const auto advanced = engine.advance(); !advanced) {
                wrong("advance: " + advanced.error().message);
            }
        }
        const auto left = reader()->due_effects(Instant{world_.clock.now().milliseconds * 2}, 1);
        if (!left || !left->empty()) {
            wrong("an effect is left undone");
        }
    }

    void expect_sound(const char* when) {
        const auto report = verify(store_, {});
        if (!report) {
            wrong(fmt::format("{}: verify: {}", when, report.error().message));
            return;
        }
        for (const StoreFault& fault : report->faults) {
            wrong(fmt::format("{}: {}: {}", when, fault.code, fault.message));
        }
    }

    void expect_acknowledged(const std::vector<PatientEngine::Acknowledged>& all) {
        const auto reads = reader();
        for (const PatientEngine::Acknowledged& one : all) {
            const auto kept = reads->find_answer(one.key);
            const auto head = reads->head(one.answer.stream);
            const bool has_answer =
                kept && *kept && (*kept)->answer.find(one.answer.created) != std::string::npos;
            if (!has_answer || !head || head->sequence < one.answer.sequence) {
                wrong(fmt::format("command {} was acknowledged and is not there", one.key));
            }
        }
    }

    StoreContents contents() {
        auto contents = read_contents(*reader(), {}, {"workflow", "standard"});
        if (!contents) {
            wrong("reading all: " + contents.error().message);
            return {};
        }
        return std::move(*contents);
    }

    void expect_same_after_rebuild() {
        const StoreContents before = contents();
        if (const auto rebuilt = rebuild(store_, {}); !rebuilt) {
            wrong("rebuild: " + rebuilt.error().message);
        }
        if (!(contents() == before)) {
            wrong("rebuilding changes what the store holds");
        }
    }

    void read_facts() {
        const auto reads = reader();
        Aggregates aggregates(reader(), world_.library);
        for (const rows::CaseRows& rows : contents().cases) {
            const auto loaded = aggregates.load_case(stream_of(rows.summary.id));
            if (!loaded) {
                wrong("loading a case: " + loaded.error().message);
                continue;
            }
            Value facts = build_facts((*loaded)->value, world_.clock.now(), [&](OrganisationId id) {
                auto row = reads->find_organisation(id);
                return row && *row ? (*row)->name : std::string();
            });
            std::string text = canonical_text(to_json(facts));
            // Certificate numbers are ids in other clothes.
            for (auto place = text.find("GM-"); place != std::string::npos;
                 place = text.find("GM-")) {
                text.replace(place, std::string_view("GM-00000-0000-0000").size(), "number");
            }
            end_.facts.push_back(std::move(text));
        }
    }

    const JourneySetting& setting_;
    FaultPlan plan_;
    MemoryStore store_;
    std::unique_ptr<Store> damaged_;
    ScenarioWorld world_;
    JourneyEnd end_;
};

}  // namespace

JourneyEnd play_journey(const JourneySetting& setting, PlannedFault fault) {
    return Journey(setting, fault).play();
}

}  // namespace guildmark::tests
