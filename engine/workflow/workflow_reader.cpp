#include "engine/workflow/workflow_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/workflow/overdue.h"
#include "engine/workflow/shown.h"
#include "engine/workflow/task_reader.h"

namespace guildmark::workflow {
namespace {

using StateIndex = scxml::StateIndex;

bool is_ours(const XmlElement& element) {
    return element.namespace_uri == extension_namespace;
}

/// Reads the extension elements of one chart.
class ExtensionReader {
public:
    ExtensionReader(const ChartOutline& outline, const Reading& reading, Workflow& workflow)
        : outline_(outline), reading_(reading), workflow_(workflow) {}

    void read() {
        const XmlElement& root = *outline_.states().front().element;
        read_head(root);
        for (const XmlElement& child : root.children) {
            if (is_ours(child)) {
                read_top(child);
            }
        }
        for (StateIndex index = 1; index < outline_.states().size(); ++index) {
            read_state(index);
        }
        read_actions(root, Place::elsewhere);
        read_overdue_of_chart(root, reading_, workflow_);
    }

private:
    enum class Place { elsewhere, executable, invoked };

    void read_head(const XmlElement& root) {
        const auto heads = children_of(root, "workflow");
        if (heads.size() != 1) {
            reading_.diagnostics.error(
                root.place,
                "workflow_missing",
                fmt::format("<scxml> holds {} elements <gm:workflow>; a workflow has one",
                            heads.size()),
                "add <gm:workflow id=\"…\"><gm:title>…</gm:title></gm:workflow> as its first "
                "child");
            return;
        }
        const XmlElement& head = *heads.front();
        reading_.expect_attributes(head, {"id", "standards", "language"});
        reading_.expect_children(head, {"title", "summary"});
        workflow_.id = reading_.require_name(head, "id");
        workflow_.standards = words_of(head.attribute_or("standards", ""));
        workflow_.title = reading_.require_texts(head, "title");
        workflow_.summary = reading_.texts(head, "summary");
    }

    void read_top(const XmlElement& element) {
        if (element.name == "party") {
            read_party(element);
        } else if (element.name == "role") {
            read_role(element);
        } else if (element.name == "separation") {
            read_separation(element);
        } else if (element.name == "bar") {
            read_bar(element);
        } else if (element.name == "team") {
            read_team(element);
        } else if (element.name == "milestone") {
            read_milestone(element);
        } else if (element.name == "search") {
            read_search_value(element);
        } else if (element.name == "shown") {
            read_shown(element);
        } else if (element.name == "signal") {
            read_signal(element);
        } else if (element.name != "workflow") {
            misplaced(element,
                      {"workflow",
                       "party",
                       "role",
                       "separation",
                       "bar",
                       "team",
                       "milestone",
                       "search",
                       "shown",
                       "signal"});
        }
    }

    void misplaced(const XmlElement& element, const std::vector<std::string>& allowed) const {
        reading_.diagnostics.error(
            element.place,
            "element_unknown",
            fmt::format(
                "<gm:{}> may not stand here; {} may", element.name, fmt::join(allowed, ", ")),
            suggest(element.name, allowed));
    }

    void read_party(const XmlElement& element) {
        reading_.expect_attributes(element, {"id"});
        reading_.expect_children(element, {"title"});
        workflow_.parties.push_back({reading_.require_name(element, "id"),
                                     reading_.require_texts(element, "title"),
                                     element.place});
    }

    void read_role(const XmlElement& element) {
        reading_.expect_attributes(element, {"id", "party", "allow"});
        reading_.expect_children(element, {"title"});
        Role role;
        role.id = reading_.require_name(element, "id");
        role.party = reading_.require_name(element, "party");
        role.title = reading_.require_texts(element, "title");
        role.allows = read_permission(element, reading_);
        role.place = element.place;
        workflow_.roles.push_back(std::move(role));
    }

