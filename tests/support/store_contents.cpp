#include "tests/support/store_contents.h"

#include <limits>
#include <map>

#include "engine/base/limits.h"

namespace guildmark::tests {
namespace {

/// All rows of a paged list.
template <typename Row, typename Read>
Result<std::vector<Row>> all_of(Read read) {
    std::vector<Row> rows;
    PageRequest request{"", limits::page_size_max};
    do {
        Page<Row> page = TRY(read(request));
        rows.insert(rows.end(), page.items.begin(), page.items.end());
        request.after = page.next;
    } while (!request.after.empty());
    return rows;
}

Result<void> read_journal(StoreReader& reader, StoreContents& contents) {
    std::map<StreamId, ChainChecker> chains;
    TRY(reader.scan_streams([&](const Record& record) -> Result<void> {
        contents.records.push_back(record);
        return chains[record.stream].accept(record);
    }));
    for (const auto& [stream, chain] : chains) {
        const auto snapshot = TRY(reader.find_snapshot(stream));
        if (snapshot) {
            contents.snapshots.push_back(*snapshot);
        }
    }
    contents.last_position = TRY(reader.last_position());
    return {};
}

Result<void> read_rows(StoreReader& reader, StoreContents& contents) {
    const auto cases = TRY(all_of<rows::Case>(
        [&](const PageRequest& page) { return reader.cases(CaseFilter(), page); }));
    for (const auto& row : cases) {
        contents.cases.push_back(TRY(reader.find_case_rows(row.id)).value_or(rows::CaseRows()));
    }
    const auto organisations = TRY(all_of<rows::Organisation>(
        [&](const PageRequest& page) { return reader.organisations(page); }));
    for (const auto& row : organisations) {
        contents.organisations.push_back(
            TRY(reader.find_organisation_rows(row.id)).value_or(rows::OrganisationRows()));
    }
    contents.tasks = TRY(all_of<rows::Task>(
        [&](const PageRequest& page) { return reader.tasks(TaskFilter(), page); }));
    CaseFilter open;
    open.finished = false;
    contents.open_cases = TRY(reader.count_cases(open));
    return {};
}

}  // namespace

Result<StoreContents> read_contents(StoreReader& reader,
                                    const std::vector<std::string>& keys,
                                    const std::vector<std::string>& kinds) {
    constexpr Instant ever{std::numeric_limits<std::int64_t>::max()};
    constexpr std::size_t all = 1'000'000;
    StoreContents contents;
    TRY(read_journal(reader, contents));
    TRY(read_rows(reader, contents));
    contents.timers = TRY(reader.due_timers(ever, all));
    contents.effects = TRY(reader.due_effects(ever, all));
    for (const std::string& key : keys) {
        const auto answer = TRY(reader.find_answer(key));
        if (answer) {
            contents.answers.push_back(*answer);
        }
    }
    for (const std::string& kind : kinds) {
        for (const Definition& definition : TRY(reader.definitions(kind))) {
            contents.definitions.push_back(definition);
        }
    }
    return contents;
}

std::string first_fault(Store& store) {
    const auto faults = store.check_integrity();
    if (!faults) {
        return faults.error().code + ": " + faults.error().message;
    }
    if (faults->empty()) {
        return "";
    }
    const StoreFault& first = faults->front();
    return first.code + " " + first.subject + ": " + first.message;
}

}  // namespace guildmark::tests
