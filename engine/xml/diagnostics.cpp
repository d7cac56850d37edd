#include "engine/xml/diagnostics.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "engine/base/limits.h"

namespace guildmark {
namespace {

/// Levenshtein distance, one row at a time.
std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] =
                std::min({above + 1, row[j] + 1, diagonal + (left[i] == right[j] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

}  // namespace

std::string Diagnostic::to_text() const {
    std::string text = place.line == 0
                           ? fmt::format("{}: ", place.file)
                           : fmt::format("{}:{}:{}: ", place.file, place.line, place.column);
    text +=
        fmt::format("{}{}: {}", severity == Severity::warning ? "warning: " : "", code, message);
    if (!suggestion.empty()) {
        text += "; " + suggestion;
    }
    return text;
}

void Diagnostics::add(Diagnostic diagnostic) {
    errors_ += diagnostic.severity == Severity::error ? 1 : 0;
    if (items_.size() < limits::diagnostics_max) {
        items_.push_back(std::move(diagnostic));
    } else {
        ++left_out_;
    }
}

void Diagnostics::error(SourcePlace place,
                        std::string code,
                        std::string message,
                        std::string suggestion) {
    add(Diagnostic{Severity::error,
                   std::move(code),
                   std::move(message),
                   std::move(suggestion),
                   std::move(place)});
}

void Diagnostics::warning(SourcePlace place,
                          std::string code,
                          std::string message,
                          std::string suggestion) {
    add(Diagnostic{Severity::warning,
                   std::move(code),
                   std::move(message),
                   std::move(suggestion),
                   std::move(place)});
}

std::vector<Diagnostic> Diagnostics::sorted() const {
    std::vector<Diagnostic> items = items_;
    std::ranges::stable_sort(items, [](const Diagnostic& left, const Diagnostic& right) {
        return std::tie(left.place.file, left.place.line, left.place.column) <
               std::tie(right.place.file, right.place.line, right.place.column);
    });
    return items;
}

std::string Diagnostics::to_text() const {
    std::string text;
    for (const Diagnostic& item : sorted()) {
        text += item.to_text() + "\n";
    }
    if (left_out_ > 0) {
        text += fmt::format("and {} more\n", left_out_);
    }
    return text;
}

std::string suggest(std::string_view word, std::span<const std::string> candidates) {
    std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
    const std::string* nearest = nullptr;
    for (const std::string& candidate : candidates) {
        if (word.size() > 200 || candidate.size() > 200) {
            continue;
        }
        if (const std::size_t distance = edit_distance(word, candidate); distance < best) {
            best = distance;
            nearest = &candidate;
        }
    }
    return nearest == nullptr ? std::string() : fmt::format("did you mean \"{}\"?", *nearest);
}

}  // namespace guildmark
