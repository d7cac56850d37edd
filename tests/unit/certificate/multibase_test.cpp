#include "engine/certificate/multibase.h"

#include <random>

#include <gtest/gtest.h>

namespace guildmark {
namespace {

TEST(Multibase, refuses_what_is_no_base58) {
    for (const char* text : {"", "2", "z0", "zO", "zl", "z I", "m2"}) {
        EXPECT_EQ(from_multibase(text).error().code, "multibase_malformed") << text;
    }
    EXPECT_FALSE(from_multibase("z" + std::string(128, '2')));
    EXPECT_TRUE(from_multibase("z" + std::string(127, '2')));
}

// The vectors of the base58 draft (draft-msporny-base58-03, 5).
TEST(Multibase, writes_the_vectors_of_the_draft) {
    EXPECT_EQ(to_multibase("Hello World!"), "z2NEpo7TZRRrLZSi2U");
    EXPECT_EQ(to_multibase("The quick brown fox jumps over the lazy dog."),
              "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z");
    EXPECT_EQ(to_multibase(std::string("\0\0\x28\x7f\xb4\xcd", 6)), "z11233QC4");
}

TEST(Multibase, reads_back_whatever_it_wrote) {
    std::mt19937 numbers(1);
    for (std::size_t size = 0; size <= 90; ++size) {
        std::string bytes(size, '\0');
        for (std::size_t at = numbers() % 4; at < size; ++at) {
            bytes[at] = static_cast<char>(numbers());
        }
        const auto read = from_multibase(to_multibase(bytes));
        ASSERT_TRUE(read) << size;
        EXPECT_EQ(*read, bytes);
    }
    EXPECT_EQ(*from_multibase("z"), "");
}

}  // namespace
}  // namespace guildmark
