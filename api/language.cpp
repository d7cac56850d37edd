#include "api/language.h"

#include <algorithm>

#include "api/text.h"

namespace guildmark::api {
namespace {

constexpr std::size_t languages_max = 10;

struct Weighted {
    std::string language;
    int weight = 1000;  ///< In thousandths.
};

/// "0.8" in thousandths; a weight that is none counts as 0.
int weight_of(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) {
        return 0;
    }
    int weight = (text[0] - '0') * 1000;
    int place = 100;
    for (std::size_t index = 2; index < text.size(); ++index, place /= 10) {
        weight += text[index] >= '0' && text[index] <= '9' ? (text[index] - '0') * place : 0;
    }
    return std::min(weight, 1000);
}

bool is_language_tag(std::string_view text) {
    return !text.empty() && text.size() <= 35 &&
           std::all_of(text.begin(), text.end(), [](char letter) {
               return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9') || letter == '-';
           });
}

std::vector<Weighted> accepted(std::string_view header) {
    std::vector<Weighted> found;
    for (const std::string& part : split(header, ',')) {
        const std::string_view entry = trimmed(part);
        const std::size_t semicolon = std::min(entry.find(';'), entry.size());
        const std::size_t equals = entry.find('=', semicolon);
        Weighted weighted{std::string(trimmed(entry.substr(0, semicolon)))};
        if (equals != std::string_view::npos) {
            weighted.weight = weight_of(trimmed(entry.substr(equals + 1)));
        }
        if (is_language_tag(weighted.language) && weighted.weight > 0) {
            found.push_back(std::move(weighted));
        }
        if (found.size() == languages_max) {
            break;
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Weighted& left, const Weighted& right) {
        return left.weight > right.weight;
    });
    return found;
}

}  // namespace

std::vector<std::string> languages_of(const Request& request) {
    std::vector<std::string> languages;
    const std::string* asked = find_text(request.query, "language");
    if (asked != nullptr && is_language_tag(*asked)) {
        languages.push_back(*asked);
    }
    if (const std::string* header = request.find_header("accept-language")) {
        for (Weighted& weighted : accepted(*header)) {
            languages.push_back(std::move(weighted.language));
        }
    }
    return languages;
}

const std::string& text_in(const LocalizedText& text, const std::vector<std::string>& languages) {
    for (const std::string& language : languages) {
        const std::string base = language.substr(0, language.find('-'));
        if (text.has(language) || text.has(base)) {
            return text.in(language);
        }
    }
    return text.in({});
}

}  // namespace guildmark::api
