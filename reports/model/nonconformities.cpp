#include "reports/model/nonconformities.h"

#include <algorithm>
#include <optional>

#include "engine/base/json.h"
#include "reports/model/status.h"

namespace guildmark::reports {

namespace {

constexpr std::size_t nonconformity_table = 0;
constexpr std::size_t response_table = 1;

/// One version of a response, and what was said to it.
struct ResponseVersion {
    std::uint64_t version = 0;
    const Record* record = nullptr;
    guildmark::Value payload;
    std::optional<bool> accepted;
    const Record* judged = nullptr;
    std::string note;
};

/// What the journal says of one finding beside its row.
struct FindingStory {
    std::vector<ResponseVersion> versions;
    std::string verification_note;
};

using Stories = std::map<std::string, FindingStory>;  // by the finding's id

Stories stories_of(const std::vector<Record>& records) {
    Stories stories;
    for (const Record& record : records) {
        const bool about_findings =
            record.kind.starts_with("finding_") || record.kind == "response_judged";
        const auto payload = about_findings ? parse_json(record.payload) : guildmark::Value();
        if (!about_findings || !payload) {
            continue;
        }
        FindingStory& story = stories[payload->text_or("id", "")];
        if (record.kind == "finding_responded") {
            ResponseVersion version;
            version.version = story.versions.size() + 1;
            version.record = &record;
            version.payload = *payload;
            story.versions.push_back(std::move(version));
        } else if (record.kind == "response_judged" && !story.versions.empty()) {
            ResponseVersion& judged = story.versions.back();
            judged.accepted = payload->bool_or("accepted", false);
            judged.judged = &record;
            judged.note = payload->text_or("note", "");
        } else if (record.kind == "finding_verified") {
            story.verification_note = payload->text_or("note", "");
        }
    }
    return stories;
}

std::vector<std::pair<std::string, Tone>> status_tones(const Messages& say) {
    return {{say.text("finding_status.verified"), Tone::good},
            {say.text("finding_status.accepted"), Tone::good},
            {say.text("finding_status.responded"), Tone::partly},
            {say.text("finding_status.open"), Tone::bad},
            {say.text("finding_status.rejected"), Tone::bad}};
}

std::vector<Column> nonconformity_columns(const Messages& say) {
    return {{say.text("register.case"), ColumnKind::wrapped, 24},
            {say.text("findings.number"), ColumnKind::count, 6},
            {say.text("register.organisation"), ColumnKind::wrapped, 20},
            {say.text("cover.standard"), ColumnKind::text, 15},
            {say.text("findings.grade"),
             ColumnKind::text,
             10,
             {{say.text("grade.major"), Tone::bad}, {say.text("grade.minor"), Tone::partly}}},
            {say.text("findings.status"), ColumnKind::text, 18, status_tones(say)},
            {say.text("findings.requirement"), ColumnKind::text, 12},
            {say.text("findings.site"), ColumnKind::wrapped, 14},
            {say.text("findings.statement"), ColumnKind::wrapped, 30},
            {say.text("findings.objective_evidence"), ColumnKind::wrapped, 30},
            {say.text("findings.raised"), ColumnKind::date, 11},
            {say.text("findings.raised_by"), ColumnKind::wrapped, 16},
            {say.text("findings.due"), ColumnKind::date, 11},
            {say.text("register.days_late"), ColumnKind::count, 10},
            {say.text("register.days_open"), ColumnKind::count, 10},
            {say.text("findings.correction"), ColumnKind::wrapped, 24},
            {say.text("findings.cause"), ColumnKind::wrapped, 24},
            {say.text("findings.corrective_action"), ColumnKind::wrapped, 24},
            {say.text("register.versions"), ColumnKind::count, 10},
            {say.text("findings.judgement"), ColumnKind::wrapped, 18},
            {say.text("register.method"), ColumnKind::text, 14},
            {say.text("findings.verified"), ColumnKind::date, 11},
            {say.text("findings.verified_by"), ColumnKind::wrapped, 16},
            {say.text("register.verification_note"), ColumnKind::wrapped, 20},
            {say.text("cover.id"), ColumnKind::text, 16}};
}

std::vector<Column> response_columns(const Messages& say) {
    return {{say.text("register.case"), ColumnKind::wrapped, 24},
            {say.text("findings.number"), ColumnKind::count, 6},
            {say.text("register.organisation"), ColumnKind::wrapped, 20},
            {say.text("register.version"), ColumnKind::count, 8},
            {say.text("register.responded"), ColumnKind::instant, 16},
            {say.text("register.responded_by"), ColumnKind::wrapped, 16},
            {say.text("findings.correction"), ColumnKind::wrapped, 28},
            {say.text("findings.cause"), ColumnKind::wrapped, 28},
            {say.text("findings.corrective_action"), ColumnKind::wrapped, 28},
            {say.text("register.verdict"),
             ColumnKind::text,
             12,
             {{say.text("judgement.accepted"), Tone::good},
              {say.text("judgement.rejected"), Tone::bad}}},
            {say.text("register.judged"), ColumnKind::instant, 16},
            {say.text("register.judged_by"), ColumnKind::wrapped, 16},
            {say.text("findings.judgement"), ColumnKind::wrapped, 24},
            {say.text("cover.id"), ColumnKind::text, 16}};
}

/// Writes the rows of one case.
class CaseRegister {
public:
    CaseRegister(const FindingsInput& input, const Messages& say, Instant as_of)
        : input_(input), say_(say), today_(Date::of(as_of)), firm_(firm()) {}

