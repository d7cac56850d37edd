#include "engine/evidence/crosswalk.h"

#include <algorithm>

#include <fmt/format.h>

namespace guildmark::evidence {
namespace {

bool contains(const std::vector<std::string>& numbers, std::string_view number) {
    return std::ranges::find(numbers, number) != numbers.end();
}

/// Adds what is not there yet.
void add_new(std::vector<std::string>& numbers, const std::vector<std::string>& more) {
    for (const std::string& number : more) {
        if (!contains(numbers, number)) {
            numbers.push_back(number);
        }
    }
}

GapItem item_of(const Crosswalk& crosswalk, const std::string& requirement) {
    GapItem item{requirement, std::nullopt, {}, {}};
    for (const Relation& relation : crosswalk.relations) {
        if (!contains(relation.to, requirement)) {
            continue;
        }
        add_new(item.by, relation.from);
        item.served = std::min(item.served.value_or(relation.strength), relation.strength);
        if (relation.strength == Strength::part) {
            item.notes.push_back(&relation.note);
        }
    }
    return item;
}

/// All numbers that relations name on one side.
std::vector<std::string> related(const Crosswalk& crosswalk, bool is_from) {
    std::vector<std::string> numbers;
    for (const Relation& relation : crosswalk.relations) {
        add_new(numbers, is_from ? relation.from : relation.to);
    }
    return numbers;
}

}  // namespace

Crosswalk Crosswalk::reversed() const {
    Crosswalk back{place, to, from, relations, only_to, only_from};
    for (Relation& relation : back.relations) {
        std::swap(relation.from, relation.to);
    }
    return back;
}

std::vector<GapItem> gap_of(const Crosswalk& crosswalk, const Standard& second) {
    std::vector<GapItem> items;
    for (const Requirement& requirement : second.requirements) {
        items.push_back(item_of(crosswalk, requirement.id));
    }
    return items;
}

void check_against_standard(const Crosswalk& crosswalk,
                            std::string_view side,
                            const Standard& standard,
                            Diagnostics& diagnostics) {
    const bool is_from = side == "from";
    const std::vector<std::string> shared = related(crosswalk, is_from);
    const std::vector<std::string>& alone = is_from ? crosswalk.only_from : crosswalk.only_to;
    std::vector<std::string> known;
    for (const Requirement& requirement : standard.requirements) {
        known.push_back(requirement.id);
        if (!contains(shared, requirement.id) && !contains(alone, requirement.id)) {
            diagnostics.error(
                crosswalk.place,
                "requirement_unrelated",
                fmt::format("nothing is said of {} {}: relate it, or name it in <only "
                            "of=\"{}\">",
                            standard.key(),
                            requirement.id,
                            side));
        }
    }
    const auto expect_known = [&](const std::vector<std::string>& numbers,
                                  const SourcePlace& place) {
        for (const std::string& number : numbers) {
            if (!contains(known, number)) {
                diagnostics.error(place,
                                  "requirement_unknown",
                                  fmt::format("{} has no requirement {}", standard.key(), number),
                                  suggest(number, known));
            }
        }
    };
    for (const Relation& relation : crosswalk.relations) {
        expect_known(is_from ? relation.from : relation.to, relation.place);
    }
    expect_known(alone, crosswalk.place);
    for (const std::string& number : alone) {
        if (contains(shared, number)) {
            diagnostics.error(crosswalk.place,
                              "attribute_conflict",
                              fmt::format("{} {} is related, and said to be in one standard only",
                                          standard.key(),
                                          number));
        }
    }
}

}  // namespace guildmark::evidence
