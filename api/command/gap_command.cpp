#include "api/command/gap_command.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "adapters/store/sqlite/store.h"
#include "api/library_folder.h"
#include "engine/base/describe.h"

namespace guildmark::command {
namespace {

/// How many current documents stand for each requirement.
using Documents = std::map<std::string, std::uint64_t, std::less<>>;

struct Gap {
    std::shared_ptr<const Standard> from;
    std::shared_ptr<const Standard> to;
    evidence::Crosswalk crosswalk;
    std::vector<evidence::GapItem> items;
    std::optional<Documents> documents;  ///< Of the case; none: no case was asked for.
};

Result<rows::CaseRows> case_of(const GapArguments& arguments) {
    const auto id = CaseId::parse(arguments.case_id);
    if (!id) {
        return malformed("id_malformed", "a case's id has 13 letters and digits", "--case");
    }
    SqliteOptions options;
    options.access = StoreAccess::read;
    const auto store = TRY(SqliteStore::open(TRY(find_journal(arguments.data_folder)), options));
    const auto reader = TRY(store->open_reader());
    auto rows = TRY(reader->find_case_rows(*id));
    if (!rows) {
        return not_found("case_not_found", "there is no case of this id", arguments.case_id);
    }
    return std::move(*rows);
}

Documents documents_of(const rows::CaseRows& rows) {
    Documents documents;
    for (const rows::Evidence& evidence : rows.evidence) {
        std::string_view numbers = evidence.requirements;
        while (evidence.status == rows::EvidenceStatus::current && !numbers.empty()) {
            const std::size_t end = std::min(numbers.find(' '), numbers.size());
            ++documents[std::string(numbers.substr(0, end))];
            numbers.remove_prefix(std::min(end + 1, numbers.size()));
        }
    }
    return documents;
}

Result<std::shared_ptr<const Standard>> standard_of(const Library& library,
                                                    const std::string& key) {
    if (auto standard = library.find_standard(key)) {
        return standard;
    }
    std::vector<std::string> known;
    for (const auto& standard : library.standards()) {
        known.push_back(standard->key());
    }
    return not_found(
        "standard_not_found",
        fmt::format("the library has no standard \"{}\"; it has {}", key, fmt::join(known, ", ")),
        key);
}

Result<evidence::Crosswalk> crosswalk_of(const std::vector<evidence::Crosswalk>& crosswalks,
                                         const std::string& from,
                                         const std::string& to) {
    for (const evidence::Crosswalk& crosswalk : crosswalks) {
        if (crosswalk.from == from && crosswalk.to == to) {
            return crosswalk;
        }
        if (crosswalk.from == to && crosswalk.to == from) {
            return crosswalk.reversed();
        }
    }
    return not_found("crosswalk_not_found",
                     fmt::format("nobody has written down what {} and {} have in common; write "
                                 "standards/crosswalks/*.xml",
                                 from,
                                 to),
                     to);
}

Result<Gap> read_gap(const GapArguments& arguments) {
    if (arguments.from.empty() && arguments.case_id.empty()) {
        return malformed("argument_missing", "say what is there, by --from or --case", "--from");
    }
    Gap gap;
    std::string from = arguments.from;
    if (!arguments.case_id.empty()) {
        const rows::CaseRows rows = TRY(case_of(arguments));
        from = from.empty() ? rows.summary.standard : from;
        gap.documents = documents_of(rows);
    }
    Library library;
    Diagnostics ignored;
    TRY(load_library(arguments.library_folder, library, ignored));
    gap.from = TRY(standard_of(library, from));
    gap.to = TRY(standard_of(library, arguments.to));
    const auto crosswalks = TRY(load_crosswalks(arguments.library_folder, ignored));
    gap.crosswalk = TRY(crosswalk_of(crosswalks, from, arguments.to));
    gap.items = evidence::gap_of(gap.crosswalk, *gap.to);
    return gap;
}

std::uint64_t documents_for(const Gap& gap, const evidence::GapItem& item) {
    std::uint64_t count = 0;
    for (const std::string& number : item.by) {
        const auto found = gap.documents->find(number);
        count += found == gap.documents->end() ? 0 : found->second;
    }
    return count;
}

std::uint64_t count_served(const Gap& gap, std::optional<evidence::Strength> served) {
    return static_cast<std::uint64_t>(
        std::ranges::count(gap.items, served, &evidence::GapItem::served));
}

void print_text(const Gap& gap, const std::string& language) {
    print(fmt::format("{} for a firm that has {}: {} of {} requirements served, {} in part, {} new",
                      gap.to->designation,
                      gap.from->designation,
                      count_served(gap, evidence::Strength::full),
                      gap.items.size(),
                      count_served(gap, evidence::Strength::part),
                      count_served(gap, std::nullopt)));
    for (const evidence::GapItem& item : gap.items) {
        const std::string served = item.served ? std::string(to_name(*item.served)) : "new";
        std::string line =
            fmt::format("  {:<4} {:<8} {}",
                        served,
                        item.requirement,
                        gap.to->find_requirement(item.requirement)->title.in(language));
        if (!item.by.empty()) {
            line += fmt::format("  <- {}", fmt::join(item.by, " "));
        }
        if (gap.documents && item.served) {
            line += fmt::format("  ({} documents)", documents_for(gap, item));
        }
        print(line);
        for (const LocalizedText* note : item.notes) {
            print("                " + note->in(language));
        }
    }
}

Value item_value(const Gap& gap, const evidence::GapItem& item, const std::string& language) {
    Value::Array by(item.by.begin(), item.by.end());
    Value::Array notes;
    for (const LocalizedText* note : item.notes) {
        notes.emplace_back(note->in(language));
    }
    Value value(
        Value::Object{{"requirement", item.requirement},
                      {"title", gap.to->find_requirement(item.requirement)->title.in(language)},
                      {"served", item.served ? Value(to_name(*item.served)) : Value()},
                      {"by", std::move(by)},
                      {"notes", std::move(notes)}});
    if (gap.documents) {
        value.set("documents", documents_for(gap, item));
    }
    return value;
}

void print_value(const Gap& gap, const std::string& language) {
    Value::Array items;
    for (const evidence::GapItem& item : gap.items) {
        items.push_back(item_value(gap, item, language));
    }
    print_json(Value::Object{{"from", gap.from->key()},
                             {"to", gap.to->key()},
                             {"full", count_served(gap, evidence::Strength::full)},
                             {"part", count_served(gap, evidence::Strength::part)},
                             {"new", count_served(gap, std::nullopt)},
                             {"requirements", std::move(items)}});
}

}  // namespace

int run_gap(const GapArguments& arguments) {
    const auto gap = read_gap(arguments);
    if (!gap) {
        return report_error(gap.error(), arguments.output);
    }
    if (arguments.output == Output::json) {
        print_value(*gap, arguments.language);
    } else {
        print_text(*gap, arguments.language);
    }
    return exit_done;
}

}  // namespace guildmark::command
