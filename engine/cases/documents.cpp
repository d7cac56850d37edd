// Invariants: current and ending hold exactly the documents of all whose status is current, and of
// those, in ending, the ones that have a last day.

#include "engine/cases/documents.h"

namespace guildmark {

const rows::Evidence* Documents::find(EvidenceId id) const {
    const auto found = all().find(id);
    return found == all().end() ? nullptr : &found->second;
}

const rows::Evidence* Documents::find_current(const Digest& bytes) const {
    const auto found = shelf_->current.lower_bound({bytes, EvidenceId()});
    return found == shelf_->current.end() || found->first != bytes ? nullptr : &at(found->second);
}

std::vector<const rows::Evidence*> Documents::expired(Date today) const {
    std::vector<const rows::Evidence*> expired;
    for (const auto& [last_day, id] : shelf_->ending) {
        if (last_day >= today) {
            break;
        }
        expired.push_back(&at(id));
    }
    return expired;
}

void Documents::put(rows::Evidence document) {
    Shelf& shelf = own();
    rows::Evidence& place = shelf.all[document.id];
    if (!place.id.is_none() && place.status == rows::EvidenceStatus::current) {
        shelf.current.erase({place.digest, place.id});
        if (place.valid_until) {
            shelf.ending.erase({*place.valid_until, place.id});
        }
    }
    place = std::move(document);
    if (place.status == rows::EvidenceStatus::current) {
        shelf.current.emplace(place.digest, place.id);
        if (place.valid_until) {
            shelf.ending.emplace(*place.valid_until, place.id);
        }
    }
}

Documents::Shelf& Documents::own() {
    if (shelf_.use_count() > 1) {
        shelf_ = std::make_shared<Shelf>(*shelf_);
    }
    return *shelf_;
}

}  // namespace guildmark
