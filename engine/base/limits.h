#pragma once

#include <cstddef>
#include <cstdint>

/// Every bound that input is held to, in one file. A limit that is exceeded is an error that names
/// it, never a crash and never silence.
namespace guildmark::limits {

// Documents (workflows, catalogues, rules, manifests).
inline constexpr std::size_t xml_bytes_max = 16u << 20;
inline constexpr std::size_t xml_depth_max = 128;
inline constexpr std::size_t inclusions_max = 200;
inline constexpr std::size_t diagnostics_max = 200;

// Data of a case and JSON that arrives from outside.
inline constexpr std::size_t json_bytes_max = 1u << 20;
inline constexpr std::size_t json_depth_max = 64;
inline constexpr std::size_t text_field_bytes_max = 64u << 10;
inline constexpr std::size_t name_bytes_max = 1024;

// Statecharts.
inline constexpr std::size_t states_max = 20'000;
inline constexpr std::size_t transitions_max = 100'000;
inline constexpr std::size_t state_depth_max = 100;
inline constexpr std::size_t microsteps_per_macrostep_max = 1'000;
inline constexpr std::size_t macrosteps_per_event_max = 1'000;
inline constexpr std::size_t event_queue_max = 1'000;
inline constexpr std::size_t operations_per_event_max = 200'000;
inline constexpr std::size_t session_data_bytes_max = 1u << 20;
inline constexpr std::size_t foreach_items_max = 10'000;
inline constexpr std::size_t pending_sends_max = 1'000;
inline constexpr std::size_t invoked_sessions_max = 100;
inline constexpr std::size_t invocation_depth_max = 8;

// Scripts.
inline constexpr std::int64_t script_time_ms_max = 50;
inline constexpr std::size_t script_memory_bytes_max = 256u << 20;

// A case.
inline constexpr std::size_t evidence_per_case_max = 20'000;
inline constexpr std::size_t findings_per_case_max = 2'000;
inline constexpr std::size_t tasks_per_case_max = 5'000;
inline constexpr std::size_t requirements_per_match_max = 500;
inline constexpr std::size_t states_per_move_max = 100;
inline constexpr std::size_t incidents_per_run_max = 8;

// Rules for audit time and samples.
inline constexpr std::uint64_t audited_count_max = 1'000'000'000;  // People, sites, members.
inline constexpr std::size_t time_factors_max = 100;
inline constexpr std::size_t sample_units_max = 100'000;  // In a list that a sample is drawn from.
inline constexpr std::size_t sample_fields_max = 64;

// A certificate on paper.
inline constexpr std::size_t certificate_sites_max = 2'000;
inline constexpr std::size_t certificate_pages_max = 200;
inline constexpr std::size_t picture_bytes_max = 2u << 20;

// Evidence files.
inline constexpr std::uint64_t evidence_bytes_max = 256ull << 20;
inline constexpr std::size_t evidence_files_per_pull_max = 100'000;
inline constexpr std::size_t evidence_rules_max = 20'000;
inline constexpr std::size_t evidence_folder_depth_max = 64;
inline constexpr std::size_t evidence_links_per_path_max = 16;

// Paging.
inline constexpr std::size_t page_size_max = 200;
inline constexpr std::size_t page_size_default = 50;

// Search.
inline constexpr std::size_t search_terms_max = 16;
inline constexpr std::size_t batch_cases_max = 100;  // In one portion.
inline constexpr std::size_t search_steps_max = 20'000;
/// Certificates that one page of a register looks at, whatever is found.
inline constexpr std::size_t certificates_searched_max = 20'000;
inline constexpr std::size_t register_checks_max = 1'000;  // Numbers in one request.
inline constexpr std::size_t search_value_bytes_max = 200;
inline constexpr std::size_t search_values_max = 32;

// The log of certificates.
/// A signed checkpoint, with the signatures of its witnesses.
inline constexpr std::size_t checkpoint_bytes_max = 64u << 10;
inline constexpr std::size_t log_entries_per_read_max = 1'000;

// What a check of the store tells.
inline constexpr std::size_t store_faults_max = 100;

// What each thread of the server keeps of its answers.
inline constexpr std::size_t kept_callers_max = 8'192;
inline constexpr std::size_t kept_cases_max = 16'384;
inline constexpr std::size_t kept_page_bytes_max = 64u << 10;
inline constexpr std::size_t kept_pages_bytes_max = 16u << 20;

// The runtime.
inline constexpr std::size_t command_queue_max = 4'096;
inline constexpr std::size_t commands_per_commit_max = 256;
inline constexpr std::size_t cached_cases_max = 20'000;
inline constexpr std::size_t records_between_snapshots = 64;  // At least; more in large cases.
inline constexpr std::size_t timers_per_advance_max = 1'000;

}  // namespace guildmark::limits
