#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildmark {

/// One text in several languages, keyed by BCP 47 tags such as "en", "zh" or "pt-BR".
class LocalizedText {
public:
    /// Sets the text of one language; the first one set is the default.
    void set(std::string language, std::string text);

    /// The text in `language`; where there is none, in its base language ("pt" for "pt-BR"), else
    /// in the default language; empty when no language was set.
    [[nodiscard]] const std::string& in(std::string_view language) const;

    [[nodiscard]] bool has(std::string_view language) const;

    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const {
        return texts_;
    }

    bool operator==(const LocalizedText&) const = default;

private:
    std::vector<std::pair<std::string, std::string>> texts_;
};

}  // namespace guildmark
