// What a command costs the engine alone, in a case with many documents beside one with few:
// deciding, applying and writing down, with a store that takes everything and keeps nothing.
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "engine/base/limits.h"
#include "tests/bench/figures.h"
#include "tests/support/memory_store.h"
#include "tests/support/scenario_world.h"

namespace {

using namespace guildmark;
using namespace guildmark::tests;
using guildmark::bench::Figure;
using guildmark::bench::Timings;

constexpr double aim = 2;

struct Options {
    std::size_t few = 50;
    std::size_t many = 5'000;
    std::size_t commands = 640;
    bool json = false;
};

/// Takes every commit and keeps none but the ids of open tasks; the engine remembers what it wrote.
class ForgettingStore final : public Store {
public:
    Result<void> commit(const Commit& commit) override {
        for (const rows::Task& task : commit.rows.tasks) {
            if (task.status == rows::TaskStatus::open) {
                open_tasks[task.task] = task.id;
            }
        }
        return {};
    }

    Result<void> recover() override { return {}; }

    Result<std::unique_ptr<StoreReader>> open_reader() override { return empty_.open_reader(); }

    Result<std::unique_ptr<StoreReader>> open_writers_reader() override {
        return empty_.open_writers_reader();
    }

    Result<void> rebuild(const std::function<Result<void>(const RebuildSink&)>&) override {
        return {};
    }

    Result<std::vector<StoreFault>> check_integrity() override { return std::vector<StoreFault>(); }

    std::map<std::string, TaskId> open_tasks;

private:
    MemoryStore empty_;
};

/// A case of the sample "honey mark" with so many documents, ready for the visit.
class Subject {
public:
    explicit Subject(std::size_t documents) {
        auto engine = world_.open_engine();
        ENSURE(engine.has_value(), "the engine opens");
        engine_ = std::move(*engine);
        client_ = create("client");
        body_ = create("body");
        keeper_ = admit(client_, "beekeeper");
        inspector_ = admit(body_, "inspector");
        OpenCase opening{"honey-mark", "honey-code:2026", "Honey", {}};
        opening.parties = {{"client", client_}, {"body", body_}};
        case_ = must(keeper_, {}, CaseCommand(std::move(opening))).stream;
        for (const std::string& requirement : requirements_) {
            give(keeper_, answer(requirement));
        }
        for (std::size_t count = 0; count < documents; ++count) {
            documents_.push_back(*EvidenceId::parse(give(keeper_, document()).created));
        }
        Value values;
        values.set("place", "Lindental");
        values.set("hives", Value(12));
        give(keeper_, CompleteTask{task("apply"), "send", std::move(values)});
        give(inspector_, RaiseFinding{rows::Grade::minor, "2.2", "gap", "page 3", "", {}});
    }

    void answer_one() { give(keeper_, answer(requirements_[++turn_ % requirements_.size()])); }

    void match_one() { give(keeper_, MatchEvidence{next_document(), {"1.1", "2.1"}}); }

    void revise_one() {
        AddEvidence revision = document();
        revision.revises = next_document();
        give(keeper_, std::move(revision));
    }

    /// From the visit to mending, and back: each a run of the chart.
    void complete_one() {
        if (++turn_ % 2 == 0) {
            give(keeper_, CompleteTask{task("mend"), "done", {}});
            return;
        }
        Value values;
        values.set("day", "2026-03-02");
        give(inspector_, CompleteTask{task("visit"), "toMend", std::move(values)});
    }

    void begin_visits() { turn_ = 0; }

private:
    static AnswerRequirement answer(const std::string& requirement) {
        return {requirement, rows::Answer::in_place, "as written", {}, std::nullopt};
    }

    AddEvidence document() {
        AddEvidence command;
        command.name = fmt::format("document {}.pdf", ++made_);
        command.digest = sha256(command.name);
        command.size_bytes = 1'000;
        command.media_type = "application/pdf";
        command.origin = "folder:documents/" + command.name;
        command.requirements = {"2.1", "2.2"};
        return command;
    }

    EvidenceId next_document() { return documents_[++turn_ % documents_.size()]; }

    OrganisationId create(const std::string& kind) {
        CreateOrganisation command;
        command.name = kind;
        command.kind = kind;
        return OrganisationId(
            must(system_actor(), {}, OrganisationCommand(std::move(command))).stream.value());
    }

    Actor admit(OrganisationId organisation, const std::string& role) {
        AdmitMember command;
        command.name = role;
        command.roles = {role};
        const Answer made = must(system_actor(),
                                 StreamId(organisation.value()),
                                 OrganisationCommand(std::move(command)));
        return {*PersonId::parse(made.created), organisation, role};
    }

    Answer give(const Actor& actor, CaseCommand command) {
        return must(actor, case_, std::move(command));
    }

    Answer must(const Actor& actor,
                StreamId stream,
                std::variant<CaseCommand, OrganisationCommand> command) {
        const Submission submission{actor, stream, std::move(command), {}, std::nullopt};
        auto answers = engine_->execute({&submission, 1});
        ENSURE(answers.front().has_value(), "a command of the measurement is refused");
        return *answers.front();
    }

    TaskId task(const std::string& definition) { return store_.open_tasks.at(definition); }

    ForgettingStore store_;
    ScenarioWorld world_{store_};
    std::unique_ptr<Engine> engine_;
    OrganisationId client_;
    OrganisationId body_;
    Actor keeper_;
    Actor inspector_;
    StreamId case_;
    std::vector<std::string> requirements_{"1.1", "1.2", "2.1", "2.2"};
    std::vector<EvidenceId> documents_;
    std::size_t made_ = 0;
    std::size_t turn_ = 0;
};

struct Kind {
    const char* name;
    void (Subject::*act)();
};

double cpu_us_of(Subject& subject, const Kind& kind, std::size_t commands) {
    subject.begin_visits();
    const std::clock_t begin = std::clock();
    for (std::size_t count = 0; count < commands; ++count) {
        (subject.*kind.act)();
    }
    return 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC /
           static_cast<double>(commands);
}

int run(const Options& options) {
    const std::vector<Kind> kinds = {{"answer", &Subject::answer_one},
                                     {"match", &Subject::match_one},
                                     {"revision", &Subject::revise_one},
                                     {"completion", &Subject::complete_one}};
    std::vector<Figure> figures;
    for (const Kind& kind : kinds) {
        Subject few(options.few);
        Subject many(options.many);
        const double yardstick = cpu_us_of(few, kind, options.commands);
        const double value = cpu_us_of(many, kind, options.commands);
        Figure figure;
        figure.name = fmt::format("{} at {} documents", kind.name, options.many);
        figure.value = value;
        figure.unit = "us CPU";
        figure.against = fmt::format("{} documents: {:.1f} us", options.few, yardstick);
        figure.ratio = value / yardstick;
        figure.aim = fmt::format("<= {}", aim);
        figure.reached = figure.ratio <= aim;
        figures.push_back(std::move(figure));
    }
    bench::print("engine", figures, options.json);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measures what a command costs in a case with many documents, against few."};
    app.add_option("--few", options.few, "Documents of the yardstick");
    app.add_option("--many", options.many, "Documents of the case that is measured");
    app.add_option("--commands", options.commands, "How many of each kind are given");
    app.add_flag("--json", options.json, "JSON instead of a table");
    CLI11_PARSE(app, argc, argv);
    return run(options);
}
