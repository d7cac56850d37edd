// Every error of decide, in the order that engine/cases/decide.h lists: each command with one
// defect is refused for it, and with two defects for the one that stands first.

#include "tests/unit/cases/decide_order.h"

#include <gtest/gtest.h>

namespace guildmark::tests {
namespace {

/// One with a major finding, and who raised it.
CaseDesk with_finding(FindingId& finding) {
    CaseDesk desk = visited();
    finding = *FindingId::parse(desk.must(
        desk.inspector, RaiseFinding{rows::Grade::major, "2.2", "gap", "page 3", "", {}}));
    Value values;
    values.set("day", "2026-03-02");
    desk.must(desk.inspector, CompleteTask{desk.task("visit"), "toMend", std::move(values)});
    return desk;
}

/// One whose finding has a response that waits, during the second visit.
CaseDesk with_response(FindingId& finding) {
    CaseDesk desk = with_finding(finding);
    desk.must(desk.keeper, RespondToFinding{finding, "put right", "cause", "prevented", {}});
    desk.must(desk.keeper, CompleteTask{desk.task("mend"), "done", {}});
    return desk;
}

TEST(DecideOrder, an_opening_is_refused_for_its_standard_its_title_its_parties_and_its_actor) {
    CaseDesk desk;
    const Sound<OpenCase> sound{desk, desk.keeper, desk.opening()};
    expect_in_order<OpenCase>(
        sound,
        {{"role_unknown", "actor", [](auto&, auto& by, auto&) { by = system_actor(); }},
         {"role_unknown", "actor", [](auto&, auto& by, auto&) { by.role = "sweeper"; }},
         {"standard_unknown",
          "standard",
          [](auto& at, auto&, auto&) { at.offers_standard = false; }},
         {"standard_not_served",
          "standard",
          [](auto& at, auto&, auto&) { at.offers_other_standard = true; }},
         {"field_missing", "title", [](auto&, auto&, auto& asked) { asked.title.clear(); }},
         {"field_too_long",
          "title",
          [](auto&, auto&, auto& asked) { asked.title = too_long_name; }},
         {"party_unknown",
          "parties",
          [](auto&, auto&, auto& asked) { asked.parties["nobody"] = OrganisationId(1); }},
         {"party_unknown",
          "organisations",
          [](auto& at, auto&, auto&) { at.knows_organisations = false; }},
         {"party_missing",
          "parties",
          [](auto&, auto&, auto& asked) { asked.parties.erase("body"); }},
         {"role_not_of_party", "actor", [](auto& at, auto& by, auto&) {
              by.organisation = at.body;
          }}});
}

TEST(DecideOrder, a_completion_is_refused_for_its_task_before_its_outcome_its_form_and_its_gates) {
    CaseDesk desk;
    desk.must(desk.keeper, desk.opening());
    for (const char* requirement : {"1.1", "1.2", "2.1", "2.2"}) {
        desk.must(desk.keeper,
                  AnswerRequirement{requirement, rows::Answer::in_place, "", {}, std::nullopt});
    }
    desk.must(desk.keeper, CaseDesk::document("the room"));
    const Sound<CompleteTask> sound{desk, desk.keeper, CaseDesk::completion(desk.task("apply"))};
    expect_in_order<CompleteTask>(
        sound,
        with_common<CompleteTask>(
            {paused<CompleteTask>(),
             {"task_not_found", "task", [](auto&, auto&, auto& asked) { asked.task = TaskId(5); }},
             {"task_closed",
              "task",
              [](auto& at, auto&, auto& asked) {
                  at.subject.tasks.at(asked.task).status = rows::TaskStatus::withdrawn;
              }},
             {"task_of_other_role", "actor", [](auto& at, auto& by, auto&) { by = at.inspector; }},
             {"outcome_unknown",
              "outcome",
              [](auto&, auto&, auto& asked) { asked.outcome = "burn"; }},
             {"form_invalid",
              "values",
              [](auto&, auto&, auto& asked) { asked.values.set("hives", Value(-1)); }},
             {"gate_not_met",
              "answers",
              [](auto& at, auto&, auto&) {
                  at.subject.requirements.front().answer = rows::Answer::none;
              }},
             {"session_malformed",
              "session",
              [](auto& at, auto&, auto&) { at.subject.session = Value("not one"); }}},
            false));
}

TEST(DecideOrder, a_document_is_refused_for_its_texts_before_what_it_revises_and_serves) {
    const CaseDesk desk = visited();
    AddEvidence command = CaseDesk::document("the room, newly tiled");
    command.revises = desk.evidence;
    const auto may_not = [](auto& at, auto& by, auto&) { by = at.committee; };
    expect_in_order<AddEvidence>(
        {desk, desk.keeper, command},
        with_common<AddEvidence>(
            {{"not_allowed_now", "actor", may_not},
             {"field_missing", "name", [](auto&, auto&, auto& asked) { asked.name.clear(); }},
             {"field_too_long",
              "name",
              [](auto&, auto&, auto& asked) { asked.name = too_long_name; }},
             {"field_too_long",
              "title",
              [](auto&, auto&, auto& asked) { asked.title = too_long_name; }},
             {"field_too_long",
              "origin",
              [](auto&, auto&, auto& asked) { asked.origin = too_long; }},
             {"field_missing",
              "media type",
              [](auto&, auto&, auto& asked) { asked.media_type.clear(); }},
             {"period_backwards",
              "period",
              [](auto&, auto&, auto& asked) {
                  asked.valid_from = Date::parse("2026-03-02").value_or(Date());
                  asked.valid_until = Date::parse("2026-03-01").value_or(Date());
              }},
             {"evidence_not_found",
              "revised",
              [](auto&, auto&, auto& asked) { asked.revises = EvidenceId(5); }},
             {"evidence_withdrawn",
              "revised",
              [](auto& at, auto&, auto&) {
                  at.put_document(at.evidence, rows::EvidenceStatus::withdrawn);
              }},
             {"evidence_known",
              "bytes",
              [](auto& at, auto&, auto& asked) {
                  rows::Evidence other = at.subject.evidence.at(at.evidence);
                  other.id = EvidenceId(6);
                  other.digest = asked.digest;
                  at.subject.evidence.put(other);
              }},
             {"requirements_too_many",
              "requirements",
              [](auto&, auto&, auto& asked) {
                  asked.requirements.assign(limits::requirements_per_match_max + 1, "2.1");
              }},
             {"requirement_unknown",
              "requirements",
              [](auto&, auto&, auto& asked) { asked.requirements = {"9.9"}; }}},
            false));
}

TEST(DecideOrder, a_case_that_is_full_takes_no_new_document_before_its_bytes_are_looked_at) {
    CaseDesk desk = visited();
    rows::Evidence filler = desk.subject.evidence.at(desk.evidence);
    while (desk.subject.evidence.size() < limits::evidence_per_case_max) {
        filler.id = EvidenceId(desk.subject.evidence.size() + 1);
        desk.subject.evidence.put(filler);
    }
    const auto refused = desk.try_out(desk.keeper, CaseDesk::document("the room"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "evidence_too_many");
}

template <typename Command>
Defects<Command> of_evidence() {
    return {{"not_allowed_now", "actor", [](auto& at, auto& by, auto&) { by = at.committee; }},
            {"evidence_not_found",
             "evidence",
             [](auto&, auto&, auto& asked) { asked.evidence = EvidenceId(5); }},
            {"evidence_withdrawn", "evidence", [](auto& at, auto&, auto&) {
                 at.put_document(at.evidence, rows::EvidenceStatus::withdrawn);
             }}};
}

TEST(DecideOrder, a_match_is_refused_for_its_document_before_its_requirements) {
    const CaseDesk desk = visited();
    auto own = of_evidence<MatchEvidence>();
    own.push_back({"requirements_too_many", "requirements", [](auto&, auto&, auto& asked) {
                       asked.requirements.assign(limits::requirements_per_match_max + 1, "9.9");
                   }});
    own.push_back({"requirement_unknown", "requirements", [](auto&, auto&, auto& asked) {
                       asked.requirements = {"2.1", "9.9"};
                   }});
    expect_in_order<MatchEvidence>({desk, desk.keeper, {desk.evidence, {"1.1"}}},
                                   with_common<MatchEvidence>(own, false));
}

TEST(DecideOrder, a_withdrawal_is_refused_for_its_document_before_its_reason) {
    const CaseDesk desk = visited();
    auto own = of_evidence<WithdrawEvidence>();
    own.push_back(
        {"field_missing", "reason", [](auto&, auto&, auto& asked) { asked.reason.clear(); }});
    own.push_back(
        {"field_too_long", "reason", [](auto&, auto&, auto& asked) { asked.reason = too_long; }});
    expect_in_order<WithdrawEvidence>({desk, desk.keeper, {desk.evidence, "old"}},
                                      with_common<WithdrawEvidence>(own, false));
}

TEST(DecideOrder, an_answer_to_an_unknown_requirement_is_refused_before_its_text_is_looked_at) {
    const CaseDesk desk = visited();
    const AnswerRequirement command{
        "1.2", rows::Answer::not_applicable, "no treatment", {}, std::nullopt};
    expect_in_order<AnswerRequirement>(
        {desk, desk.keeper, command},
        with_common<AnswerRequirement>(
            {{"not_allowed_now", "actor", [](auto& at, auto& by, auto&) { by = at.committee; }},
             {"requirement_unknown",
              "requirement",
              [](auto&, auto&, auto& asked) { asked.requirement = "9.9"; }},
             {"field_too_long", "note", [](auto&, auto&, auto& asked) { asked.note = too_long; }},
             {"not_applicable_refused",
              "requirement",
              [](auto&, auto&, auto& asked) { asked.requirement = "1.1"; }},
             {"field_missing", "note", [](auto&, auto&, auto& asked) { asked.note.clear(); }}},
            false));
}

TEST(DecideOrder, an_assessment_of_an_unknown_requirement_is_refused_before_its_text) {
    const CaseDesk desk = visited();
    expect_in_order<AssessRequirement>(
        {desk, desk.inspector, {"1.1", rows::Verdict::conforming, "seen"}},
        with_common<AssessRequirement>(
            {paused<AssessRequirement>(),
             not_allowed_to_body<AssessRequirement>(),
             {"requirement_unknown",
              "requirement",
              [](auto&, auto&, auto& asked) { asked.requirement = "9.9"; }},
             {"field_too_long", "note", [](auto&, auto&, auto& asked) { asked.note = too_long; }}},
            true));
}

TEST(DecideOrder, a_finding_is_refused_for_its_requirement_before_its_texts) {
    const CaseDesk desk = visited();
    expect_in_order<RaiseFinding>(
        {desk, desk.inspector, {rows::Grade::minor, "1.1", "gap", "page 3", "shed", {}}},
        with_common<RaiseFinding>(
            {paused<RaiseFinding>(),
             not_allowed_to_body<RaiseFinding>(),
             {"requirement_unknown",
              "requirement",
              [](auto&, auto&, auto& asked) { asked.requirement = "9.9"; }},
             {"field_missing",
              "statement",
              [](auto&, auto&, auto& asked) { asked.statement.clear(); }},
             {"field_too_long",
              "statement",
              [](auto&, auto&, auto& asked) { asked.statement = too_long; }},
             {"field_missing",
              "objective evidence",
              [](auto&, auto&, auto& asked) { asked.objective_evidence.clear(); }},
             {"field_too_long",
              "objective evidence",
              [](auto&, auto&, auto& asked) { asked.objective_evidence = too_long; }},
             {"field_too_long",
              "site",
              [](auto&, auto&, auto& asked) { asked.site = too_long_name; }},
             {"findings_too_many",
              "findings",
              [](auto& at, auto&, auto&) {
                  while (at.subject.findings.size() < limits::findings_per_case_max) {
                      const FindingId id(at.subject.findings.size() + 1);
                      at.subject.findings[id].id = id;
                  }
              }}},
            true));
}

/// A finding that is not there, and one whose status is not the right one.
template <typename Command>
Defects<Command> of_finding(FindingId finding, rows::FindingStatus wrong) {
    return {{"finding_not_found",
             "finding",
             [](auto&, auto&, auto& asked) { asked.finding = FindingId(5); }},
            {"finding_settled", "finding", [finding, wrong](auto& at, auto&, auto&) {
                 at.subject.findings.at(finding).status = wrong;
             }}};
}

TEST(DecideOrder, a_response_is_refused_for_its_finding_before_its_texts_and_its_documents) {
    FindingId finding;
    const CaseDesk desk = with_finding(finding);
    Defects<RespondToFinding> own = {{"not_allowed_now", "tasks", [](auto& at, auto&, auto&) {
                                          at.subject.open_tasks.clear();
                                      }}};
    const auto of = of_finding<RespondToFinding>(finding, rows::FindingStatus::accepted);
    own.insert(own.end(), of.begin(), of.end());
    const auto add_text = [&own](const char* name, std::string RespondToFinding::*text) {
        own.push_back(
            {"field_missing", name, [text](auto&, auto&, auto& asked) { (asked.*text).clear(); }});
        own.push_back({"field_too_long", name, [text](auto&, auto&, auto& asked) {
                           asked.*text = too_long;
                       }});
    };
    add_text("correction", &RespondToFinding::correction);
    add_text("cause", &RespondToFinding::cause);
    add_text("corrective action", &RespondToFinding::corrective_action);
    own.push_back({"evidence_not_found", "evidence", [](auto&, auto&, auto& asked) {
                       asked.evidence = {EvidenceId(5)};
                   }});
    expect_in_order<RespondToFinding>(
        {desk, desk.keeper, {finding, "put right", "cause", "prevented", {desk.evidence}}},
        with_common<RespondToFinding>(own, false));
}

TEST(DecideOrder, a_judgement_is_refused_for_its_finding_before_its_note) {
    FindingId finding;
    const CaseDesk desk = with_response(finding);
    Defects<JudgeResponse> own = {paused<JudgeResponse>(), not_allowed_to_body<JudgeResponse>()};
    const auto of = of_finding<JudgeResponse>(finding, rows::FindingStatus::open);
    own.insert(own.end(), of.begin(), of.end());
    own.push_back({"field_missing", "note", [](auto&, auto&, auto& asked) { asked.note.clear(); }});
    own.push_back(
        {"field_too_long", "note", [](auto&, auto&, auto& asked) { asked.note = too_long; }});
    expect_in_order<JudgeResponse>({desk, desk.inspector, {finding, Judgement::rejected, "why"}},
                                   with_common<JudgeResponse>(own, true));
}

TEST(DecideOrder, a_verification_is_refused_for_its_finding_before_its_method_and_its_note) {
    FindingId finding;
    CaseDesk desk = with_response(finding);
    desk.must(desk.inspector, JudgeResponse{finding, Judgement::accepted, ""});
    Defects<VerifyFinding> own = {paused<VerifyFinding>(), not_allowed_to_body<VerifyFinding>()};
    const auto of = of_finding<VerifyFinding>(finding, rows::FindingStatus::responded);
    own.insert(own.end(), of.begin(), of.end());
    own.push_back(
        {"method_unknown", "method", [](auto&, auto&, auto& asked) { asked.method = "guess"; }});
    own.push_back(
        {"field_too_long", "note", [](auto&, auto&, auto& asked) { asked.note = too_long; }});
    expect_in_order<VerifyFinding>({desk, desk.inspector, {finding, "onsite", ""}},
                                   with_common<VerifyFinding>(own, true));
}

TEST(DecideOrder, a_timer_is_refused_to_people_before_it_is_looked_for) {
    const CaseDesk desk = visited();
    const TimerId timer = desk.subject.timers.begin()->first;
    expect_in_order<FireTimer>(
        {desk, system_actor(), {timer}},
        {{"case_not_found", "head", [](auto& at, auto&, auto&) { at.subject.head = {}; }},
         {"case_finished",
          "summary",
          [](auto& at, auto&, auto&) { at.subject.summary.finished = true; }},
         {"role_unknown", "actor", [](auto& at, auto& by, auto&) { by = at.inspector; }},
         {"timer_gone", "timer", [](auto&, auto&, auto& asked) { asked.timer = TimerId(5); }},
         paused<FireTimer>()});
}

TEST(DecideOrder, an_effect_is_closed_by_the_system_alone_and_once_even_when_the_case_has_ended) {
    CaseDesk desk = visited();
    const EffectId effect(77);
    desk.subject.effects[effect] = {};
    desk.subject.summary.finished = true;
    expect_in_order<CloseEffect>(
        {desk, system_actor(), {effect, ""}},
        {{"case_not_found", "head", [](auto& at, auto&, auto&) { at.subject.head = {}; }},
         {"role_unknown", "actor", [](auto& at, auto& by, auto&) { by = at.inspector; }},
         {"effect_closed", "effect", [](auto& at, auto&, auto&) { at.subject.effects.clear(); }}});
}

}  // namespace
}  // namespace guildmark::tests
