#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "engine/audit/price_list.h"
#include "engine/audit/rule_reading.h"
#include "engine/base/text.h"

namespace guildmark::audit {
namespace {

constexpr std::array cycle_audits{
    CycleAudit::initial, CycleAudit::surveillance, CycleAudit::recertification};

class PriceListReader {
public:
    PriceListReader(const XmlElement& root, Diagnostics& diagnostics)
        : root_(root), reading_(root, diagnostics) {}

    std::optional<PriceList> read() {
        const RuleHead head =
            reading_.head(root_, {"currency", "valid-until"}, {"day", "travel", "fee", "term"});
        const std::string code = reading_.texts().require(root_, "currency");
        const auto currency = Currency::find(code);
        if (!currency) {
            reading_.texts().invalid(root_, "currency", "a currency of ISO 4217, such as EUR");
            return std::nullopt;
        }
        const Money nothing(0, *currency);
        PriceList prices{head, {}, nothing, 2, {nothing, nothing, nothing}, {}, {}};
        read_validity(prices);
        read_day(prices);
        read_travel(prices);
        for (const XmlElement* element : reading_.children(root_, "fee")) {
            read_fee(*element, prices);
        }
        for (const XmlElement* element : reading_.children(root_, "term")) {
            reading_.expect(*element, {"id"}, {"text"});
            prices.terms.push_back(
                {new_id(*element), reading_.texts().require_texts(*element, "text")});
        }
        return prices;
    }

private:
    void read_validity(PriceList& prices) const {
        const std::string* text = root_.find_attribute("valid-until");
        if (text == nullptr) {
            return;
        }
        const auto day = Date::parse(*text);
        if (!day) {
            reading_.texts().invalid(root_, "valid-until", "a day such as 2026-12-31");
            return;
        }
        prices.valid_until = *day;
    }

    void read_day(PriceList& prices) const {
        const XmlElement* day = reading_.find_child(root_, "day");
        if (day == nullptr) {
            reading_.error(root_, "element_missing", "<price-list> needs the element <day>");
            return;
        }
        reading_.expect(*day, {"amount"}, {});
        prices.day = reading_.require_amount(*day, "amount", prices.day.currency());
    }

    void read_travel(PriceList& prices) const {
        const XmlElement* travel = reading_.find_child(root_, "travel");
        if (travel == nullptr) {
            return;
        }
        reading_.expect(*travel, {"initial-visits", "per-visit", "per-kilometer", "per-night"}, {});
        prices.initial_visits = reading_.find_count(*travel, "initial-visits").value_or(2);
        const auto read = [&](std::string_view attribute, Money& amount) {
            if (travel->find_attribute(attribute) != nullptr) {
                amount = reading_.require_amount(*travel, attribute, amount.currency());
            }
        };
        read("per-visit", prices.travel.per_visit);
        read("per-kilometer", prices.travel.per_kilometer);
        read("per-night", prices.travel.per_night);
    }

    void read_fee(const XmlElement& element, PriceList& prices) {
        reading_.expect(element, {"id", "at", "amount", "per"}, {"title"});
        std::string id = new_id(element);
        Basis basis = reading_.basis(element, "fee " + id);
        const std::string_view per = element.attribute_or("per", "audit");
        if (per != "audit" && per != "site") {
            reading_.texts().invalid(element, "per", "\"audit\" or \"site\"");
        }
        prices.fees.push_back({std::move(id),
                               reading_.texts().require_texts(element, "title"),
                               reading_.require_amount(element, "amount", prices.day.currency()),
                               audits_of(element),
                               per == "site",
                               std::move(basis)});
    }

    [[nodiscard]] std::vector<CycleAudit> audits_of(const XmlElement& element) const {
        std::vector<CycleAudit> audits;
        for (const std::string_view word :
             workflow::words_of(reading_.texts().require(element, "at"))) {
            const auto found = std::ranges::find(
                cycle_audits, word, [](CycleAudit audit) { return to_text(audit); });
            if (found == cycle_audits.end()) {
                reading_.texts().invalid(
                    element, "at", "words of: initial, surveillance, recertification");
                return audits;
            }
            audits.push_back(*found);
        }
        return audits;
    }

    std::string new_id(const XmlElement& element) {
        std::string id = reading_.texts().require_name(element, "id");
        if (!id.empty() && !ids_.insert(id).second) {
            reading_.error(
                element, "id_repeated", fmt::format("\"{}\" is the id of one above", id));
        }
        return id;
    }

    const XmlElement& root_;
    RuleReading reading_;
    std::set<std::string> ids_;
};

}  // namespace

std::string_view to_text(CycleAudit audit) {
    switch (audit) {
        case CycleAudit::initial:
            return "initial";
        case CycleAudit::surveillance:
            return "surveillance";
        case CycleAudit::recertification:
            return "recertification";
    }
    ENSURE(false, "a CycleAudit outside its enumeration");
}

std::optional<PriceList> read_price_list(std::string_view bytes,
                                         const std::string& file,
                                         Diagnostics& diagnostics) {
    Diagnostics found;
    std::optional<PriceList> prices;
    if (const auto root = read_rule_root(bytes, file, "price-list", found)) {
        prices = PriceListReader(*root, found).read();
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(prices);
}

}  // namespace guildmark::audit
