#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace guildmark::api {

/// A few threads for what takes long: storing uploads, writing reports.
class WorkerPool {
public:
    /// Work that waits is at most `waiting_max`.
    WorkerPool(std::size_t threads, std::size_t waiting_max);

    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Finishes what was taken.
    ~WorkerPool();

    /// False when too much waits already; `work` is then not called.
    [[nodiscard]] bool submit(std::function<void()> work);

private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    std::size_t waiting_max_;
    std::size_t idle_ = 0;
    bool ending_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace guildmark::api
