#include "engine/evidence/pull.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/ensure.h"

namespace guildmark::evidence {

namespace {

using Numbers = std::vector<std::string>;

std::string origin_of(const std::string& source, const std::string& locator) {
    return source + (source.ends_with('/') ? "" : "/") + locator;
}

Numbers split_numbers(const std::string& text) {
    Numbers numbers;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t space = std::min(text.find(' ', begin), text.size());
        if (space > begin) {
            numbers.push_back(text.substr(begin, space - begin));
        }
        begin = space + 1;
    }
    return numbers;
}

Numbers join(Numbers left, const Numbers& right) {
    left.insert(left.end(), right.begin(), right.end());
    std::ranges::sort(left, number_before);
    left.erase(std::unique(left.begin(), left.end()), left.end());
    return left;
}

/// The case's documents, to be found by origin and by bytes. Points into the rows.
struct KnownEvidence {
    explicit KnownEvidence(const std::vector<rows::Evidence>& rows) {
        for (const rows::Evidence& row : rows) {
            if (row.status == rows::EvidenceStatus::current) {
                by_origin[row.origin] = &row;
                by_digest.emplace(row.digest, &row);
            } else if (row.status == rows::EvidenceStatus::withdrawn) {
                withdrawn.emplace(row.origin, row.digest);
            }
        }
    }

    [[nodiscard]] const rows::Evidence* find_origin(const std::string& origin) const {
        const auto found = by_origin.find(origin);
        return found == by_origin.end() ? nullptr : found->second;
    }

    [[nodiscard]] const rows::Evidence* find_bytes(const Digest& digest) const {
        const auto found = by_digest.find(digest);
        return found == by_digest.end() ? nullptr : found->second;
    }

    std::map<std::string, const rows::Evidence*> by_origin;
    std::map<Digest, const rows::Evidence*> by_digest;  ///< The first row with those bytes.
    std::set<std::pair<std::string, Digest>> withdrawn;
};

bool looks_unchanged(const rows::Evidence* known, const EvidenceItem& item) {
    return known != nullptr && known->size_bytes == item.size_bytes && item.modified_at &&
           known->origin_modified_at == item.modified_at;
}

/// Notes what is ignored or unmatched, and tells whether that leaves it out.
bool is_left_out(const Candidate& candidate, const PullOptions& options, PullSelection& selection) {
    if (candidate.match.ignored) {
        selection.ignored.push_back(candidate.item.locator);
        return true;
    }
    if (candidate.match.requirements.empty()) {
        selection.unmatched.push_back(candidate.item.locator);
        return options.unmatched == Unmatched::leave_out;
    }
    return false;
}

Numbers missing_entries(const PullInput& input) {
    std::set<Path> offered;
    for (const EvidenceItem& item : input.listing.items) {
        offered.insert(to_path(item.locator));
    }
    Numbers missing;
    for (const DocumentEntry& entry : input.rules.documents) {
        if (!offered.contains(entry.path)) {
            missing.push_back(entry.locator);
        }
    }
    return missing;
}

Addition to_addition(const Candidate& candidate,
                     const ReadDocument& document,
                     const rows::Evidence* known) {
    const Numbers before = known == nullptr ? Numbers() : split_numbers(known->requirements);
    return Addition{known == nullptr ? std::nullopt : std::optional(known->id),
                    candidate.origin,
                    candidate.item.name,
                    candidate.match.title,
                    document.media_type,
                    document.size_bytes,
                    document.digest,
                    candidate.item.modified_at,
                    join(before, candidate.match.requirements),
                    candidate.match.owner,
                    candidate.match.valid_from,
                    candidate.match.valid_until};
}

class Planner {
public:
    Planner(const PullInput& input, const PullSelection& selection)
        : input_(input), selection_(selection), known_(input.known) {}

    PullPlan run(std::vector<ReadDocument> read) {
        std::ranges::sort(read, {}, &ReadDocument::candidate);
        for (const Candidate& candidate : selection_.unchanged) {
            keep(candidate, get_known(candidate));
        }
        for (const ReadDocument& document : read) {
            place(selection_.to_read.at(document.candidate), document);
        }
        find_vanished();
        for (auto& [evidence, rematch] : rematches_) {
            plan_.rematches.push_back(std::move(rematch));
        }
        std::ranges::sort(plan_.rematches, {}, &Rematch::origin);
        std::ranges::sort(plan_.unchanged);
        return std::move(plan_);
    }

private:
    [[nodiscard]] const rows::Evidence& get_known(const Candidate& candidate) const {
        const rows::Evidence* known = known_.find_origin(candidate.origin);
        ENSURE(known != nullptr, "a document is unchanged only beside one of the case");
        return *known;
    }

