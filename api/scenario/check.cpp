#include "api/scenario/check.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "api/scenario/stage.h"
#include "engine/standard/standard.h"

namespace guildmark::scenario {
namespace {

/// Refusals that say of a name that there is nothing of it: then it is meant to be wrong.
constexpr std::array refusals_of_names{"task_not_found",
                                       "outcome_unknown",
                                       "role_unknown",
                                       "role_not_held",
                                       "form_invalid",
                                       "party_unknown",
                                       "party_missing",
                                       "workflow_unknown",
                                       "standard_unknown",
                                       "standard_not_served",
                                       "requirement_unknown",
                                       "timer_unknown"};

constexpr std::string_view administrator = "administrator";

template <typename Items, typename Name>
std::vector<std::string> names_of(const Items& items, Name name) {
    std::vector<std::string> names;
    for (const auto& item : items) {
        names.push_back(std::invoke(name, item));
    }
    return names;
}

class ScriptCheck {
public:
    ScriptCheck(const Library& library, Diagnostics& diagnostics)
        : library_(library), diagnostics_(diagnostics) {}

    void check(const std::vector<Statement>& statements) {
        for (const Statement& statement : statements) {
            if (statement.word(0) == "person") {
                people_with_roles_.push_back(&statement);
            }
            check(statement);
        }
        for (const Statement* person : people_with_roles_) {
            check_roles_of_person(*person);
        }
    }

private:
    void check(const Statement& statement) {
        static const std::set<std::string, std::less<>> plain{
            "scenario", "persona", "at", "after", "report"};
        const std::string verb = statement.word(0);
        if (verb == "organisation") {
            organisations_.insert(statement.word(1));
        } else if (verb == "person") {
            check_name(statement, 2, "organisation", organisations_);
            people_.insert(statement.word(1));
        } else if (verb == "competence") {
            check_name(statement, 1, "person", people_);
        } else if (verb == "case") {
            check_case(statement);
        } else if (verb == "expect") {
            check_expectation(statement);
        } else if (verb == "fire") {
            check_timer(statement);
        } else if (!plain.contains(verb)) {
            check_act(statement);
        }
    }

    void check_case(const Statement& statement) {
        check_name(statement, statement.index_behind("by"), "person", people_);
        workflow_ = nullptr;
        standard_ = nullptr;
        for (std::size_t index = 0; index < statement.fields.size(); ++index) {
            const auto& [name, value] = statement.fields[index];
            if (name == "workflow") {
                find_workflow(statement, value, statement.field_places[index]);
            } else if (name == "standard") {
                find_standard(statement, value, statement.field_places[index]);
            }
        }
        if (workflow_ == nullptr) {
            knows_every_workflow_ = false;
            return;
        }
        workflows_.push_back(workflow_);
        check_role(statement, statement.index_behind("as"));
        check_parties(statement);
    }

    void find_workflow(const Statement& statement, const std::string& id, SourcePlace place) {
        const auto known = library_.workflows();
        const auto found = std::ranges::find(
            known, id, [](const auto& workflow) -> const std::string& { return workflow->id; });
        if (found != known.end()) {
            workflow_ = *found;
            return;
        }
        report(statement,
               std::move(place),
               {"workflow_unknown", "workflow", id},
               names_of(known, [](const auto& workflow) { return workflow->id; }));
    }

    void find_standard(const Statement& statement, const std::string& key, SourcePlace place) {
        standard_ = library_.find_standard(key);
        if (standard_ == nullptr) {
            report(statement,
                   std::move(place),
                   {"standard_unknown", "standard", key},
                   names_of(library_.standards(), [](const auto& known) { return known->key(); }));
        }
    }

    void check_parties(const Statement& statement) {
        std::vector<std::string> parties{"client", "body", "group"};
        for (const workflow::Party& party : workflow_->parties) {
            parties.push_back(party.id);
        }
        for (std::size_t index = 0; index < statement.fields.size(); ++index) {
            const auto& [name, value] = statement.fields[index];
            const SourcePlace& place = statement.field_places[index];
            if (name == "workflow" || name == "standard" || name == "title") {
                continue;
            }
            if (std::ranges::find(parties, name) == parties.end()) {
                report(statement, place, {"party_unknown", "party", name}, parties);
            }
            parties_.insert(value);
            if (!organisations_.contains(value)) {
                report(statement,
                       place,
                       {"name_unknown", "organisation", value},
                       {organisations_.begin(), organisations_.end()});
            }
        }
    }

