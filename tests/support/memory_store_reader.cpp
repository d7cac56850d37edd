#include <algorithm>
#include <charconv>
#include <limits>

#include "engine/base/ensure.h"
#include "engine/base/limits.h"
#include "tests/support/memory_store_contents.h"
#include "tests/support/memory_store_filters.h"

namespace guildmark::tests {
namespace {

template <typename Map>
using RowOf = typename Map::mapped_type;

template <typename Map>
std::optional<RowOf<Map>> find_in(const Map& map, const typename Map::key_type& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::optional<RowOf<Map>>() : found->second;
}

/// The rows whose key begins with `group`, in the order of the key.
template <typename Map, typename Group>
std::vector<RowOf<Map>> rows_of(const Map& map, Group group) {
    std::vector<RowOf<Map>> rows;
    for (auto entry = map.lower_bound({group, {}});
         entry != map.end() && entry->first.first == group;
         ++entry) {
        rows.push_back(entry->second);
    }
    return rows;
}

std::vector<rows::Requirement> requirements_of(const ReadModels& models, CaseId id) {
    auto rows = rows_of(models.requirements, id);
    std::ranges::sort(rows, {}, &rows::Requirement::ordinal);
    return rows;
}

Error page_key_malformed() {
    return malformed("page_key_malformed", "the key to go on with is none of this list", "after");
}

template <typename Key>
Result<Key> after_id(const PageRequest& page, Key first) {
    if (page.after.empty()) {
        return first;
    }
    const auto id = Key::parse(page.after);
    return id ? Result<Key>(*id) : page_key_malformed();
}

using EvidenceKey = std::pair<EvidenceId, std::uint32_t>;

Result<EvidenceKey> after_evidence(const PageRequest& page) {
    if (page.after.empty()) {
        return EvidenceKey{};
    }
    const std::size_t point = page.after.find('.');
    const auto id = EvidenceId::parse(std::string_view(page.after).substr(0, point));
    if (!id || point == std::string::npos) {
        return page_key_malformed();
    }
    EvidenceKey key{*id, 0};
    const char* const end = page.after.data() + page.after.size();
    const auto [rest, error] = std::from_chars(page.after.data() + point + 1, end, key.second);
    return rest == end && error == std::errc() ? Result<EvidenceKey>(key) : page_key_malformed();
}

/// The page of `rows`, which are all that come behind its key, in order.
template <typename Row, typename KeyOf>
Page<Row> page_of(std::vector<Row> rows, const PageRequest& request, KeyOf key_of) {
    ENSURE(request.size >= 1 && request.size <= limits::page_size_max, "a page has 1 to 200 items");
    Page<Row> page{std::move(rows), {}};
    if (page.items.size() > request.size) {
        page.items.resize(request.size);
        page.next = key_of(page.items.back());
    }
    return page;
}

/// The newest row, by id, of which `is_it` is true.
template <typename Map, typename Predicate>
std::optional<RowOf<Map>> find_newest(const Map& map, Predicate is_it) {
    std::optional<RowOf<Map>> newest;
    for (const auto& [key, row] : map) {
        if (is_it(row) && (!newest || newest->id < row.id)) {
            newest = row;
        }
    }
    return newest;
}

class MemoryReader final : public StoreReader {
public:
    explicit MemoryReader(std::shared_ptr<MemoryStore::Shared> shared)
        : shared_(std::move(shared)) {}

    Result<StreamHead> head(StreamId stream) override {
        const std::lock_guard lock(shared_->mutex);
        const auto found = shared_->streams.find(stream);
        if (found == shared_->streams.end()) {
            return StreamHead{};
        }
        return StreamHead{found->second.back().sequence, found->second.back().hash};
    }

    Result<std::vector<Record>> records(StreamId stream,
                                        std::uint64_t after_sequence,
                                        std::size_t count_max) override {
        const std::lock_guard lock(shared_->mutex);
        std::vector<Record> records =
            find_in(shared_->streams, stream).value_or(std::vector<Record>());
        records.erase(records.begin(),
                      records.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(
                                            after_sequence, records.size())));
        records.resize(std::min(records.size(), count_max));
        return records;
    }

    Result<std::optional<Snapshot>> find_snapshot(StreamId stream) override {
        const std::lock_guard lock(shared_->mutex);
        return find_in(shared_->snapshots, stream);
    }

    Result<std::optional<KeyedAnswer>> find_answer(std::string_view key) override {
        const std::lock_guard lock(shared_->mutex);
        return find_in(shared_->answers, std::string(key));
    }

