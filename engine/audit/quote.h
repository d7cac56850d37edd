#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/audit/audit_time.h"
#include "engine/audit/price_list.h"

namespace guildmark::audit {

/// What a firm wants to have offered.
struct QuoteRequest {
    TimeRequest time;
    std::uint64_t sites = 1;
    Fraction distance_km;  ///< One way, from where auditors start.
    Date on;               ///< The day of the offer.
};

/// What a line of an offer is about; a fee is named by the price list.
enum class QuoteItem { days, fee, visits, kilometers, nights };

/// "days" ...
[[nodiscard]] std::string_view to_text(QuoteItem item);

/// So many of something, at a price.
struct QuoteLine {
    QuoteItem item = QuoteItem::days;
    const Fee* fee = nullptr;  ///< Of the price list; null for other items.
    Fraction quantity;
    Money price;
    Money amount;  ///< Rounded to the minor unit, a half upward.
};

/// One audit of the cycle.
struct QuotedAudit {
    CycleAudit audit = CycleAudit::initial;
    unsigned year = 0;  ///< 0: before the certificate; then its first, second and third year.
    Fraction days;
    std::vector<QuoteLine> lines;
    Money total;
};

/// What the audits of a cycle cost, told in advance. Without tax and whatever else the list's terms
/// leave open.
struct Quote {
    AuditTime time;
    std::vector<QuotedAudit> audits;
    Money certificate_total;  ///< Up to the certificate.
    Money cycle_total;        ///< And both surveillances: what a certificate costs in three years.
};

/// The offer by `prices`, which outlives it, and by `rule`. One auditor stays overnight where an
/// audit takes more days than visits, and travels from the same place each time.
/// Errors: price_list_expired (its last day is before the offer's), count_invalid (no sites, or
/// more than limits::audited_count_max), distance_invalid (below 0 or above 20,000 km), those of
/// compute_audit_time, money_overflow, fraction_overflow.
[[nodiscard]] Result<Quote> compute_quote(const PriceList& prices,
                                          const TimeRule& rule,
                                          const QuoteRequest& request);

}  // namespace guildmark::audit
