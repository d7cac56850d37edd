#include "tests/sim/walker.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "tests/sim/form_filler.h"
#include "tests/sim/patient_engine.h"

namespace guildmark::tests {
namespace {

constexpr std::size_t people_each = 2;

Result<Answer> submit_one(Engine& engine, Submission submission) {
    return std::move(engine.execute({&submission, 1}).front());
}

Result<Answer> make(Engine& engine, StreamId stream, OrganisationCommand command) {
    return submit_one(engine, Submission{system_actor(), stream, std::move(command), {}, {}});
}

}  // namespace

Result<CaseId> Walker::begin(Engine& engine,
                             const std::string& workflow,
                             const std::string& standard) {
    workflow_ = world_.library.find_workflow(workflow);
    std::map<std::string, std::vector<std::string>> roles;
    for (const workflow::Role& role : workflow_->roles) {
        roles[role.party].push_back(role.id);
    }
    OpenCase open{workflow, standard, "A walk", {}};
    Actor opener;
    for (const auto& [party, ids] : roles) {
        const std::string kind = party == "body" ? "body" : "client";
        const Answer made = TRY(make(engine, {}, CreateOrganisation{party, kind, "DE", {}, 12}));
        open.parties.emplace(party, OrganisationId(made.stream.value()));
        for (std::size_t number = 0; number < people_each; ++number) {
            const Answer admitted =
                TRY(make(engine,
                         made.stream,
                         AdmitMember{{}, fmt::format("{} {}", party, number), {}, ids}));
            const PersonId person = *PersonId::parse(admitted.created);
            for (const std::string& role : ids) {
                people_.push_back({person, OrganisationId(made.stream.value()), role});
            }
        }
    }
    opener = people_.front();
    for (const Actor& actor : people_) {
        opener = workflow_->find_role(actor.role)->party == "client" ? actor : opener;
    }
    const Answer opened =
        TRY(submit_one(engine, Submission{opener, {}, CaseCommand(std::move(open)), {}, {}}));
    case_ = CaseId(opened.stream.value());
    return case_;
}

Result<void> Walker::step(Engine& engine) {
    if (below(4) == 0) {
        const std::int64_t pause_ms =
            std::int64_t{3'600'000} * static_cast<std::int64_t>(below(24 * 20));
        world_.clock.set(Instant{world_.clock.now().milliseconds + pause_ms});
        TRY(engine.advance());
    }
    const auto rows = TRY(reader_.find_case_rows(case_));
    return act(engine, *rows);
}

Result<void> Walker::act(Engine& engine, const rows::CaseRows& rows) {
    const std::size_t kind = below(12);
    if (kind < 5) {
        return end_task(engine, rows);
    }
    const Actor& actor = people_[below(people_.size())];
    if (kind == 5) {
        return add_evidence(engine, actor, rows);
    }
    if (kind == 6) {
        return answer_all(engine, actor, rows);
    }
    if (kind == 7) {
        return assess_all(engine, actor, rows);
    }
    if (kind == 8 && below(3) == 0) {
        const auto grade = static_cast<rows::Grade>(below(3));
        return submit(engine,
                      actor,
                      RaiseFinding{grade, some_requirement(rows), "It was not so", "Seen", {}, {}});
    }
    return submit(engine, actor, some_finding_command(rows));
}

Result<void> Walker::end_task(Engine& engine, const rows::CaseRows& rows) {
    std::string role;
    CaseCommand command = complete_some_task(rows, role);
    // Mostly somebody whose task it is, now and then anybody.
    Actor actor = people_[below(people_.size())];
    for (std::size_t tries = 0; actor.role != role && tries < 40; ++tries) {
        actor = people_[below(people_.size())];
    }
    return submit(engine, actor, std::move(command));
}

Result<void> Walker::add_evidence(Engine& engine, const Actor& actor, const rows::CaseRows& rows) {
    AddEvidence add;
    add.digest = sha256(std::to_string(below(200)));
    add.media_type = "text/plain";
    add.name = "walk.txt";
    if (below(4) == 0) {
        add.valid_until = Date::of(world_.clock.now()).plus_days(static_cast<int>(below(400)));
    }
    // Now and then one document serves all, so that a walk gets through gates on evidence.
    const bool all = below(3) == 0;
    for (const rows::Requirement& requirement : rows.requirements) {
        if (all || below(6) == 0) {
            add.requirements.push_back(requirement.requirement);
        }
    }
    return submit(engine, actor, std::move(add));
}

Result<void> Walker::answer_all(Engine& engine, const Actor& actor, const rows::CaseRows& rows) {
    for (const rows::Requirement& requirement : rows.requirements) {
        if (requirement.answer != rows::Answer::none && below(9) != 0) {
            continue;
        }
        const auto answer = static_cast<rows::Answer>(1 + below(3));
        const std::size_t before = refused_;
        TRY(submit(
            engine, actor, AnswerRequirement{requirement.requirement, answer, "so", {}, {}}));
        if (refused_ > before) {
            return {};
        }
    }
    return {};
}

Result<void> Walker::assess_all(Engine& engine, const Actor& actor, const rows::CaseRows& rows) {
    for (const rows::Requirement& requirement : rows.requirements) {
        const auto verdict = static_cast<rows::Verdict>(1 + below(3));
        const std::size_t before = refused_;
        TRY(submit(engine, actor, AssessRequirement{requirement.requirement, verdict, {}}));
        if (refused_ > before) {
            return {};
        }
    }
    return {};
}

CaseCommand Walker::complete_some_task(const rows::CaseRows& rows, std::string& role) {
    std::vector<const rows::Task*> open;
    for (const rows::Task& task : rows.tasks) {
        // What is optional, a withdrawal say, is done now and then.
        if (task.status == rows::TaskStatus::open && (!task.optional || below(500) == 0)) {
            open.push_back(&task);
        }
    }
    if (open.empty()) {
        return CompleteTask{TaskId(1), "none", {}};
    }
    const rows::Task& task = *open[below(open.size())];
    role = task.role;
    const auto* definition = workflow_->find_task(task.task);
    if (definition->outcomes.empty()) {
        return CompleteTask{task.id, "none", {}};
    }
    // The first way of an outcome is mostly the one that leads on.
    const std::size_t way = below(8) == 0 ? below(definition->outcomes.size()) : 0;
    CompleteTask command{task.id, definition->outcomes[way].id, {}};
    if (const workflow::Form* form = workflow_->find_form(definition->form)) {
        const FormFiller filler(*workflow_, world_.clock, chance_);
        command.values = filler.fill(*form);
        if (below(8) != 0) {
            filler.name_team(task.task, command.values, people_each);
        }
    }
    return command;
}

CaseCommand Walker::some_finding_command(const rows::CaseRows& rows) {
    if (rows.findings.empty()) {
        return VerifyFinding{FindingId(1), "documents", {}};
    }
    const FindingId id = rows.findings[below(rows.findings.size())].id;
    switch (below(3)) {
        case 0:
            return RespondToFinding{id, "Put right", "Nobody looked", "Somebody looks", {}};
        case 1:
            return JudgeResponse{
                id, below(3) == 0 ? Judgement::rejected : Judgement::accepted, "so"};
        default:
            return VerifyFinding{id, "documents", {}};
    }
}

std::string Walker::some_requirement(const rows::CaseRows& rows) {
    return rows.requirements.empty()
               ? "1"
               : rows.requirements[below(rows.requirements.size())].requirement;
}

Result<void> Walker::submit(Engine& engine, const Actor& actor, CaseCommand command) {
    const auto answer =
        submit_one(engine, Submission{actor, stream_of(case_), std::move(command), {}, {}});
    if (answer) {
        ++accepted_;
        return {};
    }
    ++refused_;
    return is_refusal(answer.error()) ? Result<void>() : Result<void>(answer.error());
}

}  // namespace guildmark::tests
