#include "adapters/script/engine.h"

#include <array>
#include <chrono>
#include <limits>
#include <mutex>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "adapters/script/message.h"
#include "adapters/script/process.h"
#include "engine/base/json.h"
#include "engine/base/limits.h"

namespace guildmark {

namespace request = script::request;
namespace answer = script::answer;
using script::append_text;
using script::MessageReader;
using script::WorkerProcess;

namespace {

/// A process is replaced after so many, so that nothing piles up in it.
constexpr unsigned contexts_per_worker_max = 500;
constexpr unsigned pure_expressions_per_worker_max = 10'000'000;
constexpr std::chrono::milliseconds context_time_max(10 * limits::script_time_ms_max);

std::string default_program() {
    std::array<char, 4096> path{};
    const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
    const std::string_view self(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return std::string(self.substr(0, self.rfind('/') + 1)) + "guildmark-script-worker";
}

}  // namespace

/// The workers that wait for a context, and how many have one.
struct ScriptWorkers::Pool {
    explicit Pool(ScriptWorkersOptions given) : options(std::move(given)) {
        if (options.program.empty()) {
            options.program = default_program();
        }
    }

    Result<std::unique_ptr<WorkerProcess>> take() {
        TRY(begin_use());
        while (std::unique_ptr<WorkerProcess> worker = take_idle()) {
            if (worker->make_ready()) {
                return worker;
            }
        }
        Result<std::unique_ptr<WorkerProcess>> worker = start();
        if (worker && !(*worker)->make_ready()) {
            worker =
                unavailable("script_unavailable",
                            fmt::format("{} was started and does not answer", options.program));
        }
        if (!worker) {
            give_back(nullptr);
        }
        return worker;
    }

    /// Takes a worker back after a context; null when it is of no use any more.
    void give_back(std::unique_ptr<WorkerProcess> worker) {
        const std::lock_guard lock(mutex);
        --used;
        if (worker && ++worker->contexts < contexts_per_worker_max && worker->begin_reset()) {
            idle.push_back(std::move(worker));
        }
    }

    /// The same after a pure expression, which leaves nothing.
    void give_back_as_it_is(std::unique_ptr<WorkerProcess> worker) {
        const std::lock_guard lock(mutex);
        --used;
        if (worker && ++worker->pure_expressions < pure_expressions_per_worker_max) {
            idle.push_back(std::move(worker));
        }
    }

    ScriptWorkersOptions options;
    std::mutex mutex;
    std::vector<std::unique_ptr<WorkerProcess>> idle;
    std::size_t used = 0;

private:
    Result<void> begin_use() {
        const std::lock_guard lock(mutex);
        if (used >= options.workers_max) {
            Error error = unavailable("script_unavailable",
                                      fmt::format("all {} script workers are busy", used));
            error.retry = Retry::later;
            return error;
        }
        ++used;
        return {};
    }

    std::unique_ptr<WorkerProcess> take_idle() {
        const std::lock_guard lock(mutex);
        if (idle.empty()) {
            return nullptr;
        }
        std::unique_ptr<WorkerProcess> worker = std::move(idle.back());
        idle.pop_back();
        return worker;
    }

    /// A worker whose script takes long is soon lost, so another starts meanwhile.
    Result<std::unique_ptr<WorkerProcess>> start() {
        std::unique_ptr<WorkerProcess> worker = TRY(WorkerProcess::start(options.program));
        worker->on_long_script = [this] {
            const std::lock_guard lock(mutex);
            if (!idle.empty()) {
                return;
            }
            if (Result<std::unique_ptr<WorkerProcess>> next = start()) {
                idle.push_back(std::move(next).value());
            }
        };
        return worker;
    }
};

namespace {

template <typename Texts>
std::string list_json(const Texts& texts) {
    Value::Array list;
    for (const std::string_view text : texts) {
        list.emplace_back(text);
    }
    return to_json(Value(std::move(list)));
}

/// What an answer begins with. Lifetime: of the message.
struct Told {
    char kind = 0;
    std::string_view text;
};

/// Errors: script_limit, that which the worker tells among them.
Result<Told> read_told(MessageReader& reader) {
    const auto kind = reader.take_letter();
    const auto text = reader.take_text();
    if (!kind || !text) {
        return too_large("script_limit", "the script worker's answer cannot be read");
    }
    if (*kind == answer::limit) {
        return too_large("script_limit", std::string(*text));
    }
    return Told{*kind, *text};
}

/// What an answer of that kind tells.
Result<std::optional<Value>> value_of(char kind, std::string_view text) {
    if (kind == answer::undefined) {
        return std::optional<Value>();
    }
    if (kind == answer::number) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const double number = text == "-0"          ? -0.0
                              : text == "Infinity"  ? infinity
                              : text == "-Infinity" ? -infinity
                                                    : std::numeric_limits<double>::quiet_NaN();
        return std::optional<Value>(Value(number));
    }
    Result<Value> value = parse_json(text, script::message_bytes_max);
    if (!value) {
        return refused("script_failed", "the value cannot be kept: " + value.error().message);
    }
    return std::optional<Value>(std::move(value).value());
}

class WorkerContext final : public ScriptContext {
public:
    WorkerContext(ScriptWorkers::Pool& pool, std::unique_ptr<WorkerProcess> worker)
        : pool_(pool), worker_(std::move(worker)) {
        worker_->begin_context();
    }

    ~WorkerContext() override { pool_.give_back(std::move(worker_)); }

    WorkerContext(const WorkerContext&) = delete;
    WorkerContext& operator=(const WorkerContext&) = delete;

    Result<void> define(std::string_view name, const Value& value) override {
        return queue(request::define, name, value);
    }

