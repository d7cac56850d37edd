#include "adapters/script/message.h"

#include <cstring>

namespace guildmark::script {

void append_text(std::string& message, std::string_view text) {
    const auto size = static_cast<Header>(text.size());
    char bytes[sizeof size];
    std::memcpy(bytes, &size, sizeof size);
    message.append(bytes, sizeof size);
    message += text;
}

std::optional<char> MessageReader::take_letter() {
    if (rest_.empty()) {
        return std::nullopt;
    }
    const char letter = rest_.front();
    rest_.remove_prefix(1);
    return letter;
}

std::optional<std::string_view> MessageReader::take_text() {
    Header size = 0;
    if (rest_.size() < sizeof size) {
        return std::nullopt;
    }
    std::memcpy(&size, rest_.data(), sizeof size);
    rest_.remove_prefix(sizeof size);
    if (size > rest_.size()) {
        return std::nullopt;
    }
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
}

}  // namespace guildmark::script
