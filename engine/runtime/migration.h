#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/cases/decide_migration.h"
#include "engine/runtime/engine.h"

namespace guildmark {

/// Whether a migration only tells what would be.
enum class MigrationMode { dry_run, write };

/// Which cases are to go on under which version.
struct MigrationOrder {
    const workflow::MigrationPlan& plan;
    std::string plan_text;  ///< What the plan was read from.
    std::shared_ptr<const workflow::Workflow> to;
    MigrationMode mode = MigrationMode::dry_run;
};

/// What became of one case, or would.
struct CaseMigrationReport {
    CaseId id;
    std::string title;
    Digest from;
    std::string states;       ///< Before.
    CaseMigration migration;  ///< Its event holds the states afterwards when nothing refuses it.
    std::vector<events::Renaming> tasks_redefined;  ///< Open tasks that are called otherwise.
    bool is_written = false;
};

/// Told how many cases were looked at, of how many.
using MigrationProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

/// Takes every running case that the plan means to the new version, one after another, each wholly
/// or not at all; a case that is refused keeps its version and holds up no other. Cases that have
/// that version already are left out. Errors: those of the store, of loading a case, and
/// script_unavailable; what was written until then stays.
[[nodiscard]] Result<std::vector<CaseMigrationReport>> migrate_cases(
    const EnginePorts& ports,
    Library& library,
    const MigrationOrder& order,
    const MigrationProgress& progress);

}  // namespace guildmark