    void read_separation(const XmlElement& element) {
        reading_.expect_attributes(element, {"id", "first", "second", "per", "lasts", "source"});
        reading_.expect_children(element, {"reason"});
        Separation separation;
        read_memory(element, separation);
        separation.id = reading_.require_name(element, "id");
        separation.first = words_of(reading_.require(element, "first"));
        separation.second = words_of(reading_.require(element, "second"));
        separation.reason = reading_.require_texts(element, "reason");
        separation.source = element.attribute_or("source", "");
        separation.place = element.place;
        workflow_.separations.push_back(std::move(separation));
    }

    /// How long the separation remembers who acted.
    void read_memory(const XmlElement& element, Separation& separation) {
        separation.lasts = reading_.find_duration(element, "lasts");
        const std::string* per = element.find_attribute("per");
        if (per == nullptr) {
            return;
        }
        separation.per_round = *per == "round";
        if (!separation.per_round && *per != "case") {
            reading_.invalid(element, "per", "\"case\" or \"round\"");
        }
        if (separation.per_round && separation.lasts) {
            reading_.diagnostics.error(
                element.place,
                "attribute_conflict",
                "<separation> has per=\"round\" and \"lasts\", which exclude each other");
        }
    }

    void read_bar(const XmlElement& element) {
        reading_.expect_attributes(element,
                                   {"id", "roles", "task", "people", "from", "lasts", "source"});
        reading_.expect_children(element, {"reason"});
        Bar bar;
        bar.id = reading_.require_name(element, "id");
        bar.roles = words_of(reading_.require(element, "roles"));
        bar.task = reading_.require(element, "task");
        bar.people = reading_.require(element, "people");
        bar.lasts = reading_.find_duration(element, "lasts");
        if (element.find_attribute("from") != nullptr ||
            element.find_attribute("lasts") != nullptr) {
            bar.from = reading_.require(element, "from");
            static_cast<void>(reading_.require(element, "lasts"));
        }
        bar.reason = reading_.require_texts(element, "reason");
        bar.source = element.attribute_or("source", "");
        bar.place = element.place;
        workflow_.bars.push_back(std::move(bar));
    }

    void read_team(const XmlElement& element) {
        reading_.expect_attributes(element, {"id", "roles", "tasks", "people", "source"});
        reading_.expect_children(element, {"reason"});
        Team team;
        team.id = reading_.require_name(element, "id");
        team.roles = words_of(reading_.require(element, "roles"));
        team.tasks = words_of(reading_.require(element, "tasks"));
        team.people = words_of(reading_.require(element, "people"));
        team.reason = reading_.require_texts(element, "reason");
        team.source = element.attribute_or("source", "");
        team.place = element.place;
        workflow_.teams.push_back(std::move(team));
    }

    void read_search_value(const XmlElement& element) {
        reading_.expect_attributes(element, {"id", "data", "task", "field"});
        reading_.expect_children(element, {"title"});
        SearchValue value;
        value.id = reading_.require_name(element, "id");
        value.place = element.place;
        if (element.find_attribute("data") != nullptr) {
            value.data = reading_.require(element, "data");
            value.title = reading_.require_texts(element, "title");
            for (const char* other : {"task", "field"}) {
                if (element.find_attribute(other) != nullptr) {
                    reading_.diagnostics.error(
                        element.place,
                        "attribute_conflict",
                        fmt::format("{} stands beside data: a value comes from one place", other));
                }
            }
        } else {
            value.task = reading_.require(element, "task");
            value.field = reading_.require(element, "field");
            value.title = reading_.texts(element, "title");
        }
        workflow_.search_values.push_back(std::move(value));
    }

