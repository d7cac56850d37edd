#include "engine/standard/transition.h"

#include <algorithm>
#include <initializer_list>

#include "engine/standard/standard.h"
#include "engine/xml/document.h"

namespace guildmark {
namespace {

/// The earliest of the days that are known.
std::optional<Date> earliest(std::initializer_list<std::optional<Date>> days) {
    std::optional<Date> first;
    for (const std::optional<Date>& day : days) {
        if (day && (!first || *day < *first)) {
            first = day;
        }
    }
    return first;
}

/// The date in that attribute, whose form read_standard has checked.
std::optional<Date> date_in(const XmlElement& element, std::string_view attribute) {
    const std::string* const text = element.find_attribute(attribute);
    if (text == nullptr) {
        return std::nullopt;
    }
    const auto date = Date::parse(*text);
    return date ? std::optional(*date) : std::nullopt;
}

Transition transition_in(const XmlElement& element) {
    Transition transition;
    transition.to = element.attribute_or("to", "");
    transition.published_on = date_in(element, "published-on");
    transition.end_on = date_in(element, "end-on");
    transition.last_audit_to_old = date_in(element, "last-audit-to-old");
    transition.last_initial_to_old = date_in(element, "last-initial-to-old");
    transition.certificate_expiry_rule = element.attribute_or("certificate-expiry-rule", "");
    for (const XmlElement& basis : element.children) {
        transition.bases.push_back({basis.attribute_or("of", ""),
                                    basis.attribute_or("source", ""),
                                    basis.attribute_or("doubt", "")});
    }
    return transition;
}

}  // namespace

EditionStanding standing_of(const EditionTerms& terms, const Date& day) {
    const Transition known = terms.transition.value_or(Transition());
    const auto until = [&](std::optional<Date> last_day) {
        return Permission{day >= terms.published && (!last_day || day <= *last_day), last_day};
    };
    return {
        until(earliest({known.last_initial_to_old, known.last_audit_to_old, known.end_on})),
        until(earliest({known.last_audit_to_old, known.end_on})),
        until(known.end_on),
    };
}

Date latest_expiry(const EditionTerms& terms, const Date& cycle_end) {
    const Transition known = terms.transition.value_or(Transition());
    if (known.certificate_expiry_rule != "not-after-end-on" || !known.end_on) {
        return cycle_end;
    }
    return std::min(cycle_end, *known.end_on);
}

std::optional<EditionTerms> read_terms(std::string_view bytes,
                                       const std::string& file,
                                       Diagnostics& diagnostics) {
    const auto standard = read_standard(bytes, file, diagnostics);
    Diagnostics told;  // What is wrong, read_standard has said.
    const auto root = standard ? read_xml(bytes, file, told) : std::nullopt;
    if (!root) {
        return std::nullopt;
    }
    EditionTerms terms{standard->id,
                       standard->edition,
                       standard->designation,
                       date_in(*root, "published").value_or(Date()),
                       std::nullopt};
    for (const XmlElement& child : root->children) {
        if (child.name == "transition") {
            terms.transition = transition_in(child);
        }
    }
    return terms;
}

}  // namespace guildmark
