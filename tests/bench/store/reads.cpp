#include "tests/bench/store/reads.h"

#include <filesystem>

#include <fmt/format.h>

#include "adapters/store/sqlite/store.h"
#include "engine/base/ensure.h"
#include "tests/bench/practice/practice.h"
#include "tests/bench/practice/verification.h"
#include "tests/bench/store/workload.h"

namespace guildmark::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t cases_per_commit = 256;
constexpr std::size_t records_per_round = 5;
constexpr std::size_t cold_samples = 300;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

template <typename T>
T must(Result<T> result) {
    ENSURE(result.has_value(), "the measured store works");
    return std::move(result).value();
}

void must(const Result<void>& result) {
    ENSURE(result.has_value(), "the measured store works");
}

/// Gives each case its records a few at a time, so that cases lie interleaved as they do in life.
void fill(SqliteStore& store, Workload& workload) {
    for (std::size_t round = 0; round < records_per_case / records_per_round; ++round) {
        for (std::uint64_t index = 0; index < workload.case_count();) {
            Commit commit;
            for (std::size_t in_commit = 0;
                 in_commit < cases_per_commit && index < workload.case_count();
                 ++in_commit, ++index) {
                for (std::size_t count = 0; count < records_per_round; ++count) {
                    if (round == 0 && count == 0) {
                        workload.open(index, commit);
                    } else {
                        workload.record(index, commit);
                    }
                }
            }
            must(store.commit(commit));
        }
    }
}

struct Query {
    std::string name;
    std::function<void(StoreReader&)> run;
    double p99_aim_us = 0;  ///< Warm; 0: none.
    double cold_p99_aim_us = 0;
};

Figure figure_of(std::string name, const Timings& timings, double p99_aim_us) {
    Figure figure;
    figure.name = std::move(name);
    figure.value = timings.rate();
    figure.unit = "reads/s";
    figure.timings = timings;
    if (p99_aim_us > 0) {
        figure.aim = fmt::format("p99 <= {:.0f} us", p99_aim_us);
        figure.reached = timings.percentile(99) <= p99_aim_us;
    }
    return figure;
}

/// A page in the middle of a list: behind a key that is drawn.
PageRequest page_behind(Draw& draw) {
    return PageRequest{Workload::case_id(draw.next()).to_text(), 50};
}

std::vector<Query> queries(Draw& draw) {
    constexpr double page_aim_us = 5'000;
    constexpr double cold_aim_us = 50'000;
    const auto open = rows::TaskStatus::open;
    return {
        {"case by id",
         [&](StoreReader& reader) { must(reader.find_case(Workload::case_id(draw.next()))); },
         page_aim_us,
         cold_aim_us},
        {"open cases of a body, page of 50",
         [&](StoreReader& reader) {
             CaseFilter filter;
             filter.organisation = Workload::body_of(draw.next());
             filter.finished = false;
             must(reader.cases(filter, page_behind(draw)));
         },
         page_aim_us,
         cold_aim_us},
        {"cases of a client, newest 50",
         [&](StoreReader& reader) {
             CaseFilter filter;
             filter.organisation = Workload::client_of(draw.next());
             must(reader.cases(filter, PageRequest{"", 50}));
         },
         page_aim_us,
         cold_aim_us},
        {"open tasks of a body's auditors, page of 50",
         [&, open](StoreReader& reader) {
             TaskFilter filter;
             filter.organisation = Workload::body_of(draw.next());
             filter.roles = {"auditor"};
             filter.status = open;
             must(reader.tasks(filter, page_behind(draw)));
         },
         page_aim_us,
         cold_aim_us},
        {"case page: all rows and 20 records",
         [&](StoreReader& reader) {
             const CaseId id = Workload::case_id(draw.next());
             must(reader.find_case_rows(id));
             must(reader.records(stream_of(id), 0, 100));
         },
         page_aim_us,
         cold_aim_us},
        {"count of a body's open cases",
         [&](StoreReader& reader) {
             CaseFilter filter;
             filter.organisation = Workload::body_of(draw.next());
             filter.finished = false;
             must(reader.count_cases(filter));
         },
         page_aim_us,
         cold_aim_us},
    };
}

