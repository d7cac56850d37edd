#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "api/access.h"
#include "api/stream_versions.h"
#include "engine/base/instant.h"
#include "engine/ports/read_model.h"

namespace guildmark::api {

/// From when to when something may be told again, as far as time alone goes; both included.
struct Period {
    Instant from;
    Instant until;
};

/// What a value was made from. It is exact while none of it has changed.
class Basis {
public:
    /// Nothing when something was written since `changes_before`, which was asked for before the
    /// first read.
    [[nodiscard]] static std::optional<Basis> of(const StreamVersions& versions,
                                                 std::uint64_t changes_before,
                                                 std::span<const StreamId> streams,
                                                 Period period);

    [[nodiscard]] bool holds(const StreamVersions& versions, Instant now) const;

private:
    std::vector<StreamVersions::Mark> marks_;
    Period period_;
};

/// A table that forgets what was not asked for lately: when what is new has cost the budget, it
/// becomes what is old, and what was old is dropped.
template <typename Key, typename Value, typename Hash>
class LatelyUsed {
public:
    explicit LatelyUsed(std::size_t budget) : budget_(budget) {}

    /// Null when it is not there. Lives until the next call of anything here.
    const Value* find(const Key& key) {
        if (const auto found = young_.find(key); found != young_.end()) {
            return &found->second.first;
        }
        auto node = old_.extract(key);
        if (node.empty()) {
            return nullptr;
        }
        const std::size_t cost = node.mapped().second;
        make_room(cost);
        cost_ += cost;
        return &young_.insert(std::move(node)).position->second.first;
    }

    void put(Key key, Value value, std::size_t cost) {
        make_room(cost);
        old_.erase(key);
        young_.insert_or_assign(std::move(key),
                                std::pair<Value, std::size_t>(std::move(value), cost));
        cost_ += cost;
    }

private:
    void make_room(std::size_t cost) {
        if (cost_ + cost > budget_) {
            old_ = std::exchange(young_, {});
            cost_ = 0;
        }
    }

    using Table = std::unordered_map<Key, std::pair<Value, std::size_t>, Hash>;

    std::size_t budget_;
    std::size_t cost_ = 0;
    Table young_;
    Table old_;
};

/// What one lane has read lately and may tell again without asking the store: who a token names,
/// cases as lists show them, and pages of cases. Who may see what is decided anew each time, in
/// access.h.
///
/// Thread: the lane's.
class KeptReads {
public:
    explicit KeptReads(const StreamVersions& versions);

    /// To be asked for before the first read of what is to be kept.
    [[nodiscard]] std::uint64_t changes() const { return versions_.changes(); }

    /// Null when it is not kept, or no longer exact.
    [[nodiscard]] std::shared_ptr<const Caller> find_caller(const Digest& token,
                                                            Credential credential,
                                                            Instant now);
    void keep_caller(const Digest& token,
                     const std::shared_ptr<const Caller>& caller,
                     std::uint64_t changes_before,
                     Period period);

    /// Null when it is not kept, or no longer exact.
    [[nodiscard]] std::shared_ptr<const rows::Case> find_case(CaseId id);

    /// The case as it once was: true in what a case keeps for life, its parties, its standard and,
    /// while a server runs, its workflow. Null when it is not kept.
    [[nodiscard]] std::shared_ptr<const rows::Case> find_former_case(CaseId id);

    void keep_case(const std::shared_ptr<const rows::Case>& row, std::uint64_t changes_before);

    /// A case's page as one caller sees it.
    struct Page {
        std::string body;
        std::uint64_t sequence = 0;
    };

    /// The languages are those that the request asks for, in order.
    [[nodiscard]] static std::string page_key(CaseId id,
                                              const Caller& caller,
                                              std::span<const std::string> languages);

    /// Lives until the next call of anything here.
    [[nodiscard]] const Page* find_page(const std::string& key, Instant now);

    /// `streams`: all that the page tells of.
    void keep_page(std::string key,
                   Page page,
                   std::uint64_t changes_before,
                   std::span<const StreamId> streams,
                   Period period);

private:
    template <typename Value>
    struct Kept {
        Value value;
        Basis basis;
    };

    /// No stream has the id none: what is made from it lasts until a commit's outcome is in doubt.
    struct KeptCase {
        std::shared_ptr<const rows::Case> row;
        Basis exact;
        Basis for_life;
    };

    struct TokenKey {
        Digest token;
        Credential credential;

        bool operator==(const TokenKey&) const = default;
    };

    struct TokenHash {
        std::size_t operator()(const TokenKey& key) const;
    };

    struct IdHash {
        std::size_t operator()(CaseId id) const { return id.value() >> 20u; }
    };

    const StreamVersions& versions_;
    LatelyUsed<TokenKey, Kept<std::shared_ptr<const Caller>>, TokenHash> callers_;
    LatelyUsed<CaseId, KeptCase, IdHash> cases_;
    LatelyUsed<std::string, Kept<Page>, std::hash<std::string>> pages_;
};

}  // namespace guildmark::api
