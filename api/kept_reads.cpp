#include "api/kept_reads.h"

#include <cstring>

#include "engine/base/limits.h"
#include "engine/journal/record.h"

namespace guildmark::api {
namespace {

constexpr Period always{Instant{INT64_MIN}, Instant{INT64_MAX}};

/// The value of an entry, when it is there and still exact; else a default one.
template <typename Entry>
auto value_of(const Entry* entry, const StreamVersions& versions, Instant now) {
    return entry != nullptr && entry->basis.holds(versions, now) ? entry->value
                                                                 : decltype(entry->value)();
}

}  // namespace

std::optional<Basis> Basis::of(const StreamVersions& versions,
                               std::uint64_t changes_before,
                               std::span<const StreamId> streams,
                               Period period) {
    Basis basis;
    basis.period_ = period;
    for (const StreamId stream : streams) {
        basis.marks_.push_back(versions.mark(stream));
    }
    return versions.changes() == changes_before ? std::optional(std::move(basis)) : std::nullopt;
}

bool Basis::holds(const StreamVersions& versions, Instant now) const {
    if (now < period_.from || period_.until < now) {
        return false;
    }
    for (const StreamVersions::Mark& mark : marks_) {
        if (!versions.holds(mark)) {
            return false;
        }
    }
    return true;
}

std::size_t KeptReads::TokenHash::operator()(const TokenKey& key) const {
    std::size_t hash = 0;  // A digest is as good as random.
    std::memcpy(&hash, key.token.bytes.data(), sizeof hash);
    return hash;
}

KeptReads::KeptReads(const StreamVersions& versions)
    : versions_(versions),
      callers_(limits::kept_callers_max / 2),
      cases_(limits::kept_cases_max / 2),
      pages_(limits::kept_pages_bytes_max / 2) {}

std::shared_ptr<const Caller> KeptReads::find_caller(const Digest& token,
                                                     Credential credential,
                                                     Instant now) {
    return value_of(callers_.find({token, credential}), versions_, now);
}

void KeptReads::keep_caller(const Digest& token,
                            const std::shared_ptr<const Caller>& caller,
                            std::uint64_t changes_before,
                            Period period) {
    const StreamId stream(caller->organisation.value());
    if (auto basis = Basis::of(versions_, changes_before, {&stream, 1}, period)) {
        callers_.put({token, caller->credential}, {caller, *std::move(basis)}, 1);
    }
}

std::shared_ptr<const rows::Case> KeptReads::find_case(CaseId id) {
    const KeptCase* kept = cases_.find(id);
    return kept != nullptr && kept->exact.holds(versions_, Instant()) ? kept->row : nullptr;
}

std::shared_ptr<const rows::Case> KeptReads::find_former_case(CaseId id) {
    const KeptCase* kept = cases_.find(id);
    return kept != nullptr && kept->for_life.holds(versions_, Instant()) ? kept->row : nullptr;
}

void KeptReads::keep_case(const std::shared_ptr<const rows::Case>& row,
                          std::uint64_t changes_before) {
    const StreamId stream = stream_of(row->id);
    constexpr StreamId none;
    auto for_life = Basis::of(versions_, changes_before, {&none, 1}, always);
    auto exact = Basis::of(versions_, changes_before, {&stream, 1}, always);
    if (for_life && exact) {
        cases_.put(row->id, {row, *std::move(exact), *std::move(for_life)}, 1);
    }
}

std::string KeptReads::page_key(CaseId id,
                                const Caller& caller,
                                std::span<const std::string> languages) {
    std::string key;
    key.reserve(64);
    for (const std::uint64_t number :
         {id.value(), caller.organisation.value(), caller.person.value()}) {
        key.append(reinterpret_cast<const char*>(&number), sizeof number);
    }
    for (const std::string& language : languages) {
        key.append(language).push_back(',');
    }
    return key;
}

const KeptReads::Page* KeptReads::find_page(const std::string& key, Instant now) {
    const auto* const kept = pages_.find(key);
    return kept != nullptr && kept->basis.holds(versions_, now) ? &kept->value : nullptr;
}

void KeptReads::keep_page(std::string key,
                          Page page,
                          std::uint64_t changes_before,
                          std::span<const StreamId> streams,
                          Period period) {
    const std::size_t cost = key.size() + page.body.size();
    if (cost > limits::kept_page_bytes_max) {
        return;
    }
    if (auto basis = Basis::of(versions_, changes_before, streams, period)) {
        pages_.put(std::move(key), {std::move(page), *std::move(basis)}, cost);
    }
}

}  // namespace guildmark::api
