#include "engine/cases/certificate_editions.h"

#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/cases/event.h"

namespace guildmark {
namespace {

using enum rows::CertificateStatus;
using status_list::Place;
using status_list::Purpose;

/// A journal of acts on certificates.
class Acts {
public:
    void add(const rows::Certificate& certificate) {
        Record record;
        record.position = records_.size() + 1;
        const EncodedEvent event = encode(CaseEvent(events::CertificateActed{"act", certificate}));
        record.kind = event.kind;
        record.version = event.version;
        record.payload = event.payload;
        records_.push_back(record);
    }

    [[nodiscard]] CertificateEditions editions() const {
        CertificateEditions editions;
        EXPECT_TRUE(editions.read(records_));
        return editions;
    }

    [[nodiscard]] const std::vector<Record>& records() const { return records_; }

private:
    std::vector<Record> records_;
};

rows::Certificate certificate(std::uint64_t number) {
    rows::Certificate row;
    row.id = CertificateId(number);
    row.number = fmt::format("GM-{}", number);
    row.scope = "Honey";
    row.decision = DecisionId(1'000 + number);
    row.valid_from = Date::parse("2026-03-02").value();
    row.valid_until = Date::parse("2027-03-01").value();
    row.first_granted = row.valid_from;
    return row;
}

rows::Certificate with(rows::Certificate row, rows::CertificateStatus status) {
    row.status = status;
    row.decision = DecisionId(row.decision.value() + 100'000);
    return row;
}

using Indexes = std::vector<std::uint32_t>;

TEST(CertificateEditions, have_no_place_for_a_certificate_that_no_act_made) {
    Acts acts;
    acts.add(certificate(1));
    EXPECT_FALSE(acts.editions().find(certificate(2)));
    EXPECT_TRUE(CertificateEditions().set_in(1, Purpose::revocation).empty());
    EXPECT_EQ(CertificateEditions().list_count(), 1u);
}

TEST(CertificateEditions, keep_the_place_of_one_that_is_suspended_and_restored) {
    Acts acts;
    acts.add(certificate(1));
    const Place place = acts.editions().find(certificate(1)).value();
    EXPECT_EQ(acts.editions().set_in(1, Purpose::suspension), Indexes());
    acts.add(with(certificate(1), suspended));
    EXPECT_EQ(acts.editions().set_in(1, Purpose::suspension), Indexes{place.index});
    EXPECT_EQ(acts.editions().set_in(1, Purpose::revocation), Indexes());
    acts.add(with(certificate(1), active));
    EXPECT_EQ(acts.editions().set_in(1, Purpose::suspension), Indexes());
    EXPECT_EQ(acts.editions().find(with(certificate(1), active)), place);
}

TEST(CertificateEditions, revoke_what_is_withdrawn_or_shows_something_else_now) {
    Acts acts;
    acts.add(certificate(1));
    acts.add(certificate(2));
    const Place first = acts.editions().find(certificate(1)).value();
    const Place second = acts.editions().find(certificate(2)).value();
    acts.add(with(certificate(1), withdrawn));
    EXPECT_EQ(acts.editions().set_in(1, Purpose::revocation), Indexes{first.index});
    rows::Certificate wider = with(certificate(2), active);
    wider.scope = "Honey and wax";
    acts.add(wider);
    const auto revoked = acts.editions().set_in(1, Purpose::revocation);
    EXPECT_EQ(std::set(revoked.begin(), revoked.end()), (std::set{first.index, second.index}));
    EXPECT_NE(acts.editions().find(wider), second);
}

TEST(CertificateEditions, never_take_back_a_revocation) {
    Acts acts;
    acts.add(certificate(1));
    const Place first = acts.editions().find(certificate(1)).value();
    acts.add(with(certificate(1), withdrawn));
    acts.add(with(certificate(1), active));
    EXPECT_EQ(acts.editions().set_in(1, Purpose::revocation), Indexes{first.index});
    EXPECT_NE(acts.editions().find(certificate(1)), first);
}

TEST(CertificateEditions, are_the_same_however_the_journal_is_read_and_no_two_share_a_place) {
    constexpr std::uint64_t count = 2'000;
    Acts acts;
    CertificateEditions followed;
    for (std::uint64_t number = 1; number <= count; ++number) {
        acts.add(certificate(number));
        if (number % 97 == 0) {
            ASSERT_TRUE(followed.read(acts.records()));
        }
    }
    ASSERT_TRUE(followed.read(acts.records()));
    const CertificateEditions whole = acts.editions();
    EXPECT_EQ(followed.position(), count);
    std::set<Place> places;
    int rising = 0;
    std::uint32_t last = 0;
    for (std::uint64_t number = 1; number <= count; ++number) {
        const Place place = whole.find(certificate(number)).value();
        EXPECT_EQ(followed.find(certificate(number)), place);
        EXPECT_TRUE(places.insert(place).second) << number;
        rising += place.index > last ? 1 : 0;
        last = place.index;
    }
    EXPECT_NEAR(rising, count / 2, count / 10) << "the order of places tells that of certificates";
}

}  // namespace
}  // namespace guildmark
