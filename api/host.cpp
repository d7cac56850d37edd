#include "api/host.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <future>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/base/limits.h"

namespace guildmark {
namespace {

/// How long the thread sleeps at most before it looks for timers and effects that are due.
constexpr std::chrono::milliseconds look_interval{1'000};

/// How long a commit may take that a caller of submit() is kept for, instead of the engine's
/// thread.
constexpr std::chrono::milliseconds light_commit_max{2};

struct Waiting {
    Submission submission;
    EngineHost::Callback done;
};

Error host_error(std::string code, std::string message) {
    return unavailable(std::move(code), std::move(message));
}

class ThreadHost : public EngineHost {
public:
    ThreadHost(std::unique_ptr<Engine> engine, Clock& clock)
        : engine_(std::move(engine)), clock_(clock) {
        engine_->set_observer(
            [this](StreamId stream, std::uint64_t sequence) { tell(stream, sequence); });
        thread_ = std::jthread([this] { run(); });
    }

    ~ThreadHost() override { ThreadHost::stop(); }

    void submit(Submission submission, Callback done) override {
        std::unique_lock turn(turn_, std::try_to_lock);
        if (turn && is_quiet()) {
            Result<Answer> answer = execute_one(submission);
            turn.unlock();
            done(std::move(answer));
            return;
        }
        turn = {};
        std::unique_lock lock(mutex_);
        if (stopping_) {
            lock.unlock();
            done(host_error("stopping", "the server is stopping; try again in a moment"));
            return;
        }
        if (queue_.size() >= limits::command_queue_max) {
            lock.unlock();
            done(host_error("overloaded", "too many commands wait; try again in a moment"));
            return;
        }
        queue_.push_back({std::move(submission), std::move(done)});
        lock.unlock();
        wake_.notify_one();
    }

    Result<Answer> submit_and_wait(Submission submission) override {
        std::promise<Result<Answer>> promise;
        auto answer = promise.get_future();
        submit(std::move(submission),
               [&promise](Result<Answer> given) { promise.set_value(std::move(given)); });
        return answer.get();
    }

    void set_observer(Observer observer) override {
        const std::lock_guard lock(mutex_);
        observer_ = std::move(observer);
    }

    void stop() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_one();
        if (thread_.joinable()) {
            thread_.join();
        }
        const std::lock_guard none_at_work(turn_);
    }

private:
    /// Whether the caller of submit() may as well carry its command out itself: nothing waits, the
    /// last commit carried one command, and was quick. Waking two threads takes longer than such a
    /// commit; under load commands gather behind the engine's thread, and are committed together.
    [[nodiscard]] bool is_quiet() {
        const std::lock_guard lock(mutex_);
        return !stopping_ && queue_.empty() && is_last_commit_light_;
    }

    /// REQUIRES: turn_ is held.
    Result<Answer> execute_one(const Submission& submission) {
        return std::move(execute_in_turn({&submission, 1}).front());
    }

    /// REQUIRES: turn_ is held.
    std::vector<Result<Answer>> execute_in_turn(std::span<const Submission> submissions) {
        const Instant begin = clock_.now();
        std::vector<Result<Answer>> answers = engine_->execute(submissions);
        const std::int64_t took_ms = clock_.now().milliseconds - begin.milliseconds;
        is_last_commit_light_ = submissions.size() == 1 && took_ms <= light_commit_max.count();
        return answers;
    }

    void run() {
        while (!is_done()) {
            wait_for_work();
            execute_gathered();
            advance_if_due();
        }
    }

    bool is_done() {
        const std::lock_guard lock(mutex_);
        return stopping_ && queue_.empty();
    }

    void wait_for_work() {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, look_interval, [this] { return stopping_ || !queue_.empty(); });
    }

    /// All that waits, or as many as one commit carries.
    std::vector<Waiting> gather() {
        const std::lock_guard lock(mutex_);
        std::vector<Waiting> gathered;
        while (!queue_.empty() && gathered.size() < limits::commands_per_commit_max) {
            gathered.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
        return gathered;
    }

    /// What has gathered while the last commit ran.
    void execute_gathered() {
        std::unique_lock turn(turn_);
        std::vector<Waiting> gathered = gather();
        if (gathered.empty()) {
            return;
        }
        std::vector<Submission> submissions;
        submissions.reserve(gathered.size());
        for (Waiting& waiting : gathered) {
            submissions.push_back(std::move(waiting.submission));
        }
        std::vector<Result<Answer>> answers = execute_in_turn(submissions);
        turn.unlock();
        for (std::size_t index = 0; index < gathered.size(); ++index) {
            gathered[index].done(std::move(answers[index]));
        }
    }

    void tell(StreamId stream, std::uint64_t sequence) {
        Observer observer;
        {
            const std::lock_guard lock(mutex_);
            observer = observer_;
        }
        if (observer) {
            observer(stream, sequence);
        }
    }

    /// Looks once a look_interval, or as soon as a timer that is known of is due.
    void advance_if_due() {
        const Instant now = clock_.now();
        if (now < next_look_) {
            return;
        }
        const std::lock_guard turn(turn_);
        const auto advanced = engine_->advance();
        report(advanced);
        const bool more = advanced && *advanced >= limits::timers_per_advance_max;
        next_look_ = Instant{now.milliseconds + (more ? 0 : look_interval.count())};
        if (const auto due = engine_->next_due(); due && *due) {
            next_look_ = std::min(next_look_, **due);
        }
    }

    /// Nobody waits for timers and effects, so what keeps them is told here: once, until it
    /// changes.
    void report(const Result<std::size_t>& advanced) {
        const std::string failure = advanced
                                        ? std::string()
                                        : advanced.error().code + ": " + advanced.error().message +
                                              " " + advanced.error().subject;
        if (!failure.empty() && failure != reported_) {
            static_cast<void>(std::fprintf(stderr, "guildmark: %s\n", failure.c_str()));
        }
        reported_ = failure;
    }

    std::mutex turn_;  ///< Who holds it works with the engine.
    std::unique_ptr<Engine> engine_;
    bool is_last_commit_light_ = false;
    Clock& clock_;
    std::string reported_;
    Instant next_look_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Waiting> queue_;
    Observer observer_;
    bool stopping_ = false;
    std::jthread thread_;  // Last: it uses all of the above.
};

}  // namespace

std::unique_ptr<EngineHost> start_engine_host(std::unique_ptr<Engine> engine, Clock& clock) {
    return std::make_unique<ThreadHost>(std::move(engine), clock);
}

}  // namespace guildmark
