#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/audit/rule.h"
#include "engine/base/date.h"
#include "engine/base/money.h"

namespace guildmark::audit {

/// The audits of a cycle of three years, in their order; a surveillance each year between.
enum class CycleAudit { initial, surveillance, recertification };

/// The word of an attribute: "initial" ...
[[nodiscard]] std::string_view to_text(CycleAudit audit);

/// Something that is paid beside days and travel.
struct Fee {
    std::string id;
    LocalizedText title;
    Money amount;
    std::vector<CycleAudit> at;  ///< With which audits it falls due; at least one.
    bool is_per_site = false;    ///< Once for each site, not once.
    Basis basis;
};

/// What getting there costs. An amount of 0: it is not charged.
struct TravelPrices {
    Money per_visit;      ///< Whatever the distance.
    Money per_kilometer;  ///< There and back.
    Money per_night;
};

/// Something that the prices leave open, such as the tax that is added.
struct Term {
    std::string id;
    LocalizedText text;
};

/// One edition of what a certification body asks for; immutable. All amounts are in one currency.
struct PriceList {
    RuleHead head;
    std::optional<Date> valid_until;
    Money day;  ///< Of one auditor.
    std::uint64_t initial_visits = 2;
    TravelPrices travel;
    std::vector<Fee> fees;
    std::vector<Term> terms;
};

/// Reads a price list in the form of standards/schema/rule.xsd. Nothing is returned when
/// `diagnostics` gained an error. Errors, as diagnostics: those of read_xml; element_unknown,
/// element_repeated, element_missing, attribute_unknown, attribute_missing, attribute_invalid,
/// text_missing, text_repeated, source_missing, id_repeated, currency_mismatch.
[[nodiscard]] std::optional<PriceList> read_price_list(std::string_view bytes,
                                                       const std::string& file,
                                                       Diagnostics& diagnostics);

}  // namespace guildmark::audit
