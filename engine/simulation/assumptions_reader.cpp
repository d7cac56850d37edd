// What is stated is read first, then each task, role and rule that nothing was said of gets its
// default, and a note that it is one. What could not be read is left at its default, so that one
// reading finds all faults.

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "engine/simulation/assumptions.h"
#include "engine/simulation/form_values.h"
#include "engine/workflow/reading.h"

namespace guildmark::simulation {
namespace {

using workflow::children_of;
using workflow::Reading;

constexpr std::int64_t second_ms = 1'000;
constexpr std::int64_t hour_ms = 3'600 * second_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr std::int64_t month_days = 30;
constexpr Instant default_begin{1'767'225'600'000};  // 2026-01-01T00:00:00Z
constexpr std::int64_t default_work_ms = 2 * hour_ms;
constexpr std::int64_t default_arrivals_ms = 7 * day_ms;
constexpr std::int64_t default_horizon_ms = 3 * 365 * day_ms;

std::int64_t length_of(const Duration& duration) {
    return (duration.months * month_days + duration.days) * day_ms + duration.milliseconds;
}

template <typename Items>
std::vector<std::string> ids_of(const Items& items) {
    std::vector<std::string> ids;
    for (const auto& item : items) {
        ids.push_back(item.id);
    }
    return ids;
}

class Reader {
public:
    Reader(const workflow::Workflow& workflow,
           const std::vector<const Standard*>& known,
           Diagnostics& diagnostics)
        : workflow_(workflow), known_(known), reading_{diagnostics, "en"} {}

    Assumptions read(const XmlElement& root) {
        reading_.expect_attributes(
            root, {"workflow", "standard", "begin", "hours-per-week", "horizon", "opened-by"});
        reading_.expect_children(root, {"arrivals", "role", "task"});
        read_frame(root);
        read_standard(root);
        read_arrivals(root);
        read_people(root);
        std::map<std::string, const XmlElement*> stated;
        for (const XmlElement* element : children_of(root, "task")) {
            note_task(*element, stated);
        }
        for (const workflow::TaskDefinition& task : workflow_.tasks) {
            const auto found = stated.find(task.id);
            read_task(task, found == stated.end() ? nullptr : found->second);
        }
        read_opener(root);
        if (!reading_.diagnostics.has_errors()) {
            check_forms(root, stated);
        }
        return std::move(assumptions_);
    }

private:
    void assume(std::string what, std::string subject, std::string value) {
        assumptions_.assumed.push_back({std::move(what), std::move(subject), std::move(value)});
    }

    void error(const XmlElement& element,
               std::string code,
               std::string message,
               std::string suggestion = {}) {
        reading_.diagnostics.error(
            element.place, std::move(code), std::move(message), std::move(suggestion));
    }

    /// A number with decimals, from `least` to `most`. Errors: attribute_invalid.
    std::optional<double> find_number(const XmlElement& element,
                                      std::string_view attribute,
                                      double least,
                                      double most) {
        const std::string* text = element.find_attribute(attribute);
        if (text == nullptr) {
            return std::nullopt;
        }
        double number = 0;
        const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
        if (read.ec != std::errc() || read.ptr != text->data() + text->size() ||
            !(number >= least && number <= most)) {
            reading_.invalid(
                element, attribute, fmt::format("a number from {} to {}", least, most));
            return std::nullopt;
        }
        return number;
    }

    void read_frame(const XmlElement& root) {
        const std::string* id = root.find_attribute("workflow");
        if (id != nullptr && *id != workflow_.id) {
            reading_.invalid(root, "workflow", fmt::format("\"{}\"", workflow_.id));
        }
        assumptions_.begin = default_begin;
        if (const std::string* begin = root.find_attribute("begin")) {
            const auto day = Date::parse(*begin);
            assumptions_.begin = day ? day->begin() : default_begin;
            if (!day) {
                reading_.invalid(root, "begin", "a day such as \"2026-01-01\"");
            }
        }
        if (const auto hours = find_number(root, "hours-per-week", 1, 168)) {
            assumptions_.hours_per_week = *hours;
        } else if (root.find_attribute("hours-per-week") == nullptr) {
            assume("hours", "", fmt::format("{}", assumptions_.hours_per_week));
        }
        const auto horizon = reading_.find_duration(root, "horizon");
        assumptions_.horizon_ms = horizon ? length_of(*horizon) : default_horizon_ms;
        if (root.find_attribute("horizon") == nullptr) {
            assume("horizon", "", "P3Y");
        }
    }

