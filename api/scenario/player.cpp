#include "api/scenario/player.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/scenario/stage.h"
#include "engine/base/limits.h"
#include "engine/workflow/field_text.h"

namespace guildmark::scenario {
namespace {

template <typename Map>
Error name_unknown(const Map& names, std::string_view kind, std::string_view name) {
    std::vector<std::string> known;
    for (const auto& [known_name, value] : names) {
        known.push_back(known_name);
    }
    return malformed("name_unknown",
                     fmt::format("there is no {} \"{}\"; {}", kind, name, suggest(name, known)));
}

class Player {
public:
    explicit Player(Stage& stage) : stage_(stage) {}

    Result<void> perform(const Statement& statement) {
        const std::string& verb = statement.words.front();
        if (verb == "scenario" || verb == "persona") {
            return {};
        }
        if (verb == "at" || verb == "after") {
            return move_clock(statement);
        }
        if (verb == "fire") {
            return fire_timer(stage_, statement);
        }
        if (verb == "organisation") {
            return make_organisation(statement);
        }
        if (verb == "person") {
            return admit_person(statement);
        }
        if (verb == "competence") {
            return record_competence(statement);
        }
        if (verb == "case") {
            return open_case(statement);
        }
        if (verb == "report") {
            return stage_.world().report(stage_.current_case(), stage_.path(statement.word(1)));
        }
        if (verb == "expect") {
            return check_expectation(stage_, statement);
        }
        if (auto performed = perform_act(stage_, statement)) {
            return *performed;
        }
        return malformed(
            "statement_unknown",
            fmt::format("\"{} {}\" is no statement; docs/reference/scenario.md lists all",
                        verb,
                        statement.word(1)));
    }

private:
    Result<void> move_clock(const Statement& statement) {
        const Instant now = stage_.world().clock.now();
        if (statement.word(0) == "after") {
            return stage_.advance_to(TRY(Duration::parse(statement.word(1))).after(now));
        }
        const Instant until = TRY(Instant::parse(statement.word(1)));
        if (until < now) {
            return value_malformed(
                fmt::format("time does not go back: it is {} already", now.to_text()));
        }
        return stage_.advance_to(until);
    }

    Result<void> make_organisation(const Statement& statement) {
        CreateOrganisation command;
        command.kind = statement.word(2);
        command.name = statement.word(3);
        command.country = statement.option("country");
        command.region = statement.option("region");
        for (const char digit : statement.option("personnel")) {
            if (digit < '0' || digit > '9' || command.personnel > 100'000'000) {
                return value_malformed("personnel is a whole number");
            }
            command.personnel = command.personnel * 10 + static_cast<std::uint32_t>(digit - '0');
        }
        const Answer answer = TRY(submit({}, OrganisationCommand(std::move(command))));
        stage_.cast().organisations.insert_or_assign(statement.word(1),
                                                     OrganisationId(answer.stream.value()));
        return {};
    }

    Result<void> admit_person(const Statement& statement) {
        const OrganisationId organisation = TRY(stage_.organisation(statement.word(2)));
        AdmitMember command;
        command.name = statement.word(3);
        command.email = statement.option("email");
        command.roles = split_commas(statement.option("roles"));
        Cast::Person person{{}, organisation, command.roles, command.name};
        const Answer answer =
            TRY(submit(StreamId(organisation.value()), OrganisationCommand(std::move(command))));
        person.id = PersonId::parse(answer.created).value_or(PersonId());
        stage_.cast().people.insert_or_assign(statement.word(1), std::move(person));
        return {};
    }

    Result<void> record_competence(const Statement& statement) {
        const Cast::Person* person = TRY(stage_.person(statement.word(1)));
        const Date today = Date::of(stage_.world().clock.now());
        const auto from = Date::parse(TRY(workflow::with_days(statement.option("from"), today)));
        const std::string last = TRY(workflow::with_days(statement.option("until"), today));
        const auto until = Date::parse(last);
        if (!from || (!last.empty() && !until)) {
            return value_malformed("from and until are days, such as from=2026-03-02");
        }
        TRY(submit(
            StreamId(person->organisation.value()),
            OrganisationCommand(RecordCompetence{person->id,
                                                 statement.word(2),
                                                 *from,
                                                 until ? std::optional(*until) : std::nullopt,
                                                 statement.word(3)})));
        return {};
    }

    Result<void> open_case(const Statement& statement) {
        const Cast::Person* person = TRY(stage_.person(statement.behind("by")));
        OpenCase command;
        for (const auto& [name, value] : statement.fields) {
            if (name == "workflow") {
                command.workflow = value;
            } else if (name == "standard") {
                command.standard = value;
            } else if (name == "title") {
                command.title = value;
            } else {
                command.parties.emplace(name, TRY(stage_.organisation(value)));
            }
        }
        Submission submission;
        submission.actor = Actor{person->id, person->organisation, statement.behind("as")};
        submission.command = CaseCommand(std::move(command));
        const Answer answer =
            TRY(std::move(stage_.world().engine.execute({&submission, 1}).front()));
        const CaseId id(answer.stream.value());
        stage_.cast().cases.insert_or_assign(statement.word(1), id);
        stage_.set_case(id);
        return {};
    }

