#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/xml/diagnostics.h"

namespace guildmark::reports {

/// The texts of one language, by id; immutable.
class Messages {
public:
    Messages(std::string language, std::map<std::string, std::string, std::less<>> texts)
        : language_(std::move(language)), texts_(std::move(texts)) {}

    [[nodiscard]] const std::string& language() const { return language_; }

    /// The text of `id`; the id itself where the language lacks it, so that nothing is blank.
    [[nodiscard]] std::string text(std::string_view id) const;

    /// The text of "`prefix`.`id`"; `id` where the language lacks it.
    [[nodiscard]] std::string text(std::string_view prefix, std::string_view id) const;

    [[nodiscard]] bool has(std::string_view id) const { return texts_.contains(id); }

    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const {
        return texts_;
    }

private:
    std::string language_;
    std::map<std::string, std::string, std::less<>> texts_;
};

/// A language's file, as it stands in reports/messages.
struct MessageFile {
    std::string language;
    std::string bytes;
};

/// The files that stand in the program, by language.
[[nodiscard]] const std::vector<MessageFile>& embedded_messages();

/// The same of what stands on certificates, in reports/messages/certificate.
[[nodiscard]] const std::vector<MessageFile>& embedded_certificate_messages();

/// Reads one language's file. Nothing is returned when `diagnostics` gained an error.
/// Errors, as diagnostics: those of read_xml; element_unknown, attribute_missing, message_repeated.
[[nodiscard]] std::optional<Messages> read_messages(std::string_view bytes,
                                                    const std::string& file,
                                                    Diagnostics& diagnostics);

/// The embedded messages for a BCP 47 tag: of that language, else of its base language ("pt" for
/// "pt-BR"), else in English.
[[nodiscard]] Messages messages_in(std::string_view language);

/// The same of what stands on certificates.
[[nodiscard]] Messages certificate_messages_in(std::string_view language);

/// `text` with each "{name}" that is one of `values` replaced by its value.
[[nodiscard]] std::string filled(
    std::string_view text, const std::vector<std::pair<std::string_view, std::string>>& values);

}  // namespace guildmark::reports
