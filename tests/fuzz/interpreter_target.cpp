// Charts that nobody would write come to rest, in a legal configuration, within the limits; a
// session that is written down, read back and migrated after each step goes on as one that is left
// alone. An input is an SCXML document, or bytes by which a chart is chosen part by part; of the
// latter a second, slow implementation of the algorithm tells what must happen.
#include <numeric>

#include "engine/base/ensure.h"
#include "engine/base/limits.h"
#include "tests/fuzz/chart_run.h"
#include "tests/fuzz/mutation.h"
#include "tests/fuzz/project_files.h"
#include "tests/fuzz/target.h"

namespace guildmark::fuzz {
namespace {

using scxml::Statechart;
using scxml::test::Choices;
using scxml::test::ReferenceModel;

constexpr int events_max = 8;
constexpr std::size_t random_seeds = 60;
constexpr std::size_t random_seed_bytes = 400;

std::optional<Statechart> compile(const std::string& text) {
    Diagnostics diagnostics;
    const auto root = read_xml(text, "fuzz.scxml", diagnostics);
    scxml::CompileOptions options;
    options.load = scxml::test::read_test_document;
    return root ? Statechart::compile(*root, options, diagnostics) : std::nullopt;
}

/// Two sessions of one chart: one is left alone, the other is taken apart after each step.
struct Pair {
    explicit Pair(const Statechart& chart) : alone(chart), stored(chart) {}

    /// Whether both came to rest without a limit.
    template <typename Step>
    bool step(Step step) {
        const bool alone_rests = step(alone);
        const bool stored_rests = step(stored);
        ENSURE(alone_rests == stored_rests, "both rest or neither");
        ENSURE(alone.trace() == stored.trace(), "both do the same");
        ENSURE(alone.text() == stored.text(), "both are the same afterwards");
        return alone_rests;
    }

    void store() {
        stored.write_and_read();
        if (stored.session().running) {
            stored.migrate();
        }
    }

    ChartRun alone;
    ChartRun stored;
};

void compare(const ReferenceModel& model, const ChartRun& run) {
    ENSURE(run.trace() == model.trace, "the interpreter does what the model does");
    ENSURE(!model.running || run.active() == model.active(), "in the same states");
    ENSURE(run.session().running == model.running, "and ends when the model ends");
    for (const auto& [name, value] : model.variables) {
        ENSURE(run.session().data.number_or(name, -1) == value, "with the same data");
    }
}

/// Whether the model came to rest within the limits.
bool is_within_limits(const ReferenceModel& model) {
    return model.steps <= static_cast<int>(limits::microsteps_per_macrostep_max) &&
           model.waiting_max <= limits::event_queue_max;
}

void run_chosen(std::string_view bytes) {
    static constexpr std::array<const char*, 5> names = {"a", "b", "c", "a.x", "r"};
    const Choices pick = choices_of(bytes);
    const auto root = scxml::test::random_chart(Choices(std::ref(pick)));
    const auto chart = compile(document(*root));
    ENSURE(chart.has_value(), "what is chosen is a sound chart");
    ReferenceModel model(*root);
    Pair pair(*chart);
    model.start();
    bool goes_on = pair.step([](ChartRun& run) { return run.start(); });
    for (int event = 0; event < events_max; ++event) {
        ENSURE(goes_on == is_within_limits(model), "the limits are where they are said to be");
        if (!goes_on) {
            return;
        }
        compare(model, pair.alone);
        reached("steps as the model takes them");
        if (!model.running) {
            return;
        }
        pair.store();
        const std::string name = names[pick(names.size())];
        model.trace.clear();
        model.process(name);
        goes_on = pair.step([&](ChartRun& run) { return run.process(name); });
    }
}

/// One step that the numbers choose.
bool take_step(Pair& pair, const Statechart& chart, const Choices& pick) {
    const std::vector<std::string> names = event_names(chart);
    if (pair.alone.is_pending() && pick(3) > 0) {
        return pair.step([](ChartRun& run) { return run.deliver(); });
    }
    if (pick(8) == 0) {
        const auto state = static_cast<scxml::StateIndex>(pick(chart.state_count()));
        return pair.step([&](ChartRun& run) { return run.move({state}); });
    }
    const std::string name = names[pick(names.size())];
    return pair.step([&](ChartRun& run) { return run.process(name); });
}

void run_document(const std::string& text) {
    const auto chart = compile(text);
    if (!chart) {
        return;
    }
    reached("documents that compile");
    // Not the text's first bytes, which are the same in all documents.
    std::mt19937_64 random(std::accumulate(
        text.begin(), text.end(), std::uint64_t{0}, [](std::uint64_t sum, char character) {
            return sum * 31 + static_cast<unsigned char>(character);
        }));
    const Choices pick = [&](std::size_t count) { return random() % count; };
    Pair pair(*chart);
    static_cast<void>(pair.step([](ChartRun& run) { return run.start(); }));
    for (int event = 0; event < events_max && pair.alone.session().running; ++event) {
        pair.store();
        pair.alone.evaluate(text.substr(pick(text.size()), 1 + pick(20)));
        if (take_step(pair, *chart, pick)) {
            reached("steps of documents");
        }
    }
}

}  // namespace

std::vector<std::string> seeds() {
    std::vector<std::string> all = chart_texts();
    std::mt19937_64 random(20150901);
    for (std::size_t seed = 0; seed < random_seeds; ++seed) {
        std::string bytes;
        while (bytes.size() < random_seed_bytes) {
            bytes += static_cast<char>(random() % 256);
        }
        // A document begins with "<".
        bytes[0] = static_cast<char>(bytes[0] == '<' ? 0 : bytes[0]);
        all.push_back(std::move(bytes));
    }
    return all;
}

std::vector<std::string> words() {
    return {"<state>",
            "<parallel>",
            "</parallel>",
            "<final id='f'/>",
            "<history id='h'/>",
            "<transition>",
            "<transition event='*'/>",
            "<send event='e' delay='1s'/>",
            "<raise event='e'/>",
            "<onentry>",
            "<onexit>",
            "<log expr='1'/>",
            "<invoke>",
            "<script>",
            "In('x')",
            "_event.data",
            "[1,2]",
            "{}",
            "type='deep'",
            "type='internal'",
            "binding='late'",
            "datamodel='null'",
            "#_parent",
            "#_internal"};
}

std::vector<Goal> goals() {
    return {{"steps as the model takes them", 250},
            {"documents that compile", 25},
            {"steps of documents", 5}};
}

}  // namespace guildmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.starts_with('<')) {
        guildmark::fuzz::run_document(std::string(input));
    } else {
        guildmark::fuzz::run_chosen(input);
    }
    return 0;
}
