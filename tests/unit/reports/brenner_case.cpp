#include "tests/unit/reports/brenner_case.h"

#include <fmt/format.h>

#include "api/library_folder.h"
#include "engine/base/ensure.h"
#include "engine/base/json.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::reports {

namespace {

constexpr std::uint64_t firm = 1;
constexpr std::uint64_t certifier = 2;
constexpr std::uint64_t anna = 11;
constexpr std::uint64_t jonas = 12;
constexpr std::uint64_t auditor = 21;

std::string source_file(const std::string& path) {
    return tests::read_file(std::string(GUILDMARK_SOURCE_DIR) + "/" + path);
}

Instant at(std::string_view text) {
    return Instant::parse(text).value();
}

Date day(std::string_view text) {
    return Date::parse(text).value();
}

workflow::Workflow load_iso_9001() {
    Diagnostics diagnostics;
    auto files = workflow_files(GUILDMARK_SOURCE_DIR "/workflows/iso-9001");
    ENSURE(files, "the workflow of the project can be read");
    auto workflow = workflow::load_workflow(std::move(*files), diagnostics);
    ENSURE(workflow, diagnostics.to_text().c_str());
    return std::move(*workflow);
}

Standard load_standard() {
    Diagnostics diagnostics;
    auto standard =
        read_standard(source_file("standards/iso-9001/2015.xml"), "2015.xml", diagnostics);
    ENSURE(standard, "the catalogue of the project is sound");
    return std::move(*standard);
}

}  // namespace

BrennerCase::BrennerCase() : standard(load_standard()), workflow(load_iso_9001()) {
    as_of = at("2026-06-15T10:30:00Z");
    organisations = {{OrganisationId(firm), "Brenner Feinwerk GmbH"},
                     {OrganisationId(certifier), "Nordmark Zertifizierung"}};
    people = {{PersonId(anna), "Anna Brenner"},
              {PersonId(jonas), "Jonas Weber"},
              {PersonId(auditor), "Dr. Li Wei 李薇"}};
    rows::Case& summary = rows.summary;
    summary.id = CaseId(4711);
    summary.workflow = "iso-9001";
    summary.standard = "iso-9001:2015";
    summary.title = "ISO 9001 for precision parts & assemblies";
    summary.parties = {{"body", OrganisationId(certifier)}, {"client", OrganisationId(firm)}};
    summary.opened_at = at("2026-03-02T09:00:00Z");
    summary.changed_at = at("2026-06-12T16:20:00Z");
    summary.states = "findings";
    summary.milestone = "findings";
    summary.milestones_done = "apply review contract prepare stage1 stage2";
    summary.majors_open = 1;
    summary.minors_open = 1;
    add_requirements();
    add_evidence();
    add_findings();
    add_records();
}

void BrennerCase::add_requirements() {
    std::size_t index = 0;
    for (const Requirement& requirement : standard.requirements) {
        rows::Requirement row;
        row.requirement = requirement.id;
        row.owner = PersonId(index % 2 == 0 ? anna : jonas);
        row.answer = index % 11 == 3   ? rows::Answer::partly
                     : index % 11 == 7 ? rows::Answer::not_yet
                     : index % 17 == 9 ? rows::Answer::none
                                       : rows::Answer::in_place;
        row.due =
            row.answer == rows::Answer::not_yet ? std::optional(day("2026-06-01")) : std::nullopt;
        row.verdict = index % 5 == 0 && row.answer == rows::Answer::in_place
                          ? rows::Verdict::conforming
                          : rows::Verdict::none;
        if (requirement.id.starts_with("8.3")) {
            row.answer = rows::Answer::not_applicable;
            row.answer_note = "We make parts to our customers' drawings and design nothing.";
            row.verdict = rows::Verdict::not_applicable;
        }
        if (requirement.id == "7.1.5.2") {
            row.verdict = rows::Verdict::nonconforming;
            row.verdict_note = "=HYPERLINK(\"http://example.test\",\"see NC 1\")";
        }
        ++rows.summary.requirements_applicable;
        rows.summary.requirements_answered += row.answer == rows::Answer::none ? 0 : 1;
        rows.summary.requirements_conforming += row.verdict == rows::Verdict::conforming ? 1 : 0;
        rows.requirements.push_back(row);
        ++index;
    }
}

