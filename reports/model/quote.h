#pragma once

#include <optional>
#include <string>

#include "engine/audit/quote.h"
#include "reports/messages/messages.h"
#include "reports/model/progress.h"

namespace guildmark::reports {

/// When a certificate may be expected, by what a workflow takes for given.
struct ExpectedDates {
    Date begin;   ///< When the firm applies.
    Date likely;  ///< Half of the firms have it by then ...
    Date late;    ///< ... and nine in ten by then.
    std::string workflow;
};

/// What an offer is made from. Everything is only read.
struct QuoteInput {
    const audit::Quote& quote;
    const audit::QuoteRequest& request;
    const audit::PriceList& prices;
    const audit::TimeRule& rule;
    std::string client;  ///< Empty: nobody is named.
    std::optional<ExpectedDates> dates;
};

/// An offer to sign: what each audit of the cycle costs and takes, how the days were found, what
/// the prices leave open. Amounts are texts, because they are exact.
[[nodiscard]] ProgressReport build_quote_report(const QuoteInput& input, const Messages& messages);

}  // namespace guildmark::reports