    Result<void> define_undefined(std::string_view name) override {
        request_ += request::define_undefined;
        append_text(request_, name);
        return {};
    }

    Result<void> define_function(std::string_view name, std::string_view source) override {
        request_ += request::define_function;
        append_text(request_, name);
        append_text(request_, source);
        return {};
    }

    Result<void> define_read_only(std::string_view name,
                                  const Value& value,
                                  std::span<const std::string_view> undefined_members) override {
        TRY(queue(request::define_read_only, name, value));
        append_text(request_, list_json(undefined_members));
        return {};
    }

    Result<void> define_membership(std::string_view function,
                                   std::span<const std::string> members) override {
        request_ += request::define_membership;
        append_text(request_, function);
        append_text(request_, list_json(members));
        return {};
    }

    Result<std::optional<Value>> evaluate(std::string_view expression) override {
        return run(request::evaluate, expression);
    }

    Result<void> execute(std::string_view statements) override {
        TRY(run(request::execute, statements));
        return {};
    }

    Result<void> declare(std::string_view statements) override {
        TRY(run(request::declare, statements));
        return {};
    }

    ScriptChanges take_changes() override { return std::exchange(changes_, {}); }

private:
    Result<void> queue(char letter, std::string_view name, const Value& value) {
        request_ += letter;
        append_text(request_, name);
        append_text(request_, to_json(value));
        return {};
    }

    Error end(Error error) {
        worker_.reset();
        changes_ = {};
        return error;
    }

    Result<std::optional<Value>> run(char letter, std::string_view text) {
        if (!worker_) {
            return too_large("script_limit", "the context ended with an earlier script");
        }
        request_ += letter;
        append_text(request_, text);
        Result<std::string> answered = worker_->exchange(std::exchange(request_, {}));
        if (!answered) {
            return end(std::move(answered).error());
        }
        if (worker_->has_used(context_time_max)) {
            return end(too_large("script_limit",
                                 fmt::format("all scripts of this run took longer than {} ms",
                                             context_time_max.count())));
        }
        return read(*answered);
    }

    Result<std::optional<Value>> read(const std::string& message) {
        MessageReader reader(message);
        Result<Told> told = read_told(reader);
        if (!told) {
            return end(std::move(told).error());
        }
        TRY(read_changes(reader));
        if (told->kind == answer::failed) {
            return refused("script_failed", std::string(told->text));
        }
        if (told->kind == answer::function) {
            return refused("script_function",
                           "the value is a function, which only a variable can hold");
        }
        return value_of(told->kind, told->text);
    }

    Result<void> read_changes(MessageReader& reader) {
        while (!reader.is_empty()) {
            const auto name = reader.take_text();
            const auto kind = reader.take_text();
            const auto text = reader.take_text();
            if (!name || !kind || !text || kind->size() != 1) {
                return end(too_large("script_limit", "the script worker's answer cannot be read"));
            }
            if (kind->front() == answer::function) {
                changes_.functions.emplace_back(*name, *text);
                continue;
            }
            std::optional<Value> value = TRY(value_of(kind->front(), *text));
            if (value) {
                changes_.values.emplace_back(std::string(*name), std::move(*value));
            } else {
                changes_.undefined.emplace_back(*name);
            }
        }
        return {};
    }

    ScriptWorkers::Pool& pool_;
    std::unique_ptr<WorkerProcess> worker_;
    std::string request_;
    ScriptChanges changes_;
};

std::string pure_request(std::string_view expression,
                         std::span<const ScriptInput> inputs,
                         std::string_view functions) {
    std::string request;
    for (const ScriptInput& input : inputs) {
        request += input.members != nullptr ? request::give_membership
                   : input.value == nullptr ? request::give_undefined
                                            : request::give;
        append_text(request, input.name);
        if (input.members != nullptr) {
            append_text(request, list_json(*input.members));
        } else if (input.value != nullptr) {
            append_text(request, to_json(*input.value));
            append_text(request, list_json(input.undefined_members));
        }
    }
    if (!functions.empty()) {
        request += request::give_functions;
        append_text(request, functions);
    }
    request += request::evaluate_pure;
    append_text(request, expression);
    return request;
}

Result<std::optional<Value>> read_pure(const std::string& message) {
    MessageReader reader(message);
    const Told told = TRY(read_told(reader));
    if (told.kind == answer::impure) {
        return refused("script_impure", "the expression needs a context");
    }
    return value_of(told.kind, told.text);
}

}  // namespace

ScriptWorkers::ScriptWorkers(ScriptWorkersOptions options)
    : pool_(std::make_unique<Pool>(std::move(options))) {}

ScriptWorkers::~ScriptWorkers() = default;

Result<std::optional<Value>> ScriptWorkers::evaluate_pure(std::string_view expression,
                                                          std::span<const ScriptInput> inputs,
                                                          std::string_view functions) {
    std::unique_ptr<WorkerProcess> worker = TRY(pool_->take());
    Result<std::string> answered = worker->exchange(pure_request(expression, inputs, functions));
    Result<std::optional<Value>> value =
        answered ? read_pure(*answered) : std::move(answered).error();
    if (!value && value.error().code == "script_limit") {
        worker.reset();
    }
    pool_->give_back_as_it_is(std::move(worker));
    return value;
}

Result<std::unique_ptr<ScriptContext>> ScriptWorkers::open() {
    std::unique_ptr<WorkerProcess> worker = TRY(pool_->take());
    std::unique_ptr<ScriptContext> context =
        std::make_unique<WorkerContext>(*pool_, std::move(worker));
    return context;
}

}  // namespace guildmark
