#include "tests/sim/practice.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/cases/gate.h"
#include "tests/sim/form_filler.h"

namespace guildmark::tests {
namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::size_t commands_between_restarts = 997;
const Instant start{1'767'225'600'000};  // 2026-01-01T00:00:00Z

std::vector<std::string> roles_of(const workflow::Workflow& workflow, bool is_body) {
    std::vector<std::string> roles;
    for (const workflow::Role& role : workflow.roles) {
        if ((role.party == "body") == is_body) {
            roles.push_back(role.id);
        }
    }
    return roles;
}

/// The library's standard that the workflow serves.
std::string standard_of(const Library& library, const workflow::Workflow& workflow) {
    for (const auto& candidate : library.standards()) {
        if (std::ranges::find(workflow.standards, candidate->id) != workflow.standards.end()) {
            return candidate->key();
        }
    }
    return {};
}

/// Whether chance can fill its forms: no field asks for a text of a certain form.
bool is_fillable(const workflow::Workflow& workflow) {
    return std::ranges::none_of(workflow.forms, [](const workflow::Form& form) {
        return std::ranges::any_of(
            form.fields, [](const workflow::Field& field) { return !field.pattern.empty(); });
    });
}

bool is_open(const rows::Task& task) {
    return task.status == rows::TaskStatus::open;
}

}  // namespace

Practice::Practice(Store& store, const PracticeSetting& setting)
    : setting_(setting),
      world_(store),
      reader_(store.open_reader().value()),
      checks_(*reader_),
      chance_(setting.seed) {
    world_.clock.set(start);
    world_.fail_by(plan_);
    engine_ = std::make_unique<PatientEngine>(world_, commands_between_restarts, [] {});
    found();
}

Instant Practice::in_days(std::size_t days) {
    const auto within_day = static_cast<std::int64_t>(below(day_ms));
    return Instant{world_.clock.now().milliseconds + static_cast<std::int64_t>(days) * day_ms +
                   within_day};
}

void Practice::found() {
    std::vector<std::shared_ptr<const workflow::Workflow>> workflows;
    std::vector<std::string> roles;
    for (const auto& workflow : world_.library.workflows()) {
        const bool has_body = !roles_of(*workflow, true).empty();
        if (has_body && is_fillable(*workflow) && !standard_of(world_.library, *workflow).empty()) {
            workflows.push_back(workflow);
            const auto more = roles_of(*workflow, true);
            roles.insert(roles.end(), more.begin(), more.end());
        }
    }
    std::ranges::sort(roles);
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    const auto made = submit_one(
        {system_actor(), {}, CreateOrganisation{"body", "body", "DE", {}, people}, {}, {}});
    ASSERT_TRUE(made) << made.error().message;
    body_ = OrganisationId(made->stream.value());
    for (std::size_t number = 0; number < people; ++number) {
        const auto admitted =
            submit_one({system_actor(),
                        made->stream,
                        AdmitMember{{}, fmt::format("body {}", number), {}, roles},
                        {},
                        {}});
        ASSERT_TRUE(admitted) << admitted.error().message;
        body_people_.push_back(*PersonId::parse(admitted->created));
    }
    for (std::size_t number = 0; number < setting_.clients; ++number) {
        enter(number, workflows[number % workflows.size()]);
    }
}

void Practice::enter(std::size_t number, std::shared_ptr<const workflow::Workflow> workflow) {
    const std::string name = fmt::format("client {}", number);
    const auto made =
        submit_one({system_actor(), {}, CreateOrganisation{name, "client", "DE", {}, 12}, {}, {}});
    ASSERT_TRUE(made) << made.error().message;
    const auto admitted = submit_one({system_actor(),
                                      made->stream,
                                      AdmitMember{{}, name + " 0", {}, roles_of(*workflow, false)},
                                      {},
                                      {}});
    ASSERT_TRUE(admitted) << admitted.error().message;
    std::string standard = standard_of(world_.library, *workflow);
    clients_.push_back({OrganisationId(made->stream.value()),
                        *PersonId::parse(admitted->created),
                        std::move(workflow),
                        std::move(standard),
                        CaseId(),
                        {}});
    agenda_.push({in_days(below(365)), number});
}

