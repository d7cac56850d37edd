#include "engine/cases/acts.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/cases/expression_value.h"

namespace guildmark {
namespace {

/// The certificate's number as people write it: its id in groups.
std::string certificate_number(CertificateId id) {
    std::string text = id.to_text();
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return "GM-" + text.substr(0, 5) + "-" + text.substr(5, 4) + "-" + text.substr(9);
}

rows::CertificateStatus status_after(workflow::DecisionKind action) {
    switch (action) {
        case workflow::DecisionKind::suspend:
            return rows::CertificateStatus::suspended;
        case workflow::DecisionKind::withdraw:
            return rows::CertificateStatus::withdrawn;
        case workflow::DecisionKind::grant:
        case workflow::DecisionKind::refuse:
        case workflow::DecisionKind::maintain:
        case workflow::DecisionKind::renew:
        case workflow::DecisionKind::extend:
        case workflow::DecisionKind::reduce:
        case workflow::DecisionKind::restore:
        case workflow::DecisionKind::transfer_accept:
            return rows::CertificateStatus::active;
    }
    ENSURE(false, "a DecisionKind outside its enumeration");
}

/// Carries out one act of a workflow.
class Act {
public:
    Act(WorkingCase& working, scxml::ExpressionScope& scope) : working_(working), scope_(scope) {}

    Result<void> operator()(const workflow::ChargeAction& action) {
        Money amount = action.amount.value_or(Money(0, Currency{"EUR", 2}));
        if (!action.amount) {
            const Value given = TRY(scope_.evaluate(action.amount_expression));
            if (!given.is_text()) {
                return malformed("money_malformed", "the expression does not give an amount");
            }
            amount = TRY(Money::parse(given.as_text()));
        }
        const OrganisationId payer = working_.subject().party(action.party);
        if (payer.is_none()) {
            return malformed("party_unknown",
                             fmt::format("no organisation is the party \"{}\"", action.party));
        }
        working_.emit(events::ChargeMade{working_.draw<ChargeId>(),
                                         action.id,
                                         action.title.in(""),
                                         payer,
                                         amount.minor_units(),
                                         amount.currency().code});
        return {};
    }

    Result<void> operator()(const workflow::NotifyAction& action) {
        request_notification(working_, action.roles, action.subject.in(""), action.body.in(""));
        return {};
    }

    Result<void> operator()(const workflow::RoundAction& /*action*/) {
        working_.emit(events::RoundBegan{working_.subject().round.number + 1});
        return {};
    }

    Result<void> operator()(const workflow::RegradeAction& /*action*/) {
        std::vector<FindingId> late;
        for (const auto& [id, finding] : working_.subject().findings) {
            if (finding.grade == rows::Grade::minor && working_.subject().is_carried(finding)) {
                late.push_back(id);
            }
        }
        for (const FindingId id : late) {
            working_.emit(events::FindingRegraded{id, rows::Grade::major});
        }
        return {};
    }

    Result<void> operator()(const workflow::CertificateAction& action) {
        const rows::Decision* decision = find_unused_decision(to_text(action.action));
        if (decision == nullptr) {
            return refused("decision_missing",
                           fmt::format("no recorded decision to {} waits to be carried out",
                                       to_text(action.action)));
        }
        const bool begins = action.action == workflow::DecisionKind::grant ||
                            working_.subject().certificates.empty();
        rows::Certificate certificate =
            begins ? first_certificate() : working_.subject().certificates.rbegin()->second;
        certificate.decision = decision->id;
        certificate.status = status_after(action.action);
        TRY(set_period(certificate, action, *decision));
        if (begins && sets_period(action)) {
            certificate.first_granted = certificate.valid_from;
        }
        if (!action.scope_expression.empty()) {
            const Value given = TRY(scope_.evaluate(action.scope_expression));
            if (!given.is_text() || given.as_text().empty()) {
                return malformed("scope_missing", "a certificate needs a scope");
            }
            certificate.scope = given.as_text();
        }
        const Date last_day = certificate.valid_until;
        const std::string expiry = workflow::expiry_event + std::string("/") + certificate.number;
        working_.emit(events::CertificateActed{to_text(action.action), std::move(certificate)});
        if (sets_period(action)) {
            cancel_timers(working_,
                          [&](const PendingTimer& timer) { return timer.sendid == expiry; });
            set_expiry(expiry, last_day);
        }
        return {};
    }

private:
    /// The chart hears of the expiry on the day after the last one of validity.
    void set_expiry(const std::string& sendid, Date last_day) {
        events::TimerSet timer;
        timer.id = working_.draw<TimerId>();
        timer.due = last_day.plus_days(1).begin();
        timer.sendid = sendid;
        timer.event = workflow::expiry_event;
        working_.emit(std::move(timer));
    }

