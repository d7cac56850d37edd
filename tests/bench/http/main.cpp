#include <cstdio>
#include <filesystem>
#include <string>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "engine/base/ensure.h"
#include "tests/bench/http/commands.h"
#include "tests/bench/http/reads.h"
#include "tests/bench/practice/practice.h"
#include "tests/bench/practice/verification.h"

namespace {

using guildmark::bench::Figure;
using guildmark::bench::Practice;

struct Options {
    std::string folder;
    std::string store;
    std::uint64_t cases = 20'000;
    std::size_t rounds = 3;
    bool json = false;
    bool commands = true;
    bool reads = true;
};

void verify(const Practice& practice, std::vector<Figure>& figures) {
    auto store = guildmark::SqliteStore::open(practice.store_path(), {});
    ENSURE(store.has_value(), "the store opens");
    guildmark::bench::measure_verification(**store, figures);
}

int run(const Options& options) {
    // On the disk that is asked about, which is seldom that of temporary files.
    std::filesystem::create_directories(options.folder);
    ENSURE(std::filesystem::is_empty(options.folder), "a benchmark needs an empty folder");
    std::vector<Figure> figures;
    // A table grows as it is measured: some of it takes minutes.
    const auto tell = [&] {
        if (!options.json) {
            guildmark::bench::print("http", figures, false);
            std::fflush(stdout);
            figures.clear();
        }
    };
    const std::string data = options.store.empty() ? options.folder + "/data" : options.store;
    const Practice practice = Practice::open(data, options.cases, figures);
    if (options.reads) {
        tell();
        guildmark::bench::measure_pages(practice, figures);
        tell();
        guildmark::bench::measure_case_reads(practice, options.folder, figures);
        tell();
        verify(practice, figures);
        tell();
    }
    if (options.commands) {
        guildmark::bench::measure_commands(
            practice, {options.folder, options.rounds, std::chrono::milliseconds(1'500)}, figures);
    }
    options.json ? guildmark::bench::print("http", figures, true) : tell();
    std::filesystem::remove_all(options.folder);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    options.folder =
        (std::filesystem::current_path() / ("bench-http-" + std::to_string(::getpid()))).string();
    CLI::App app{"Measures a server in a process of its own, on real cases."};
    app.add_option("--folder", options.folder, "An empty or new folder on the disk to measure");
    app.add_option(
        "--store", options.store, "A data folder to fill, keep, and use again in the next run");
    app.add_option("--cases", options.cases, "How many cases of 20 records there are")
        ->check(CLI::Range(1'000, 10'000'000));
    app.add_option("--rounds", options.rounds, "How often the commands are measured");
    app.add_flag("--json", options.json, "JSON instead of a table");
    bool only_commands = false;
    bool only_reads = false;
    app.add_flag("--only-commands", only_commands, "Leave the reads out");
    app.add_flag("--only-reads", only_reads, "Leave the commands out")->excludes("--only-commands");
    CLI11_PARSE(app, argc, argv);
    options.commands = !only_reads;
    options.reads = !only_commands;
    return run(options);
}
