#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/store/sqlite/store.h"
#include "tests/bench/figures.h"
#include "tests/bench/practice/draw.h"

namespace guildmark::bench {

/// What the engine wrote for one case, and who took part in it.
struct Sample {
    std::vector<Record> records;
    rows::CaseRows rows;
    std::vector<Timer> timers;
};

/// An organisation and its one member.
struct Office {
    OrganisationId organisation;
    PersonId person;
    std::string token;  ///< What the member signs in with.
};

/// A made-up certification practice in a data folder that `guildmark serve` takes: beekeepers, and
/// the associations that give them a mark. One case was led by the engine from its opening to the
/// visit, in 20 records; all others are copies of it under ids of their own, with chains of their
/// own, so that the engine reads, decides and verifies them like any.
class Practice {
public:
    static constexpr std::size_t body_count = 20;
    static constexpr std::size_t client_count = 1'000;
    static constexpr std::size_t records_per_case = 20;

    /// The practice in `folder`, which is founded and filled with `case_count` cases when it is new
    /// or empty; one that is there must have that many. How long filling took becomes a figure.
    static Practice open(const std::string& folder,
                         std::uint64_t case_count,
                         std::vector<Figure>& figures);

    [[nodiscard]] const std::string& folder() const { return folder_; }

    [[nodiscard]] std::string store_path() const { return folder_ + "/journal.sqlite"; }

    [[nodiscard]] std::uint64_t case_count() const { return case_count_; }

    /// The id of the case of that index; ids grow as if drawn over some months.
    [[nodiscard]] static CaseId case_id(std::uint64_t index);
    [[nodiscard]] const Office& client_of(std::uint64_t index) const;
    [[nodiscard]] const Office& body_of(std::uint64_t index) const;

    [[nodiscard]] const Sample& sample() const { return sample_; }

    /// For filling: commits are not synced, checkpoints are rare.
    [[nodiscard]] static SqliteOptions filling_options();

private:
    void read(StoreReader& reader);
    void fill(Store& store, std::uint64_t first_position);

    std::string folder_;
    std::uint64_t case_count_ = 0;
    std::vector<Office> bodies_;
    std::vector<Office> clients_;
    Sample sample_;
};

/// Takes the file's pages out of the system's cache.
void cool(const std::string& path);

}  // namespace guildmark::bench
