#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/ports/read_model.h"

namespace guildmark {

/// A case's documents, the newest revision of each. What commands ask of them is kept beside them,
/// and copies share them until one is changed, so that neither grows with what a case has gathered.
/// A value.
class Documents {
public:
    using Map = std::map<EvidenceId, rows::Evidence>;

    [[nodiscard]] const Map& all() const { return shelf_->all; }

    [[nodiscard]] Map::const_iterator begin() const { return all().begin(); }

    [[nodiscard]] Map::const_iterator end() const { return all().end(); }

    [[nodiscard]] std::size_t size() const { return all().size(); }

    [[nodiscard]] bool contains(EvidenceId id) const { return all().contains(id); }

    /// Null when there is none.
    [[nodiscard]] const rows::Evidence* find(EvidenceId id) const;

    /// REQUIRES: it is there.
    [[nodiscard]] const rows::Evidence& at(EvidenceId id) const { return all().at(id); }

    /// The current document with these bytes; null when there is none.
    [[nodiscard]] const rows::Evidence* find_current(const Digest& bytes) const;

    /// How many are current, expired or not.
    [[nodiscard]] std::size_t count_current() const { return shelf_->current.size(); }

    /// The current ones whose last day is before `today`, the earliest first.
    [[nodiscard]] std::vector<const rows::Evidence*> expired(Date today) const;

    /// Takes a document in, in the place of what has its id.
    void put(rows::Evidence document);

private:
    struct Shelf {
        Map all;
        std::set<std::pair<Digest, EvidenceId>> current;
        std::set<std::pair<Date, EvidenceId>> ending;  ///< Current ones that have a last day.
    };

    Shelf& own();

    std::shared_ptr<Shelf> shelf_ = std::make_shared<Shelf>();
};

}  // namespace guildmark
