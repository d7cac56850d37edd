#include "engine/workflow/outside_check.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/workflow/naming.h"
#include "engine/workflow/reading.h"
#include "engine/workflow/shown.h"

namespace guildmark::workflow {
namespace {

/// The <data> elements of the chart's own datamodels, those of states included.
std::vector<const XmlElement*> data_of(const ChartOutline& outline) {
    std::vector<const XmlElement*> data;
    for (const ChartOutline::State& state : outline.states()) {
        for (const XmlElement& model : state.element->children) {
            if (!is_scxml(model, "datamodel")) {
                continue;
            }
            for (const XmlElement& child : model.children) {
                if (is_scxml(child, "data")) {
                    data.push_back(&child);
                }
            }
        }
    }
    return data;
}

/// Whether its first value is plainly a list or an object; what a script makes of it is not told.
bool begins_compound(const XmlElement& data) {
    const std::string expression(data.attribute_or("expr", ""));
    const std::size_t first = expression.find_first_not_of(" \t\r\n");
    const bool is_literal =
        first != std::string::npos && (expression[first] == '[' || expression[first] == '{');
    return is_literal || !data.children.empty();
}

bool has_descriptor_for(const XmlElement& transition, std::string_view event) {
    const std::vector<std::string> descriptors = words_of(transition.attribute_or("event", ""));
    return std::ranges::any_of(descriptors, [event](const std::string& descriptor) {
        return descriptor_matches(descriptor, event);
    });
}

/// Where an element stands: in the chart itself, in a session that gets the chart's events, or in
/// one that does not.
enum class Place { chart, forwarded, unheard };

/// Whether a session that `element` invokes and forwards events to may react to `event`. Of a
/// document that stands elsewhere nobody knows. Recursion is bounded by limits::xml_depth_max.
bool may_hear_forwarded(const XmlElement& element, std::string_view event, Place place) {
    const bool is_forwarded = place == Place::forwarded;
    if (is_forwarded && is_scxml(element, "transition") && has_descriptor_for(element, event)) {
        return true;
    }
    const bool is_elsewhere = element.find_attribute("src") != nullptr ||
                              element.find_attribute("srcexpr") != nullptr ||
                              element.find_attribute("expr") != nullptr;
    if (is_forwarded && is_elsewhere &&
        (is_scxml(element, "invoke") || is_scxml(element, "content"))) {
        return true;
    }
    if (is_scxml(element, "invoke")) {
        const bool forwards = element.attribute_or("autoforward", "") == "true";
        place = forwards && place != Place::unheard ? Place::forwarded : Place::unheard;
    }
    return std::ranges::any_of(element.children, [&](const XmlElement& child) {
        return may_hear_forwarded(child, event, place);
    });
}

class OutsideChecker {
public:
    OutsideChecker(const ChartOutline& outline, const Workflow& workflow, Diagnostics& diagnostics)
        : outline_(outline), workflow_(workflow), diagnostics_(diagnostics) {}

    void check() {
        std::set<std::string> seen;
        for (const SearchValue& value : workflow_.search_values) {
            naming_.expect_new(value.place, "value to search for", value.id, seen);
            if (value.data.empty()) {
                check_field(value);
            } else {
                check_data(value);
            }
        }
        if (workflow_.search_values.size() > limits::search_values_max) {
            diagnostics_.error(
                workflow_.search_values.back().place,
                "search_values_too_many",
                fmt::format("cases are searched by at most {} values", limits::search_values_max));
        }
        for (const ShownField& shown : workflow_.shown) {
            check_shown(shown);
        }
        seen.clear();
        for (const Signal& signal : workflow_.signals) {
            naming_.expect_new(signal.place, "signal", signal.id, seen);
            check_signal(signal);
        }
    }

private:
    void not_scalar(const SearchValue& value, std::string_view what) const {
        diagnostics_.error(value.place,
                           "value_not_scalar",
                           fmt::format("{} holds more than one value, and cases are searched by "
                                       "texts, numbers, true and false",
                                       what),
                           "name a variable or a field that holds one value");
    }

