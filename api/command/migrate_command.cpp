#include "api/command/migrate_command.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/command/named_workflow.h"
#include "api/installation.h"
#include "api/library_folder.h"
#include "engine/runtime/migration.h"

namespace guildmark::command {
namespace {

constexpr std::size_t version_letters = 12;

std::string short_version(const Digest& version) {
    return version.to_text().substr(0, version_letters);
}

/// What a plan led to, over all cases.
struct Migrated {
    std::shared_ptr<const workflow::Workflow> to;
    std::vector<CaseMigrationReport> cases;

    [[nodiscard]] std::size_t refused() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            cases,
            [](const CaseMigrationReport& report) { return !report.migration.refusals.empty(); }));
    }
};

Result<std::shared_ptr<const workflow::Workflow>> target_of(const workflow::MigrationPlan& plan,
                                                            const Library& library) {
    auto workflow = TRY(find_named_workflow(library, plan.workflow));
    const std::string version = workflow->version.to_text();
    if (!version.starts_with(plan.to)) {
        return malformed("version_other",
                         fmt::format("the plan leads to version {}, and {} is loaded",
                                     plan.to,
                                     short_version(workflow->version)),
                         plan.to);
    }
    return workflow;
}

Result<Migrated> migrate(const MigrateArguments& arguments, Diagnostics& diagnostics) {
    const std::string text = TRY(read_file(arguments.plan));
    const auto plan = workflow::read_migration_plan(text, arguments.plan, diagnostics);
    if (!plan) {
        return malformed("document_invalid", "the plan has faults", arguments.plan);
    }
    TRY(find_journal(arguments.data_folder));
    // A dry run takes the lock as well: what it tells is what a migration would do.
    auto installation = TRY(
        Installation::open({arguments.data_folder, arguments.library_folder, StoreAccess::write}));
    Migrated migrated;
    migrated.to = TRY(target_of(*plan, installation->library()));
    std::unique_ptr<ProgressBar> bar;
    migrated.cases =
        TRY(migrate_cases(installation->ports(),
                          installation->library(),
                          {*plan,
                           text,
                           migrated.to,
                           arguments.is_dry_run ? MigrationMode::dry_run : MigrationMode::write},
                          [&bar](std::uint64_t done, std::uint64_t all) {
                              bar = bar == nullptr ? std::make_unique<ProgressBar>("migrating", all)
                                                   : std::move(bar);
                              bar->show(done);
                          }));
    return migrated;
}

Value problems_value(const std::vector<Error>& problems) {
    Value::Array values;
    for (const Error& problem : problems) {
        Value one;
        one.set("code", problem.code);
        one.set("message", problem.message);
        one.set("subject", problem.subject);
        values.push_back(std::move(one));
    }
    return Value(std::move(values));
}

Value renamings_value(const std::vector<events::Renaming>& renamings) {
    Value::Array values;
    for (const events::Renaming& renaming : renamings) {
        Value one;
        one.set("from", renaming.from);
        one.set("to", renaming.to);
        values.push_back(std::move(one));
    }
    return Value(std::move(values));
}

Value case_value(const CaseMigrationReport& report) {
    const bool is_possible = report.migration.refusals.empty();
    Value value;
    value.set("case", report.id.to_text());
    value.set("title", report.title);
    value.set("from_version", report.from.to_text());
    value.set("states", report.states);
    value.set("states_after", is_possible ? Value(report.migration.event.states) : Value());
    value.set("tasks", renamings_value(report.tasks_redefined));
    value.set("timers", Value(std::uint64_t{report.migration.event.timers.size()}));
    value.set("warnings", problems_value(report.migration.warnings));
    value.set("refusals", problems_value(report.migration.refusals));
    value.set("migrated", report.is_written);
    return value;
}

void print_case(const CaseMigrationReport& report, bool is_dry_run) {
    const CaseMigration& migration = report.migration;
    const bool is_possible = migration.refusals.empty();
    print(fmt::format("{}  {:<10}  {}  {} -> {}",
                      report.id.to_text(),
                      !is_possible ? "refused"
                      : is_dry_run ? "would go"
                                   : "migrated",
                      report.title,
                      report.states,
                      is_possible ? migration.event.states : "?"));
    for (const events::Renaming& task : report.tasks_redefined) {
        print(fmt::format("    task {} -> {}", task.from, task.to));
    }
    for (const Error& warning : migration.warnings) {
        print(fmt::format("    warning: {}: {}", warning.code, warning.message));
    }
    for (const Error& refusal : migration.refusals) {
        print(fmt::format("    {}: {}", refusal.code, refusal.message));
    }
}

void print_migrated(const Migrated& migrated, const MigrateArguments& arguments) {
    const std::size_t refused = migrated.refused();
    if (arguments.output == Output::json) {
        Value::Array cases;
        for (const CaseMigrationReport& report : migrated.cases) {
            cases.push_back(case_value(report));
        }
        Value value;
        value.set("workflow", migrated.to->id);
        value.set("to_version", migrated.to->version.to_text());
        value.set("dry_run", arguments.is_dry_run);
        value.set("refused", Value(std::uint64_t{refused}));
        value.set("cases", Value(std::move(cases)));
        print_json(value);
        return;
    }
    for (const CaseMigrationReport& report : migrated.cases) {
        print_case(report, arguments.is_dry_run);
    }
    print(fmt::format("{} to version {}: {} {}, {} refused",
                      migrated.to->id,
                      short_version(migrated.to->version),
                      migrated.cases.size() - refused,
                      arguments.is_dry_run ? "would go" : "migrated",
                      refused));
}

}  // namespace

int run_migrate(const MigrateArguments& arguments) {
    Diagnostics diagnostics;
    const auto migrated = migrate(arguments, diagnostics);
    if (diagnostics.has_errors()) {
        return report_diagnostics(diagnostics, arguments.output);
    }
    if (!migrated) {
        return report_error(migrated.error(), arguments.output);
    }
    print_migrated(*migrated, arguments);
    return migrated->refused() == 0 ? exit_done : exit_failed;
}

}  // namespace guildmark::command
