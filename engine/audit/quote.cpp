#include "engine/audit/quote.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/limits.h"

namespace guildmark::audit {
namespace {

constexpr std::int64_t distance_km_max = 20'000;

Result<void> check_request(const PriceList& prices, const QuoteRequest& request) {
    if (prices.valid_until && *prices.valid_until < request.on) {
        return refused("price_list_expired",
                       fmt::format("the price list {} held until {}",
                                   prices.head.key(),
                                   prices.valid_until->to_text()));
    }
    if (request.sites < 1 || request.sites > limits::audited_count_max) {
        return malformed("count_invalid",
                         fmt::format("sites are counted from 1 to {}", limits::audited_count_max),
                         "sites");
    }
    if (request.distance_km < 0 || request.distance_km > distance_km_max) {
        return malformed("distance_invalid",
                         fmt::format("a distance is from 0 to {} km", distance_km_max),
                         "distance");
    }
    return {};
}

/// The price so many times, rounded to the minor unit, a half upward.
Result<Money> amount_of(const Money& price, const Fraction& quantity) {
    const Fraction exact = TRY(quantity.times(price.minor_units()));
    return Money(TRY(exact.rounded_to(1)).floor(), price.currency());
}

/// The lines of one audit of so many days.
class AuditOffer {
public:
    AuditOffer(const PriceList& prices, const QuoteRequest& request, QuotedAudit& audit)
        : prices_(prices), request_(request), audit_(audit) {}

    Result<void> fill() {
        const Money nothing(0, prices_.day.currency());
        TRY(add(QuoteItem::days, nullptr, audit_.days, prices_.day));
        for (const Fee& fee : prices_.fees) {
            if (std::ranges::find(fee.at, audit_.audit) != fee.at.end()) {
                const auto sites = static_cast<std::int64_t>(request_.sites);
                TRY(add(QuoteItem::fee, &fee, fee.is_per_site ? sites : 1, fee.amount));
            }
        }
        const std::int64_t visits = audit_.audit == CycleAudit::initial
                                        ? static_cast<std::int64_t>(prices_.initial_visits)
                                        : 1;
        const std::int64_t nights = std::max<std::int64_t>(0, audit_.days.ceiling() - visits);
        const Fraction way = TRY(request_.distance_km.times(2 * visits));
        TRY(add(QuoteItem::visits, nullptr, visits, prices_.travel.per_visit));
        TRY(add(QuoteItem::kilometers, nullptr, way, prices_.travel.per_kilometer));
        return add(QuoteItem::nights, nullptr, nights, prices_.travel.per_night);
    }

private:
    /// Nothing stands in an offer that is not charged.
    Result<void> add(QuoteItem item, const Fee* fee, const Fraction& quantity, const Money& price) {
        if (quantity == 0 || price.minor_units() == 0) {
            return {};
        }
        const Money amount = TRY(amount_of(price, quantity));
        audit_.total = TRY(audit_.total.plus(amount));
        audit_.lines.push_back({item, fee, quantity, price, amount});
        return {};
    }

    const PriceList& prices_;
    const QuoteRequest& request_;
    QuotedAudit& audit_;
};

}  // namespace

std::string_view to_text(QuoteItem item) {
    switch (item) {
        case QuoteItem::days:
            return "days";
        case QuoteItem::fee:
            return "fee";
        case QuoteItem::visits:
            return "visits";
        case QuoteItem::kilometers:
            return "kilometers";
        case QuoteItem::nights:
            return "nights";
    }
    ENSURE(false, "a QuoteItem outside its enumeration");
}

Result<Quote> compute_quote(const PriceList& prices,
                            const TimeRule& rule,
                            const QuoteRequest& request) {
    TRY(check_request(prices, request));
    const Money nothing(0, prices.day.currency());
    AuditTime time = TRY(compute_audit_time(rule, request.time));
    Quote quote{std::move(time), {}, nothing, nothing};
    quote.audits = {
        {CycleAudit::initial, 0, quote.time.initial_days, {}, nothing},
        {CycleAudit::surveillance, 1, quote.time.surveillance_days_per_year, {}, nothing},
        {CycleAudit::surveillance, 2, quote.time.surveillance_days_per_year, {}, nothing},
        {CycleAudit::recertification, 3, quote.time.recertification_days, {}, nothing}};
    for (QuotedAudit& audit : quote.audits) {
        TRY(AuditOffer(prices, request, audit).fill());
        if (audit.audit != CycleAudit::recertification) {
            quote.cycle_total = TRY(quote.cycle_total.plus(audit.total));
        }
    }
    quote.certificate_total = quote.audits.front().total;
    return quote;
}

}  // namespace guildmark::audit
