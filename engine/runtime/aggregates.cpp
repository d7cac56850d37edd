#include "engine/runtime/aggregates.h"

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/runtime/definition.h"

namespace guildmark {
namespace {

constexpr std::size_t records_per_read = 256;

/// Gives every record of `stream` behind `start` to `take`, its chain checked.
template <typename Take>
Result<void> replay_tail(StoreReader& reader, StreamId stream, StreamHead start, const Take& take) {
    ChainChecker chain(start);
    while (true) {
        const auto records = TRY(reader.records(stream, chain.head().sequence, records_per_read));
        for (const Record& record : records) {
            TRY(chain.accept(record));
            TRY(take(record));
        }
        if (records.size() < records_per_read) {
            return {};
        }
    }
}

}  // namespace

Result<std::shared_ptr<const workflow::Workflow>> find_version(StoreReader& reader,
                                                               Library& library,
                                                               const Digest& version) {
    if (auto known = library.find_version(version)) {
        return known;
    }
    const auto definition = TRY(reader.find_definition(version));
    if (!definition) {
        return corrupted(
            "definition_missing",
            fmt::format("the workflow version {} of a case is not in the store", version.to_text()),
            version.to_text());
    }
    return library.keep(TRY(workflow_of(*definition)));
}

Result<LoadedCase*> Aggregates::load_case(StreamId stream) {
    Entry& entry = touch(stream);
    if (!entry.loaded_case) {
        auto read = read_case(stream);
        if (!read) {
            drop(stream);
            return std::move(read).error();
        }
        entry.loaded_case = std::move(read).value();
    }
    return entry.loaded_case.get();
}

Result<Organisation*> Aggregates::load_organisation(StreamId stream) {
    Entry& entry = touch(stream);
    if (!entry.organisation) {
        auto read = read_organisation(stream);
        if (!read) {
            drop(stream);
            return std::move(read).error();
        }
        entry.organisation = std::move(read).value();
    }
    return entry.organisation.get();
}

Result<std::unique_ptr<LoadedCase>> Aggregates::read_case(StreamId stream) {
    auto loaded = std::make_unique<LoadedCase>();
    const auto snapshot = TRY(reader_->find_snapshot(stream));
    if (snapshot && snapshot->version == case_snapshot_version) {
        loaded->value = TRY(decode_case_snapshot(*snapshot));
        loaded->snapshot_sequence = snapshot->sequence;
    }
    loaded->value.summary.id = CaseId(stream.value());
    Touched ignored;
    TRY(replay_tail(
        *reader_, stream, loaded->value.head, [&](const Record& record) -> Result<void> {
            if (is_organisation_kind(record.kind)) {
                return not_found("case_not_found", "there is no such case", stream.to_text());
            }
            apply(loaded->value, TRY(decode_case_event(record)), record, ignored);
            return {};
        }));
    if (loaded->value.head.sequence > 0) {
        loaded->workflow =
            TRY(find_version(*reader_, library_, loaded->value.summary.workflow_version));
    }
    return loaded;
}

Result<std::unique_ptr<Organisation>> Aggregates::read_organisation(StreamId stream) {
    auto organisation = std::make_unique<Organisation>();
    organisation->summary.id = OrganisationId(stream.value());
    TouchedOrganisation ignored;
    TRY(replay_tail(*reader_, stream, {}, [&](const Record& record) -> Result<void> {
        if (record.sequence == 1 && !is_organisation_kind(record.kind)) {
            return not_found(
                "organisation_not_found", "there is no such organisation", stream.to_text());
        }
        apply(*organisation, TRY(decode_organisation_event(record)), record, ignored);
        return {};
    }));
    return organisation;
}

Aggregates::Entry& Aggregates::touch(StreamId stream) {
    const auto [entry, is_new] = entries_.try_emplace(stream);
    if (is_new) {
        uses_.push_front(stream);
        entry->second.use = uses_.begin();
    } else {
        uses_.splice(uses_.begin(), uses_, entry->second.use);
    }
    return entry->second;
}

void Aggregates::drop(StreamId stream) {
    const auto found = entries_.find(stream);
    if (found != entries_.end()) {
        uses_.erase(found->second.use);
        entries_.erase(found);
    }
}

void Aggregates::trim() {
    while (entries_.size() > limits::cached_cases_max) {
        drop(uses_.back());
    }
}

}  // namespace guildmark
