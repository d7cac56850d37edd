#include <algorithm>

#include "reports/model/parts.h"

namespace guildmark::reports {

namespace {

std::string document_names(const std::vector<const rows::Evidence*>& documents) {
    std::string names;
    for (const rows::Evidence* document : documents) {
        names += names.empty() ? "" : "\n";
        names += document->title.empty() ? document->name : document->title;
    }
    return names;
}

Cell latest_added(const std::vector<const rows::Evidence*>& documents) {
    const auto latest = std::ranges::max_element(
        documents, {}, [](const rows::Evidence* document) { return document->added_at; });
    return latest == documents.end() ? Cell() : Cell(Value(Date::of((*latest)->added_at)));
}

/// True for what the firm can still do something about.
bool is_open(RequirementStatus status) {
    return status != RequirementStatus::conforming && status != RequirementStatus::ready &&
           status != RequirementStatus::not_applicable;
}

Cell due_cell(const rows::Requirement& requirement, RequirementStatus status, Instant as_of) {
    if (!requirement.due) {
        return {};
    }
    const bool late = is_open(status) && *requirement.due < Date::of(as_of);
    return {Value(*requirement.due), late ? Tone::bad : Tone::none};
}

std::vector<Column> requirement_columns(const Messages& say) {
    Column status{say.text("requirements.status"), ColumnKind::text, 21};
    for (const RequirementStatus value : all_statuses) {
        if (tone_of(value) != Tone::none) {
            status.tones.emplace_back(say.text("status", to_text(value)), tone_of(value));
        }
    }
    return {{say.text("requirements.number"), ColumnKind::text, 10},
            {say.text("requirements.title"), ColumnKind::wrapped, 34},
            status,
            {say.text("requirements.answer"), ColumnKind::text, 14},
            {say.text("requirements.note"), ColumnKind::wrapped, 28},
            {say.text("requirements.verdict"), ColumnKind::text, 15},
            {say.text("requirements.verdict_note"), ColumnKind::wrapped, 28},
            {say.text("requirements.owner"), ColumnKind::text, 16},
            {say.text("requirements.due"), ColumnKind::date, 11},
            {say.text("requirements.count"), ColumnKind::count, 9},
            {say.text("requirements.names"), ColumnKind::wrapped, 36},
            {say.text("requirements.latest"), ColumnKind::date, 12}};
}

}  // namespace

Table requirement_table(const Context& context) {
    const Messages& say = context.messages;
    Table table{say.text("requirements.sheet"), requirement_columns(say), {}};
    for (const rows::Requirement& row : context.input.rows.requirements) {
        const auto& documents = context.evidence_for(row.requirement);
        const RequirementStatus status = context.status(row);
        const Requirement* requirement =
            context.input.standard == nullptr
                ? nullptr
                : context.input.standard->find_requirement(row.requirement);
        table.rows.push_back(
            {row.requirement,
             requirement == nullptr ? std::string() : requirement->title.in(say.language()),
             say.text("status", to_text(status)),
             row.answer == rows::Answer::none ? std::string()
                                              : say.text("answer", to_text(row.answer)),
             row.answer_note,
             row.verdict == rows::Verdict::none ? std::string()
                                                : say.text("verdict", to_text(row.verdict)),
             row.verdict_note,
             context.person(row.owner),
             due_cell(row, status, context.input.as_of),
             Value(std::uint64_t{documents.size()}),
             document_names(documents),
             latest_added(documents)});
    }
    return table;
}

}  // namespace guildmark::reports
