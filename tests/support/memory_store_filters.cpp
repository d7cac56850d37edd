#include "tests/support/memory_store_filters.h"

#include <algorithm>
#include <string>
#include <vector>

namespace guildmark::tests {
namespace {

std::vector<std::string> sorted(std::vector<std::string> texts) {
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
}

bool has_also(const CaseFilter& filter, const rows::Case& row) {
    return filter.also.is_none() ||
           std::ranges::find(row.parties, filter.also, &rows::Party::organisation) !=
               row.parties.end();
}

std::string lowered(std::string text) {
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return text;
}

}  // namespace

bool matches(const CaseFilter& filter, const rows::Case& row) {
    const bool is_party = std::ranges::any_of(row.parties, [&](const rows::Party& party) {
        return party.organisation == filter.organisation;
    });
    return (filter.organisation.is_none() || is_party) &&
           (!filter.finished || row.finished == *filter.finished) && has_also(filter, row) &&
           std::ranges::includes(row.terms, sorted(filter.terms)) &&
           (filter.workflow.empty() || row.workflow == filter.workflow);
}

bool matches(const TaskFilter& filter, const rows::Task& row) {
    return (filter.organisation.is_none() || row.organisation == filter.organisation) &&
           (filter.case_id.is_none() || row.case_id == filter.case_id) &&
           (!filter.status || row.status == *filter.status) &&
           (filter.roles.empty() ||
            std::ranges::find(filter.roles, row.role) != filter.roles.end());
}

bool matches(const CertificateFilter& filter,
             const rows::Certificate& row,
             const rows::Organisation& holder) {
    return (filter.standard.empty() || row.standard == filter.standard ||
            row.standard.starts_with(filter.standard + ":")) &&
           lowered(holder.name).find(lowered(filter.holder)) != std::string::npos &&
           (filter.country.empty() || holder.country == filter.country) &&
           holder.region.starts_with(filter.region);
}

}  // namespace guildmark::tests
