#include "tests/bench/store/commits.h"

#include <fmt/format.h>

#include "adapters/store/sqlite/store.h"
#include "engine/base/ensure.h"
#include "tests/bench/store/workload.h"
#include "tests/bench/store/yardsticks.h"

namespace guildmark::bench {
namespace {

constexpr std::uint64_t hot_cases = 10'000;
constexpr std::size_t group = 64;

/// One of the two that take commits, and the cases that it has been given.
struct Contender {
    std::function<void(const Commit&)> commit;
    Workload workload{hot_cases};
    Draw draw{hot_cases, 7};

    void open_cases() {
        for (std::uint64_t index = 0; index < hot_cases;) {
            Commit commit_of_many;
            for (std::size_t count = 0; count < 250; ++count) {
                workload.open(index++, commit_of_many);
            }
            commit(commit_of_many);
        }
    }

    /// One record a commit and nothing else: what a commit costs at least.
    Timings measure_records(std::chrono::milliseconds duration) {
        return repeat_for(duration, [&] {
            Commit one;
            workload.record(draw.next(), one);
            commit(one);
        });
    }

    Timings measure(std::size_t commands, std::chrono::milliseconds duration) {
        return repeat_for(duration, [&] {
            Commit one;
            for (std::size_t count = 0; count < commands; ++count) {
                workload.transition(draw.next(), one);
            }
            commit(one);
        });
    }
};

/// What one contender did with one size of commit, round by round.
struct Series {
    std::vector<double> rates;     ///< Commands a second.
    std::vector<double> per_sync;  ///< Commits for each sync of the same round.
    std::vector<double> per_bare;  ///< Of bare SQLite's rate in the same round.
    Timings last;
};

Figure figure_of(const std::string& name, const Series& series, std::size_t commands) {
    Figure figure;
    figure.name = fmt::format("{}, {} a commit", name, commands);
    figure.value = median(series.rates);
    figure.unit = "commands/s";
    figure.timings = series.last;
    return figure;
}

void add_round(Series& series, const Timings& timings, std::size_t commands, double syncs) {
    series.rates.push_back(timings.rate() * static_cast<double>(commands));
    series.per_sync.push_back(timings.rate() / syncs);
    series.last = timings;
}

struct Measured {
    std::vector<double> syncs;
    Timings last_syncs;
    Series ours_record;
    Series bare_one;
    Series ours_one;
    Series bare_group;
    Series ours_group;
};

std::vector<Figure> figures_of(const Measured& measured) {
    constexpr double per_sync_aim = 0.6;
    Figure sync;
    sync.name = "fdatasync of an overwritten 4 KiB page";
    sync.value = median(measured.syncs);
    sync.unit = "syncs/s";
    sync.timings = measured.last_syncs;
    Figure record = figure_of("the store, a record alone", measured.ours_record, 1);
    record.against = "syncs";
    record.ratio = median(measured.ours_record.per_sync);
    record.aim = ">= 0.6";
    record.reached = record.ratio >= per_sync_aim;
    Figure bare = figure_of("bare SQLite, whole commands", measured.bare_one, 1);
    bare.against = "syncs";
    bare.ratio = median(measured.bare_one.per_sync);
    Figure ours = figure_of("the store, whole commands", measured.ours_one, 1);
    ours.against = "bare SQLite";
    ours.ratio = median(measured.ours_one.per_bare);
    Figure ours_group = figure_of("the store, whole commands", measured.ours_group, group);
    ours_group.against = "bare SQLite";
    ours_group.ratio = median(measured.ours_group.per_bare);
    return {sync,
            record,
            bare,
            ours,
            figure_of("bare SQLite, whole commands", measured.bare_group, group),
            ours_group};
}

}  // namespace

std::vector<Figure> measure_commits(const std::string& folder,
                                    std::size_t rounds,
                                    std::chrono::milliseconds duration,
                                    std::size_t log_pages_max) {
    BareSqlite bare_sqlite(folder + "/bare.db");
    SqliteOptions store_options;
    store_options.log_pages_max = log_pages_max;
    auto store = SqliteStore::open(folder + "/commits.db", store_options);
    ENSURE(store.has_value(), "the measured store opens");
    Contender bare{[&](const Commit& commit) { bare_sqlite.commit(commit); },
                   Workload(hot_cases),
                   {hot_cases, 7}};
    Contender ours{[&](const Commit& commit) {
                       ENSURE((*store)->commit(commit).has_value(), "the measured store commits");
                   },
                   Workload(hot_cases),
                   {hot_cases, 7}};
    bare.open_cases();
    ours.open_cases();

    Measured measured;
    for (std::size_t round = 0; round < rounds; ++round) {
        measured.last_syncs = sync_overwrites(folder + "/syncs", duration);
        const double syncs = measured.last_syncs.rate();
        measured.syncs.push_back(syncs);
        add_round(measured.ours_record, ours.measure_records(duration), 1, syncs);
        for (const std::size_t commands : {std::size_t{1}, group}) {
            Series& bare_series = commands == 1 ? measured.bare_one : measured.bare_group;
            Series& ours_series = commands == 1 ? measured.ours_one : measured.ours_group;
            add_round(bare_series, bare.measure(commands, duration), commands, syncs);
            add_round(ours_series, ours.measure(commands, duration), commands, syncs);
            ours_series.per_bare.push_back(ours_series.rates.back() / bare_series.rates.back());
        }
    }

    return figures_of(measured);
}

}  // namespace guildmark::bench
