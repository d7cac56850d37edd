#include "api/worker_pool.h"

namespace guildmark::api {

WorkerPool::WorkerPool(std::size_t threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
    for (std::size_t index = 0; index < threads; ++index) {
        threads_.emplace_back([this] { run(); });
    }
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    threads_.clear();
}

bool WorkerPool::submit(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    if (ending_ || waiting_.size() >= waiting_max_ + idle_) {
        return false;
    }
    waiting_.push_back(std::move(work));
    changed_.notify_one();
    return true;
}

void WorkerPool::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        ++idle_;
        changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
        --idle_;
        if (waiting_.empty()) {
            return;
        }
        const std::function<void()> work = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        work();
        lock.lock();
    }
}

}  // namespace guildmark::api
