#include "engine/audit/draw.h"

#include <algorithm>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "engine/base/text.h"

// Every lot is drawn from candidates in the order of their ids' bytes, so that the order of the
// list and of the rule's criteria does not matter to it.

namespace guildmark::audit {
namespace {

constexpr std::string_view stream_name = "guildmark-draw-1\n";

std::string_view bytes_of(const Digest& digest) {
    const void* begin = digest.bytes.data();
    return {static_cast<const char*>(begin), digest.bytes.size()};
}

/// Whether a unit meets a criterion; nothing when its value cannot be read.
std::optional<bool> meets(const SampleCriterion& criterion,
                          const std::string& text,
                          const std::optional<Fraction>& largest) {
    switch (criterion.test) {
        case CriterionTest::empty:
            return text.empty();
        case CriterionTest::yes:
            if (text == "yes" || text == "true" || text == "1") {
                return true;
            }
            return text.empty() || text == "no" || text == "false" || text == "0"
                       ? std::optional<bool>(false)
                       : std::nullopt;
        case CriterionTest::at_least:
        case CriterionTest::largest:
            break;
    }
    if (text.empty()) {
        return false;
    }
    const auto number = Fraction::parse(text);
    if (!number) {
        return std::nullopt;
    }
    return criterion.test == CriterionTest::at_least ? *number >= criterion.value
                                                     : largest && *number == *largest;
}

/// The largest number above 0 in a column.
std::optional<Fraction> largest_of(const SampleUnits& units, const std::string& field) {
    std::optional<Fraction> largest;
    for (const SampleUnit& unit : units.units) {
        const auto text = unit.fields.find(field);
        const auto number =
            text == unit.fields.end() ? Fraction::parse("") : Fraction::parse(text->second);
        if (number && *number > Fraction() && (!largest || *number > *largest)) {
            largest = *number;
        }
    }
    return largest;
}

void score_by(const SampleCriterion& criterion,
              const SampleUnits& units,
              Scores& scores,
              Diagnostics& diagnostics) {
    const auto largest = criterion.test == CriterionTest::largest
                             ? largest_of(units, criterion.field)
                             : std::nullopt;
    for (std::size_t at = 0; at < units.units.size(); ++at) {
        const SampleUnit& unit = units.units[at];
        const auto found = unit.fields.find(criterion.field);
        const std::string text = found == unit.fields.end() ? std::string() : found->second;
        const auto met = meets(criterion, text, largest);
        if (!met) {
            diagnostics.error(
                unit.place,
                "value_malformed",
                fmt::format("\"{}\" of \"{}\" is \"{}\", not {}",
                            criterion.field,
                            unit.id,
                            beginning(text, 40),
                            criterion.test == CriterionTest::yes ? "yes or no" : "a number"));
        } else if (*met) {
            scores.units[at].points += criterion.points;
            scores.units[at].reasons.push_back(&criterion);
        }
    }
}

/// The indices of all units in the order of their ids' bytes.
std::vector<std::size_t> in_order_of_id(const SampleUnits& units) {
    std::vector<std::size_t> order(units.units.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&units](std::size_t left, std::size_t right) {
        return units.units[left].id < units.units[right].id;
    });
    return order;
}

/// Takes `count` of the candidates by lot, in the order they are drawn.
void draw_from(std::vector<std::size_t> candidates,
               std::uint64_t count,
               Choice choice,
               LotStream& stream,
               std::vector<Chosen>& chosen) {
    for (; count > 0; --count) {
        const std::size_t size = candidates.size();
        const auto place = static_cast<std::ptrdiff_t>(stream.below(size));
        chosen.push_back({candidates[static_cast<std::size_t>(place)], choice, size});
        candidates.erase(candidates.begin() + place);
    }
}

}  // namespace