    /// Organisations and members are made by the installation itself.
    Result<Answer> submit(StreamId stream, OrganisationCommand command) {
        Submission submission;
        submission.actor = system_actor();
        submission.stream = stream;
        submission.command = std::move(command);
        return std::move(stage_.world().engine.execute({&submission, 1}).front());
    }

    Stage& stage_;
};

/// What is wrong with how a statement came out; nothing when it came out as it says.
std::optional<Error> judge(const Statement& statement, const Result<void>& result) {
    if (statement.refused_code.empty()) {
        if (result) {
            return std::nullopt;
        }
        const Error& error = result.error();
        const bool own = error.code == "expectation_unmet" || error.code == "statement_unknown" ||
                         error.code == "name_unknown" || error.code == "value_malformed";
        return own ? error
                   : malformed("statement_failed",
                               fmt::format("{}: {}", error.code, error.message));
    }
    if (result) {
        return malformed("refusal_missing",
                         fmt::format("this was to be refused with {}, but was carried out",
                                     statement.refused_code));
    }
    if (result.error().code != statement.refused_code) {
        return malformed("refusal_other",
                         fmt::format("this was to be refused with {}, but was with {}: {}",
                                     statement.refused_code,
                                     result.error().code,
                                     result.error().message));
    }
    return std::nullopt;
}

}  // namespace

std::uint64_t SeededRandom::next() {
    state_ += 0x9E3779B97F4A7C15ull;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30u)) * 0xBF58476D1CE4E5B9ull;
    mixed = (mixed ^ (mixed >> 27u)) * 0x94D049BB133111EBull;
    return mixed ^ (mixed >> 31u);
}

std::string Stage::path(std::string_view relative) const {
    if (relative.starts_with('/') || base_.empty()) {
        return std::string(relative);
    }
    return base_ + "/" + std::string(relative);
}

Result<const Cast::Person*> Stage::person(std::string_view name) const {
    const auto found = cast_.people.find(std::string(name));
    if (found == cast_.people.end()) {
        return name_unknown(cast_.people, "person", name);
    }
    return &found->second;
}

Result<OrganisationId> Stage::organisation(std::string_view name) const {
    const auto found = cast_.organisations.find(std::string(name));
    if (found == cast_.organisations.end()) {
        return name_unknown(cast_.organisations, "organisation", name);
    }
    return found->second;
}

Result<rows::CaseRows> Stage::case_rows() {
    auto rows = TRY(world_.reader.find_case_rows(case_));
    if (!rows) {
        return malformed("name_unknown", "no case was opened yet");
    }
    return std::move(*rows);
}

Result<std::shared_ptr<const workflow::Workflow>> Stage::workflow() {
    const rows::CaseRows rows = TRY(case_rows());
    auto workflow = world_.library.find_version(rows.summary.workflow_version);
    if (workflow == nullptr) {
        return malformed("name_unknown", "the case's workflow is not loaded");
    }
    return workflow;
}

Result<Answer> Stage::submit(const Actor& actor, CaseCommand command) {
    Submission submission;
    submission.actor = actor;
    submission.stream = stream_of(case_);
    submission.command = std::move(command);
    return std::move(world_.engine.execute({&submission, 1}).front());
}

Result<void> Stage::advance_to(Instant until) {
    // Each timer fires at its own time, as it would have; a loop of timers without delay is
    // bounded.
    for (std::size_t step = 0; step < limits::timers_per_advance_max; ++step) {
        const auto due = TRY(world_.engine.next_due());
        if (!due || *due > until) {
            world_.clock.set(until);
            TRY(world_.engine.advance());
            return {};
        }
        world_.clock.set(std::max(*due, world_.clock.now()));
        TRY(world_.engine.advance());
    }
    return malformed("statement_failed",
                     fmt::format("more than {} timers fire on the way to {}",
                                 limits::timers_per_advance_max,
                                 until.to_text()));
}

Outcome play(const std::vector<Statement>& statements,
             const std::string& base,
             World& world,
             const Progress& progress,
             Diagnostics& diagnostics) {
    Stage stage(world, base);
    Player player(stage);
    Outcome outcome;
    for (const Statement& statement : statements) {
        if (progress) {
            progress(statement, outcome.statements, statements.size());
        }
        const auto result = player.perform(statement);
        if (const auto wrong = judge(statement, result)) {
            diagnostics.error(statement.place, wrong->code, wrong->message);
            break;
        }
        ++outcome.statements;
        if (statement.word(0) == "expect" || !statement.refused_code.empty()) {
            ++outcome.expectations;
        }
    }
    outcome.cast = stage.cast();
    outcome.last_case = stage.current_case();
    return outcome;
}

}  // namespace guildmark::scenario
