#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/ports/blob_store.h"

namespace guildmark::api {

/// Passes bytes on and keeps the first 64 KiB, from which a media type is told.
class HeadKeepingStream : public ByteStream {
public:
    /// `source` must outlive it.
    explicit HeadKeepingStream(ByteStream& source) : source_(source) {}

    Result<std::size_t> read(std::span<char> buffer) override {
        const std::size_t count = TRY(source_.read(buffer));
        const std::size_t wanted = std::min(count, head_bytes_max - head_.size());
        head_.append(buffer.data(), wanted);
        return count;
    }

    [[nodiscard]] std::string_view head() const { return head_; }

private:
    static constexpr std::size_t head_bytes_max = 64u << 10;

    ByteStream& source_;
    std::string head_;
};

}  // namespace guildmark::api