    void check_act(const Statement& statement) {
        const auto acts = act_names();
        if (std::ranges::find(acts, statement.word(1)) == acts.end()) {
            report(statement,
                   statement.place_of(1),
                   {"statement_unknown",
                    "statement",
                    statement.word(0) + " " + statement.word(1),
                    statement.word(1)},
                   acts);
            return;
        }
        check_name(statement, 0, "person", people_);
        if (workflow_ == nullptr) {
            return;
        }
        check_role(statement, statement.index_behind("as"));
        const std::string verb = statement.word(1);
        if (verb == "moves") {
            for (const std::string& state : split_commas(statement.word(2))) {
                check_state(statement, state);
            }
        } else if (verb == "completes") {
            check_completion(statement);
        } else if (verb == "raises") {
            check_requirement(statement, 3);
        } else if ((verb == "answers" || verb == "assesses") && statement.word(2) != "all") {
            check_requirement(statement, 2);
        }
    }

    void check_completion(const Statement& statement) {
        const workflow::TaskDefinition* task = check_task(statement, 2);
        if (task == nullptr) {
            return;
        }
        if (task->find_outcome(statement.word(3)) == nullptr) {
            report(statement,
                   statement.place_of(3),
                   {"outcome_unknown",
                    fmt::format("outcome of the task {}", task->id),
                    statement.word(3)},
                   names_of(task->outcomes, &workflow::Outcome::id));
        }
        const workflow::Form* form = workflow_->find_form(task->form);
        for (std::size_t index = 0; index < statement.fields.size(); ++index) {
            const std::string& name = statement.fields[index].first;
            if (form == nullptr || form->find_field(name) == nullptr) {
                report(statement,
                       statement.field_places[index],
                       {"field_unknown", fmt::format("field of the task {}", task->id), name},
                       form == nullptr ? std::vector<std::string>()
                                       : names_of(form->fields, &workflow::Field::id));
            }
        }
    }

    void check_expectation(const Statement& statement) {
        const auto known = expectation_names();
        const std::string what = statement.word(1);
        if (std::ranges::find(known, what) == known.end()) {
            report(statement,
                   statement.place_of(1),
                   {"statement_unknown", "expectation", what},
                   known);
        } else if (workflow_ == nullptr) {
            return;
        } else if (what == "task" || what == "due") {
            static_cast<void>(check_task(statement, 2));
        } else if (what == "state") {
            check_state(statement, statement.word(2));
        } else if (what == "milestone") {
            check_milestone(statement);
        }
    }

    /// Of the second word, or a part of it.
    void check_state(const Statement& statement, const std::string& id) {
        if (workflow_->chart->find_state(id)) {
            return;
        }
        std::vector<std::string> ids;
        for (scxml::StateIndex state = 0; state < workflow_->chart->state_count(); ++state) {
            ids.push_back(workflow_->chart->state_id(state));
        }
        report(statement, statement.place_of(2), {"state_unknown", "state", id}, ids);
    }

    void check_milestone(const Statement& statement) {
        const auto names = names_of(workflow_->milestones, &workflow::Milestone::id);
        if (std::ranges::find(names, statement.word(2)) == names.end()) {
            report(statement,
                   statement.place_of(2),
                   {"milestone_unknown", "milestone", statement.word(2)},
                   names);
        }
    }

    /// A sendid may be made when the chart runs, so only the task of an escalation can be wrong.
    void check_timer(const Statement& statement) {
        const std::string name = statement.word(1);
        const std::size_t slash = name.find('/');
        const bool is_escalation =
            slash != std::string::npos && slash + 1 < name.size() &&
            name.find_first_not_of("0123456789", slash + 1) == std::string::npos;
        if (workflow_ != nullptr && is_escalation) {
            const std::string task = name.substr(0, slash);
            if (workflow_->find_task(task) == nullptr) {
                report(statement,
                       statement.place_of(1),
                       {"task_unknown", "task", task},
                       names_of(workflow_->tasks, &workflow::TaskDefinition::id));
            }
        }
    }

