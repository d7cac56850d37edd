#include "engine/audit/rule_book.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/audit/words.h"
#include "engine/base/text.h"

namespace guildmark::audit {
namespace {

std::string listed_or_none(const std::vector<std::string>& words) {
    return words.empty() ? std::string("there are none") : listed(words);
}

bool is_named(const RuleHead& head, std::string_view name) {
    return name.empty() || head.id == name || head.key() == name;
}

template <typename Rule>
std::vector<std::string> keys_of(const std::vector<const Rule*>& rules) {
    std::vector<std::string> keys;
    keys.reserve(rules.size());
    for (const Rule* rule : rules) {
        keys.push_back(rule->head.key());
    }
    return keys;
}

/// All rules of that name. Errors: rule_unknown.
template <typename Rule>
Result<std::vector<const Rule*>> named(const std::vector<Rule>& rules, const std::string& name) {
    std::vector<const Rule*> found;
    std::vector<std::string> known;
    for (const Rule& rule : rules) {
        known.push_back(rule.head.id);
        if (is_named(rule.head, name)) {
            found.push_back(&rule);
        }
    }
    if (found.empty()) {
        const std::string nearest = suggest(name, known);
        return malformed("rule_unknown",
                         fmt::format("there is no such rule \"{}\" here: {}{}{}",
                                     beginning(name, 64),
                                     listed_or_none(known),
                                     nearest.empty() ? "" : "; ",
                                     nearest),
                         name);
    }
    return found;
}

template <typename Rule>
Result<const Rule*> only_one(const std::vector<const Rule*>& rules) {
    if (rules.size() > 1) {
        return malformed("rule_ambiguous",
                         fmt::format("more than one rule may be meant; name one of {}",
                                     listed_or_none(keys_of(rules))),
                         rules.front()->head.id);
    }
    return rules.front();
}

template <typename Rule>
void keep(std::vector<Rule>& rules,
          std::optional<Rule> rule,
          const SourcePlace& place,
          Diagnostics& diagnostics) {
    if (!rule) {
        return;
    }
    const std::string key = rule->head.key();
    if (std::ranges::any_of(rules, [&key](const Rule& one) { return one.head.key() == key; })) {
        diagnostics.error(place, "id_repeated", fmt::format("a second rule is called \"{}\"", key));
        return;
    }
    rules.push_back(std::move(*rule));
}

}  // namespace

void RuleBook::read(std::string_view bytes, const std::string& file, Diagnostics& diagnostics) {
    const auto root = read_xml(bytes, file, diagnostics);
    if (!root) {
        return;
    }
    if (root->is(rule_namespace, "audit-time")) {
        keep(time_rules_, read_time_rule(bytes, file, diagnostics), root->place, diagnostics);
    } else if (root->is(rule_namespace, "sampling")) {
        keep(sample_rules_, read_sample_rule(bytes, file, diagnostics), root->place, diagnostics);
    } else if (root->is(rule_namespace, "size-classes")) {
        keep(size_rules_, read_size_rule(bytes, file, diagnostics), root->place, diagnostics);
    } else if (root->is(rule_namespace, "price-list")) {
        keep(price_lists_, read_price_list(bytes, file, diagnostics), root->place, diagnostics);
    } else {
        diagnostics.error(root->place,
                          "element_unknown",
                          fmt::format("<{}> is no rule; one begins with <audit-time xmlns=\"{}\">, "
                                      "<sampling>, <size-classes> or <price-list>",
                                      root->name,
                                      rule_namespace));
    }
}

Result<const TimeRule*> RuleBook::find_time_rule(const std::string& name,
                                                 const std::string& standard) const {
    std::vector<const TimeRule*> with_table;
    std::vector<std::string> known;
    for (const TimeRule* rule : TRY(named(time_rules_, name))) {
        for (const TimeTable& table : rule->tables) {
            known.insert(known.end(), table.standards.begin(), table.standards.end());
        }
        if (rule->find_table(standard) != nullptr) {
            with_table.push_back(rule);
        }
    }
    if (with_table.empty()) {
        const std::string nearest = suggest(standard, known);
        return malformed("table_unknown",
                         fmt::format("no rule says how long audits to \"{}\" take, only to {}{}{}",
                                     beginning(standard, 64),
                                     listed_or_none(known),
                                     nearest.empty() ? "" : "; ",
                                     nearest),
                         standard);
    }
    return only_one(with_table);
}

Result<const SampleRule*> RuleBook::find_sample_rule(const std::string& name) const {
    return only_one(TRY(named(sample_rules_, name)));
}

Result<const SizeRule*> RuleBook::find_size_rule(const std::string& name) const {
    return only_one(TRY(named(size_rules_, name)));
}

Result<const PriceList*> RuleBook::find_price_list(const std::string& name) const {
    return only_one(TRY(named(price_lists_, name)));
}

}  // namespace guildmark::audit
