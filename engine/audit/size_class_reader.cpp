#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/audit/rule_reading.h"
#include "engine/audit/size_class.h"

namespace guildmark::audit {
namespace {

constexpr std::int64_t headcount_below_max = 999'999'999;

class SizeRuleReader {
public:
    SizeRuleReader(const XmlElement& root, Diagnostics& diagnostics)
        : root_(root), reading_(root, diagnostics) {}

    SizeRule read() {
        rule_.head = reading_.head(root_, {}, {"class", "larger", "given"});
        for (const XmlElement* element : reading_.children(root_, "class")) {
            read_class(*element);
        }
        if (rule_.classes.empty()) {
            reading_.error(root_, "element_missing", "<size-classes> needs the element <class>");
        }
        if (const XmlElement* larger = reading_.find_child(root_, "larger")) {
            reading_.expect(*larger, {"id"}, {"title"});
            rule_.larger_id = new_id(*larger, classes_);
            rule_.larger_title = reading_.texts().require_texts(*larger, "title");
            rule_.larger_basis = reading_.basis(*larger, "class " + rule_.larger_id);
        } else {
            reading_.error(root_, "element_missing", "<size-classes> needs the element <larger>");
        }
        for (const XmlElement* element : reading_.children(root_, "given")) {
            reading_.expect(*element, {"id"}, {"text"});
            SizeGiven given;
            given.id = new_id(*element, givens_);
            given.text = reading_.texts().require_texts(*element, "text");
            given.basis = reading_.basis(*element, "given " + given.id);
            rule_.givens.push_back(std::move(given));
        }
        return std::move(rule_);
    }

private:
    std::string new_id(const XmlElement& element, std::set<std::string>& ids) const {
        std::string id = reading_.texts().require_name(element, "id");
        if (!id.empty() && !ids.insert(id).second) {
            reading_.error(
                element, "id_repeated", fmt::format("\"{}\" is the id of one above", id));
        }
        return id;
    }

    void read_class(const XmlElement& element) {
        reading_.expect(
            element, {"id", "headcount-below", "turnover-max", "balance-sheet-max"}, {"title"});
        std::string id = new_id(element, classes_);
        Basis basis = reading_.basis(element, "class " + id);
        SizeClass one{std::move(id),
                      reading_.texts().require_texts(element, "title"),
                      reading_.require_fraction(
                          element, "headcount-below", *Fraction::make(1, 100), headcount_below_max),
                      reading_.require_amount(element, "turnover-max"),
                      reading_.require_amount(element, "balance-sheet-max"),
                      std::move(basis)};
        expect_order(element, one);
        rule_.classes.push_back(std::move(one));
    }

    void expect_order(const XmlElement& element, const SizeClass& one) const {
        const SizeClass& first = rule_.classes.empty() ? one : rule_.classes.front();
        const Currency& currency = first.turnover_max.currency();
        if (one.turnover_max.currency() != currency ||
            one.balance_sheet_max.currency() != currency) {
            reading_.error(
                element,
                "currency_mismatch",
                fmt::format("all ceilings are in one currency; the first is in {}", currency.code));
            return;
        }
        if (rule_.classes.empty()) {
            return;
        }
        const SizeClass& before = rule_.classes.back();
        if (one.headcount_below <= before.headcount_below ||
            one.turnover_max.minor_units() < before.turnover_max.minor_units() ||
            one.balance_sheet_max.minor_units() < before.balance_sheet_max.minor_units()) {
            reading_.error(element,
                           "class_misplaced",
                           fmt::format("\"{}\" has to allow more people than \"{}\", and no less "
                                       "money; put the smallest class first",
                                       one.id,
                                       before.id));
        }
    }

    const XmlElement& root_;
    RuleReading reading_;
    SizeRule rule_;
    std::set<std::string> classes_;
    std::set<std::string> givens_;
};

}  // namespace

std::optional<SizeRule> read_size_rule(std::string_view bytes,
                                       const std::string& file,
                                       Diagnostics& diagnostics) {
    Diagnostics found;
    std::optional<SizeRule> rule;
    if (const auto root = read_rule_root(bytes, file, "size-classes", found)) {
        rule = SizeRuleReader(*root, found).read();
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(rule);
}

}  // namespace guildmark::audit
