#include "tests/unit/cases/case_desk.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/scenario_world.h"

namespace guildmark::tests {
namespace {

const workflow::Workflow& honey_mark() {
    static const workflow::Workflow workflow =
        load_workflow_of(source_folder() / "samples/honey-mark/workflows/honey-mark");
    return workflow;
}

const Library& library() {
    static const Library library = project_library();
    return library;
}

}  // namespace

CaseDesk::CaseDesk() {
    subject.summary.id = CaseId(100);
}

Result<CaseDecision> CaseDesk::try_out(const Actor& actor, const CaseCommand& command) const {
    NoScripts scripts;
    IdSource ids(*random, last_id);
    Standard standard =
        *library().find_standard(offers_other_standard ? "iso-9001:2015" : "honey-code:2026");
    standard.transition = transition;
    workflow::Workflow workflow = honey_mark();
    workflow.bars = bars;
    workflow.teams = teams;
    for (workflow::Separation& separation : workflow.separations) {
        separation.per_round = separates_per_round;
        separation.lasts = separation_lasts;
    }
    for (workflow::Role& role : workflow.roles) {
        role.allows.operate = role.id == operator_role;
    }
    CaseContext context{now,
                        actor,
                        ids,
                        workflow,
                        offers_standard ? &standard : nullptr,
                        scripts,
                        [this](OrganisationId id) {
                            return knows_organisations && (id == client || id == body)
                                       ? std::string("Somebody")
                                       : std::string();
                        },
                        actor_name,
                        actor_email};
    return decide(subject, command, context);
}

Result<std::string> CaseDesk::carry_out(const Actor& actor, const CaseCommand& command) {
    const CaseDecision decided = TRY(try_out(actor, command));
    for (const CaseEvent& event : decided.events) {
        put_down(actor, event);
    }
    now = Instant{now.milliseconds + 1000};
    return decided.created;
}

void CaseDesk::put_down(const Actor& actor, const CaseEvent& event) {
    Record record;
    record.stream = stream_of(subject.summary.id);
    record.sequence = subject.head.sequence + 1;
    record.at = now;
    record.actor = actor;
    Touched touched;
    apply(subject, event, record, touched);
}

void CaseDesk::begin_round(const Actor& actor) {
    put_down(actor, events::RoundBegan{subject.round.number + 1});
}

std::string CaseDesk::must(const Actor& actor, const CaseCommand& command) {
    auto done = carry_out(actor, command);
    EXPECT_TRUE(done) << done.error().code << ": " << done.error().message;
    return done ? *done : std::string();
}

TaskId CaseDesk::task(std::string_view definition) const {
    const auto found = std::ranges::find_if(
        subject.open_tasks, [&](TaskId id) { return subject.tasks.at(id).task == definition; });
    return found == subject.open_tasks.end() ? TaskId() : *found;
}

void CaseDesk::apply_for_the_mark() {
    must(keeper, opening());
    for (const char* requirement : {"1.1", "1.2", "2.1", "2.2"}) {
        must(keeper, AnswerRequirement{requirement, rows::Answer::in_place, "", {}, std::nullopt});
    }
    evidence = *EvidenceId::parse(must(keeper, document("the room")));
    must(keeper, completion(task("apply")));
    EXPECT_FALSE(task("visit").is_none());
}

void CaseDesk::bar(const std::string& people, const std::string& day) {
    workflow::Bar bar;
    bar.id = "B1";
    bar.roles = {"beekeeper", "inspector", "committee"};
    bar.task = "apply";
    bar.people = "advisers";
    bar.from = "advisedUntil";
    bar.lasts = Duration::parse("P24M").value_or(Duration());
    bars = {std::move(bar)};
    Value form;
    form.set("advisers", people);
    form.set("advisedUntil", day);
    subject.forms["apply"] = std::move(form);
}

void CaseDesk::team(const std::string& people) {
    workflow::Team team;
    team.id = "T1";
    team.roles = {"beekeeper", "inspector", "committee"};
    team.tasks = {"apply", "visit"};
    team.people = {"leader", "members"};
    teams = {std::move(team)};
    Value& form = subject.forms["apply"];
    form.set("leader", "Nobody Else");
    form.set("members", people);
}

void CaseDesk::put_document(EvidenceId id, rows::EvidenceStatus status) {
    rows::Evidence document = subject.evidence.at(id);
    document.status = status;
    subject.evidence.put(std::move(document));
}

OpenCase CaseDesk::opening() const {
    return {"honey-mark", "honey-code:2026", "Honey", {{"client", client}, {"body", body}}};
}

AddEvidence CaseDesk::document(std::string_view bytes) {
    AddEvidence command;
    command.digest = sha256(bytes);
    command.size_bytes = bytes.size();
    command.media_type = "text/plain";
    command.name = "room.txt";
    command.requirements = {"2.1", "2.2"};
    return command;
}

CompleteTask CaseDesk::completion(TaskId task) {
    Value values;
    values.set("place", "Lindental");
    values.set("hives", Value(12));
    return {task, "send", std::move(values)};
}

}  // namespace guildmark::tests
