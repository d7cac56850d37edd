#include "tests/sim/patient_engine.h"

#include <fmt/format.h>

namespace guildmark::tests {
namespace {

/// What tells a client that the command may have failed through nobody's fault.
bool is_of_the_world(const Error& error) {
    return error.kind == ErrorKind::unavailable || error.kind == ErrorKind::failed ||
           error.kind == ErrorKind::corrupted;
}

template <typename Call>
auto repeat_until_answered(const Call& call) {
    auto answer = call();
    for (std::size_t attempt = 1; attempt < PatientEngine::attempts_max; ++attempt) {
        if (answer || !is_of_the_world(answer.error())) {
            break;
        }
        answer = call();
    }
    return answer;
}

}  // namespace

bool is_refusal(const Error& error) {
    return error.kind != ErrorKind::failed && error.kind != ErrorKind::corrupted &&
           error.code != "chart_failed" && error.code != "expression_failed";
}

PatientEngine::PatientEngine(ScenarioWorld& world,
                             std::size_t commands_between_restarts,
                             std::function<void()> after_fault)
    : world_(world),
      commands_between_restarts_(commands_between_restarts),
      after_fault_(std::move(after_fault)),
      engine_(open()) {}

std::vector<Result<Answer>> PatientEngine::execute(std::span<const Submission> submissions) {
    ENSURE(submissions.size() == 1, "players submit one command at a time");
    Submission keyed = submissions.front();
    keyed.idempotency_key = std::to_string(++commands_);
    if (commands_ % commands_between_restarts_ == 0) {
        engine_.reset();
        engine_ = open();
    }
    auto answer = repeat_until_answered([&] {
        auto answers = engine_->execute({&keyed, 1});
        if (!answers[0] && is_of_the_world(answers[0].error())) {
            after_fault_();
        }
        return std::move(answers[0]);
    });
    if (answer) {
        acknowledged_.push_back({fmt::format("{}/{}/{}",
                                             keyed.actor.organisation.to_text(),
                                             keyed.actor.person.to_text(),
                                             keyed.idempotency_key),
                                 *answer});
    }
    return {std::move(answer)};
}

Result<std::size_t> PatientEngine::advance() {
    return repeat_until_answered([&] { return engine_->advance(); });
}

Result<std::optional<Instant>> PatientEngine::next_due() {
    return repeat_until_answered([&] { return engine_->next_due(); });
}

std::unique_ptr<Engine> PatientEngine::open() {
    auto engine = repeat_until_answered([this] { return world_.open_engine(); });
    ENSURE(engine.has_value(), "the engine does not open");
    return std::move(*engine);
}

}  // namespace guildmark::tests
