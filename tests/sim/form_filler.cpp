#include "tests/sim/form_filler.h"

#include <algorithm>

#include <fmt/format.h>

namespace guildmark::tests {

void FormFiller::name_team(const std::string& task, Value& values, std::size_t people) const {
    // Nobody here is competent in what chance would write.
    for (const workflow::TaskDefinition& planned : workflow_.tasks) {
        for (const workflow::Outcome& outcome : planned.outcomes) {
            for (const workflow::Gate& gate : outcome.gates) {
                if (gate.kind == workflow::GateKind::competence && gate.task == task) {
                    values.set(gate.areas, Value());
                }
            }
        }
    }
    for (const workflow::Team& team : workflow_.teams) {
        if (std::ranges::find(team.tasks, task) == team.tasks.end()) {
            continue;
        }
        const std::string party = workflow_.find_role(team.roles.front())->party;
        for (const std::string& field : team.people) {
            const std::size_t first = below(people);
            std::string names = fmt::format("{} {}", party, first);
            if (below(2) == 0) {
                names += fmt::format(", {} {}", party, (first + 1) % people);
            }
            values.set(field, std::move(names));
        }
    }
}

Value FormFiller::fill(const workflow::Form& form) const {
    Value values{Value::Object()};
    // Days of one form follow each other, as those of two stages of an audit do.
    Date day = Date::of(clock_.now());
    for (const workflow::Field& field : form.fields) {
        values.set(field.id, fill(field, day));
        day = field.type == workflow::FieldType::date ? day.plus_days(1) : day;
    }
    return values;
}

Value FormFiller::fill(const workflow::Field& field, Date day) const {
    switch (field.type) {
        case workflow::FieldType::text:
        case workflow::FieldType::long_text:
            return "A text that is long enough";
        case workflow::FieldType::integer:
            return Value(1);
        case workflow::FieldType::decimal:
            return "1.5";
        case workflow::FieldType::money:
            return "1200.00 EUR";
        case workflow::FieldType::date:
            return day.to_text();
        case workflow::FieldType::boolean:
            return Value(below(2) == 0);
        case workflow::FieldType::choice:
            return field.choices[below(field.choices.size())].value;
        case workflow::FieldType::choices:
            return Value::Array{Value(field.choices[below(field.choices.size())].value)};
        case workflow::FieldType::country:
            return "DE";
        case workflow::FieldType::region:
            return "DE137";
        case workflow::FieldType::email:
            return "walk@firm.example";
        case workflow::FieldType::requirement:
            return "4.1";
    }
    ENSURE(false, "a FieldType outside its enumeration");
}

}  // namespace guildmark::tests
