#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace guildmark::sqlite {

/// A check over the values of one row, kept in its last column `row_check`. SQLite's own integrity
/// check does not see a changed bit inside a value; this one sees every one of up to 64 adjacent
/// bits before it is folded to 32 bits. It guards against broken disks, not against people.
class RowCheck {
public:
    void add(std::uint64_t word) {
        // Each step maps different states to different states, so that a difference stays one.
        state_ = (state_ ^ word) * 0x9E37'79B9'7F4A'7C15u;
        state_ ^= state_ >> 29;
    }

    void add(std::string_view bytes) {
        add(bytes.size());
        for (std::size_t begin = 0; begin < bytes.size(); begin += sizeof(std::uint64_t)) {
            std::uint64_t word = 0;
            std::memcpy(
                &word, bytes.data() + begin, std::min(bytes.size() - begin, sizeof(std::uint64_t)));
            add(word);
        }
    }

    [[nodiscard]] std::int64_t folded() const {
        const auto high = static_cast<std::uint32_t>(state_ >> 32);
        return static_cast<std::int32_t>(high ^ static_cast<std::uint32_t>(state_));
    }

private:
    static_assert(std::endian::native == std::endian::little, "the check is part of the file");
    std::uint64_t state_ = 0xCBF2'9CE4'8422'2325u;
};

}  // namespace guildmark::sqlite