    void check_data(const SearchValue& value) const {
        std::vector<std::string> known;
        for (const XmlElement* data : data_of(outline_)) {
            known.emplace_back(data->attribute_or("id", ""));
            if (known.back() == value.data) {
                if (begins_compound(*data)) {
                    not_scalar(value, fmt::format("the variable \"{}\"", value.data));
                }
                return;
            }
        }
        naming_.unknown(value.place, "data", value.data, known);
    }

    /// The field that is meant; null: told, now or when it was read.
    [[nodiscard]] const Field* find_named_field(const SourcePlace& place,
                                                const std::string& task_id,
                                                const std::string& field_id) const {
        if (task_id.empty() || field_id.empty()) {
            return nullptr;
        }
        const TaskDefinition* task = workflow_.find_task(task_id);
        if (task == nullptr) {
            naming_.unknown(place, "task", task_id, ids_of(workflow_.tasks));
            return nullptr;
        }
        const Form* form = workflow_.find_form(task->form);
        const Field* field = form == nullptr ? nullptr : form->find_field(field_id);
        if (field == nullptr) {
            naming_.unknown(place,
                            "field",
                            field_id,
                            form == nullptr ? std::vector<std::string>() : ids_of(form->fields));
        }
        return field;
    }

    void check_field(const SearchValue& value) const {
        const Field* field = find_named_field(value.place, value.task, value.field);
        if (field != nullptr && field->type == FieldType::choices) {
            not_scalar(value, fmt::format("the field \"{}\"", value.field));
        }
    }

    void check_shown(const ShownField& shown) const {
        const Field* field = find_named_field(shown.place, shown.task, shown.field);
        if (shown.what == shown_audit_days) {
            check_shown_days(shown, field);
            return;
        }
        if (field != nullptr && field->type != FieldType::text &&
            field->type != FieldType::long_text) {
            diagnostics_.error(
                shown.place,
                "attribute_invalid",
                fmt::format("the field \"{}\" holds no text that a certificate could show",
                            shown.field),
                "name a field of type text or long-text");
        }
    }

    void check_shown_days(const ShownField& shown, const Field* field) const {
        if (field != nullptr && field->type != FieldType::decimal &&
            field->type != FieldType::integer) {
            diagnostics_.error(shown.place,
                               "attribute_invalid",
                               fmt::format("the field \"{}\" holds no number of days", shown.field),
                               "name a field of type decimal or integer");
        }
    }

    void check_signal(const Signal& signal) const {
        if (!signal.form.empty() && workflow_.find_form(signal.form) == nullptr) {
            naming_.unknown(signal.place, "form", signal.form, ids_of(workflow_.forms));
        }
        const bool is_heard = std::ranges::any_of(
            outline_.transitions(), [&](const ChartOutline::Transition& transition) {
                return std::ranges::any_of(
                    transition.descriptors, [&](const std::string& descriptor) {
                        return descriptor_matches(descriptor, signal.event());
                    });
            });
        const XmlElement& root = *outline_.states().front().element;
        if (!signal.id.empty() && !is_heard &&
            !may_hear_forwarded(root, signal.event(), Place::chart)) {
            diagnostics_.error(
                signal.place,
                "event_unheard",
                fmt::format("no transition of the chart reacts to \"{}\"", signal.event()),
                "add one where cases are to hear the signal");
        }
    }

    const ChartOutline& outline_;
    const Workflow& workflow_;
    Diagnostics& diagnostics_;
    const Naming naming_{diagnostics_};
};

}  // namespace

void check_outside(const ChartOutline& outline,
                   const Workflow& workflow,
                   Diagnostics& diagnostics) {
    OutsideChecker(outline, workflow, diagnostics).check();
}

}  // namespace guildmark::workflow
