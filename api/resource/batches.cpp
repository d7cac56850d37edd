#include <algorithm>

#include "api/batch.h"
#include "api/case_search.h"
#include "api/resource/handlers.h"
#include "api/text.h"

namespace guildmark::api {
namespace {

constexpr std::size_t batch_key_bytes_max = 100;

bool is_key(std::string_view text) {
    return text.size() <= batch_key_bytes_max &&
           std::ranges::all_of(text, [](char letter) { return letter > ' ' && letter <= '~'; });
}

/// Ids of cases; notes what is none, and what stands twice.
std::vector<CaseId> ids_of(Fields& fields, const std::vector<std::string>& texts) {
    std::vector<CaseId> ids;
    for (const std::string& text : texts) {
        const auto id = CaseId::parse(text);
        if (!id) {
            fields.note("cases", "id_malformed", "this is no id of thirteen characters");
        } else if (std::ranges::find(ids, *id) != ids.end()) {
            fields.note("cases", "id_repeated", "a case is named once");
        } else {
            ids.push_back(*id);
        }
    }
    return ids;
}

bool is_empty(const CaseFilter& filter, const CaseSearch& search) {
    return !filter.is_search() && filter.workflow.empty() && !search.status;
}

/// What a preview gave of each case: case, sequence, incident.
std::vector<BatchCase> cases_of(Fields& fields) {
    const Value value = fields.value("cases");
    std::vector<BatchCase> cases;
    if (!value.is_array() || value.as_array().empty() ||
        value.as_array().size() > limits::batch_cases_max) {
        fields.note("cases", "field_type", "name 1 to 100 cases as a preview gave them");
        return cases;
    }
    std::vector<std::string> ids;
    for (const Value& item : value.as_array()) {
        ids.push_back(item.text_or("case", ""));
        BatchCase one;
        one.id = CaseId::parse(ids.back()).value_or(CaseId());
        one.sequence =
            static_cast<std::uint64_t>(std::clamp(item.number_or("sequence", 0), 0.0, 9e15));
        one.incident = IncidentId::parse(item.text_or("incident", "")).value_or(IncidentId());
        cases.push_back(one);
    }
    static_cast<void>(ids_of(fields, ids));
    return cases;
}

}  // namespace

Result<Job> preview_batch(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    BatchOrder order = order_of(fields);
    const auto named = fields.texts("cases", Need::optional, limits::batch_cases_max);
    const CaseSearch search = search_of_body(fields);
    CaseFilter filter = filter_of(search, call.caller->organisation);
    std::vector<CaseId> ids = ids_of(fields, named);
    if (named.empty() == is_empty(filter, search)) {
        fields.note("cases", "field_missing", "name cases, or conditions that they meet");
    }
    if (!filter.finished) {
        filter.finished = false;
    }
    const auto largest = static_cast<std::int64_t>(limits::batch_cases_max);
    PageRequest page;
    page.after = fields.text("after", Need::optional, limits::name_bytes_max);
    page.size = static_cast<std::size_t>(fields.number("size", 1, largest, largest));
    TRY(fields.finish());
    BatchWork work(call, std::move(order));
    return Job([work = std::move(work), ids = std::move(ids), filter, page](
                   StoreReader& reader) -> Result<Response> {
        if (!ids.empty()) {
            return work.preview(reader, ids, "");
        }
        const auto found = TRY(reader.cases(filter, page));
        std::vector<CaseId> selected(found.items.size());
        std::ranges::transform(found.items, selected.begin(), &rows::Case::id);
        return work.preview(reader, selected, found.next);
    });
}

Result<Job> carry_out_batch(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    BatchOrder order = order_of(fields);
    std::string key = fields.text("batch", Need::required, limits::name_bytes_max);
    if (!is_key(key)) {
        fields.note("batch", "field_malformed", "1 to 100 visible ASCII characters");
    }
    std::vector<BatchCase> cases = cases_of(fields);
    const std::string digest = fields.text("digest", Need::required, limits::name_bytes_max);
    const auto changed = fields.optional_choice<BatchWork::Changed>("changed");
    TRY(fields.finish());
    if (digest != digest_of(order, cases, *call.caller)) {
        return conflict("batch_not_previewed",
                        "this is not what you have looked at; preview it anew",
                        "digest");
    }
    BatchWork work(call, std::move(order));
    return Job([work = std::move(work), key = std::move(key), cases = std::move(cases), changed](
                   StoreReader& reader) {
        return work.carry_out(reader, key, cases, changed.value_or(BatchWork::Changed::leave));
    });
}

}  // namespace guildmark::api
