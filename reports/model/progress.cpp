#include "reports/model/progress.h"

#include <algorithm>

#include "reports/model/parts.h"

namespace guildmark::reports {

namespace {

/// A party's name for people: its own message, else as the workflow calls it.
std::string party_label(const Context& context, const std::string& party) {
    return context.messages.text("cover", party);
}

const rows::Certificate* latest_certificate(const rows::CaseRows& rows) {
    const auto latest =
        std::ranges::max_element(rows.certificates, {}, [](const rows::Certificate& certificate) {
            return std::pair(certificate.valid_from, certificate.id);
        });
    return latest == rows.certificates.end() ? nullptr : &*latest;
}

void add_certificate(const Context& context, std::vector<Fact>& facts) {
    const Messages& say = context.messages;
    const rows::Certificate* certificate = latest_certificate(context.input.rows);
    if (certificate == nullptr) {
        facts.push_back({say.text("cover.certificate"), say.text("cover.certificate_none")});
        return;
    }
    const bool active = certificate->status == rows::CertificateStatus::active;
    facts.push_back({say.text("cover.certificate"), certificate->number});
    facts.push_back({say.text("cover.certificate_status"),
                     {say.text("certificate_status", to_text(certificate->status)),
                      active ? Tone::good : Tone::bad}});
    facts.push_back({say.text("cover.certificate_scope"), certificate->scope});
    facts.push_back({say.text("cover.certificate_from"), Value(certificate->valid_from)});
    facts.push_back({say.text("cover.certificate_until"), Value(certificate->valid_until)});
}

}  // namespace

std::vector<Fact> cover_facts(const Context& context) {
    const Messages& say = context.messages;
    const rows::Case& summary = context.input.rows.summary;
    const Standard* standard = context.input.standard;
    std::vector<Fact> facts;
    for (const rows::Party& party : summary.parties) {
        facts.push_back(
            {party_label(context, party.party), context.organisation(party.organisation)});
    }
    // The firm stands first, whatever the alphabet says.
    std::stable_partition(facts.begin(), facts.end(), [&](const Fact& fact) {
        return fact.label == say.text("cover.client");
    });
    if (standard != nullptr) {
        facts.push_back({say.text("cover.standard"),
                         standard->designation + " – " + standard->title.in(say.language())});
    }
    facts.push_back({say.text("cover.workflow"), context.input.workflow.title.in(say.language())});
    facts.push_back({say.text("cover.title"), summary.title});
    facts.push_back({say.text("cover.id"), summary.id.to_text()});
    facts.push_back({say.text("cover.opened"), Value(summary.opened_at)});
    facts.push_back({say.text("cover.changed"), Value(summary.changed_at)});
    facts.push_back({say.text("cover.stage"), context.state_titles(summary.states)});
    facts.push_back({say.text("cover.as_of"), Value(context.input.as_of)});
    add_certificate(context, facts);
    return facts;
}

ProgressReport build_progress_report(const ProgressInput& input, const Messages& messages) {
    const Context context{input, messages, evidence_by_requirement(input.rows)};
    ProgressReport report;
    report.language = messages.language();
    report.font = messages.text("report.font");
    report.title = messages.text("report.title");
    report.subject = input.rows.summary.title;
    report.as_of = input.as_of;
    report.page = messages.text("report.page");
    report.page_of = messages.text("report.page_of");
    report.page_end = messages.text("report.page_end");
    report.cover_name = messages.text("cover.sheet");
    report.about = messages.text("report.about") + "\n" + messages.text("report.utc");
    report.cover = cover_facts(context);
    report.summary_name = messages.text("summary.sheet");
    report.path = milestone_path(context);
    report.figures = figure_table(context);
    report.charts = {status_chart(context), clause_chart(context), history_chart(context)};
    report.tables = {requirement_table(context),
                     evidence_table(context),
                     finding_table(context),
                     timeline_table(context)};
    return report;
}

}  // namespace guildmark::reports
