#pragma once

#include <memory>
#include <optional>
#include <string>

#include "api/route.h"
#include "engine/base/value.h"

/// Rows as the API shows them; the shapes stand in openapi.yaml. Errors of all: those of the store.
namespace guildmark::api {

/// An answer of JSON.
[[nodiscard]] Response json_response(const Value& value);

/// Null for what is not there.
[[nodiscard]] Value text_or_null(const std::string& text);
[[nodiscard]] Value or_null(const std::optional<Instant>& instant);
[[nodiscard]] Value or_null(const std::optional<Date>& date);

/// {id, title}
[[nodiscard]] Value titled(std::string_view id, std::string title);

/// {items, next}
[[nodiscard]] Value page_value(Value::Array items, const std::string& next);

/// "1234.50 EUR"
[[nodiscard]] std::string money_text(std::int64_t amount_minor, const std::string& currency);

/// The version of the workflow that the case keeps.
[[nodiscard]] Result<std::shared_ptr<const workflow::Workflow>> workflow_of_case(
    Call& call, const rows::Case& summary);

/// A case together with what its texts stand in.
struct CaseView {
    const rows::Case& summary;
    std::shared_ptr<const workflow::Workflow> workflow;
    std::shared_ptr<const Standard> standard;  ///< Null when there is none.
};

/// The case with its workflow and standard.
[[nodiscard]] Result<CaseView> view_of(Call& call, const rows::Case& summary);

/// {key, designation, title}, or null for an empty key.
[[nodiscard]] Value standard_reference(const Call& call, const std::string& key);

/// CaseSummary
[[nodiscard]] Result<Value> case_summary(Call& call, const CaseView& view);

/// TaskSummary
[[nodiscard]] Result<Value> task_summary(Call& call, const CaseView& view, const rows::Task& task);

/// Whether the caller may take the task: it is open, for this organisation and one of the roles
/// held.
[[nodiscard]] bool is_mine(const Caller& caller, const rows::Task& task);

/// Finding
[[nodiscard]] Result<Value> finding_value(Call& call,
                                          const CaseView& view,
                                          const rows::Finding& finding);

/// Evidence
[[nodiscard]] Result<Value> evidence_value(Call& call,
                                           const rows::Case& summary,
                                           const rows::Evidence& evidence);

/// Certificate
[[nodiscard]] Result<Value> certificate_value(Call& call, const rows::Certificate& certificate);

/// CatalogueRequirement
[[nodiscard]] Value::Object catalogue_requirement(const Call& call, const Requirement& requirement);

/// Section of a standard, all of them.
[[nodiscard]] Value::Array section_values(const Call& call, const Standard& standard);

/// A state's title, or its id when it has none.
[[nodiscard]] std::string state_title(const std::vector<std::string>& languages,
                                      const workflow::Workflow& workflow,
                                      scxml::StateIndex state);

/// The states of a case's row, each with its title.
[[nodiscard]] Value::Array state_values(const std::vector<std::string>& languages,
                                        const workflow::Workflow& workflow,
                                        std::string_view states);

/// The last moment of a day in UTC.
[[nodiscard]] Instant end_of(const Date& day);

/// The party's organisation; none when the case has no such party.
[[nodiscard]] OrganisationId organisation_of_party(const rows::Case& summary,
                                                   std::string_view party);

}  // namespace guildmark::api
