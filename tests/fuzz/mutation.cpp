#include "tests/fuzz/mutation.h"

#include <algorithm>

namespace guildmark::fuzz {

Mutator::Mutator(const std::vector<std::string>& seeds,
                 const std::vector<std::string>& words,
                 std::uint64_t seed)
    : seeds_(seeds), words_(words), random_(seed) {}

std::size_t Mutator::pick(std::size_t count) {
    return random_() % count;
}

const std::string& Mutator::one_of(const std::vector<std::string>& texts) {
    return texts[pick(texts.size())];
}

std::string Mutator::input() {
    std::string text = one_of(seeds_);
    // Few changes most of the time: what is wrong at its first byte is refused there.
    for (std::size_t count = std::size_t{1} << pick(4); count > 0; --count) {
        change(text);
        text.resize(std::min(text.size(), input_bytes_max));
        text += text.empty() ? "\n" : "";
    }
    return text;
}

void Mutator::change(std::string& text) {
    switch (pick(8)) {
        case 0:
        case 1:
            exchange(text, "\"'", "\"'");
            break;
        case 2:
        case 3:
            exchange(text, "<", ">");
            break;
        case 4:
            text.insert(pick(text.size() + 1), one_of(words_));
            break;
        default:
            change_bytes(text);
    }
}

void Mutator::change_bytes(std::string& text) {
    const std::size_t at = pick(text.size());
    switch (pick(5)) {
        case 0:
            text[at] = static_cast<char>(pick(256));
            break;
        case 1:
            text.insert(at, 1, static_cast<char>(pick(128)));
            break;
        case 2:
            text.erase(at, 1 + pick(32));
            break;
        case 3:
            text.insert(at, text.substr(pick(text.size()), 1 + pick(200)));
            break;
        default: {
            const std::string& other = one_of(seeds_);
            text.insert(at, other.substr(pick(other.size()), 1 + pick(200)));
        }
    }
}

/// From an opening character to a closing one not far behind it, both left out; else nothing.
Mutator::Piece Mutator::piece(const std::string& text,
                              std::string_view opening,
                              std::string_view closing) {
    const std::size_t begin = text.find_first_of(opening, pick(text.size()));
    if (begin == std::string::npos) {
        return {};
    }
    std::size_t end = text.find_first_of(closing, begin + 1);
    // Some markup together: from the "<" of one element to the ">" of a later one.
    for (std::size_t more = closing == ">" ? pick(3) : 0; more > 0 && end != std::string::npos;
         --more) {
        end = text.find_first_of(closing, end + 1);
    }
    return end == std::string::npos ? Piece{} : Piece{begin + 1, end - begin - 1};
}

void Mutator::exchange(std::string& text, std::string_view opening, std::string_view closing) {
    const std::string& other = pick(2) == 0 ? text : one_of(seeds_);
    const Piece from = piece(other, opening, closing);
    const Piece to = piece(text, opening, closing);
    if (to.at != 0 && from.at != 0) {
        const std::string taken = other.substr(from.at, from.size);
        text.replace(to.at, to.size, taken);
    }
}

}  // namespace guildmark::fuzz
