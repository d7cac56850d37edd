// What a public register and its log read from a store.
#include <fmt/format.h>

#include "engine/base/limits.h"
#include "tests/contract/store/store_contract.h"

namespace guildmark::tests {
namespace {

/// Numbers that a filter finds, two on a page.
std::vector<std::string> numbers(StoreReader& reader, const CertificateFilter& filter) {
    std::vector<std::string> found;
    PageRequest page{"", 2};
    do {
        const auto part = value_of(reader.certificates(filter, page));
        for (const rows::Certificate& row : part.items) {
            found.push_back(row.number);
        }
        page.after = part.next;
    } while (!page.after.empty() && found.size() < 100);
    return found;
}

TEST_P(StoreLists, find_certificates_by_holder_standard_and_region_in_order_of_number) {
    rows::Organisation brenner = sample_organisation(OrganisationId(1));
    brenner.name = "Brenner 精密 & Söhne";
    brenner.country = "DE";
    brenner.region = "DE712";
    rows::Organisation altin = sample_organisation(OrganisationId(2));
    altin.name = "Altin Gıda";
    altin.country = "TR";
    altin.region = "TR33";
    rows::Changes changes{.organisations = {brenner, altin}};
    const auto add = [&](std::uint64_t id, const char* number, OrganisationId holder) {
        auto row = sample_certificate(CertificateId(id), CaseId(id), number);
        row.holder = holder;
        row.standard = id % 2 == 1 ? "iso-9001:2015" : "iso-90012:2015";
        changes.certificates.push_back(row);
    };
    add(1, "GM-4", brenner.id);
    add(2, "GM-2", brenner.id);
    add(3, "GM-1", altin.id);
    add(4, "GM-4", altin.id);  // Newer than the first of that number.
    add(5, "GM-3", brenner.id);
    add(6, "GM-9", OrganisationId(77));  // Of somebody who is not there.
    commit({.rows = changes});

    using Numbers = std::vector<std::string>;
    EXPECT_EQ(numbers(reader(), {.holder = "nobody"}), Numbers());
    EXPECT_EQ(numbers(reader(), {.holder = "%"}), Numbers());
    EXPECT_EQ(numbers(reader(), {.standard = "iso-900"}), Numbers());
    EXPECT_EQ(numbers(reader(), {.region = "712"}), Numbers());
    EXPECT_EQ(numbers(reader(), {}), (Numbers{"GM-1", "GM-2", "GM-3", "GM-4", "GM-9"}));
    EXPECT_EQ(numbers(reader(), {.holder = "bReN"}), (Numbers{"GM-2", "GM-3"}));
    EXPECT_EQ(numbers(reader(), {.holder = "精密"}), (Numbers{"GM-2", "GM-3"}));
    EXPECT_EQ(numbers(reader(), {.standard = "iso-9001"}), (Numbers{"GM-1", "GM-3"}));
    EXPECT_EQ(numbers(reader(), {.standard = "iso-90012:2015"}), (Numbers{"GM-2", "GM-4", "GM-9"}));
    EXPECT_EQ(numbers(reader(), {.country = "TR"}), (Numbers{"GM-1", "GM-4"}));
    EXPECT_EQ(numbers(reader(), {.country = "DE", .region = "DE7"}), (Numbers{"GM-2", "GM-3"}));
}

TEST_P(StoreLists, give_acts_on_certificates_in_the_order_in_which_they_were_written) {
    SampleJournal journal;
    std::vector<Record> records;
    const auto write = [&](std::uint64_t stream, std::string_view kind) {
        Record record = journal.next(StreamId(stream));
        record.kind = kind;
        records.push_back(record);
    };
    write(2, "case_opened");
    write(1, "case_opened");
    write(2, certificate_acted_kind);
    write(1, "task_opened");
    write(1, certificate_acted_kind);
    write(2, certificate_acted_kind);
    commit({.records = records});
    EXPECT_TRUE(value_of(reader().certificate_acts_of(CaseId(3))).empty());
    EXPECT_EQ(value_of(reader().certificate_acts_of(CaseId(2))),
              (std::vector<Record>{records[2], records[5]}));
    EXPECT_TRUE(value_of(reader().certificate_acts(6, 10)).empty());
    EXPECT_EQ(value_of(reader().certificate_acts(0, 2)),
              (std::vector<Record>{records[2], records[4]}));
    EXPECT_EQ(value_of(reader().certificate_acts(5, 2)), (std::vector<Record>{records[5]}));
}

TEST_P(StoreLists, looks_at_so_many_certificates_for_a_page_of_the_register_and_no_more) {
    rows::Organisation rare = sample_organisation(OrganisationId(2));
    rare.name = "Rare";
    Commit all{.rows = {.organisations = {sample_organisation(OrganisationId(1)), rare}}};
    for (std::uint64_t id = 1; id <= limits::certificates_searched_max + 1; ++id) {
        rows::Certificate row =
            sample_certificate(CertificateId(id), CaseId(id), fmt::format("GM-{:06}", id));
        const bool is_last = id > limits::certificates_searched_max;
        row.holder = OrganisationId(is_last ? 2 : 1);
        all.rows.certificates.push_back(row);
    }
    commit(all);
    const auto first = value_of(reader().certificates({.holder = "rare"}, {"", 10}));
    EXPECT_TRUE(first.items.empty());
    EXPECT_EQ(first.next, fmt::format("GM-{:06}", limits::certificates_searched_max));
    const auto second = value_of(reader().certificates({.holder = "rare"}, {first.next, 10}));
    ASSERT_EQ(second.items.size(), 1u);
    EXPECT_EQ(second.next, "");
}

}  // namespace
}  // namespace guildmark::tests