void measure_queries(SqliteStore& store,
                     const std::string& path,
                     const ReadOptions& options,
                     std::vector<Figure>& figures) {
    Draw draw(options.case_count, 1);
    for (const Query& query : queries(draw)) {
        cool(path);
        const auto cold_reader = must(store.open_reader());
        const Timings cold = repeat(cold_samples, [&] { query.run(*cold_reader); });
        const auto reader = must(store.open_reader());
        static_cast<void>(repeat(options.samples, [&] { query.run(*reader); }));
        const Timings warm = repeat(options.samples, [&] { query.run(*reader); });
        figures.push_back(figure_of(query.name + ", warm", warm, query.p99_aim_us));
        figures.push_back(figure_of(query.name + ", cold", cold, query.cold_p99_aim_us));
    }
}

void measure_check(SqliteStore& store, const ReadOptions& options, std::vector<Figure>& figures) {
    const auto begin = Clock::now();
    must(store.check_integrity());
    Figure check;
    check.name = "the store's own check of everything";
    check.value = static_cast<double>(options.case_count * records_per_case) / seconds_since(begin);
    check.unit = "records/s";
    figures.push_back(check);
}

void measure_spread_commits(SqliteStore& store, Workload& workload, std::vector<Figure>& figures) {
    Draw draw(workload.case_count(), 2);
    for (const std::size_t commands : {std::size_t{1}, std::size_t{64}}) {
        const Timings timings = repeat_for(std::chrono::seconds(3), [&] {
            Commit commit;
            for (std::size_t count = 0; count < commands; ++count) {
                workload.transition(draw.next(), commit);
            }
            must(store.commit(commit));
        });
        Figure figure;
        figure.name = fmt::format("commands over all cases, {} a commit", commands);
        figure.value = timings.rate() * static_cast<double>(commands);
        figure.unit = "commands/s";
        figure.timings = timings;
        figures.push_back(figure);
    }
}

}  // namespace

std::vector<Figure> measure_reads(const ReadOptions& options) {
    constexpr double bytes_per_record_aim = 5.0 * (1u << 30) / 20e6;
    const std::string path = options.folder + "/reads.db";
    std::vector<Figure> figures;
    Workload workload(options.case_count);
    {
        SqliteOptions filling;
        // Only for filling: what is measured later syncs every commit.
        filling.sync = StoreSync::normal;
        filling.log_pages_max = 131'072;
        filling.checkpoint_pages = 65'536;
        filling.checkpoint_pages_busy = 65'536;
        filling.writer_cache_kib = 524'288;
        const auto store = must(SqliteStore::open(path, filling));
        const auto begin = Clock::now();
        fill(*store, workload);
        Figure figure;
        figure.name = fmt::format("filling with {} cases of 20 records", options.case_count);
        figure.value =
            static_cast<double>(options.case_count * records_per_case) / seconds_since(begin);
        figure.unit = "records/s";
        figures.push_back(figure);
    }
    Figure size;
    size.name = "bytes in the file for each record";
    size.value = static_cast<double>(std::filesystem::file_size(path)) /
                 static_cast<double>(options.case_count * records_per_case);
    size.unit = "bytes";
    size.aim = fmt::format("<= {:.0f} (5 GiB for 20 M)", bytes_per_record_aim);
    size.reached = size.value <= bytes_per_record_aim;
    figures.push_back(size);

    const auto store = must(SqliteStore::open(path, {}));
    measure_queries(*store, path, options, figures);
    measure_verification(*store, figures);
    measure_check(*store, options, figures);
    measure_spread_commits(*store, workload, figures);
    return figures;
}

}  // namespace guildmark::bench
