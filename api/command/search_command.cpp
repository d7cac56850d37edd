#include "api/command/search_command.h"

#include <fmt/format.h>

#include "adapters/store/sqlite/store.h"
#include "api/case_search.h"
#include "engine/base/limits.h"

namespace guildmark::command {
namespace {

Result<OrganisationId> organisation_of(const std::string& text) {
    const auto id = OrganisationId::parse(text);
    if (!id) {
        return malformed("id_malformed", "an organisation's id has 13 letters and digits", text);
    }
    return *id;
}

Result<CaseFilter> filter_of(const SearchArguments& arguments) {
    api::CaseSearch search;
    search.states = arguments.states;
    search.tasks = arguments.tasks;
    search.roles = arguments.roles;
    search.workflow = arguments.workflow;
    for (const std::string& value : arguments.values) {
        const std::size_t sign = value.find('=');
        if (sign == std::string::npos || sign == 0) {
            return malformed("argument_missing", "--data-value takes NAME=VALUE", value);
        }
        search.data.emplace_back(value.substr(0, sign), value.substr(sign + 1));
    }
    search.status = from_name<api::CaseStatus>(arguments.status);
    if (!arguments.status.empty() && !search.status) {
        return malformed("argument_missing",
                         "--status is running, paused, failed or finished",
                         arguments.status);
    }
    const std::vector<std::string>& parties = arguments.organisations;
    if (parties.size() > 2) {
        return malformed("argument_conflict", "--organisation is given once or twice", parties[2]);
    }
    if (parties.size() == 2) {
        search.organisation = TRY(organisation_of(parties[1]));
    }
    return api::filter_of(search,
                          parties.empty() ? OrganisationId() : TRY(organisation_of(parties[0])));
}

void print_case(const rows::Case& row, Output output) {
    if (output == Output::text) {
        print(fmt::format("{}  {:<10} {}  {}{}",
                          row.id.to_text(),
                          row.workflow,
                          row.states,
                          row.title,
                          row.paused_at ? "  (paused)" : ""));
        return;
    }
    Value value;
    value.set("case", row.id.to_text());
    value.set("title", row.title);
    value.set("workflow", row.workflow);
    value.set("states", row.states);
    value.set("finished", row.finished);
    value.set("paused", row.paused_at.has_value());
    value.set("open_tasks", Value(std::uint64_t{row.open_tasks}));
    value.set("incidents_open", Value(std::uint64_t{row.incidents_open}));
    value.set("sequence", Value(row.sequence));
    print_json(value);
}

Result<void> search(const SearchArguments& arguments) {
    const CaseFilter filter = TRY(filter_of(arguments));
    SqliteOptions options;
    options.access = StoreAccess::read;
    const auto store = TRY(SqliteStore::open(TRY(find_journal(arguments.data_folder)), options));
    const auto reader = TRY(store->open_reader());
    PageRequest request{"", limits::page_size_max};
    do {
        const auto page = TRY(reader->cases(filter, request));
        for (const rows::Case& row : page.items) {
            print_case(row, arguments.output);
        }
        request.after = page.next;
    } while (!request.after.empty());
    return {};
}

}  // namespace

int run_search(const SearchArguments& arguments) {
    const auto searched = search(arguments);
    return searched ? exit_done : report_error(searched.error(), arguments.output);
}

}  // namespace guildmark::command