    [[nodiscard]] CountedFinding counted(const rows::Finding& finding) const {
        const Date raised = Date::of(finding.raised_at);
        const Date end = finding.verified_at ? Date::of(*finding.verified_at) : today_;
        return {finding,
                days_late(finding) > 0,
                static_cast<std::uint64_t>(std::max(end.days_since(raised), 0))};
    }

    [[nodiscard]] std::vector<Cell> nonconformity(const CountedFinding& counted,
                                                  const FindingStory& story) const {
        const rows::Finding& finding = counted.finding;
        const std::uint64_t late = days_late(finding);
        const Tone due = late > 0 ? Tone::bad : Tone::none;
        return {input_.summary.title,
                Value(std::uint64_t{finding.number}),
                firm_,
                input_.summary.standard,
                say_.text("grade", to_text(finding.grade)),
                say_.text("finding_status", to_text(finding.status)),
                finding.requirement,
                finding.site,
                finding.statement,
                finding.objective_evidence,
                Value(Date::of(finding.raised_at)),
                person(finding.raised_by),
                finding.due ? Cell(Value(*finding.due), due) : Cell(),
                late > 0 ? Cell(Value(late), Tone::bad) : Cell(),
                Value(counted.days_open),
                finding.correction,
                finding.cause,
                finding.corrective_action,
                Value(std::uint64_t{finding.responses}),
                finding.judgement_note,
                finding.verification_method.empty()
                    ? std::string()
                    : say_.text("verification", finding.verification_method),
                finding.verified_at ? Cell(Value(Date::of(*finding.verified_at))) : Cell(),
                person(finding.verified_by),
                story.verification_note,
                input_.summary.id.to_text()};
    }

    [[nodiscard]] std::vector<Cell> response(const rows::Finding& finding,
                                             const ResponseVersion& version) const {
        const Record* judged = version.judged;
        std::string verdict;
        if (version.accepted) {
            verdict = say_.text(*version.accepted ? "judgement.accepted" : "judgement.rejected");
        }
        return {input_.summary.title,
                Value(std::uint64_t{finding.number}),
                firm_,
                Value(version.version),
                Value(version.record->at),
                person(version.record->actor.person),
                version.payload.text_or("correction", ""),
                version.payload.text_or("cause", ""),
                version.payload.text_or("corrective_action", ""),
                verdict,
                judged == nullptr ? Cell() : Cell(Value(judged->at)),
                judged == nullptr ? std::string() : person(judged->actor.person),
                version.note,
                input_.summary.id.to_text()};
    }

private:
    [[nodiscard]] std::uint64_t days_late(const rows::Finding& finding) const {
        const bool settled = finding.status == rows::FindingStatus::verified ||
                             finding.status == rows::FindingStatus::accepted;
        if (settled || !finding.due) {
            return 0;
        }
        return static_cast<std::uint64_t>(std::max(today_.days_since(*finding.due), 0));
    }

    [[nodiscard]] std::string person(PersonId id) const {
        const auto name = input_.people.find(id);
        return name == input_.people.end() ? std::string() : name->second;
    }

    /// The client; where the scheme has no such party, all parties.
    [[nodiscard]] std::string firm() const {
        std::string all;
        for (const rows::Party& party : input_.summary.parties) {
            const auto name = input_.organisations.find(party.organisation);
            if (name == input_.organisations.end()) {
                continue;
            }
            if (party.party == "client") {
                return name->second;
            }
            all += (all.empty() ? "" : ", ") + name->second;
        }
        return all;
    }

    const FindingsInput& input_;
    const Messages& say_;
    Date today_;
    std::string firm_;
};

}  // namespace

ProgressReport blank_report(const Messages& messages, std::string_view prefix, Instant as_of) {
    ProgressReport report;
    const std::string name(prefix);
    report.language = messages.language();
    report.font = messages.text("report.font");
    report.title = messages.text(name + ".title");
    report.as_of = as_of;
    report.page = messages.text("report.page");
    report.page_of = messages.text("report.page_of");
    report.page_end = messages.text("report.page_end");
    report.cover_name = messages.text("cover.sheet");
    report.about = messages.text(name + ".about") + "\n" + messages.text("report.utc");
    report.summary_name = messages.text("summary.sheet");
    return report;
}

ProgressReport NonconformityRegister::begin(std::string subject, std::vector<Fact> cover) const {
    ProgressReport report = blank_report(say_, "register", as_of_);
    report.subject = std::move(subject);
    report.cover = std::move(cover);
    report.tables = {{say_.text("nonconformities.sheet"), nonconformity_columns(say_), {}},
                     {say_.text("responses.sheet"), response_columns(say_), {}}};
    return report;
}

Result<void> NonconformityRegister::add(const FindingsInput& input, const RowSink& sink) {
    const Stories stories = stories_of(input.records);
    const CaseRegister writer(input, say_, as_of_);
    for (const rows::Finding& finding : input.findings) {
        if (finding.grade == rows::Grade::opportunity) {
            continue;
        }
        const auto found = stories.find(finding.id.to_text());
        const FindingStory story = found == stories.end() ? FindingStory() : found->second;
        const CountedFinding counted = writer.counted(finding);
        tally_.count(counted);
        TRY(sink(nonconformity_table, writer.nonconformity(counted, story)));
        for (const ResponseVersion& version : story.versions) {
            TRY(sink(response_table, writer.response(finding, version)));
        }
    }
    return {};
}

void NonconformityRegister::summarize(ProgressReport& report) const {
    tally_.write(say_, report);
}

}  // namespace guildmark::reports
