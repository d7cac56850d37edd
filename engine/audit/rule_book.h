#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/audit/audit_time.h"
#include "engine/audit/price_list.h"
#include "engine/audit/sampling.h"
#include "engine/audit/size_class.h"

namespace guildmark::audit {

/// The rules that are known, in the order they were read.
class RuleBook {
public:
    /// Reads one rule of any kind, which its root element tells, and keeps it when it is sound.
    /// Errors, as diagnostics: those of the kind's reader; element_unknown (a root that is no
    /// rule), id_repeated (a second rule of that id and edition).
    void read(std::string_view bytes, const std::string& file, Diagnostics& diagnostics);

    /// The rule that says how long audits to `standard` take. `name` is an id ("iaf-md5"), an id
    /// and an edition ("iaf-md5:2019"), or empty where one rule alone has a table for the standard.
    /// Errors: rule_unknown, table_unknown, rule_ambiguous.
    [[nodiscard]] Result<const TimeRule*> find_time_rule(const std::string& name,
                                                         const std::string& standard) const;

    /// The rule for samples of that id, or id and edition. Errors: rule_unknown, rule_ambiguous.
    [[nodiscard]] Result<const SampleRule*> find_sample_rule(const std::string& name) const;

    /// The size classes of that id, or id and edition; empty where there is one rule alone.
    /// Errors: rule_unknown, rule_ambiguous.
    [[nodiscard]] Result<const SizeRule*> find_size_rule(const std::string& name) const;

    /// The price list of that id, or id and edition; empty where there is one alone.
    /// Errors: rule_unknown, rule_ambiguous.
    [[nodiscard]] Result<const PriceList*> find_price_list(const std::string& name) const;

    [[nodiscard]] const std::vector<PriceList>& price_lists() const { return price_lists_; }

    [[nodiscard]] const std::vector<SizeRule>& size_rules() const { return size_rules_; }

    [[nodiscard]] const std::vector<TimeRule>& time_rules() const { return time_rules_; }

    [[nodiscard]] const std::vector<SampleRule>& sample_rules() const { return sample_rules_; }

private:
    std::vector<TimeRule> time_rules_;
    std::vector<SampleRule> sample_rules_;
    std::vector<SizeRule> size_rules_;
    std::vector<PriceList> price_lists_;
};

}  // namespace guildmark::audit
