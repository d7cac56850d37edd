// One bit of a closed database file is turned over, at any byte. Opening, the store's own check and
// the hash chains find it, or everything that can be read is as it was written.
#include <algorithm>
#include <cstdio>

#include <gtest/gtest.h>

#include "tests/faults/story.h"

namespace guildmark::tests {
namespace {

constexpr std::uint64_t flips_usual = 1'000;

enum class Finding { refused, failed_check, unreadable, harmless, silent };

class BitFlip : public testing::Test {
protected:
    static constexpr const char* vfs = "bit-flip";

    BitFlip() {
        disk_.load({});
        {
            const auto store = open_on(vfs);
            for (const auto& step : story_.steps()) {
                EXPECT_TRUE(step(**store));
            }
        }
        written_ = disk_.image();
    }

    Finding flip(std::size_t byte, unsigned bit) {
        FaultDisk::Image image = written_;
        char& flipped = image.at("guildmark.db")[byte];
        flipped = static_cast<char>(static_cast<unsigned char>(flipped) ^ (1u << bit));
        disk_.load(std::move(image));
        const auto store = open_on(vfs);
        if (!store) {
            return Finding::refused;
        }
        if (!first_fault(**store).empty()) {
            return Finding::failed_check;
        }
        const auto contents = story_.read(**store);
        if (!contents) {
            return Finding::unreadable;
        }
        return *contents == story_.contents_after(story_.steps().size()) ? Finding::harmless
                                                                         : Finding::silent;
    }

    Story story_;
    FaultDisk disk_{vfs};
    FaultDisk::Image written_;
};

TEST_F(BitFlip, anywhere_in_the_file_is_found_or_changes_nothing) {
    const std::size_t size = written_.at("guildmark.db").size();
    ASSERT_EQ(written_.size(), 1u) << "a closed store is one file";
    const std::uint64_t points = std::min<std::uint64_t>(fault_points(flips_usual), size);
    std::map<Finding, std::uint64_t> counts;
    for (std::uint64_t point = 0; point < points; ++point) {
        const auto byte = static_cast<std::size_t>(point * size / points);
        const auto bit = static_cast<unsigned>(byte % 7 + point) % 8;
        const Finding finding = flip(byte, bit);
        ++counts[finding];
        EXPECT_NE(finding, Finding::silent) << "byte " << byte << ", bit " << bit;
    }
    std::printf(
        "%llu of %zu bytes: %llu refused, %llu failed the check, %llu unreadable, "
        "%llu harmless, %llu silent\n",
        static_cast<unsigned long long>(points),
        size,
        static_cast<unsigned long long>(counts[Finding::refused]),
        static_cast<unsigned long long>(counts[Finding::failed_check]),
        static_cast<unsigned long long>(counts[Finding::unreadable]),
        static_cast<unsigned long long>(counts[Finding::harmless]),
        static_cast<unsigned long long>(counts[Finding::silent]));
    EXPECT_GT(counts[Finding::failed_check], points / 20) << "the check is blind";
}

}  // namespace
}  // namespace guildmark::tests
