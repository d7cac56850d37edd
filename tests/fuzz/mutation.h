#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace guildmark::fuzz {

/// Makes inputs out of others: bytes and words changed, put in, taken out and repeated, quoted
/// values and pieces of markup exchanged between them. The same seed makes the same input, on every
/// machine.
class Mutator {
public:
    /// REQUIRES: `seeds` and `words` are not empty, and outlive the mutator.
    Mutator(const std::vector<std::string>& seeds,
            const std::vector<std::string>& words,
            std::uint64_t seed);

    /// An input of 1 to input_bytes_max bytes.
    std::string input();

    static constexpr std::size_t input_bytes_max = 64u << 10;

private:
    struct Piece {
        std::size_t at = 0;
        std::size_t size = 0;
    };

    std::size_t pick(std::size_t count);
    const std::string& one_of(const std::vector<std::string>& texts);
    void change(std::string& text);
    void change_bytes(std::string& text);
    void exchange(std::string& text, std::string_view opening, std::string_view closing);
    Piece piece(const std::string& text, std::string_view opening, std::string_view closing);

    const std::vector<std::string>& seeds_;
    const std::vector<std::string>& words_;
    std::mt19937_64 random_;
};

}  // namespace guildmark::fuzz