    Result<std::optional<Definition>> find_definition(const Digest& version) override {
        const std::lock_guard lock(shared_->mutex);
        return find_in(shared_->definitions, version);
    }

    Result<std::vector<Definition>> definitions(std::string_view kind) override {
        const std::lock_guard lock(shared_->mutex);
        std::vector<Definition> found;
        for (const auto& [version, definition] : shared_->definitions) {
            if (definition.kind == kind) {
                found.push_back(definition);
            }
        }
        return found;
    }

    Result<std::uint64_t> last_position() override {
        const std::lock_guard lock(shared_->mutex);
        return shared_->position;
    }

    Result<std::uint64_t> last_stream() override {
        const std::lock_guard lock(shared_->mutex);
        return shared_->streams.empty() ? 0 : shared_->streams.rbegin()->first.value();
    }

    Result<std::vector<Timer>> due_timers(Instant until, std::size_t count_max) override {
        std::vector<Timer> timers;
        {
            const std::lock_guard lock(shared_->mutex);
            for (const auto& [id, timer] : shared_->models.timers) {
                if (timer.due <= until) {
                    timers.push_back(timer);
                }
            }
        }
        std::ranges::stable_sort(timers, {}, &Timer::due);
        timers.resize(std::min(timers.size(), count_max));
        return timers;
    }

    Result<std::optional<Instant>> next_timer() override {
        constexpr Instant ever{std::numeric_limits<std::int64_t>::max()};
        const auto timers = TRY(due_timers(ever, 1));
        return timers.empty() ? std::optional<Instant>() : timers.front().due;
    }

    Result<std::vector<Effect>> due_effects(Instant until, std::size_t count_max) override {
        std::vector<Effect> effects;
        {
            const std::lock_guard lock(shared_->mutex);
            for (const auto& [id, effect] : shared_->models.effects) {
                if (effect.not_before <= until) {
                    effects.push_back(effect);
                }
            }
        }
        std::ranges::stable_sort(effects, {}, &Effect::not_before);
        effects.resize(std::min(effects.size(), count_max));
        return effects;
    }

    Result<std::optional<rows::Case>> find_case(CaseId id) override {
        const std::lock_guard lock(shared_->mutex);
        return find_in(shared_->models.cases, id);
    }

    Result<std::optional<rows::CaseRows>> find_case_rows(CaseId id) override {
        const std::lock_guard lock(shared_->mutex);
        const ReadModels& models = shared_->models;
        const auto summary = find_in(models.cases, id);
        if (!summary) {
            return std::optional<rows::CaseRows>();
        }
        return std::optional<rows::CaseRows>(rows::CaseRows{*summary,
                                                            rows_of(models.tasks, id),
                                                            requirements_of(models, id),
                                                            rows_of(models.evidence, id),
                                                            rows_of(models.findings, id),
                                                            rows_of(models.decisions, id),
                                                            rows_of(models.certificates, id),
                                                            rows_of(models.charges, id),
                                                            rows_of(models.incidents, id)});
    }

    Result<std::optional<rows::CaseOverview>> find_case_overview(
        CaseId id, Date evidence_until, std::size_t evidence_max) override {
        auto all = TRY(find_case_rows(id));
        if (!all) {
            return std::optional<rows::CaseOverview>();
        }
        std::erase_if(all->tasks,
                      [](const auto& row) { return row.status != rows::TaskStatus::open; });
        std::erase_if(all->requirements, [](const auto& row) { return !row.due; });
        std::erase_if(all->evidence, [&](const auto& row) {
            return row.status != rows::EvidenceStatus::current || !row.valid_until ||
                   *row.valid_until > evidence_until;
        });
        std::ranges::stable_sort(all->evidence, {}, &rows::Evidence::valid_until);
        all->evidence.resize(std::min(all->evidence.size(), evidence_max));
        std::erase_if(all->findings,
                      [](const auto& row) { return row.status == rows::FindingStatus::verified; });
        return std::optional<rows::CaseOverview>(rows::CaseOverview{std::move(all->summary),
                                                                    std::move(all->tasks),
                                                                    std::move(all->requirements),
                                                                    std::move(all->evidence),
                                                                    std::move(all->findings),
                                                                    std::move(all->decisions),
                                                                    std::move(all->certificates),
                                                                    std::move(all->charges)});
    }

    Result<rows::GateRows> gate_rows(CaseId id, Date today) override {
        const std::lock_guard lock(shared_->mutex);
        const ReadModels& models = shared_->models;
        rows::GateRows rows{requirements_of(models, id),
                            rows_of(models.evidence, id),
                            rows_of(models.findings, id)};
        std::erase_if(rows.expired, [&](const auto& row) {
            return row.status != rows::EvidenceStatus::current || !row.valid_until ||
                   *row.valid_until >= today;
        });
        std::ranges::stable_sort(rows.expired, {}, &rows::Evidence::valid_until);
        return rows;
    }

