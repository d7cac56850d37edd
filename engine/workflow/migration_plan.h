#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::workflow {

/// How cases of one version of a workflow go on under another: what is called otherwise there.
/// What a plan does not name stands for itself.
struct MigrationPlan {
    /// A variable that is set, by an expression over the case before.
    struct Setting {
        std::string variable;
        std::string expression;
    };

    std::string workflow;
    std::string from;  ///< The first letters of a version, or empty: any other than the new one.
    std::string to;    ///< The first letters of the new version, or empty: that which is loaded.
    std::string reason;
    std::map<std::string, std::string> states;
    std::map<std::string, std::string> tasks;
    std::map<std::string, std::string> events;  ///< Of timers.
    std::map<std::string, std::string> variables;
    std::set<std::string> variables_dropped;
    std::vector<Setting> settings;

    /// Whether cases of that version are meant.
    [[nodiscard]] bool is_from(const Digest& version) const;
};

/// Reads a plan in the form of workflows/schema/migration.xsd. Nothing is returned when
/// `diagnostics` gained an error. Errors, as diagnostics: those of read_xml; element_unknown,
/// attribute_unknown, attribute_missing, attribute_invalid, attribute_conflict, id_repeated.
[[nodiscard]] std::optional<MigrationPlan> read_migration_plan(std::string_view bytes,
                                                               const std::string& file,
                                                               Diagnostics& diagnostics);

}  // namespace guildmark::workflow
