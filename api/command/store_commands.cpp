#include "api/command/store_commands.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "adapters/store/sqlite/store.h"
#include "engine/base/json.h"
#include "engine/runtime/replay.h"

namespace guildmark::command {
namespace {

Result<std::unique_ptr<SqliteStore>> open_store(const StoreArguments& arguments,
                                                StoreAccess access,
                                                StoreStart start = StoreStart::checked) {
    SqliteOptions options;
    options.access = access;
    options.start = start;
    return SqliteStore::open(TRY(find_journal(arguments.data_folder)), options);
}

Result<std::uint64_t> count_records(Store& store) {
    return TRY(store.open_reader())->last_position();
}

Value to_json_value(const StoreFault& fault) {
    Value value;
    value.set("code", fault.code);
    value.set("message", fault.message);
    value.set("subject", fault.subject);
    return value;
}

void print_verify_json(const VerifyReport& report) {
    Value::Array faults;
    for (const StoreFault& fault : report.faults) {
        faults.push_back(to_json_value(fault));
    }
    Value value;
    value.set("records", Value(report.count.records));
    value.set("streams", Value(report.count.streams));
    value.set("records_sound", Value(report.sound.records));
    value.set("streams_sound", Value(report.sound.streams));
    value.set("sound", report.is_sound());
    value.set("faults_count", Value(report.faults_count));
    value.set("faults", std::move(faults));
    print_json(value);
}

/// The journal comes first: what follows from it can be mended.
std::string verdict(const VerifyReport& report) {
    if (report.is_sound()) {
        return "sound";
    }
    const std::uint64_t streams = report.count.streams - report.sound.streams;
    const bool only_rows = report.faults_count == report.faults.size() &&
                           std::ranges::all_of(report.faults, [](const StoreFault& fault) {
                               return fault.code == "rows_differ";
                           });
    if (only_rows) {
        return "sound, but rows differ: guildmark rebuild mends them";
    }
    return fmt::format(
        "DAMAGED, {} sound records, {} damaged streams: keep a copy of the folder and "
        "restore a backup",
        report.sound.records,
        streams);
}

void print_verify_report(const VerifyReport& report, Output output) {
    if (output == Output::json) {
        print_verify_json(report);
        return;
    }
    for (const StoreFault& fault : report.faults) {
        print(fault.subject.empty()
                  ? fmt::format("{}: {}", fault.code, fault.message)
                  : fmt::format("{}: {}: {}", fault.subject, fault.code, fault.message));
    }
    if (report.faults_count > report.faults.size()) {
        print(fmt::format("... and {} more", report.faults_count - report.faults.size()));
    }
    print(fmt::format("{} records of {} streams: {}",
                      report.count.records,
                      report.count.streams,
                      verdict(report)));
}

std::string actor_text(const Actor& actor) {
    return actor.is_system() ? "system" : fmt::format("{} {}", actor.person.to_text(), actor.role);
}

void print_record(const Record& record, Output output) {
    if (output == Output::text) {
        print(fmt::format("{} {:>4} {} {}: {} {}",
                          record.stream.to_text(),
                          record.sequence,
                          record.at.to_text(),
                          actor_text(record.actor),
                          record.kind,
                          record.payload));
        return;
    }
    // The payload is JSON already and is put in as it was written.
    std::string line = fmt::format(
        R"({{"stream":"{}","sequence":{},"position":{},"kind":"{}","version":{},"at":"{}",)"
        R"("person":"{}","organisation":"{}","role":"{}","hash":"{}","payload":{}}})",
        record.stream.to_text(),
        record.sequence,
        record.position,
        record.kind,
        record.version,
        record.at.to_text(),
        record.actor.person.to_text(),
        record.actor.organisation.to_text(),
        record.actor.role,
        record.hash.to_text(),
        record.payload);
    print(line);
}

Result<void> replay_stream(StoreReader& reader, StreamId stream, Output output) {
    constexpr std::size_t records_per_read = 256;
    ChainChecker chain;
    while (true) {
        const auto records = TRY(reader.records(stream, chain.head().sequence, records_per_read));
        for (const Record& record : records) {
            TRY(chain.accept(record));
            print_record(record, output);
        }
        if (records.size() < records_per_read) {
            break;
        }
    }
    if (chain.head().sequence == 0) {
        return not_found("case_not_found", "there is no such case", stream.to_text());
    }
    return {};
}

Result<void> replay(const StoreArguments& arguments) {
    auto store = TRY(open_store(arguments, StoreAccess::read));
    auto reader = TRY(store->open_reader());
    if (!arguments.case_id.empty()) {
        const auto id = StreamId::parse(arguments.case_id);
        if (!id) {
            return malformed("id_malformed", "a case's id has 13 letters and digits", "case");
        }
        return replay_stream(*reader, *id, arguments.output);
    }
    std::map<StreamId, ChainChecker> chains;
    return reader->scan_streams([&](const Record& record) -> Result<void> {
        TRY(chains[record.stream].accept(record));
        print_record(record, arguments.output);
        return {};
    });
}

}  // namespace

int run_verify(const StoreArguments& arguments) {
    auto store = open_store(arguments, StoreAccess::read, StoreStart::unchecked);
    if (!store && store.error().kind == ErrorKind::corrupted) {
        // Too damaged to be opened: that is what was asked, and is answered in the same words.
        const Error& error = store.error();
        print_verify_report({{}, {}, {{error.code, error.message, error.subject}}, 1},
                            arguments.output);
        return exit_damaged;
    }
    if (!store) {
        return report_error(store.error(), arguments.output);
    }
    const auto all = count_records(**store);
    ProgressBar bar("verifying", all ? *all : 0);
    const auto report = verify(**store, [&bar](std::uint64_t records) { bar.show(records); });
    if (!report) {
        return report_error(report.error(), arguments.output);
    }
    print_verify_report(*report, arguments.output);
    return report->is_sound() ? exit_done : exit_damaged;
}

int run_rebuild(const StoreArguments& arguments) {
    // The whole journal is gone through, so nothing is gained by its end before.
    auto store = open_store(arguments, StoreAccess::write, StoreStart::unchecked);
    if (!store) {
        return report_error(store.error(), arguments.output);
    }
    const auto all = count_records(**store);
    ProgressBar bar("rebuilding", all ? *all : 0);
    const auto count = rebuild(**store, [&bar](std::uint64_t records) { bar.show(records); });
    if (!count) {
        return report_error(count.error(), arguments.output);
    }
    if (arguments.output == Output::json) {
        Value value;
        value.set("records", Value(count->records));
        value.set("streams", Value(count->streams));
        print_json(value);
    } else {
        print(fmt::format("rebuilt from {} records of {} streams", count->records, count->streams));
    }
    return exit_done;
}

int run_replay(const StoreArguments& arguments) {
    const auto replayed = replay(arguments);
    return replayed ? exit_done : report_error(replayed.error(), arguments.output);
}

}  // namespace guildmark::command