    Result<Page<rows::Case>> cases(const CaseFilter& filter, const PageRequest& page) override {
        constexpr auto largest = std::numeric_limits<std::uint64_t>::max();
        const CaseId before = TRY(after_id(page, CaseId(largest)));
        std::vector<rows::Case> rows;
        const std::lock_guard lock(shared_->mutex);
        const auto& cases = shared_->models.cases;
        for (auto entry = cases.rbegin(); entry != cases.rend(); ++entry) {
            if (entry->first < before && matches(filter, entry->second)) {
                rows.push_back(entry->second);
            }
        }
        return page_of(std::move(rows), page, [](const auto& row) { return row.id.to_text(); });
    }

    Result<std::uint64_t> count_cases(const CaseFilter& filter) override {
        const std::lock_guard lock(shared_->mutex);
        const auto count = std::ranges::count_if(shared_->models.cases, [&](const auto& entry) {
            return matches(filter, entry.second);
        });
        return static_cast<std::uint64_t>(count);
    }

    Result<std::optional<rows::Task>> find_task(TaskId id) override {
        const std::lock_guard lock(shared_->mutex);
        return find_newest(shared_->models.tasks, [&](const auto& row) { return row.id == id; });
    }

    Result<Page<rows::Task>> tasks(const TaskFilter& filter, const PageRequest& page) override {
        const TaskId after = TRY(after_id(page, TaskId()));
        std::vector<rows::Task> rows;
        {
            const std::lock_guard lock(shared_->mutex);
            for (const auto& [key, row] : shared_->models.tasks) {
                if (row.id > after && matches(filter, row)) {
                    rows.push_back(row);
                }
            }
        }
        std::ranges::sort(rows, {}, &rows::Task::id);
        return page_of(std::move(rows), page, [](const auto& row) { return row.id.to_text(); });
    }

    Result<Page<rows::Incident>> incidents(const IncidentFilter& filter,
                                           const PageRequest& page) override {
        const IncidentId after = TRY(after_id(page, IncidentId()));
        std::vector<rows::Incident> rows;
        {
            const std::lock_guard lock(shared_->mutex);
            for (const auto& [key, row] : shared_->models.incidents) {
                const bool is_meant =
                    (filter.organisation.is_none() || row.organisation == filter.organisation) &&
                    (filter.case_id.is_none() || row.case_id == filter.case_id) &&
                    (!filter.status || row.status == *filter.status);
                if (row.id > after && is_meant) {
                    rows.push_back(row);
                }
            }
        }
        std::ranges::sort(rows, {}, &rows::Incident::id);
        return page_of(std::move(rows), page, [](const auto& row) { return row.id.to_text(); });
    }

    Result<std::vector<rows::Requirement>> requirements(CaseId id) override {
        const std::lock_guard lock(shared_->mutex);
        return requirements_of(shared_->models, id);
    }

    Result<Page<rows::Evidence>> evidence(CaseId id, const PageRequest& page) override {
        const EvidenceKey after = TRY(after_evidence(page));
        const std::lock_guard lock(shared_->mutex);
        std::vector<rows::Evidence> rows = rows_of(shared_->models.evidence, id);
        std::erase_if(rows, [&](const rows::Evidence& row) {
            return EvidenceKey{row.id, row.revision} <= after;
        });
        return page_of(std::move(rows), page, [](const rows::Evidence& row) {
            return row.id.to_text() + "." + std::to_string(row.revision);
        });
    }

    Result<std::optional<rows::Evidence>> find_evidence(
        CaseId case_id, EvidenceId id, std::optional<std::uint32_t> revision) override {
        const std::lock_guard lock(shared_->mutex);
        std::optional<rows::Evidence> found;
        for (const rows::Evidence& row : rows_of(shared_->models.evidence, case_id)) {
            if (row.id == id && (!revision || row.revision == *revision)) {
                found = row;  // Revisions come in ascending order.
            }
        }
        return found;
    }

    Result<std::vector<rows::Finding>> findings(CaseId id) override {
        const std::lock_guard lock(shared_->mutex);
        return rows_of(shared_->models.findings, id);
    }

    Result<std::optional<rows::Certificate>> find_certificate(std::string_view number) override {
        const std::lock_guard lock(shared_->mutex);
        return find_newest(shared_->models.certificates,
                           [&](const auto& row) { return row.number == number; });
    }