    void place(const Candidate& candidate, const ReadDocument& document) {
        present_.insert(document.digest);
        const rows::Evidence* known = known_.find_origin(candidate.origin);
        if (known != nullptr && known->digest == document.digest) {
            keep(candidate, *known);
            return;
        }
        if (known == nullptr && known_.withdrawn.contains({candidate.origin, document.digest})) {
            plan_.withdrawn.push_back(candidate.origin);
            return;
        }
        if (known == nullptr && is_duplicate(candidate, document.digest)) {
            return;
        }
        added_.emplace(document.digest, plan_.additions.size());
        plan_.additions.push_back(to_addition(candidate, document, known));
    }

    void keep(const Candidate& candidate, const rows::Evidence& known) {
        present_.insert(known.digest);
        plan_.unchanged.push_back(candidate.origin);
        rematch(candidate, known);
    }

    bool is_duplicate(const Candidate& candidate, const Digest& digest) {
        if (const auto added = added_.find(digest); added != added_.end()) {
            Addition& first = plan_.additions[added->second];
            first.requirements = join(first.requirements, candidate.match.requirements);
            plan_.duplicates.push_back({candidate.origin, first.origin});
            return true;
        }
        if (const rows::Evidence* same = known_.find_bytes(digest); same != nullptr) {
            plan_.duplicates.push_back({candidate.origin, same->origin});
            rematch(candidate, *same);
            return true;
        }
        return false;
    }

    void rematch(const Candidate& candidate, const rows::Evidence& known) {
        const auto planned = rematches_.find(known.id);
        const Numbers before = join(planned == rematches_.end() ? split_numbers(known.requirements)
                                                                : planned->second.requirements,
                                    {});
        Numbers after = join(before, candidate.match.requirements);
        if (planned != rematches_.end()) {
            planned->second.requirements = std::move(after);
        } else if (after.size() > before.size()) {
            rematches_.emplace(known.id, Rematch{known.id, candidate.origin, std::move(after)});
        }
    }

    void find_vanished() {
        std::set<std::string> offered;
        for (const EvidenceItem& item : input_.listing.items) {
            offered.insert(origin_of(input_.source, item.locator));
        }
        const std::string prefix = origin_of(input_.source, "");
        for (const auto& [origin, row] : known_.by_origin) {
            if (origin.starts_with(prefix) && !offered.contains(origin) &&
                !present_.contains(row->digest) && !is_explained(origin)) {
                plan_.vanished.push_back({row->id, origin, row->title});
            }
        }
    }

    /// True when the listing has a problem with this origin or with a folder above it.
    [[nodiscard]] bool is_explained(const std::string& origin) const {
        return std::ranges::any_of(input_.listing.problems, [&](const EvidenceProblem& problem) {
            const std::string place = origin_of(input_.source, problem.locator);
            return origin == place || origin.starts_with(place + "/");
        });
    }

    const PullInput& input_;
    const PullSelection& selection_;
    KnownEvidence known_;
    PullPlan plan_;
    std::map<EvidenceId, Rematch> rematches_;
    std::map<Digest, std::size_t> added_;
    std::set<Digest> present_;  ///< Bytes that the source offers.
};

}  // namespace

PullSelection select_documents(const PullInput& input, const PullOptions& options) {
    const KnownEvidence known(input.known);
    PullSelection selection;
    for (const EvidenceItem& item : input.listing.items) {
        Candidate candidate{
            item, origin_of(input.source, item.locator), match(input.rules, item.locator), {}};
        if (is_left_out(candidate, options, selection)) {
            continue;
        }
        const rows::Evidence* row = known.find_origin(candidate.origin);
        candidate.known = row == nullptr ? std::nullopt : std::optional(row->id);
        const bool skip = options.reading == Reading::changed && looks_unchanged(row, item);
        (skip ? selection.unchanged : selection.to_read).push_back(std::move(candidate));
    }
    selection.expected = missing_entries(input);
    return selection;
}

PullPlan plan_pull(const PullInput& input,
                   const PullSelection& selection,
                   const std::vector<ReadDocument>& read) {
    return Planner(input, selection).run(read);
}

}  // namespace guildmark::evidence
