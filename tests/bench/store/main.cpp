#include <filesystem>
#include <string>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "adapters/store/sqlite/store.h"
#include "engine/base/ensure.h"
#include "tests/bench/store/commits.h"
#include "tests/bench/store/reads.h"
#include "tests/support/temporary_folder.h"

namespace {

using guildmark::bench::Figure;

struct Options {
    std::string folder;
    std::uint64_t cases = 100'000;
    std::size_t rounds = 3;
    std::size_t log_pages = guildmark::SqliteOptions().log_pages_max;
    bool json = false;
    bool commits = true;
    bool reads = true;
};

int run(const Options& options) {
    // On the disk that is asked about, which is seldom that of temporary files.
    std::filesystem::create_directories(options.folder);
    ENSURE(std::filesystem::is_empty(options.folder), "a benchmark needs an empty folder");
    std::vector<Figure> figures;
    if (options.commits) {
        figures = guildmark::bench::measure_commits(
            options.folder, options.rounds, std::chrono::milliseconds(1'500), options.log_pages);
    }
    if (options.reads) {
        for (Figure& figure : guildmark::bench::measure_reads({options.folder, options.cases})) {
            figures.push_back(std::move(figure));
        }
    }
    guildmark::bench::print("store", figures, options.json);
    std::filesystem::remove_all(options.folder);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    options.folder =
        (std::filesystem::current_path() / ("bench-store-" + std::to_string(::getpid()))).string();
    CLI::App app{"Measures the store against the disk and against bare SQLite."};
    app.add_option("--folder", options.folder, "An empty or new folder on the disk to measure");
    app.add_option("--cases", options.cases, "How many cases of 20 records the reads go over");
    app.add_option("--rounds", options.rounds, "How often the commits are measured");
    app.add_option(
        "--log-pages", options.log_pages, "The store's cap on its log, in pages of 4 KiB");
    app.add_flag("--json", options.json, "JSON instead of a table");
    bool only_commits = false;
    bool only_reads = false;
    app.add_flag("--only-commits", only_commits, "Leave the reads out");
    app.add_flag("--only-reads", only_reads, "Leave the commits out");
    CLI11_PARSE(app, argc, argv);
    options.commits = !only_reads;
    options.reads = !only_commits;
    return run(options);
}