    void read_shown(const XmlElement& element) {
        reading_.expect_attributes(element, {"what", "task", "field"});
        reading_.expect_children(element, {});
        ShownField shown{reading_.require(element, "what"),
                         reading_.require(element, "task"),
                         reading_.require(element, "field"),
                         element.place};
        if (!shown.what.empty() && shown.what != shown_sites && shown.what != shown_audit_days) {
            reading_.invalid(element, "what", "\"sites\" or \"audit-days\"");
        }
        workflow_.shown.push_back(std::move(shown));
    }

    void read_signal(const XmlElement& element) {
        reading_.expect_attributes(element, {"id", "form"});
        reading_.expect_children(element, {"title", "help"});
        workflow_.signals.push_back({reading_.require_name(element, "id"),
                                     element.attribute_or("form", ""),
                                     reading_.require_texts(element, "title"),
                                     reading_.texts(element, "help"),
                                     element.place});
    }

    void read_milestone(const XmlElement& element) {
        reading_.expect_attributes(element, {"id", "states"});
        reading_.expect_children(element, {"title", "help"});
        Milestone milestone;
        milestone.id = reading_.require_name(element, "id");
        milestone.title = reading_.require_texts(element, "title");
        milestone.help = reading_.texts(element, "help");
        milestone.place = element.place;
        for (const std::string& id : words_of(reading_.require(element, "states"))) {
            const StateIndex state = outline_.find(id);
            if (state < outline_.states().size()) {
                milestone.states.push_back(state);
                continue;
            }
            reading_.diagnostics.error(
                element.place,
                "state_unknown",
                fmt::format(
                    "the milestone \"{}\" names the state \"{}\", which the chart does not have",
                    milestone.id,
                    id),
                suggest(id, outline_.ids()));
        }
        workflow_.milestones.push_back(std::move(milestone));
    }

    void read_state(StateIndex index) {
        const ChartOutline::State& state = outline_.states()[index];
        LocalizedText title = reading_.texts(*state.element, "title");
        if (!title.all().empty()) {
            workflow_.state_titles.emplace_back(index, std::move(title));
        }
        for (const XmlElement& child : state.element->children) {
            if (child.is(extension_namespace, "task")) {
                workflow_.tasks.push_back(read_task(child, index, reading_));
            } else if (is_ours(child) && child.name != "title") {
                misplaced(child, {"title", "task"});
            }
        }
    }

    /// Executable elements, wherever SCXML allows them.
    void read_actions(const XmlElement& element, Place place) {
        for (const XmlElement& child : element.children) {
            if (child.namespace_uri == scxml_namespace) {
                read_actions(child, place_of(child, place));
            } else if (place == Place::executable) {
                auto action = read_action(child, reading_.diagnostics, reading_.language);
                if (action) {
                    workflow_.actions.push_back({child.place, std::move(*action)});
                }
            } else if (place == Place::invoked && is_ours(child)) {
                reading_.diagnostics.error(
                    child.place,
                    "element_unknown",
                    fmt::format("<gm:{}> may not stand in an invoked document", child.name),
                    "what people see and do stands in the workflow's own chart");
            }
        }
    }

    static Place place_of(const XmlElement& element, Place outer) {
        constexpr std::array<std::string_view, 6> containers{
            "onentry", "onexit", "transition", "if", "foreach", "finalize"};
        if (std::ranges::find(containers, element.name) != containers.end()) {
            return Place::executable;
        }
        if (element.name == "invoke" || (element.name == "content" && outer == Place::invoked)) {
            return Place::invoked;
        }
        return element.name == "send" || element.name == "content" ? Place::elsewhere : outer;
    }

    const ChartOutline& outline_;
    const Reading& reading_;
    Workflow& workflow_;
};

}  // namespace

void read_extension(const ChartOutline& outline, const Reading& reading, Workflow& workflow) {
    ExtensionReader(outline, reading, workflow).read();
}

std::string default_language(const XmlElement& root) {
    const auto heads = children_of(root, "workflow");
    return heads.empty() ? "en" : heads.front()->attribute_or("language", "en");
}

}  // namespace guildmark::workflow