    Result<Page<rows::Certificate>> certificates(const CertificateFilter& filter,
                                                 const PageRequest& page) override {
        std::map<std::string, rows::Certificate> newest;
        const std::lock_guard lock(shared_->mutex);
        for (const auto& [key, row] : shared_->models.certificates) {
            auto& known = newest[row.number];
            known = known.id < row.id ? row : known;
        }
        newest.erase(newest.begin(), newest.upper_bound(page.after));
        std::string last;
        if (newest.size() >= limits::certificates_searched_max) {
            const auto end = std::next(newest.begin(), limits::certificates_searched_max);
            last = std::prev(end)->first;
            newest.erase(end, newest.end());
        }
        std::vector<rows::Certificate> rows;
        for (const auto& [number, row] : newest) {
            const auto holder = find_in(shared_->models.organisations, row.holder);
            if (matches(filter, row, holder.value_or(rows::Organisation()))) {
                rows.push_back(row);
            }
        }
        auto found = page_of(std::move(rows), page, [](const auto& row) { return row.number; });
        found.next = found.next.empty() ? last : found.next;
        return found;
    }

    Result<std::vector<Record>> certificate_acts(std::uint64_t after_position,
                                                 std::size_t count_max) override {
        const std::lock_guard lock(shared_->mutex);
        std::map<std::uint64_t, Record> acts;
        for (const auto& [stream, records] : shared_->streams) {
            for (const Record& record : records) {
                if (record.kind == certificate_acted_kind && record.position > after_position) {
                    acts.emplace(record.position, record);
                }
            }
        }
        std::vector<Record> first;
        for (const auto& [position, record] : acts) {
            if (first.size() < count_max) {
                first.push_back(record);
            }
        }
        return first;
    }

    Result<std::vector<Record>> certificate_acts_of(CaseId id) override {
        std::vector<Record> acts =
            TRY(records(stream_of(id), 0, std::numeric_limits<std::size_t>::max()));
        std::erase_if(acts,
                      [](const Record& record) { return record.kind != certificate_acted_kind; });
        return acts;
    }

    Result<std::optional<rows::Organisation>> find_organisation(OrganisationId id) override {
        const std::lock_guard lock(shared_->mutex);
        return find_in(shared_->models.organisations, id);
    }

    Result<std::optional<rows::OrganisationRows>> find_organisation_rows(
        OrganisationId id) override {
        const std::lock_guard lock(shared_->mutex);
        const auto summary = find_in(shared_->models.organisations, id);
        if (!summary) {
            return std::optional<rows::OrganisationRows>();
        }
        return std::optional<rows::OrganisationRows>(
            rows::OrganisationRows{*summary,
                                   rows_of(shared_->models.members, id),
                                   rows_of(shared_->models.tokens, id),
                                   rows_of(shared_->models.competences, id)});
    }

    Result<Page<rows::Organisation>> organisations(const PageRequest& page) override {
        const OrganisationId after = TRY(after_id(page, OrganisationId()));
        std::vector<rows::Organisation> rows;
        const std::lock_guard lock(shared_->mutex);
        const auto& all = shared_->models.organisations;
        for (auto entry = all.upper_bound(after); entry != all.end(); ++entry) {
            rows.push_back(entry->second);
        }
        return page_of(std::move(rows), page, [](const auto& row) { return row.id.to_text(); });
    }

    Result<std::optional<rows::Member>> find_member(OrganisationId organisation,
                                                    PersonId person) override {
        const std::lock_guard lock(shared_->mutex);
        return find_in(shared_->models.members, {organisation, person});
    }

    Result<std::optional<rows::Token>> find_token(const Digest& hash) override {
        const std::lock_guard lock(shared_->mutex);
        return find_newest(shared_->models.tokens,
                           [&](const auto& row) { return row.hash == hash; });
    }

    Result<void> scan_streams(const RecordVisit& visit,
                              const UnreadableVisit& /*on_unreadable*/) override {
        std::map<StreamId, std::vector<Record>> streams;
        {
            const std::lock_guard lock(shared_->mutex);
            streams = shared_->streams;
        }
        for (const auto& [stream, records] : streams) {
            for (const Record& record : records) {
                TRY(visit(record));
            }
        }
        return {};
    }

private:
    std::shared_ptr<MemoryStore::Shared> shared_;
};

}  // namespace

std::unique_ptr<StoreReader> make_memory_reader(std::shared_ptr<MemoryStore::Shared> shared) {
    return std::make_unique<MemoryReader>(std::move(shared));
}

}  // namespace guildmark::tests
