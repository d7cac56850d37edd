#include "adapters/script/message.h"

#include <algorithm>
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

std::string framed(std::string_view message) {
    std::string out;
    append_text(out, message);
    return out;
}

std::size_t FrameReader::announced() const {
    Header size = 0;
    std::memcpy(&size, bytes_.data(), sizeof size);
    return size;
}

std::span<char> FrameReader::space() {
    constexpr std::size_t room = 4096;
    const std::size_t frame = filled_ < sizeof(Header) ? 0 : sizeof(Header) + announced();
    bytes_.resize(std::max(frame, filled_ + room));
    return {bytes_.data() + filled_, bytes_.size() - filled_};
}

bool FrameReader::is_too_large() const {
    return filled_ >= sizeof(Header) && announced() > message_bytes_max;
}

std::optional<std::string> FrameReader::take() {
    if (filled_ < sizeof(Header) || filled_ < sizeof(Header) + announced()) {
        return std::nullopt;
    }
    const std::size_t end = sizeof(Header) + announced();
    std::string message = bytes_.substr(sizeof(Header), end - sizeof(Header));
    bytes_.erase(0, end);
    filled_ -= end;
    return message;
}

}  // namespace guildmark::script
