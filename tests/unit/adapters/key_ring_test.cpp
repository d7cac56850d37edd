#include "adapters/signer/sodium/key_ring.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "adapters/signer/sodium/ed25519.h"
#include "engine/base/digest.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::sodium {
namespace {

namespace fs = std::filesystem;

template <std::size_t size>
std::array<std::uint8_t, size> bytes_of(std::string_view hex) {
    std::array<std::uint8_t, size> bytes{};
    for (std::size_t at = 0; at < size; ++at) {
        bytes[at] =
            static_cast<std::uint8_t>(std::stoul(std::string(hex.substr(2 * at, 2)), nullptr, 16));
    }
    return bytes;
}

Instant at(std::string_view text) {
    return Instant::parse(text).value();
}

// RFC 8032, 7.1, tests 1 to 3.
TEST(Ed25519, signs_the_vectors_of_its_standard) {
    struct Vector {
        const char* seed;
        const char* key;
        std::string message;
        const char* signature;
    };

    const std::array vectors{
        Vector{
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39"
            "701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        Vector{
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "\x72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f36"
            "13d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
        Vector{
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "\xaf\x82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7"
            "60984dc6594a7c15e9716ed28dc027beceea1ec40a"}};
    for (const Vector& each : vectors) {
        const Seed seed(bytes_of<32>(each.seed));
        EXPECT_EQ(seed.public_key(), bytes_of<32>(each.key));
        EXPECT_EQ(seed.sign(each.message), bytes_of<64>(each.signature));
        EXPECT_TRUE(Checker().holds(seed.public_key(), each.message, bytes_of<64>(each.signature)));
        EXPECT_FALSE(
            Checker().holds(seed.public_key(), each.message + "x", bytes_of<64>(each.signature)));
    }
}

TEST(Ed25519, refuses_keys_of_small_order_and_signatures_in_another_form) {
    // The neutral element as key, and as the signature's point, with 0: it holds for every message
    // where nobody looks at the key.
    PublicKeyBytes neutral{};
    neutral[0] = 1;
    SignatureBytes empty{};
    empty[0] = 1;
    EXPECT_FALSE(Checker().holds(neutral, "anything", empty));

    // The same signature with the group's order added to its second half (RFC 8032, 5.1.7).
    const Seed seed(
        bytes_of<32>("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    SignatureBytes signature = seed.sign("x");
    ASSERT_TRUE(Checker().holds(seed.public_key(), "x", signature));
    const auto order =
        bytes_of<32>("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t place = 0; place < order.size(); ++place) {
        carry += unsigned{signature[32 + place]} + order[place];
        signature[32 + place] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    EXPECT_FALSE(Checker().holds(seed.public_key(), "x", signature));
}

class KeyRingTest : public testing::Test {
protected:
    KeyRingTest() : folder_(), ring_(folder_.path("")) {}

    std::string file() const { return folder_.path("signing-keys.json"); }

    std::string text() const {
        std::ifstream stream(file(), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(stream), {});
    }

    void write(const std::string& text) const {
        std::ofstream(file(), std::ios::binary) << text;
        fs::permissions(file(), fs::perms::owner_read | fs::perms::owner_write);
    }

    std::string code() const {
        const auto keys = ring_.keys();
        return keys ? std::string() : keys.error().code;
    }

    tests::TemporaryFolder folder_;
    KeyRing ring_;
    const Instant now_ = at("2026-03-02T09:00:00Z");
};

TEST_F(KeyRingTest, is_missed_until_the_first_key_is_made) {
    EXPECT_EQ(code(), "signing_keys_missing");
    EXPECT_EQ(ring_.sign("x").error().code, "signing_keys_missing");
    EXPECT_EQ(ring_.end("0", KeyState::retired, now_).error().code, "signing_keys_missing");
    ASSERT_TRUE(ring_.begin(now_));
    const auto keys = ring_.keys().value();
    ASSERT_EQ(keys.size(), 1u);
    EXPECT_EQ(keys[0].state, KeyState::current);
    EXPECT_EQ(keys[0].valid_from, now_);
    ASSERT_TRUE(ring_.begin(now_));
    EXPECT_EQ(ring_.keys().value(), keys);
}

TEST_F(KeyRingTest, signs_nothing_while_others_may_read_its_keys) {
    ASSERT_TRUE(ring_.begin(now_));
    EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(file(), fs::perms::others_read, fs::perm_options::add);
    EXPECT_EQ(ring_.sign("x").error().code, "signing_keys_exposed");
    fs::permissions(file(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_TRUE(ring_.sign("x"));
    // A link may lead to where others can write.
    const std::string elsewhere = std::string(file()) + ".moved";
    fs::rename(file(), elsewhere);
    fs::create_symlink(elsewhere, file());
    EXPECT_EQ(ring_.sign("x").error().code, "signing_keys_exposed");
}

TEST_F(KeyRingTest, tells_of_a_damaged_file_and_leaves_it_as_it_is) {
    ASSERT_TRUE(ring_.begin(now_));
    const std::string sound = text();
    std::string other_key = sound;
    char& digit = other_key[other_key.find("\"public\":\"") + 10];
    digit = digit == '0' ? '1' : '0';
    std::string newer = sound;
    newer.replace(newer.find("\"version\":1"), 11, "\"version\":2");
    std::string two = sound;
    const std::size_t begin = two.find('{', 1);
    const std::string entry = two.substr(begin, two.find('}') - begin + 1);
    two.insert(begin, entry + ",");
    std::string endless = sound;
    endless.replace(endless.find("current"), 7, "retired");
    for (const std::string& broken :
         {std::string(), sound.substr(0, 40), other_key, newer, two, endless}) {
        write(broken);
        EXPECT_EQ(code(), "signing_keys_malformed") << broken;
        EXPECT_EQ(ring_.rotate(now_).error().code, "signing_keys_malformed");
        EXPECT_EQ(text(), broken);
    }
    write(sound);
    EXPECT_EQ(code(), "");
}

TEST_F(KeyRingTest, keeps_no_private_half_of_a_key_that_was_replaced) {
    ASSERT_TRUE(ring_.begin(now_));
    const Signature before = ring_.sign("x").value();
    const std::string first = text();
    const std::string seed = first.substr(first.find("\"seed\":\"") + 8, 64);
    const KeyRing other(folder_.path(""));
    ASSERT_TRUE(other.sign("x"));

    const SigningKey second = ring_.rotate(at("2026-04-01T00:00:00Z")).value();
    EXPECT_EQ(text().find(seed), std::string::npos);
    const auto keys = ring_.keys().value();
    ASSERT_EQ(keys.size(), 2u);
    EXPECT_EQ(keys[0].state, KeyState::retired);
    EXPECT_EQ(keys[0].ended_at, at("2026-04-01T00:00:00Z"));
    EXPECT_EQ(keys[1], second);
    // Another process signs with the new key at once.
    EXPECT_EQ(other.sign("x").value().key.id, second.id);
    EXPECT_TRUE(Checker().holds(keys[0].bytes, "x", before.bytes));
}

TEST_F(KeyRingTest, ends_a_key_once_and_may_find_it_compromised_later) {
    ASSERT_TRUE(ring_.begin(now_));
    const std::string id = ring_.keys().value()[0].id;
    EXPECT_EQ(ring_.end("0123456789abcdef", KeyState::retired, now_).error().code,
              "signing_key_unknown");
    ASSERT_TRUE(ring_.end(id, KeyState::retired, now_));
    EXPECT_EQ(ring_.sign("x").error().code, "signing_key_missing");
    EXPECT_EQ(text().find("seed"), std::string::npos);
    EXPECT_EQ(ring_.end(id, KeyState::retired, now_).error().code, "signing_key_ended");
    ASSERT_TRUE(ring_.end(id, KeyState::compromised, at("2026-05-01T00:00:00Z")));
    EXPECT_EQ(ring_.keys().value()[0].ended_at, now_);
    EXPECT_EQ(ring_.end(id, KeyState::retired, now_).error().code, "signing_key_ended");
}

}  // namespace
}  // namespace guildmark::sodium
