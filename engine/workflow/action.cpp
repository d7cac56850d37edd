#include "engine/workflow/action.h"

#include <fmt/format.h>

#include "engine/workflow/namespace.h"
#include "engine/workflow/reading.h"

namespace guildmark::workflow {
namespace {

std::vector<std::string> kind_names() {
    std::vector<std::string> names;
    names.reserve(all_decision_kinds().size());
    for (const DecisionKind kind : all_decision_kinds()) {
        names.emplace_back(to_text(kind));
    }
    return names;
}

/// Of two attributes that say the same in two ways exactly one stands there.
/// Errors: attribute_missing, attribute_conflict.
void expect_one_of(const XmlElement& element,
                   std::string_view first,
                   std::string_view second,
                   const Reading& reading) {
    const int count = (element.find_attribute(first) != nullptr ? 1 : 0) +
                      (element.find_attribute(second) != nullptr ? 1 : 0);
    if (count == 0) {
        reading.diagnostics.error(
            element.place,
            "attribute_missing",
            fmt::format("<{}> needs the attribute \"{}\" or \"{}\"", element.name, first, second));
    }
    if (count == 2) {
        reading.diagnostics.error(
            element.place,
            "attribute_conflict",
            fmt::format("<{}> has \"{}\" and \"{}\", which exclude each other",
                        element.name,
                        first,
                        second));
    }
}

ChargeAction read_charge(const XmlElement& element, const Reading& reading) {
    reading.expect_attributes(element, {"id", "party", "amount", "amount-expr"});
    reading.expect_children(element, {"title"});
    expect_one_of(element, "amount", "amount-expr", reading);
    ChargeAction charge;
    charge.id = reading.require_name(element, "id");
    charge.party = reading.require_name(element, "party");
    charge.amount_expression = element.attribute_or("amount-expr", "");
    charge.title = reading.require_texts(element, "title");
    if (const std::string* amount = element.find_attribute("amount")) {
        const auto money = Money::parse(*amount);
        if (money && money->minor_units() > 0) {
            charge.amount = *money;
        } else {
            reading.invalid(element, "amount", "an amount above zero such as 1200.00 EUR");
        }
    }
    return charge;
}

/// A last day of validity, and no length beside it.
/// Errors: attribute_missing, attribute_conflict.
void expect_end(const XmlElement& element, const Reading& reading) {
    (void)reading.require(element, "valid-until-expr");
    for (const char* other : {"valid-for", "valid-for-expr", "valid-after-expr"}) {
        if (element.find_attribute(other) != nullptr) {
            reading.diagnostics.error(
                element.place,
                "attribute_conflict",
                fmt::format("<{}> has \"valid-until-expr\" and \"{}\", which exclude each other",
                            element.name,
                            other));
        }
    }
}

CertificateAction read_certificate(const XmlElement& element, const Reading& reading) {
    reading.expect_attributes(element,
                              {"action",
                               "valid-for",
                               "valid-for-expr",
                               "valid-from-expr",
                               "valid-after-expr",
                               "valid-until-expr",
                               "scope-expr"});
    reading.expect_children(element, {});
    CertificateAction certificate;
    const std::string name = reading.require(element, "action");
    const auto kind = decision_kind_from(name);
    if (!name.empty() && (!kind || *kind == DecisionKind::refuse)) {
        reading.invalid(element, "action", "an act on a certificate", suggest(name, kind_names()));
    }
    certificate.action = kind.value_or(DecisionKind::grant);
    certificate.valid_for = reading.find_duration(element, "valid-for");
    certificate.valid_for_expression = element.attribute_or("valid-for-expr", "");
    certificate.valid_from_expression = element.attribute_or("valid-from-expr", "");
    certificate.valid_after_expression = element.attribute_or("valid-after-expr", "");
    certificate.valid_until_expression = element.attribute_or("valid-until-expr", "");
    certificate.scope_expression = element.attribute_or("scope-expr", "");
    const bool has_end = !certificate.valid_until_expression.empty();
    if (has_end || kind == DecisionKind::transfer_accept) {
        expect_end(element, reading);
    } else if (kind == DecisionKind::grant || kind == DecisionKind::renew) {
        expect_one_of(element, "valid-for", "valid-for-expr", reading);
    }
    if ((kind == DecisionKind::grant || kind == DecisionKind::transfer_accept) &&
        certificate.scope_expression.empty()) {
        reading.diagnostics.error(element.place,
                                  "attribute_missing",
                                  "a certificate is granted for a scope: <certificate> needs the "
                                  "attribute \"scope-expr\"");
    }
    return certificate;
}

NotifyAction read_notify(const XmlElement& element, const Reading& reading) {
    reading.expect_attributes(element, {"id", "roles"});
    reading.expect_children(element, {"subject", "body"});
    NotifyAction notify;
    notify.id = reading.require_name(element, "id");
    notify.roles = words_of(reading.require(element, "roles"));
    notify.subject = reading.require_texts(element, "subject");
    notify.body = reading.require_texts(element, "body");
    return notify;
}

/// An act that says nothing but its name.
template <typename ActionType>
ActionType read_empty(const XmlElement& element, const Reading& reading) {
    reading.expect_attributes(element, {});
    reading.expect_children(element, {});
    return ActionType{};
}

}  // namespace

std::optional<Action> read_action(const XmlElement& element,
                                  Diagnostics& diagnostics,
                                  std::string_view language) {
    const Reading reading{diagnostics, std::string(language)};
    if (element.is(extension_namespace, "charge")) {
        return read_charge(element, reading);
    }
    if (element.is(extension_namespace, "certificate")) {
        return read_certificate(element, reading);
    }
    if (element.is(extension_namespace, "notify")) {
        return read_notify(element, reading);
    }
    if (element.is(extension_namespace, "round")) {
        return read_empty<RoundAction>(element, reading);
    }
    if (element.is(extension_namespace, "regrade")) {
        return read_empty<RegradeAction>(element, reading);
    }
    const std::vector<std::string> names{"charge", "certificate", "notify", "round", "regrade"};
    diagnostics.error(
        element.place,
        "action_unknown",
        fmt::format("<{}> cannot be executed; {} can", element.name, fmt::join(names, ", ")),
        suggest(element.name, names));
    return std::nullopt;
}

}  // namespace guildmark::workflow
