#include "reports/messages/messages.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "engine/xml/document.h"

namespace guildmark::reports {

namespace {

constexpr std::string_view messages_namespace = "urn:guildmark:messages:1";

const MessageFile* find_file(const std::vector<MessageFile>& files, std::string_view language) {
    for (const MessageFile& file : files) {
        if (file.language == language) {
            return &file;
        }
    }
    return nullptr;
}

const MessageFile& choose_file(const std::vector<MessageFile>& files, std::string_view language) {
    for (const std::string_view candidate :
         {language, language.substr(0, language.find('-')), std::string_view("en")}) {
        if (const MessageFile* file = find_file(files, candidate)) {
            return *file;
        }
    }
    ENSURE(false, "en.xml stands in the program");
}

Messages choose(const std::vector<MessageFile>& files, std::string_view language) {
    const MessageFile& file = choose_file(files, language);
    Diagnostics diagnostics;
    auto messages = read_messages(file.bytes, file.language + ".xml", diagnostics);
    ENSURE(messages, "the messages in the program are sound; a test reads each");
    return std::move(*messages);
}

}  // namespace

std::string Messages::text(std::string_view id) const {
    const auto found = texts_.find(id);
    return found == texts_.end() ? std::string(id) : found->second;
}

std::string Messages::text(std::string_view prefix, std::string_view id) const {
    const auto found = texts_.find(fmt::format("{}.{}", prefix, id));
    return found == texts_.end() ? std::string(id) : found->second;
}

std::optional<Messages> read_messages(std::string_view bytes,
                                      const std::string& file,
                                      Diagnostics& diagnostics) {
    const auto root = read_xml(bytes, file, diagnostics);
    if (!root) {
        return std::nullopt;
    }
    Diagnostics found;
    if (!root->is(messages_namespace, "messages")) {
        found.error(root->place, "element_unknown", "a language begins with <messages>");
    }
    if (root->attribute_or("language", "").empty()) {
        found.error(root->place, "attribute_missing", "<messages> needs \"language\"");
    }
    std::map<std::string, std::string, std::less<>> texts;
    for (const XmlElement& child : root->children) {
        const std::string id = child.attribute_or("id", "");
        if (!child.is(messages_namespace, "message")) {
            found.error(child.place,
                        "element_unknown",
                        fmt::format("<{}> may not stand in <messages>", child.name));
        } else if (id.empty()) {
            found.error(child.place, "attribute_missing", "<message> needs \"id\"");
        } else if (!texts.emplace(id, child.text()).second) {
            found.error(child.place, "message_repeated", fmt::format("a second \"{}\"", id));
        }
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors()
               ? std::nullopt
               : std::optional(Messages(root->attribute_or("language", ""), std::move(texts)));
}

Messages messages_in(std::string_view language) {
    return choose(embedded_messages(), language);
}

Messages certificate_messages_in(std::string_view language) {
    return choose(embedded_certificate_messages(), language);
}

std::string filled(std::string_view text,
                   const std::vector<std::pair<std::string_view, std::string>>& values) {
    std::string result;
    while (!text.empty()) {
        const std::size_t begin = std::min(text.find('{'), text.size());
        result += text.substr(0, begin);
        text.remove_prefix(begin);
        const auto value = std::ranges::find_if(values, [&](const auto& item) {
            return text.starts_with(fmt::format("{{{}}}", item.first));
        });
        if (value != values.end()) {
            result += value->second;
            text.remove_prefix(value->first.size() + 2);
        } else if (!text.empty()) {
            result += text.front();
            text.remove_prefix(1);
        }
    }
    return result;
}

}  // namespace guildmark::reports