std::optional<Scores> score_units(const SampleRule& rule,
                                  const SampleUnits& units,
                                  Diagnostics& diagnostics) {
    Scores scores;
    scores.units.resize(units.units.size());
    Diagnostics found;
    for (const SampleCriterion& criterion : rule.criteria) {
        if (units.has_field(criterion.field)) {
            score_by(criterion, units, scores, found);
        } else {
            scores.not_looked_at.push_back(&criterion);
        }
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::optional<Scores>(std::move(scores));
}

LotStream::LotStream(const Digest& seed, const Digest& frame, std::string_view addition) {
    Sha256 sha;
    sha.add(stream_name);
    sha.add(bytes_of(seed));
    sha.add(bytes_of(frame));
    sha.add(addition);
    key_ = sha.finish();
}

std::uint64_t LotStream::next() {
    constexpr std::size_t numbers_per_block = 4;
    constexpr std::size_t number_bytes = 8;
    if (taken_ == numbers_per_block) {
        std::string counter(number_bytes, '\0');
        for (std::size_t at = 0; at < number_bytes; ++at) {
            counter[at] = static_cast<char>(counter_ >> (8 * (number_bytes - 1 - at)) & 0xFFu);
        }
        Sha256 sha;
        sha.add(bytes_of(key_));
        sha.add(counter);
        block_ = sha.finish();
        ++counter_;
        taken_ = 0;
    }
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < number_bytes; ++at) {
        number = number << 8 | block_.bytes[taken_ * number_bytes + at];
    }
    ++taken_;
    return number;
}

std::uint64_t LotStream::below(std::uint64_t bound) {
    ENSURE(bound > 0, "a number below 0 cannot be drawn");
    // 2^64 modulo the bound: so many of the highest numbers are passed over, and the others are
    // spread evenly. That happens with a chance of bound / 2^64, so the loop ends.
    const std::uint64_t surplus = (0 - bound) % bound;
    std::uint64_t number = next();
    while (number > ~std::uint64_t{0} - surplus) {
        number = next();
    }
    return number % bound;
}

Digest frame_digest(const SampleUnits& units) {
    Sha256 sha;
    for (const std::size_t at : in_order_of_id(units)) {
        sha.add(units.units[at].id);
        sha.add("\n");
    }
    return sha.finish();
}

Digest commitment_to(const Digest& seed) {
    return sha256(bytes_of(seed));
}

std::vector<Chosen> draw_sample(const SampleUnits& units,
                                const Scores& scores,
                                const DrawRequest& request) {
    ENSURE(request.count <= units.units.size(), "no more are drawn than there are");
    ENSURE(request.random <= request.count, "a part is not larger than the whole");
    std::vector<Chosen> chosen;
    const std::vector<std::size_t> order = in_order_of_id(units);
    if (request.count == units.units.size()) {
        for (const std::size_t at : order) {
            chosen.push_back({at, Choice::every, 0});
        }
        return chosen;
    }
    LotStream stream(request.seed, frame_digest(units), request.addition);
    std::map<std::uint64_t, std::vector<std::size_t>, std::greater<>> by_points;
    for (const std::size_t at : order) {
        if (scores.units[at].points > 0) {
            by_points[scores.units[at].points].push_back(at);
        }
    }
    std::uint64_t places = request.count - request.random;
    for (const auto& [points, group] : by_points) {
        if (group.size() > places) {
            draw_from(group, places, Choice::purpose_by_lot, stream, chosen);
            break;
        }
        for (const std::size_t at : group) {
            chosen.push_back({at, Choice::purpose, 0});
        }
        places -= group.size();
    }
    std::vector<bool> is_chosen(units.units.size(), false);
    for (const Chosen& one : chosen) {
        is_chosen[one.unit] = true;
    }
    std::vector<std::size_t> left;
    std::ranges::copy_if(
        order, std::back_inserter(left), [&is_chosen](std::size_t at) { return !is_chosen[at]; });
    draw_from(std::move(left), request.count - chosen.size(), Choice::lot, stream, chosen);
    return chosen;
}

}  // namespace guildmark::audit
