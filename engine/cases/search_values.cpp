#include "engine/cases/search_values.h"

#include <optional>
#include <set>

#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/cases/gate.h"
#include "engine/ports/terms.h"

namespace guildmark {
namespace {

std::optional<std::string> text_of(const Value& value) {
    std::string text;
    if (value.is_text()) {
        text = value.as_text();
    } else if (value.is_number() || value.is_bool()) {
        text = to_json(value);
    }
    const bool is_found = !text.empty() && text.size() <= limits::search_value_bytes_max;
    return is_found ? std::optional(std::move(text)) : std::nullopt;
}

/// The value that `source` names; null when the case has none.
const Value* find_value(const Case& subject, const workflow::SearchValue& source) {
    if (!source.data.empty()) {
        const Value* data = subject.session.find("data");
        return data == nullptr ? nullptr : data->find(source.data);
    }
    const auto form = subject.forms.find(source.task);
    return form == subject.forms.end() ? nullptr : form->second.find(source.field);
}

}  // namespace

std::map<std::string, std::string> search_values_of(const Case& subject,
                                                    const workflow::Workflow& workflow) {
    std::map<std::string, std::string> values;
    for (const workflow::SearchValue& source : workflow.search_values) {
        const Value* value = find_value(subject, source);
        if (auto text = value == nullptr ? std::nullopt : text_of(*value)) {
            values.emplace(source.id, *std::move(text));
        }
    }
    return values;
}

std::vector<std::string> terms_of(const Case& subject) {
    std::set<std::string> found;
    for (const std::string& state : split_words(subject.summary.states)) {
        found.insert(terms::state(state));
    }
    const Value* configuration = subject.session.find("configuration");
    if (configuration != nullptr && configuration->is_array()) {
        for (const Value& state : configuration->as_array()) {
            if (state.is_text()) {
                found.insert(terms::state(state.as_text()));
            }
        }
    }
    for (const TaskId id : subject.open_tasks) {
        const rows::Task& task = subject.tasks.at(id);
        found.insert(terms::task(task.task));
        found.insert(terms::role(task.role));
    }
    for (const auto& [name, value] : subject.search_values) {
        found.insert(terms::data(name, value));
    }
    if (subject.is_paused()) {
        found.emplace(terms::paused);
    }
    if (!subject.retries.empty()) {
        found.emplace(terms::incident);
    }
    return {found.begin(), found.end()};
}

}  // namespace guildmark