    void read_standard(const XmlElement& root) {
        const auto serves = [this](const Standard& standard) {
            return workflow_.standards.empty() ||
                   std::ranges::find(workflow_.standards, standard.id) != workflow_.standards.end();
        };
        if (const std::string* key = root.find_attribute("standard")) {
            std::vector<std::string> keys;
            for (const Standard* standard : known_) {
                keys.push_back(standard->key());
            }
            const auto found = std::ranges::find(keys, *key);
            if (found == keys.end()) {
                error(root,
                      "standard_unknown",
                      fmt::format("there is no standard \"{}\" here", *key),
                      suggest(*key, keys));
                return;
            }
            standard_ = known_[static_cast<std::size_t>(found - keys.begin())];
            if (!serves(*standard_)) {
                error(root,
                      "standard_not_served",
                      fmt::format("the workflow {} does not serve {}", workflow_.id, *key));
            }
        } else if (!workflow_.standards.empty()) {
            const auto found = std::ranges::find_if(
                known_, [&](const Standard* standard) { return serves(*standard); });
            if (found == known_.end()) {
                error(
                    root,
                    "standard_unknown",
                    fmt::format("the workflow {} needs a standard, and none that it serves is here",
                                workflow_.id));
                return;
            }
            standard_ = *found;
            assume("standard", "", standard_->key());
        }
        assumptions_.standard = standard_ == nullptr ? std::string() : standard_->key();
    }

    /// The one distribution in `element`. Errors: distribution_missing, distribution_invalid.
    Distribution read_shape(const XmlElement& element) {
        reading_.expect_children(element, {"fixed", "triangular", "lognormal", "exponential"});
        if (element.children.size() != 1) {
            error(element,
                  "distribution_missing",
                  fmt::format("<{}> holds one of <fixed>, <triangular>, <lognormal> and "
                              "<exponential>",
                              element.name));
            return {};
        }
        const XmlElement& shape = element.children.front();
        if (shape.name == "fixed") {
            return {Distribution::Kind::fixed, length(shape, "time"), 0, 0};
        }
        if (shape.name == "exponential") {
            return {Distribution::Kind::exponential, length(shape, "mean"), 0, 0};
        }
        Distribution read;
        if (shape.name == "triangular") {
            reading_.expect_attributes(shape, {"least", "likely", "most"});
            read = {Distribution::Kind::triangular,
                    length(shape, "least", true),
                    length(shape, "likely", true),
                    length(shape, "most", true)};
            require(shape,
                    read.first <= read.second && read.second <= read.third,
                    "least, likely and most stand in this order");
        } else {
            reading_.expect_attributes(shape, {"median", "p90"});
            read = {Distribution::Kind::lognormal,
                    length(shape, "median", true),
                    length(shape, "p90", true),
                    0};
            require(shape,
                    read.first > 0 && read.first <= read.second,
                    "the median is more than nothing and at most p90");
        }
        return read;
    }

    void require(const XmlElement& shape, bool holds, std::string_view rule) {
        if (!holds && !reading_.diagnostics.has_errors()) {
            error(shape, "distribution_invalid", fmt::format("<{}>: {}", shape.name, rule));
        }
    }

    std::int64_t length(const XmlElement& shape,
                        std::string_view attribute,
                        bool is_one_of_many = false) {
        if (!is_one_of_many) {
            reading_.expect_attributes(shape, {attribute});
        }
        if (reading_.require(shape, attribute).empty()) {
            return 0;
        }
        const auto duration = reading_.find_duration(shape, attribute);
        return duration ? length_of(*duration) : 0;
    }

    void read_arrivals(const XmlElement& root) {
        const auto stated = children_of(root, "arrivals");
        if (!stated.empty()) {
            assumptions_.arrivals = read_shape(*stated.front());
            return;
        }
        assumptions_.arrivals = {Distribution::Kind::fixed, default_arrivals_ms, 0, 0};
        assume("arrivals", "", "P7D");
    }

