#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/bench/practice/practice.h"

namespace guildmark::bench {

/// Writes copies of a sample: every id that was drawn for it is a new one in each copy, its parties
/// and their people are those of the copy's organisations, and its chain is recomputed.
class CaseCopier {
public:
    /// `practice` must outlive it, and its sample be read. `position`: the journal's last.
    CaseCopier(const Practice& practice, std::uint64_t position);

    /// The next `count` records of the copy of that index.
    void append_records(std::uint64_t index, std::size_t count, Commit& commit);

    /// The rows and timers that follow from all its records. REQUIRES: they were appended.
    void append_rows(std::uint64_t index, Commit& commit) const;

private:
    /// A record's payload, cut at the ids in it.
    struct Piece {
        std::string text;
        std::uint64_t id = 0;  ///< Behind the text; 0: none.
    };

    [[nodiscard]] std::vector<Piece> pieces_of(const std::string& payload);
    [[nodiscard]] std::uint64_t copied(std::uint64_t id, std::uint64_t index) const;

    template <typename AnyId>
    void change(AnyId& id, std::uint64_t index) const {
        id = AnyId(copied(id.value(), index));
    }

    const Practice& practice_;
    std::vector<std::vector<Piece>> payloads_;
    std::map<std::uint64_t, std::uint64_t> numbers_;  ///< Of the ids that were drawn for the case.
    std::vector<StreamHead> heads_;
    std::uint64_t position_;
};

}  // namespace guildmark::bench