void Practice::run() {
    const std::int64_t end_ms =
        start.milliseconds + static_cast<std::int64_t>(setting_.years) * 365 * day_ms;
    while (!agenda_.empty() && agenda_.top().at.milliseconds < end_ms &&
           !testing::Test::HasFailure()) {
        const Visit next = agenda_.top();
        agenda_.pop();
        go_to(next.at);
        Client& client = clients_[next.client];
        agenda_.push({visit(client), next.client});
        if (!client.case_id.is_none()) {
            const auto rows = reader_->find_case_rows(client.case_id);
            ASSERT_TRUE(rows && *rows);
            checks_.check_case(**rows, Date::of(world_.clock.now()));
        }
        if (testing::Test::HasFailure()) {
            ADD_FAILURE() << fmt::format("seed {}, client {}, case {}, {}",
                                         setting_.seed,
                                         next.client,
                                         client.case_id.to_text(),
                                         world_.clock.now().to_text());
        }
    }
}

/// Timers fire on their way there, each day's before the next day is judged.
void Practice::go_to(Instant at) {
    const Date before = Date::of(world_.clock.now());
    world_.clock.set(std::max(at, world_.clock.now()));
    plan_fault();
    for (auto done = engine_->advance(); !done || *done > 0; done = engine_->advance()) {
        ASSERT_TRUE(done) << done.error().message;
    }
    const Date today = Date::of(world_.clock.now());
    if (before != today) {
        checks_.check_day(today);
        if (setting_.progress) {
            setting_.progress(static_cast<int>((at.milliseconds - start.milliseconds) / day_ms));
        }
    }
}

/// Now and then one of the next calls of a port fails.
void Practice::plan_fault() {
    struck_ += plan_.struck();
    PlannedFault fault;
    if (below(8) == 0) {
        constexpr std::size_t kinds = 4;
        fault = {1 + below(40), 1 + below(2), static_cast<FaultKind>(below(kinds))};
    }
    plan_.begin(fault);
}

Instant Practice::visit(Client& client) {
    if (client.case_id.is_none()) {
        open_case(client);
        return in_days(1);
    }
    const auto found = reader_->find_case_rows(client.case_id);
    EXPECT_TRUE(found && *found);
    const rows::CaseRows& rows = **found;
    if (rows.summary.finished) {
        client.case_id = CaseId();
        return in_days(20 + below(300));
    }
    std::vector<const rows::Task*> owed;
    std::vector<const rows::Task*> offered;
    for (const rows::Task& task : rows.tasks) {
        if (is_open(task)) {
            (task.optional ? offered : owed).push_back(&task);
        }
    }
    const bool is_unusual = !offered.empty() && (owed.empty() || below(25) == 0);
    const auto& tasks = is_unusual ? offered : owed;
    if (!tasks.empty()) {
        act(client, rows, *tasks[below(tasks.size())]);
    }
    return next_visit(rows);
}

void Practice::open_case(Client& client) {
    std::map<std::string, OrganisationId> parties;
    for (const workflow::Role& role : client.workflow->roles) {
        parties.emplace(role.party, role.party == "body" ? body_ : client.organisation);
    }
    const Actor opener{
        client.person, client.organisation, roles_of(*client.workflow, false).front()};
    const auto opened = submit_one(
        {opener,
         {},
         CaseCommand(OpenCase{client.workflow->id, client.standard, "A client", parties}),
         {},
         {}});
    ASSERT_TRUE(opened) << opened.error().message;
    client.case_id = CaseId(opened->stream.value());
}

/// Often an audit finds something. Mostly the first outcome is wanted, which is the one that leads
/// on.
void Practice::act(Client& client, const rows::CaseRows& rows, const rows::Task& task) {
    const workflow::TaskDefinition* definition = client.workflow->find_task(task.task);
    if (definition->outcomes.empty()) {
        return;
    }
    if (definition->allows.raise_findings && !rows.requirements.empty() && below(3) == 0) {
        const auto grade = static_cast<rows::Grade>(below(3));
        const auto& number = rows.requirements[below(rows.requirements.size())].requirement;
        submit(client, task.role, RaiseFinding{grade, number, "It was not so", "Seen", {}, {}});
    }
    const std::size_t count = definition->outcomes.size();
    const auto& wanted = definition->outcomes[below(12) == 0 ? below(count) : 0];
    // Now and then somebody sends what is not ready, and is refused.
    if (below(6) == 0 && complete(client, task, wanted)) {
        return;
    }
    prepare(client, rows);
    if (!complete(client, task, wanted) && below(4) == 0) {
        complete(client, task, definition->outcomes[below(count)]);
    }
}

bool Practice::complete(Client& client, const rows::Task& task, const workflow::Outcome& outcome) {
    CompleteTask command{task.id, outcome.id, {}};
    const auto* definition = client.workflow->find_task(task.task);
    if (const workflow::Form* form = client.workflow->find_form(definition->form)) {
        const FormFiller filler(*client.workflow, world_.clock, chance_);
        command.values = filler.fill(*form);
        filler.name_team(task.task, command.values, people);
    }
    return submit(client, task.role, std::move(command));
}

