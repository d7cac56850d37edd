#include "tests/bench/http/commands.h"

#include <fmt/format.h>

#include "tests/bench/http/load.h"
#include "tests/bench/http/servers.h"
#include "tests/bench/store/yardsticks.h"

namespace guildmark::bench {
namespace {

constexpr std::uint64_t hot_cases = 10'000;
constexpr std::size_t clients = 64;
/// Behind all that earlier measurements of a kept store have written to any case.
constexpr std::uint64_t last_sequence = 1'000;
constexpr std::uint64_t last_position = 10'000;

/// The command that is measured, as a request and as what it writes.
class Answers {
public:
    /// `case_count`: over how many cases they go; another number for each measurement of a run.
    Answers(const Practice& practice, std::uint64_t case_count)
        : practice_(practice),
          draw_(case_count, 5),
          sequences_(practice.case_count(), case_count * last_sequence),
          position_(case_count * last_position) {}

    std::string request() {
        const std::uint64_t index = draw_.next();
        return request_text("PUT",
                            fmt::format("/api/v1/cases/{}/requirements/2.1/answer",
                                        Practice::case_id(index).to_text()),
                            practice_.client_of(index).token,
                            fmt::format("Idempotency-Key: {}-{}\r\n", run_, ++keys_),
                            R"({"value":"in_place","note":"See page 31 of the hive book"})");
    }

    void append(Commit& commit) {
        const std::uint64_t index = draw_.next();
        const Sample& sample = practice_.sample();
        Record record = sample.records.back();
        record.stream = stream_of(Practice::case_id(index));
        record.sequence = ++sequences_[index];
        record.position = ++position_;
        commit.records.push_back(std::move(record));
        commit.rows.cases.push_back(sample.rows.summary);
        commit.rows.cases.back().id = Practice::case_id(index);
        commit.rows.requirements.push_back(sample.rows.requirements.back());
        commit.rows.requirements.back().case_id = Practice::case_id(index);
        commit.answers.push_back(
            {fmt::format("{}/{}/{}",
                         id_to_text(index + 1),
                         id_to_text(index + 1),
                         fmt::format("{}-{}", run_, ++keys_)),
             sample.records.back().hash,
             fmt::format(R"({{"stream":"{}","sequence":21,"position":{},"created":""}})",
                         Practice::case_id(index).to_text(),
                         position_),
             Instant{}});
    }

private:
    const Practice& practice_;
    Draw draw_;
    std::vector<std::uint64_t> sequences_;
    std::uint64_t position_;
    /// Other keys than those of earlier measurements of the same store.
    const std::int64_t run_ = std::chrono::system_clock::now().time_since_epoch().count();
    std::uint64_t keys_ = 0;
};

/// What was measured of one number of clients, round by round.
struct Series {
    std::vector<double> rates;
    std::vector<double> bare_rates;
    std::vector<double> ratios;
    Timings timings;
    Timings bare_timings;
    double cpu_us = 0;
};

Timings commit_bare(BareSqlite& bare,
                    Answers& answers,
                    std::size_t commands,
                    std::chrono::milliseconds duration) {
    return repeat_for(duration, [&] {
        Commit commit;
        for (std::size_t count = 0; count < commands; ++count) {
            answers.append(commit);
        }
        bare.commit(commit);
    });
}

void add_round(Series& series, double rate, double bare_rate) {
    series.rates.push_back(rate);
    series.bare_rates.push_back(bare_rate);
    series.ratios.push_back(rate / bare_rate);
}

Figure bare_figure(const Series& series, std::size_t commands, const std::string& where) {
    Figure figure;
    figure.name = fmt::format("bare SQLite, {} a commit, {}", commands, where);
    figure.value = median(series.bare_rates);
    figure.unit = "commands/s";
    figure.timings = series.bare_timings;
    return figure;
}

Figure figure_of(const Series& series, std::size_t connections, const std::string& where) {
    constexpr double ratio_aim = 0.6;
    constexpr double p99_aim_us = 20'000;
    Figure figure;
    figure.name =
        fmt::format("commands by {} client{}, {}", connections, connections == 1 ? "" : "s", where);
    figure.value = median(series.rates);
    figure.unit = "commands/s";
    figure.timings = series.timings;
    figure.against = "bare SQLite";
    figure.ratio = median(series.ratios);
    figure.aim = ">= 0.6, p99 <= 20000 us";
    figure.reached = figure.ratio >= ratio_aim && series.timings.percentile(99) <= p99_aim_us;
    return figure;
}

void measure_over(const Practice& practice,
                  const CommandOptions& options,
                  std::uint64_t case_count,
                  BareSqlite& bare,
                  std::vector<Figure>& figures) {
    const std::string where =
        case_count == practice.case_count() ? "over all cases" : "over 10000 cases";
    const RunningServer server = serve_practice(practice.folder());
    Answers answers(practice, case_count);
    Answers bare_answers(practice, case_count);
    const auto next = [&] { return answers.request(); };
    // What a running server has: the cases that people work on are loaded.
    static_cast<void>(
        run_load({server.port, clients, std::chrono::seconds(10), 4 * hot_cases}, next));
    static_cast<void>(commit_bare(bare, bare_answers, clients, options.duration));
    Series one;
    Series many;
    Timings syncs;
    std::vector<double> sync_rates;
    for (std::size_t round = 0; round < options.rounds; ++round) {
        syncs = sync_overwrites(options.folder + "/syncs", options.duration);
        sync_rates.push_back(syncs.rate());
        for (const std::size_t connections : {std::size_t{1}, clients}) {
            Series& series = connections == 1 ? one : many;
            const Timings bare_round =
                commit_bare(bare, bare_answers, connections, options.duration);
            const double cpu_before = server.process->cpu_us();
            LoadResult result =
                run_load({server.port, connections, options.duration, SIZE_MAX}, next);
            result.timings.set_cpu_us(server.process->cpu_us() - cpu_before);
            series.timings.add(result.timings);
            series.bare_timings.add(bare_round);
            add_round(series, result.rate(), bare_round.rate() * static_cast<double>(connections));
        }
    }
    Figure sync;
    sync.name = "fdatasync of an overwritten 4 KiB page";
    sync.value = median(sync_rates);
    sync.unit = "syncs/s";
    sync.timings = syncs;
    figures.push_back(sync);
    for (const std::size_t connections : {std::size_t{1}, clients}) {
        const Series& series = connections == 1 ? one : many;
        figures.push_back(bare_figure(series, connections, where));
        figures.push_back(figure_of(series, connections, where));
    }
}

}  // namespace

void measure_commands(const Practice& practice,
                      const CommandOptions& options,
                      std::vector<Figure>& figures) {
    BareSqlite bare(options.folder + "/bare.db");
    bare.copy_from(practice.store_path());
    measure_over(practice, options, std::min(hot_cases, practice.case_count()), bare, figures);
    if (practice.case_count() > 2 * hot_cases) {
        measure_over(practice, options, practice.case_count(), bare, figures);
    }
}

}  // namespace guildmark::bench
