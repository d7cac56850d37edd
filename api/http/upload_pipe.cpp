#include "api/http/upload_pipe.h"

#include <algorithm>
#include <utility>

namespace guildmark::api {

class UploadPipe::Reader : public ByteStream {
public:
    explicit Reader(std::shared_ptr<UploadPipe> pipe) : pipe_(std::move(pipe)) {}

    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    ~Reader() override { pipe_->abandon(); }

    Result<std::size_t> read(std::span<char> buffer) override { return pipe_->read(buffer); }

private:
    std::shared_ptr<UploadPipe> pipe_;
};

std::unique_ptr<ByteStream> UploadPipe::reader(std::shared_ptr<UploadPipe> pipe) {
    return std::make_unique<Reader>(std::move(pipe));
}

bool UploadPipe::push(std::string piece) {
    const std::lock_guard lock(mutex_);
    if (abandoned_) {
        return true;
    }
    pieces_.push_back(std::move(piece));
    was_full_ = pieces_.size() >= pieces_max;
    changed_.notify_one();
    return !was_full_;
}

void UploadPipe::end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_one();
}

void UploadPipe::fail(Error error) {
    const std::lock_guard lock(mutex_);
    if (!ended_ && !error_) {
        error_ = std::move(error);
    }
    changed_.notify_one();
}

Result<std::size_t> UploadPipe::read(std::span<char> buffer) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !pieces_.empty() || ended_ || error_.has_value(); });
    if (error_) {
        return *error_;
    }
    if (pieces_.empty()) {
        return std::size_t{0};
    }
    const std::string& piece = pieces_.front();
    const std::size_t count = std::min(buffer.size(), piece.size() - offset_);
    std::copy_n(piece.data() + offset_, count, buffer.data());
    offset_ += count;
    if (offset_ == piece.size()) {
        pieces_.pop_front();
        offset_ = 0;
    }
    const bool has_room_again = was_full_ && pieces_.size() < pieces_max;
    if (has_room_again) {
        was_full_ = false;
        lock.unlock();
        wants_more_();
    }
    return count;
}

void UploadPipe::abandon() {
    std::unique_lock lock(mutex_);
    abandoned_ = true;
    pieces_.clear();
    const bool was_full = std::exchange(was_full_, false);
    lock.unlock();
    if (was_full) {
        wants_more_();
    }
}

}  // namespace guildmark::api
