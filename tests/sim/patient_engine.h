#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/runtime/engine.h"
#include "tests/support/scenario_world.h"

namespace guildmark::tests {

/// Whether a command was refused by the rules, which is part of every walk, and not by a fault.
[[nodiscard]] bool is_refusal(const Error& error);

/// An engine behind clients that do not give up: what fails through nobody's fault is asked again,
/// each command under a key of its own. Now and then it is closed and opened anew.
class PatientEngine final : public Engine {
public:
    static constexpr std::size_t attempts_max = 8;

    /// A command that was carried out.
    struct Acknowledged {
        std::string key;
        Answer answer;
    };

    /// `after_fault` is called after each command that failed. `world` outlives it.
    PatientEngine(ScenarioWorld& world,
                  std::size_t commands_between_restarts,
                  std::function<void()> after_fault);

    /// REQUIRES: one submission, without a key.
    std::vector<Result<Answer>> execute(std::span<const Submission> submissions) override;

    Result<std::size_t> advance() override;

    Result<std::optional<Instant>> next_due() override;

    void set_observer(Observer) override {}

    [[nodiscard]] const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }

private:
    std::unique_ptr<Engine> open();

    ScenarioWorld& world_;
    std::size_t commands_between_restarts_;
    std::function<void()> after_fault_;
    std::unique_ptr<Engine> engine_;
    std::size_t commands_ = 0;
    std::vector<Acknowledged> acknowledged_;
};

}  // namespace guildmark::tests
