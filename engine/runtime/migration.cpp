#include "engine/runtime/migration.h"

#include <algorithm>
#include <map>

#include "engine/base/limits.h"
#include "engine/runtime/aggregates.h"

namespace guildmark {
namespace {

class Migrator {
public:
    Migrator(const EnginePorts& ports,
             Library& library,
             const MigrationOrder& order,
             std::unique_ptr<StoreReader> reader,
             std::unique_ptr<Engine> engine)
        : ports_(ports),
          order_(order),
          aggregates_(std::move(reader), library),
          engine_(std::move(engine)),
          ids_(ports.random, 0) {}

    Result<std::vector<CaseMigrationReport>> run(const MigrationProgress& progress) {
        const std::vector<rows::Case> meant = TRY(cases_meant());
        std::vector<CaseMigrationReport> reports;
        for (const rows::Case& row : meant) {
            if (progress) {
                progress(reports.size(), meant.size());
            }
            reports.push_back(TRY(migrate(row)));
        }
        return reports;
    }

private:
    Result<std::vector<rows::Case>> cases_meant() {
        std::vector<rows::Case> meant;
        CaseFilter filter;
        filter.finished = false;
        filter.workflow = order_.to->id;
        PageRequest request{"", limits::page_size_max};
        do {
            auto page = TRY(aggregates_.reader().cases(filter, request));
            for (rows::Case& row : page.items) {
                if (row.workflow_version != order_.to->version &&
                    order_.plan.is_from(row.workflow_version)) {
                    meant.push_back(std::move(row));
                }
            }
            request.after = page.next;
        } while (!request.after.empty());
        // The oldest first, as they were opened.
        std::ranges::sort(meant, {}, &rows::Case::id);
        return meant;
    }

    Result<CaseMigrationReport> migrate(const rows::Case& row) {
        const StreamId stream = stream_of(row.id);
        const LoadedCase& loaded = *TRY(aggregates_.load_case(stream));
        const Actor actor = system_actor();
        const auto names = TRY(names_of(loaded.value));
        CaseContext context{ports_.clock.now(),
                            actor,
                            ids_,
                            *loaded.workflow,
                            nullptr,
                            ports_.scripts,
                            [&names](OrganisationId id) {
                                const auto found = names.find(id);
                                return found == names.end() ? std::string() : found->second;
                            },
                            {},
                            {}};
        context.target = order_.to.get();
        CaseMigrationReport report;
        report.id = row.id;
        report.title = row.title;
        report.from = row.workflow_version;
        report.states = row.states;
        report.migration = TRY(plan_migration(loaded.value, order_.plan, context));
        for (const events::TaskRedefined& task : report.migration.event.tasks) {
            const std::string& before = loaded.value.tasks.at(task.id).task;
            if (before != task.task) {
                report.tasks_redefined.push_back({before, task.task});
            }
        }
        if (order_.mode == MigrationMode::write && report.migration.refusals.empty()) {
            TRY(write(stream, report));
        }
        aggregates_.drop(stream);
        return report;
    }

    Result<void> write(StreamId stream, CaseMigrationReport& report) {
        Submission submission;
        submission.actor = system_actor();
        submission.stream = stream;
        submission.command = CaseCommand(MigrateCase{order_.to->version, order_.plan_text});
        const auto answer = std::move(engine_->execute({&submission, 1}).front());
        if (!answer && answer.error().kind != ErrorKind::conflict &&
            answer.error().kind != ErrorKind::refused) {
            return answer.error();
        }
        if (!answer) {
            report.migration.refusals.push_back(answer.error());
        }
        report.is_written = answer.has_value();
        return {};
    }

    Result<std::map<OrganisationId, std::string>> names_of(const Case& subject) {
        std::map<OrganisationId, std::string> names;
        for (const rows::Party& party : subject.summary.parties) {
            if (auto row = TRY(aggregates_.reader().find_organisation(party.organisation))) {
                names.emplace(party.organisation, std::move(row->name));
            }
        }
        return names;
    }

    const EnginePorts& ports_;
    const MigrationOrder& order_;
    Aggregates aggregates_;
    std::unique_ptr<Engine> engine_;
    IdSource ids_;
};

}  // namespace

Result<std::vector<CaseMigrationReport>> migrate_cases(const EnginePorts& ports,
                                                       Library& library,
                                                       const MigrationOrder& order,
                                                       const MigrationProgress& progress) {
    auto engine = TRY(Engine::open(ports, library));
    auto reader = TRY(ports.store.open_reader());
    return Migrator(ports, library, order, std::move(reader), std::move(engine)).run(progress);
}

}  // namespace guildmark
