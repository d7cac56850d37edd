#include "reports/model/parts.h"

namespace guildmark::reports {

namespace {

template <typename T>
Cell optional_cell(const std::optional<T>& value, Tone tone = Tone::none) {
    return value ? Cell(Value(*value), tone) : Cell();
}

std::string evidence_status(const Context& context, const rows::Evidence& document) {
    switch (document.status) {
        case rows::EvidenceStatus::superseded:
            return context.messages.text("evidence_status.superseded");
        case rows::EvidenceStatus::withdrawn:
            return context.messages.text("evidence_status.withdrawn");
        case rows::EvidenceStatus::current:
            break;
    }
    return context.messages.text(is_expired(document, context.input.as_of)
                                     ? "evidence_status.expired"
                                     : "evidence_status.current");
}

std::vector<Column> evidence_columns(const Messages& say) {
    return {{say.text("evidence.title"), ColumnKind::wrapped, 28},
            {say.text("evidence.status"),
             ColumnKind::text,
             12,
             {{say.text("evidence_status.current"), Tone::good},
              {say.text("evidence_status.expired"), Tone::partly},
              {say.text("evidence_status.superseded"), Tone::muted},
              {say.text("evidence_status.withdrawn"), Tone::muted}}},
            {say.text("evidence.revision"), ColumnKind::count, 8},
            {say.text("evidence.requirements"), ColumnKind::wrapped, 14},
            {say.text("evidence.valid_from"), ColumnKind::date, 11},
            {say.text("evidence.valid_until"), ColumnKind::date, 11},
            {say.text("evidence.owner"), ColumnKind::text, 14},
            {say.text("evidence.added"), ColumnKind::instant, 15},
            {say.text("evidence.added_by"), ColumnKind::text, 14},
            {say.text("evidence.name"), ColumnKind::wrapped, 24},
            {say.text("evidence.type"), ColumnKind::wrapped, 16},
            {say.text("evidence.size"), ColumnKind::count, 12},
            {say.text("evidence.origin"), ColumnKind::wrapped, 34},
            {say.text("evidence.digest"), ColumnKind::wrapped, 24}};
}

std::vector<Column> finding_columns(const Messages& say) {
    return {{say.text("findings.number"), ColumnKind::count, 6},
            {say.text("findings.grade"),
             ColumnKind::text,
             12,
             {{say.text("grade.major"), Tone::bad}, {say.text("grade.minor"), Tone::partly}}},
            {say.text("findings.status"),
             ColumnKind::text,
             18,
             {{say.text("finding_status.verified"), Tone::good},
              {say.text("finding_status.accepted"), Tone::good},
              {say.text("finding_status.responded"), Tone::partly},
              {say.text("finding_status.open"), Tone::bad},
              {say.text("finding_status.rejected"), Tone::bad}}},
            {say.text("findings.requirement"), ColumnKind::text, 11},
            {say.text("findings.site"), ColumnKind::wrapped, 11},
            {say.text("findings.statement"), ColumnKind::wrapped, 28},
            {say.text("findings.objective_evidence"), ColumnKind::wrapped, 28},
            {say.text("findings.raised"), ColumnKind::date, 11},
            {say.text("findings.raised_by"), ColumnKind::text, 14},
            {say.text("findings.due"), ColumnKind::date, 11},
            {say.text("findings.correction"), ColumnKind::wrapped, 22},
            {say.text("findings.cause"), ColumnKind::wrapped, 22},
            {say.text("findings.corrective_action"), ColumnKind::wrapped, 22},
            {say.text("findings.judgement"), ColumnKind::wrapped, 16},
            {say.text("findings.verified"), ColumnKind::date, 11},
            {say.text("findings.verified_by"), ColumnKind::text, 14}};
}

bool is_late(const rows::Finding& finding, Instant as_of) {
    return finding.due && *finding.due < Date::of(as_of) &&
           finding.status != rows::FindingStatus::verified &&
           finding.status != rows::FindingStatus::accepted;
}

}  // namespace

Table evidence_table(const Context& context) {
    Table table{context.messages.text("evidence.sheet"), evidence_columns(context.messages), {}};
    table.rows.reserve(context.input.rows.evidence.size());
    for (const rows::Evidence& document : context.input.rows.evidence) {
        table.rows.push_back({document.title.empty() ? document.name : document.title,
                              evidence_status(context, document),
                              Value(std::uint64_t{document.revision}),
                              document.requirements,
                              optional_cell(document.valid_from),
                              optional_cell(document.valid_until),
                              context.person(document.owner),
                              Value(document.added_at),
                              context.person(document.added_by),
                              document.name,
                              document.media_type,
                              Value(document.size_bytes),
                              document.origin,
                              document.digest.to_text()});
    }
    return table;
}

Table finding_table(const Context& context) {
    const Messages& say = context.messages;
    Table table{say.text("findings.sheet"), finding_columns(say), {}};
    for (const rows::Finding& finding : context.input.rows.findings) {
        const Tone due = is_late(finding, context.input.as_of) ? Tone::bad : Tone::none;
        table.rows.push_back(
            {Value(std::uint64_t{finding.number}),
             say.text("grade", to_text(finding.grade)),
             say.text("finding_status", to_text(finding.status)),
             finding.requirement,
             finding.site,
             finding.statement,
             finding.objective_evidence,
             Value(Date::of(finding.raised_at)),
             context.person(finding.raised_by),
             optional_cell(finding.due, due),
             finding.correction,
             finding.cause,
             finding.corrective_action,
             finding.judgement_note,
             finding.verified_at ? Cell(Value(Date::of(*finding.verified_at))) : Cell(),
             context.person(finding.verified_by)});
    }
    return table;
}

}  // namespace guildmark::reports
