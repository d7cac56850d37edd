#include "engine/cases/people.h"

#include <algorithm>

namespace guildmark {
namespace {

char lower_letter(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is_same_word(std::string_view left, std::string_view right) {
    return !right.empty() && std::ranges::equal(left, right, {}, lower_letter, lower_letter);
}

std::string_view without_blanks(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r");
    const auto end = text.find_last_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, end + 1 - begin);
}

std::vector<std::string> entries_of(const Value& values, const std::vector<std::string>& fields) {
    std::vector<std::string> entries;
    for (const std::string& field : fields) {
        const std::string text = values.text_or(field, "");
        for (const std::string_view entry : listed_in(text)) {
            entries.emplace_back(entry);
        }
    }
    return entries;
}

std::vector<PersonId> called(const Organisation& organisation, std::string_view entry) {
    std::vector<PersonId> people;
    for (const auto& [person, member] : organisation.members) {
        if (is_called(entry, member.name, member.email)) {
            people.push_back(person);
        }
    }
    return people;
}

}  // namespace

std::vector<std::string_view> listed_in(std::string_view text) {
    std::vector<std::string_view> entries;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(",;\n", begin), text.size());
        const std::string_view entry = without_blanks(text.substr(begin, end - begin));
        if (!entry.empty()) {
            entries.push_back(entry);
        }
        begin = end + 1;
    }
    return entries;
}

bool is_called(std::string_view entry, std::string_view name, std::string_view email) {
    return is_same_word(entry, name) || is_same_word(entry, email);
}

bool is_competence_area(std::string_view area) {
    return !area.empty() && area.size() <= 64 && std::ranges::all_of(area, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               letter == '-' || letter == '.';
    });
}

std::vector<std::string> without_role(const Organisation& organisation,
                                      const Value& values,
                                      const std::vector<std::string>& fields,
                                      std::string_view role) {
    std::vector<std::string> without = entries_of(values, fields);
    std::erase_if(without, [&](const std::string& entry) {
        return std::ranges::any_of(called(organisation, entry), [&](PersonId person) {
            return organisation.has_role(person, role);
        });
    });
    return without;
}

std::vector<std::string> uncovered_areas(const Organisation& organisation,
                                         const Value& values,
                                         const std::vector<std::string>& fields,
                                         std::string_view needed,
                                         Date day) {
    std::vector<PersonId> team;
    for (const std::string& entry : entries_of(values, fields)) {
        std::ranges::copy(called(organisation, entry), std::back_inserter(team));
    }
    std::vector<std::string> uncovered;
    for (const std::string_view area : listed_in(needed)) {
        const bool is_covered = std::ranges::any_of(team, [&](PersonId person) {
            const auto found = organisation.competences.find({person, std::string(area)});
            return found != organisation.competences.end() && found->second.holds_on(day);
        });
        if (!is_covered) {
            uncovered.emplace_back(area);
        }
    }
    return uncovered;
}

}  // namespace guildmark
