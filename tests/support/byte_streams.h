#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/ports/blob_store.h"

namespace guildmark::tests {

/// Gives the bytes of a text, at most `piece_bytes` with each read.
class TextStream : public ByteStream {
public:
    explicit TextStream(std::string bytes, std::size_t piece_bytes = 64u << 10)
        : bytes_(std::move(bytes)), piece_bytes_(piece_bytes) {}

    /// Makes read number `read` (from 1) fail with `error`.
    void fail_at(unsigned read, Error error);

    Result<std::size_t> read(std::span<char> buffer) override;

private:
    std::string bytes_;
    std::size_t piece_bytes_;
    std::size_t offset_ = 0;
    unsigned reads_ = 0;
    unsigned failing_read_ = 0;
    std::optional<Error> failure_;
};

/// Reads a stream to its end.
[[nodiscard]] Result<std::string> read_all(ByteStream& stream);

}  // namespace guildmark::tests
