#include "engine/certificate/status_list.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

#include "engine/certificate/gzip.h"

namespace guildmark::status_list {
namespace {

Instant now() {
    return Instant::parse("2026-03-02T09:00:00Z").value();
}

Value list_of(const std::string& id, const std::vector<std::uint32_t>& set) {
    return status_list::credential_of(id, "did:web:bees.example", Purpose::revocation, set, now());
}

Value certificate_at(Place place) {
    return Value::Object{{"issuer", Value::Object{{"id", "did:web:bees.example"}}},
                         {"credentialStatus", entries_of("https://bees.example/", place)}};
}

std::string code_of(const Result<bool>& bit) {
    return bit ? std::string() : bit.error().code;
}

TEST(StatusList, is_refused_when_its_bits_cannot_be_read) {
    const std::string whole = encode({5});
    EXPECT_EQ(code_of(bit_of("", 5)), "status_list_malformed");
    EXPECT_EQ(code_of(bit_of("z" + whole.substr(1), 5)), "status_list_malformed");
    EXPECT_EQ(code_of(bit_of(whole.substr(0, whole.size() - 4), 5)), "status_list_malformed");
    EXPECT_EQ(code_of(bit_of(whole + "AAAA", 5)), "status_list_malformed");
    EXPECT_EQ(code_of(bit_of(whole.substr(0, 9) + "=" + whole.substr(10), 5)),
              "status_list_malformed");
    EXPECT_EQ(code_of(bit_of(whole, entries_count)), "status_list_malformed");
    EXPECT_EQ(code_of(bit_of("u" + std::string(1 << 20, 'A'), 5)), "status_list_malformed");
    EXPECT_TRUE(bit_of(whole, 5).value());
}

TEST(StatusList, is_refused_when_the_certificate_names_another_or_another_issuer) {
    const Value certificate = certificate_at({1, 5});
    const auto code = [&](const Value& list) { return look_up(certificate, list).error().code; };
    EXPECT_EQ(code(certificate), "status_list_malformed");
    EXPECT_EQ(code(list_of("https://bees.example/revocation-2", {5})), "status_list_not_named");
    Value other = list_of("https://bees.example/revocation-1", {5});
    other.set("issuer", "did:web:wasps.example");
    EXPECT_EQ(code(other), "status_list_not_named");
    Value renamed = list_of("https://bees.example/revocation-1", {5});
    renamed.find("credentialSubject")->set("statusPurpose", "suspension");
    EXPECT_EQ(code(renamed), "status_list_not_named");
    EXPECT_EQ(look_up(Value(Value::Object{}), list_of("", {})).error().code,
              "status_list_not_named");
}

TEST(StatusList, tells_whether_the_certificates_bit_is_set) {
    const Value list = list_of("https://bees.example/revocation-1", {5});
    EXPECT_TRUE(look_up(certificate_at({1, 5}), list).value().is_set);
    EXPECT_FALSE(look_up(certificate_at({1, 4}), list).value().is_set);
    EXPECT_FALSE(look_up(certificate_at({1, entries_count - 1}), list).value().is_set);
}

TEST(StatusList, has_the_names_that_it_was_given_and_no_others) {
    EXPECT_EQ(name_of(Purpose::suspension, 12), "suspension-12");
    EXPECT_EQ(parse_name("suspension-12")->list, 12u);
    for (const char* none : {"",
                             "revocation",
                             "revocation-",
                             "revocation-01",
                             "refresh-1",
                             "revocation-1 ",
                             "revocation-99999999999"}) {
        EXPECT_FALSE(parse_name(none)) << none;
    }
}

TEST(StatusList, gives_back_the_bits_that_were_put_in) {
    std::mt19937 numbers(11);
    for (const std::size_t count : {0u, 1u, 7u, 1'000u, 60'000u}) {
        std::set<std::uint32_t> set;
        while (set.size() < count) {
            set.insert(static_cast<std::uint32_t>(numbers()) % entries_count);
        }
        const std::string encoded = encode({set.begin(), set.end()});
        for (int asked = 0; asked < 40; ++asked) {
            const auto index = static_cast<std::uint32_t>(numbers()) % entries_count;
            EXPECT_EQ(bit_of(encoded, index).value(), set.contains(index)) << index;
        }
    }
}

TEST(Gzip, is_not_read_beyond_what_is_expected) {
    const std::string packed = to_gzip(std::string(1'000, 'x'));
    EXPECT_FALSE(from_gzip(packed, 999));
    EXPECT_FALSE(from_gzip("", 1'000));
    EXPECT_FALSE(from_gzip(packed + "x", 1'000));
    EXPECT_EQ(from_gzip(packed, 1'000), std::string(1'000, 'x'));
    EXPECT_EQ(to_gzip(std::string(1'000, 'x')), packed);
}

}  // namespace
}  // namespace guildmark::status_list