    void read_people(const XmlElement& root) {
        for (const XmlElement* element : children_of(root, "role")) {
            reading_.expect_attributes(*element, {"id", "people"});
            const std::string id = reading_.require(*element, "id");
            if (!id.empty() && workflow_.find_role(id) == nullptr) {
                error(*element,
                      "role_unknown",
                      fmt::format("there is no role \"{}\"", id),
                      suggest(id, ids_of(workflow_.roles)));
                continue;
            }
            const std::string people = reading_.require(*element, "people");
            std::uint32_t count = 0;
            const auto read = std::from_chars(people.data(), people.data() + people.size(), count);
            if (!people.empty() &&
                (read.ec != std::errc() || read.ptr != people.data() + people.size() ||
                 count == 0 || count > 10'000)) {
                reading_.invalid(*element, "people", "a whole number from 1 to 10000");
            }
            if (!assumptions_.people.emplace(id, count).second) {
                error(*element, "id_repeated", fmt::format("the role {} stands twice", id));
            }
        }
        for (const workflow::Role& role : workflow_.roles) {
            if (!assumptions_.people.contains(role.id)) {
                assume("people", role.id, "");
            }
        }
    }

    void note_task(const XmlElement& element, std::map<std::string, const XmlElement*>& stated) {
        const std::string id = reading_.require(element, "id");
        if (id.empty()) {
            return;
        }
        if (workflow_.find_task(id) == nullptr) {
            error(element,
                  "task_unknown",
                  fmt::format("there is no task \"{}\"", id),
                  suggest(id, ids_of(workflow_.tasks)));
        } else if (!stated.emplace(id, &element).second) {
            error(element, "id_repeated", fmt::format("the task {} stands twice", id));
        }
    }

    void read_task(const workflow::TaskDefinition& definition, const XmlElement* element) {
        TaskAssumption task;
        task.task = definition.id;
        task.work = {Distribution::Kind::fixed, default_work_ms, 0, 0};
        task.chance = definition.optional ? 0 : 1;
        for (const workflow::Outcome& outcome : definition.outcomes) {
            task.outcomes.push_back({outcome.id, 0});
        }
        if (element != nullptr) {
            read_stated(*element, definition, task);
        }
        const bool is_done = task.chance > 0 && !task.outcomes.empty();
        const auto has = [element](std::string_view name) {
            return element != nullptr && !children_of(*element, name).empty();
        };
        if (is_done && !has("work")) {
            assume("work", task.task, "PT2H");
        }
        if (is_done && !has("waiting")) {
            assume("waiting", task.task, "PT0S");
        }
        if (is_done && !has("outcome")) {
            task.outcomes.front().weight = 1;
            if (task.outcomes.size() > 1) {
                assume("outcome", task.task, task.outcomes.front().outcome);
            }
        }
        if (definition.optional && element == nullptr && !definition.outcomes.empty()) {
            assume("optional", task.task, "");
        }
        assumptions_.tasks.push_back(std::move(task));
    }

    void read_stated(const XmlElement& element,
                     const workflow::TaskDefinition& definition,
                     TaskAssumption& task) {
        reading_.expect_attributes(element, {"id", "chance"});
        reading_.expect_children(element, {"waiting", "work", "outcome", "value", "findings"});
        task.chance = find_number(element, "chance", 0, 1).value_or(1);
        for (const XmlElement& child : element.children) {
            if (child.name == "waiting") {
                task.waiting = read_shape(child);
            } else if (child.name == "work") {
                task.work = read_shape(child);
            } else if (child.name == "outcome") {
                read_outcome(child, definition, task);
            } else if (child.name == "value") {
                read_value(child, definition, task);
            } else if (child.name == "findings") {
                reading_.expect_attributes(child, {"majors", "minors"});
                task.majors = find_number(child, "majors", 0, 50).value_or(0);
                task.minors = find_number(child, "minors", 0, 50).value_or(0);
            }
        }
        const auto stated = children_of(element, "outcome");
        const bool is_any_likely = std::ranges::any_of(
            task.outcomes, [](const OutcomeAssumption& each) { return each.weight > 0; });
        if (!stated.empty() && !is_any_likely && !reading_.diagnostics.has_errors()) {
            error(*stated.front(),
                  "weights_all_zero",
                  fmt::format("no outcome of the task {} has a weight above 0", task.task));
        }
    }

    void read_outcome(const XmlElement& element,
                      const workflow::TaskDefinition& definition,
                      TaskAssumption& task) {
        reading_.expect_attributes(element, {"id", "weight"});
        const std::string id = reading_.require(element, "id");
        const auto found = std::ranges::find(task.outcomes, id, &OutcomeAssumption::outcome);
        if (found == task.outcomes.end()) {
            if (!id.empty()) {
                error(element,
                      "outcome_unknown",
                      fmt::format("the task {} has no outcome \"{}\"", definition.id, id),
                      suggest(id, ids_of(definition.outcomes)));
            }
            return;
        }
        static_cast<void>(reading_.require(element, "weight"));
        found->weight = find_number(element, "weight", 0, 1'000'000).value_or(0);
        if (!stated_outcomes_.emplace(definition.id, id).second) {
            error(element, "id_repeated", fmt::format("the outcome {} stands twice", id));
        }
    }

    void read_value(const XmlElement& element,
                    const workflow::TaskDefinition& definition,
                    TaskAssumption& task) {
        reading_.expect_attributes(element, {"field"});
        const std::string field = reading_.require(element, "field");
        const workflow::Form* form = workflow_.find_form(definition.form);
        if (!field.empty() && (form == nullptr || form->find_field(field) == nullptr)) {
            error(element,
                  "field_unknown",
                  fmt::format("the form of the task {} has no field \"{}\"", definition.id, field),
                  form == nullptr ? std::string() : suggest(field, ids_of(form->fields)));
            return;
        }
        task.values.insert_or_assign(field, element.text());
    }

    void read_opener(const XmlElement& root) {
        const auto first = std::ranges::find_if(
            workflow_.tasks, [](const workflow::TaskDefinition& task) { return !task.optional; });
        if (const std::string* stated = root.find_attribute("opened-by")) {
            assumptions_.opener = *stated;
            if (workflow_.find_role(*stated) == nullptr) {
                error(root,
                      "role_unknown",
                      fmt::format("there is no role \"{}\"", *stated),
                      suggest(*stated, ids_of(workflow_.roles)));
            }
        } else if (first != workflow_.tasks.end()) {
            assumptions_.opener = first->role;
        } else if (!workflow_.roles.empty()) {
            assumptions_.opener = workflow_.roles.front().id;
        } else {
            error(root, "role_missing", "the workflow has no role that could open a case");
        }
    }

    /// Forms are filled once before any case is opened, so that no case ends at one.
    void check_forms(const XmlElement& root,
                     const std::map<std::string, const XmlElement*>& stated) {
        const Date today = Date::of(assumptions_.begin);
        for (const TaskAssumption& task : assumptions_.tasks) {
            for (const OutcomeAssumption& outcome : task.outcomes) {
                const auto values =
                    outcome.weight > 0 && task.chance > 0
                        ? form_values(workflow_, task, outcome.outcome, today, standard_)
                        : Result<Value>(Value());
                const auto found = stated.find(task.task);
                if (!values) {
                    error(found == stated.end() ? root : *found->second,
                          "form_invalid",
                          fmt::format("the form of the task {} would not be taken for the outcome "
                                      "\"{}\": {}",
                                      task.task,
                                      outcome.outcome,
                                      values.error().message),
                          "state it with <value field=\"...\">");
                }
            }
        }
    }

    const workflow::Workflow& workflow_;
    const std::vector<const Standard*>& known_;
    const Reading reading_;
    const Standard* standard_ = nullptr;
    std::set<std::pair<std::string, std::string>> stated_outcomes_;
    Assumptions assumptions_;
};

}  // namespace

std::optional<Assumptions> read_assumptions(std::string_view bytes,
                                            const std::string& file,
                                            const workflow::Workflow& workflow,
                                            const std::vector<const Standard*>& known,
                                            Diagnostics& diagnostics) {
    Diagnostics found;
    const auto root = read_xml(bytes, file, found);
    std::optional<Assumptions> assumptions;
    if (root && !root->is(workflow::extension_namespace, "simulation")) {
        found.error(root->place,
                    "element_unknown",
                    fmt::format("this file begins with <simulation xmlns=\"{}\">, not with <{}>",
                                workflow::extension_namespace,
                                root->name));
    } else if (root) {
        assumptions = Reader(workflow, known, found).read(*root);
    }
    for (const Diagnostic& diagnostic : found.items()) {
        diagnostics.add(diagnostic);
    }
    return found.has_errors() ? std::nullopt : std::move(assumptions);
}

}  // namespace guildmark::simulation