void BrennerCase::add_evidence() {
    std::uint64_t id = 100;
    for (std::size_t index = 0; index < rows.requirements.size(); index += 2) {
        rows::Evidence document;
        document.id = EvidenceId(++id);
        document.name = fmt::format("VA-{:02} Prüfung 检验记录.pdf", index);
        document.title = fmt::format("Procedure {:02}: how we check and record", index);
        document.media_type = "application/pdf";
        document.size_bytes = 48'211 + index * 1'317;
        document.digest = sha256(document.name);
        document.origin = "folder:/srv/quality/05 Prüfmittel/" + document.name;
        document.added_at = at("2026-04-11T08:15:00Z");
        document.added_by = PersonId(jonas);
        document.owner = PersonId(jonas);
        document.valid_from = day("2025-11-18");
        document.valid_until = day(index % 12 == 4 ? "2026-05-31" : "2026-11-18");
        document.requirements = rows.requirements[index].requirement;
        if (index + 1 < rows.requirements.size() && index % 6 == 0) {
            document.requirements += " " + rows.requirements[index + 1].requirement;
        }
        document.status = index == 8    ? rows::EvidenceStatus::withdrawn
                          : index == 10 ? rows::EvidenceStatus::superseded
                                        : rows::EvidenceStatus::current;
        rows.evidence.push_back(document);
    }
    rows.evidence.front().title = "=1+1";
    rows.evidence.front().name = "@SUM(A1:A9).csv";
    const auto matched = [&](const rows::Requirement& row) {
        for (const rows::Evidence& document : rows.evidence) {
            const std::string numbers = " " + document.requirements + " ";
            if (document.status == rows::EvidenceStatus::current &&
                numbers.find(" " + row.requirement + " ") != std::string::npos) {
                return true;
            }
        }
        return false;
    };
    for (rows::Requirement& row : rows.requirements) {
        row.evidence_count = matched(row) ? 1 : 0;
        rows.summary.requirements_covered += row.evidence_count;
    }
}

void BrennerCase::add_findings() {
    rows::Finding major;
    major.id = FindingId(301);
    major.number = 1;
    major.grade = rows::Grade::major;
    major.status = rows::FindingStatus::responded;
    major.requirement = "7.1.5.2";
    major.statement = "A micrometer in use for final inspection was past its calibration date.";
    major.objective_evidence =
        "MM-013, label 2025-04; lot 26-0312 was released with it.\n"
        "外径千分尺 MM-013 已超过校准周期。";
    major.site = "Hauptwerk";
    major.raised_by = PersonId(auditor);
    major.raised_at = at("2026-05-20T15:00:00Z");
    major.due = day("2026-06-10");
    major.correction = "Calibrated on 2026-05-22; lot 26-0312 was measured again.";
    major.cause = "The list of equipment had no reminder.";
    major.corrective_action = "Reminder four weeks ahead; monthly look at the list.";
    rows::Finding minor = major;
    minor.id = FindingId(302);
    minor.number = 2;
    minor.grade = rows::Grade::minor;
    minor.status = rows::FindingStatus::open;
    minor.requirement = "9.2.2";
    minor.statement = "Internal audits did not cover the night shift.";
    minor.objective_evidence = "Audit plan 2025.";
    minor.due = day("2026-08-20");
    minor.correction.clear();
    minor.cause.clear();
    minor.corrective_action.clear();
    rows.findings = {major, minor};
    rows::Task task;
    task.id = TaskId(401);
    task.opened_at = at("2026-05-20T15:00:00Z");
    task.due = at("2026-06-10T00:00:00Z");
    rows.tasks = {task};
}

void BrennerCase::record(std::string_view when,
                         std::uint64_t person,
                         const char* kind,
                         std::string payload) {
    Record record;
    record.sequence = records.size() + 1;
    record.kind = kind;
    record.at = at(when);
    record.actor = person == 0 ? system_actor()
                               : Actor{PersonId(person),
                                       OrganisationId(person == auditor ? certifier : firm),
                                       "applicant"};
    record.payload = std::move(payload);
    records.push_back(std::move(record));
}

void BrennerCase::add_records() {
    record(
        "2026-03-02T09:00:00Z", anna, "case_opened", R"({"title":"ISO 9001 for precision parts"})");
    record("2026-03-02T09:00:00Z",
           0,
           "chart_advanced",
           R"({"entered":["underway","application"],"states":"application"})");
    record("2026-03-02T09:00:00Z", 0, "timer_set", "{}");
    for (std::size_t index = 0; index < rows.requirements.size(); ++index) {
        const rows::Requirement& row = rows.requirements[index];
        const std::string when =
            fmt::format("2026-{:02}-{:02}T1{}:00:00Z", 4 + index / 28, index % 28 + 1, index % 10);
        if (row.answer == rows::Answer::in_place) {
            record(when,
                   anna,
                   "requirement_answered",
                   fmt::format(R"({{"requirement":"{}","answer":"in_place","note":""}})",
                               row.requirement));
        }
        if (index % 2 == 0) {
            record(when,
                   jonas,
                   "evidence_added",
                   fmt::format(R"({{"id":"e{}","title":"Procedure {}","requirements":["{}"]}})",
                               index,
                               index,
                               row.requirement));
        }
    }
    record("2026-06-12T16:20:00Z",
           auditor,
           "finding_raised",
           fmt::format(
               R"({{"id":"{}","requirement":"7.1.5.2","grade":"major","statement":"Micrometer"}})",
               FindingId(301).to_text()));
    record("2026-06-12T16:20:00Z",
           0,
           "chart_advanced",
           R"({"entered":["findings"],"states":"findings"})");
    record("2026-06-12T16:21:00Z",
           anna,
           "command_rejected",
           R"({"command":"complete_task","message":"A major nonconformity is open."})");
    record("2026-06-13T08:00:00Z",
           0,
           "charge_made",
           R"({"title":"Audit fee","amount_minor":360000,"currency":"EUR"})");
}

}  // namespace guildmark::reports