    const workflow::TaskDefinition* check_task(const Statement& statement, std::size_t index) {
        const workflow::TaskDefinition* task = workflow_->find_task(statement.word(index));
        if (task == nullptr) {
            report(statement,
                   statement.place_of(index),
                   {"task_unknown", "task", statement.word(index)},
                   names_of(workflow_->tasks, &workflow::TaskDefinition::id));
        }
        return task;
    }

    void check_role(const Statement& statement, std::size_t index) {
        const std::string role = statement.word(index);
        if (!role.empty() && role != administrator && workflow_->find_role(role) == nullptr) {
            report(statement,
                   statement.place_of(index),
                   {"role_unknown", "role", role},
                   names_of(workflow_->roles, &workflow::Role::id));
        }
    }

    void check_requirement(const Statement& statement, std::size_t index) {
        const std::string number = statement.word(index);
        if (standard_ != nullptr && standard_->find_requirement(number) == nullptr) {
            report(
                statement,
                statement.place_of(index),
                {"requirement_unknown", fmt::format("requirement of {}", standard_->key()), number},
                names_of(standard_->requirements, &Requirement::id));
        }
    }

    /// A person is introduced before any case, so the roles of all of them count. Who has part in
    /// none may have roles that no workflow here knows.
    void check_roles_of_person(const Statement& person) {
        std::vector<std::string> known{std::string(administrator)};
        for (const auto& workflow : workflows_) {
            const auto roles = names_of(workflow->roles, &workflow::Role::id);
            known.insert(known.end(), roles.begin(), roles.end());
        }
        const auto option = std::ranges::find_if(
            person.words, [](const std::string& word) { return word.starts_with("roles="); });
        if (!knows_every_workflow_ || !parties_.contains(person.word(2)) ||
            option == person.words.end()) {
            return;
        }
        const std::string roles = person.option("roles");
        const auto index = static_cast<std::size_t>(option - person.words.begin());
        for (std::size_t begin = 0; begin < roles.size();) {
            const std::size_t end = std::min(roles.find(',', begin), roles.size());
            const std::string role = roles.substr(begin, end - begin);
            if (std::ranges::find(known, role) == known.end()) {
                SourcePlace place = person.place_of(index);
                place.column += static_cast<unsigned>(std::string_view("roles=").size() + begin);
                report(person, std::move(place), {"role_unknown", "role", role}, known);
            }
            begin = end + 1;
        }
    }

    void check_name(const Statement& statement,
                    std::size_t index,
                    const std::string& kind,
                    const std::set<std::string>& known) {
        if (!known.contains(statement.word(index))) {
            report(statement,
                   statement.place_of(index),
                   {"name_unknown", kind, statement.word(index)},
                   {known.begin(), known.end()});
        }
    }

    /// A name that means nothing, and what it should have been a name of.
    struct Unknown {
        std::string code;
        std::string kind;
        std::string name;
        std::string compared = name;  ///< What suggestions are compared with.
    };

    void report(const Statement& statement,
                SourcePlace place,
                const Unknown& unknown,
                const std::vector<std::string>& known) {
        if (std::ranges::find(refusals_of_names, statement.refused_code) !=
            refusals_of_names.end()) {
            return;
        }
        diagnostics_.error(std::move(place),
                           unknown.code,
                           fmt::format("there is no {} \"{}\"", unknown.kind, unknown.name),
                           suggest(unknown.compared, known));
    }

    const Library& library_;
    Diagnostics& diagnostics_;
    std::set<std::string> organisations_;
    std::set<std::string> people_;
    std::set<std::string> parties_;  ///< Organisations with a part in a case.
    std::vector<const Statement*> people_with_roles_;
    std::vector<std::shared_ptr<const workflow::Workflow>> workflows_;  ///< Of the cases so far.
    bool knows_every_workflow_ = true;
    std::shared_ptr<const workflow::Workflow> workflow_;  ///< Of the case that is played.
    std::shared_ptr<const Standard> standard_;
};

}  // namespace

void check_script(const std::vector<Statement>& statements,
                  const Library& library,
                  Diagnostics& diagnostics) {
    ScriptCheck(library, diagnostics).check(statements);
}

}  // namespace guildmark::scenario
