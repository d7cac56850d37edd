#include "engine/standard/standard.h"

#include <algorithm>

namespace guildmark {

const Requirement* Standard::find_requirement(std::string_view number) const {
    const auto found = std::ranges::find(requirements, number, &Requirement::id);
    return found == requirements.end() ? nullptr : &*found;
}

std::vector<std::string> Standard::requirements_under(std::string_view prefix) const {
    std::vector<std::string> numbers;
    for (const Requirement& requirement : requirements) {
        const std::string& number = requirement.id;
        const bool under = number.starts_with(prefix) &&
                           (number.size() == prefix.size() || number[prefix.size()] == '.');
        if (!prefix.empty() && under) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

}  // namespace guildmark
