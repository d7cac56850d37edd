#include "api/command/transition_command.h"

#include <fmt/format.h>

#include "api/library_folder.h"
#include "engine/standard/standard.h"

namespace guildmark::command {
namespace {

struct EditionsOnDay {
    Date day;
    std::vector<Standard> editions;
};

Result<EditionsOnDay> read_editions(const TransitionArguments& arguments) {
    EditionsOnDay told;
    told.day = TRY(Date::parse(arguments.on));
    Diagnostics ignored;
    auto editions = TRY(load_standards(arguments.library_folder, ignored));
    for (Standard& edition : editions) {
        if (arguments.standard == edition.id ||
            arguments.standard == edition.id + ":" + edition.edition) {
            told.editions.push_back(std::move(edition));
        }
    }
    if (told.editions.empty()) {
        return not_found("standard_not_found",
                         fmt::format("the library has no standard \"{}\"", arguments.standard),
                         arguments.standard);
    }
    return told;
}

void print_permission(std::string_view what, const EditionPermission& permission) {
    const std::string last =
        permission.last_day ? "last day " + permission.last_day->to_text() : "no last day is known";
    print(fmt::format("  {:<15} {:<4} {}", what, permission.is_given ? "yes" : "no", last));
}

void print_edition(const Standard& edition, const Date& day) {
    print(fmt::format("{}, published {}", edition.designation, edition.published.to_text()));
    const EditionStanding standing = standing_of(edition, day);
    print_permission("initial audits", standing.initial_audits);
    print_permission("other audits", standing.audits);
    print_permission("certificates", standing.certificates);
    if (!edition.transition) {
        return;
    }
    const Transition& transition = *edition.transition;
    print(fmt::format("  next edition    {}, {}",
                      transition.to,
                      transition.published_on ? "published " + transition.published_on->to_text()
                                              : "when published is not known"));
    for (const TransitionBasis& basis : transition.bases) {
        print(fmt::format("    {}: {}", basis.of, basis.source));
        if (!basis.doubt.empty()) {
            print("      doubt: " + basis.doubt);
        }
    }
}

Value date_value(const std::optional<Date>& date) {
    return date ? Value(date->to_text()) : Value();
}

Value permission_value(const EditionPermission& permission) {
    return Value::Object{{"allowed", permission.is_given},
                         {"lastDay", date_value(permission.last_day)}};
}

Value transition_value(const Transition& transition) {
    Value::Array bases;
    for (const TransitionBasis& basis : transition.bases) {
        bases.emplace_back(Value::Object{
            {"of", basis.of},
            {"source", basis.source},
            {"doubt", basis.doubt.empty() ? Value() : Value(basis.doubt)},
        });
    }
    const std::string& rule = transition.certificate_expiry_rule;
    return Value::Object{{"to", transition.to},
                         {"publishedOn", date_value(transition.published_on)},
                         {"certificateExpiryRule", rule.empty() ? Value() : Value(rule)},
                         {"basis", std::move(bases)}};
}

Value edition_value(const Standard& edition, const Date& day) {
    const EditionStanding standing = standing_of(edition, day);
    return Value::Object{
        {"edition", edition.edition},
        {"designation", edition.designation},
        {"published", edition.published.to_text()},
        {"initialAudits", permission_value(standing.initial_audits)},
        {"audits", permission_value(standing.audits)},
        {"certificates", permission_value(standing.certificates)},
        {"transition", edition.transition ? transition_value(*edition.transition) : Value()}};
}

}  // namespace

int run_transition(const TransitionArguments& arguments) {
    const auto told = read_editions(arguments);
    if (!told) {
        return report_error(told.error(), arguments.output);
    }
    Value::Array editions;
    for (const Standard& edition : told->editions) {
        if (arguments.output == Output::json) {
            editions.push_back(edition_value(edition, told->day));
        } else {
            print_edition(edition, told->day);
        }
    }
    if (arguments.output == Output::json) {
        print_json(Value::Object{{"standard", told->editions.front().id},
                                 {"on", told->day.to_text()},
                                 {"editions", std::move(editions)}});
    }
    return exit_done;
}

}  // namespace guildmark::command
