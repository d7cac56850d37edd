#include "tests/support/byte_streams.h"

#include <algorithm>

namespace guildmark::tests {

void TextStream::fail_at(unsigned read, Error error) {
    failing_read_ = read;
    failure_ = std::move(error);
}

Result<std::size_t> TextStream::read(std::span<char> buffer) {
    ++reads_;
    if (failure_ && reads_ == failing_read_) {
        return *failure_;
    }
    const std::size_t count = std::min({buffer.size(), piece_bytes_, bytes_.size() - offset_});
    std::copy_n(bytes_.data() + offset_, count, buffer.data());
    offset_ += count;
    return count;
}

Result<std::string> read_all(ByteStream& stream) {
    std::string bytes;
    std::string buffer(1000, '\0');
    while (const std::size_t count = TRY(stream.read(buffer))) {
        bytes.append(buffer, 0, count);
    }
    return bytes;
}

}  // namespace guildmark::tests
