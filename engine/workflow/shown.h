#pragma once

/// What <gm:shown> may name beside what a certificate shows (shown_sites).
namespace guildmark::workflow {

/// How many auditor days were told for the audits that follow: a field of type decimal or integer.
inline constexpr const char* shown_audit_days = "audit-days";

}  // namespace guildmark::workflow
