#include "engine/workflow/localized_text.h"

#include <algorithm>

namespace guildmark {
namespace {

using Texts = std::vector<std::pair<std::string, std::string>>;

auto find_language(const Texts& texts, std::string_view language) {
    return std::ranges::find(texts, language, &Texts::value_type::first);
}

}  // namespace

void LocalizedText::set(std::string language, std::string text) {
    const auto found = std::ranges::find(texts_, language, &Texts::value_type::first);
    if (found != texts_.end()) {
        found->second = std::move(text);
        return;
    }
    texts_.emplace_back(std::move(language), std::move(text));
}

const std::string& LocalizedText::in(std::string_view language) const {
    static const std::string none;
    if (const auto exact = find_language(texts_, language); exact != texts_.end()) {
        return exact->second;
    }
    const auto base = find_language(texts_, language.substr(0, language.find('-')));
    if (base != texts_.end()) {
        return base->second;
    }
    return texts_.empty() ? none : texts_.front().second;
}

bool LocalizedText::has(std::string_view language) const {
    return find_language(texts_, language) != texts_.end();
}

}  // namespace guildmark
