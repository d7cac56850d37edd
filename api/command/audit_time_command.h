#pragma once

#include <string>
#include <vector>

#include "api/command/console.h"
#include "engine/audit/audit_time.h"

namespace guildmark::command {

struct AuditTimeArguments {
    std::string library_folder;
    std::string rule;  ///< Empty: the one that has a table for the standard.
    std::string standard;
    std::string personnel;
    std::string complexity;
    std::string context;
    std::vector<std::string> adjustments;  ///< Percentages.
    std::vector<std::string> reasons;      ///< None, or one for each percentage.
    Output output = Output::text;
};

/// What the arguments ask for. Errors: argument_missing, those of read_whole_number and
/// Fraction::parse.
[[nodiscard]] Result<audit::TimeRequest> time_request_of(const AuditTimeArguments& arguments);

/// guildmark audit-time: how long the audits of a three-year cycle take by a rule of the library,
/// and how that was found.
int run_audit_time(const AuditTimeArguments& arguments);

}  // namespace guildmark::command
