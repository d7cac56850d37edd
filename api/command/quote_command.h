#pragma once

#include <string>

#include "api/command/audit_time_command.h"

namespace guildmark::command {

struct QuoteArguments : AuditTimeArguments {
    std::string prices;  ///< The price list's id; empty: the only one.
    std::string client;
    std::string sites = "1";
    std::string distance = "0";  ///< In kilometers, one way.
    std::string on;              ///< The day of the offer; empty: today.
    std::string workflow;        ///< What dates are estimated by; empty: none are.
    std::string out;             ///< FILE.xlsx or FILE.pdf; empty: none is written.
    std::string language = "en";
};

/// guildmark quote: what the audits of a three-year cycle cost and how long they take, told in
/// advance by a price list and a rule of the library.
int run_quote(const QuoteArguments& arguments);

}  // namespace guildmark::command
