// Runs a target without libFuzzer: its seeds as they are, then inputs made of them, each by its
// number alone, so that one that fails is had again by that number.
//
//   fuzz_NAME --inputs COUNT        inputs 0 to COUNT - 1
//   fuzz_NAME --input NUMBER        that input
//   fuzz_NAME --print NUMBER        writes that input to standard output
//   fuzz_NAME --seeds FOLDER        writes the seeds, and words.dict, for libFuzzer
//   fuzz_NAME FILE...               inputs from files
#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sanitizer/common_interface_defs.h>
#include <unistd.h>

#include <fmt/format.h>

#include "tests/fuzz/mutation.h"
#include "tests/fuzz/target.h"

namespace guildmark::fuzz {
namespace {

/// Longer than any input takes on the slowest machine: what takes it hangs.
constexpr unsigned seconds_per_input_max = 120;

std::array<char, 256> current_input{};

/// Told when the program ends by what the input did.
void tell_input() {
    const std::string_view text = current_input.data();
    static_cast<void>(!write(STDERR_FILENO, text.data(), text.size()));
}

void end_by_signal(int signal) {
    tell_input();
    std::signal(signal, SIG_DFL);
    static_cast<void>(std::raise(signal));
}

void watch() {
    __sanitizer_set_death_callback(tell_input);
    for (const int signal : {SIGABRT, SIGALRM}) {
        std::signal(signal, end_by_signal);
    }
}

void try_input(std::string_view name, const std::string& input) {
    const auto end =
        fmt::format_to_n(current_input.data(), current_input.size() - 1, "\nThis was {}.\n", name);
    *end.out = '\0';
    alarm(seconds_per_input_max);
    // A copy of exactly that size, so that reading past its end is seen.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    alarm(0);
}

class Inputs {
public:
    [[nodiscard]] std::string input(std::size_t number) const {
        return number < seeds_.size() ? seeds_[number] : Mutator(seeds_, words_, number).input();
    }

    void try_one(std::size_t number) const {
        try_input(fmt::format("input {}", number), input(number));
    }

    void write(const std::string& folder) const {
        std::filesystem::create_directories(folder + "/seeds");
        for (std::size_t number = 0; number < seeds_.size(); ++number) {
            std::ofstream(fmt::format("{}/seeds/{}", folder, number), std::ios::binary)
                << seeds_[number];
        }
        std::ofstream dictionary(folder + "/words.dict");
        for (const std::string& word : words_) {
            dictionary << '"';
            for (const char character : word) {
                dictionary << fmt::format("\\x{:02x}", static_cast<unsigned char>(character));
            }
            dictionary << "\"\n";
        }
    }

private:
    const std::vector<std::string> seeds_ = seeds();
    const std::vector<std::string> words_ = words();
};

int run_inputs(const Inputs& inputs, std::size_t count) {
    for (std::size_t number = 0; number < count; ++number) {
        inputs.try_one(number);
    }
    int status = count > 0 ? 0 : 1;
    fmt::print("{} inputs", count);
    for (const Goal& goal : goals()) {
        const std::size_t reached = count_reached(goal.name);
        fmt::print(", {} {}", reached, goal.name);
        if (reached * 1000 < count * goal.per_thousand) {
            fmt::print(" (fewer than {} of 1,000)", goal.per_thousand);
            status = 1;
        }
    }
    fmt::print("\n");
    return status;
}

int run_files(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
        std::ifstream file(path, std::ios::binary);
        if (!file) {
            fmt::print(stderr, "{} cannot be read\n", path);
            return 2;
        }
        try_input(path, {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
    }
    fmt::print("{} inputs\n", paths.size());
    return 0;
}

int run(const std::vector<std::string>& arguments) {
    const std::string option = arguments.empty() ? "" : arguments[0];
    if (!option.empty() && !option.starts_with("--")) {
        return run_files(arguments);
    }
    const std::string value = arguments.size() == 2 ? arguments[1] : "";
    if (option == "--seeds" && !value.empty()) {
        Inputs().write(value);
        return 0;
    }
    std::size_t number = 0;
    const auto end = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || end.ptr != value.data() + value.size()) {
        fmt::print(stderr, "say: --inputs COUNT | --input NUMBER | --print NUMBER | FILE...\n");
        return 2;
    }
    const Inputs inputs;
    if (option == "--inputs") {
        return run_inputs(inputs, number);
    }
    if (option == "--print") {
        const std::string input = inputs.input(number);
        std::fwrite(input.data(), 1, input.size(), stdout);
    } else {
        inputs.try_one(number);
    }
    return 0;
}

}  // namespace
}  // namespace guildmark::fuzz

int main(int count, char** arguments) {
    guildmark::fuzz::watch();
    return guildmark::fuzz::run({arguments + 1, arguments + count});
}