/// Does what the open tasks permit and gates may ask for.
void Practice::prepare(Client& client, const rows::CaseRows& rows) {
    for (const rows::Task& task : rows.tasks) {
        if (is_open(task)) {
            const auto* definition = client.workflow->find_task(task.task);
            prepare_as_client(client, rows, *definition);
            prepare_as_body(client, rows, *definition);
        }
    }
}

void Practice::prepare_as_client(Client& client,
                                 const rows::CaseRows& rows,
                                 const workflow::TaskDefinition& task) {
    const workflow::Role& role = *client.workflow->find_role(task.role);
    const bool may_add = task.allows.add_evidence || role.allows.add_evidence;
    const bool may_answer = task.allows.answer_requirements || role.allows.answer_requirements;
    AddEvidence add;
    add.digest = sha256(std::to_string(below(1'000'000)));
    add.media_type = "text/plain";
    add.name = "document.txt";
    for (const rows::Requirement& requirement : rows.requirements) {
        if (requirement.evidence_count == 0) {
            add.requirements.push_back(requirement.requirement);
        }
        if (may_answer && requirement.answer == rows::Answer::none &&
            !submit(
                client,
                task.role,
                AnswerRequirement{requirement.requirement, rows::Answer::in_place, {}, {}, {}})) {
            break;
        }
    }
    if (may_add && !add.requirements.empty()) {
        submit(client, task.role, std::move(add));
    }
    for (const rows::Finding& finding : rows.findings) {
        const bool waits = finding.status == rows::FindingStatus::open ||
                           finding.status == rows::FindingStatus::rejected;
        if (task.allows.respond_to_findings && waits) {
            submit(
                client,
                task.role,
                RespondToFinding{finding.id, "Put right", "Nobody looked", "Somebody looks", {}});
        }
    }
}

void Practice::prepare_as_body(Client& client,
                               const rows::CaseRows& rows,
                               const workflow::TaskDefinition& task) {
    for (const rows::Requirement& requirement : rows.requirements) {
        if (task.allows.assess_requirements && requirement.verdict == rows::Verdict::none &&
            !submit(client,
                    task.role,
                    AssessRequirement{requirement.requirement, rows::Verdict::conforming, {}})) {
            break;
        }
    }
    for (const rows::Finding& finding : rows.findings) {
        if (!task.allows.judge_findings || is_settled(finding)) {
            continue;
        }
        if (finding.status == rows::FindingStatus::responded) {
            const auto judgement = below(6) == 0 ? Judgement::rejected : Judgement::accepted;
            submit(client, task.role, JudgeResponse{finding.id, judgement, "so"});
        } else if (finding.status == rows::FindingStatus::accepted && below(4) != 0) {
            submit(client, task.role, VerifyFinding{finding.id, "documents", {}});
        }
    }
}

/// People come when something is soon due, and now and then before.
Instant Practice::next_visit(const rows::CaseRows& rows) {
    constexpr std::int64_t soon_days = 60;
    std::optional<Instant> due;
    for (const rows::Task& task : rows.tasks) {
        if (is_open(task) && !task.optional) {
            due = std::min(due.value_or(Instant{INT64_MAX}), task.due.value_or(in_days(0)));
        }
    }
    const std::int64_t left_days =
        due ? (due->milliseconds - world_.clock.now().milliseconds) / day_ms : 0;
    if (left_days > soon_days && below(8) != 0) {
        return in_days(static_cast<std::size_t>(left_days) - below(soon_days));
    }
    return in_days(1 + below(14));
}

bool Practice::submit(Client& client, const std::string& role, const CaseCommand& command) {
    const bool is_body = client.workflow->find_role(role)->party == "body";
    std::size_t& who = client.last_of[role];
    for (std::size_t turn = 0; turn < (is_body ? people : 1); ++turn) {
        const Actor actor = is_body ? Actor{body_people_[who], body_, role}
                                    : Actor{client.person, client.organisation, role};
        const auto answer = submit_one({actor, stream_of(client.case_id), command, {}, {}});
        if (answer) {
            return true;
        }
        const std::string& code = answer.error().code;
        EXPECT_TRUE(is_refusal(answer.error())) << code << ": " << answer.error().message;
        if (code != "separation_of_duties" && code != "person_not_in_team") {
            return false;
        }
        who = (who + 1) % people;
    }
    return false;
}

Result<Answer> Practice::submit_one(Submission submission) {
    auto answer = std::move(engine_->execute({&submission, 1}).front());
    ++(answer ? accepted_ : refused_);
    return answer;
}

}  // namespace guildmark::tests