    [[nodiscard]] const rows::Decision* find_unused_decision(std::string_view kind) const {
        const Case& subject = working_.subject();
        for (const DecisionId id : subject.unused_decisions) {
            if (const rows::Decision& decision = subject.decisions.at(id); decision.kind == kind) {
                return &decision;
            }
        }
        return nullptr;
    }

    rows::Certificate first_certificate() {
        const Case& subject = working_.subject();
        rows::Certificate certificate;
        certificate.id = working_.draw<CertificateId>();
        certificate.case_id = subject.summary.id;
        certificate.number = certificate_number(certificate.id);
        certificate.holder = subject.party("client");
        certificate.issuer = subject.party("body");
        certificate.standard = subject.summary.standard;
        certificate.first_granted = Date::of(working_.context().now);
        return certificate;
    }

    static bool sets_period(const workflow::CertificateAction& action) {
        return action.valid_for || !action.valid_for_expression.empty() ||
               !action.valid_until_expression.empty();
    }

    /// The effective date is never before the decision (ISO/IEC 17021-1, 8.2.2 b).
    Result<void> set_period(rows::Certificate& certificate,
                            const workflow::CertificateAction& action,
                            const rows::Decision& decision) {
        if (!sets_period(action)) {
            return {};
        }
        Date from = Date::of(working_.context().now);
        if (!action.valid_from_expression.empty()) {
            from = TRY(to_date(TRY(scope_.evaluate(action.valid_from_expression))));
        }
        if (from < Date::of(decision.decided_at)) {
            return refused("valid_before_decision",
                           "a certificate does not take effect before its decision");
        }
        const Date until = TRY(last_day_of_edition(from, TRY(last_day(action, from))));
        if (until < from) {
            return refused("valid_until_past",
                           "the last day of validity lies before the first one");
        }
        certificate.valid_from = from;
        certificate.valid_until = until;
        return {};
    }

    /// The day before the anniversary of the first day, or of the day after the period before.
    Result<Date> last_day(const workflow::CertificateAction& action, Date from) {
        if (!action.valid_until_expression.empty()) {
            return to_date(TRY(scope_.evaluate(action.valid_until_expression)));
        }
        Duration length = action.valid_for.value_or(Duration());
        if (!action.valid_for) {
            length = TRY(to_duration(TRY(scope_.evaluate(action.valid_for_expression))));
        }
        Date first = from;
        if (!action.valid_after_expression.empty()) {
            first = TRY(to_date(TRY(scope_.evaluate(action.valid_after_expression)))).plus_days(1);
        }
        return length.after(first).plus_days(-1);
    }

    /// No certificate outlasts the edition that it is to, where its catalogue says when that ends.
    Result<Date> last_day_of_edition(Date from, Date until) {
        const Standard* standard = working_.context().standard;
        if (standard == nullptr) {
            return until;
        }
        const EditionPermission permission = standing_of(*standard, from).certificates;
        if (permission.last_day && *permission.last_day < from) {
            return refused("edition_ended",
                           fmt::format("certificates to {} ended on {}",
                                       standard->designation,
                                       permission.last_day->to_text()),
                           standard->key());
        }
        return latest_expiry(*standard, until);
    }

    WorkingCase& working_;
    scxml::ExpressionScope& scope_;
};

}  // namespace

Result<void> carry_out(WorkingCase& working,
                       const workflow::Action& action,
                       scxml::ExpressionScope& scope) {
    return std::visit(Act(working, scope), action);
}

}  // namespace guildmark
