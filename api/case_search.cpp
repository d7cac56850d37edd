#include "api/case_search.h"

#include <fmt/format.h>

#include "engine/ports/terms.h"

namespace guildmark::api {
namespace {

/// Notes what is too long or too much; the limit is that of the index.
void check(Fields& fields, const CaseSearch& search) {
    for (const auto& [name, value] : search.data) {
        if (value.size() > limits::search_value_bytes_max) {
            fields.note("data." + name,
                        "field_too_long",
                        fmt::format("at most {} bytes are taken", limits::search_value_bytes_max));
        }
    }
    const std::size_t count =
        search.states.size() + search.tasks.size() + search.roles.size() + search.data.size();
    if (count > limits::search_terms_max) {
        fields.note("data",
                    "field_too_long",
                    fmt::format("at most {} conditions are taken", limits::search_terms_max));
    }
}

void read_common(Fields& fields, CaseSearch& search) {
    search.organisation = fields.id<OrganisationId>("organisation", Need::optional);
    search.workflow = fields.text("workflow", Need::optional, limits::name_bytes_max);
    search.status = fields.optional_choice<CaseStatus>("status");
    check(fields, search);
}

}  // namespace

CaseFilter filter_of(const CaseSearch& search, OrganisationId organisation) {
    CaseFilter filter;
    filter.organisation = organisation;
    filter.also = search.organisation;
    filter.workflow = search.workflow;
    for (const std::string& state : search.states) {
        filter.terms.push_back(terms::state(state));
    }
    for (const std::string& task : search.tasks) {
        filter.terms.push_back(terms::task(task));
    }
    for (const std::string& role : search.roles) {
        filter.terms.push_back(terms::role(role));
    }
    for (const auto& [name, value] : search.data) {
        filter.terms.push_back(terms::data(name, value));
    }
    if (search.status == CaseStatus::paused) {
        filter.terms.emplace_back(terms::paused);
    } else if (search.status == CaseStatus::failed) {
        filter.terms.emplace_back(terms::incident);
    } else if (search.status) {
        filter.finished = search.status == CaseStatus::finished;
    }
    return filter;
}

CaseSearch search_of_query(Fields& fields) {
    CaseSearch search;
    search.states = fields.each("state");
    search.tasks = fields.each("task");
    search.roles = fields.each("role");
    search.data = fields.each_beginning("data.");
    read_common(fields, search);
    return search;
}

CaseSearch search_of_body(Fields& fields) {
    CaseSearch search;
    search.states = fields.texts("states", Need::optional, limits::search_terms_max);
    search.tasks = fields.texts("tasks", Need::optional, limits::search_terms_max);
    search.roles = fields.texts("roles", Need::optional, limits::search_terms_max);
    const Value data = fields.value("data");
    if (!data.is_null() && !data.is_object()) {
        fields.note("data", "field_type", "this must be an object of texts");
    }
    for (const auto& [name, value] : data.is_object() ? data.as_object() : Value::Object()) {
        if (value.is_text()) {
            search.data.emplace_back(name, value.as_text());
        } else {
            fields.note("data." + name, "field_type", "this must be a text");
        }
    }
    read_common(fields, search);
    return search;
}

}  // namespace guildmark::api
