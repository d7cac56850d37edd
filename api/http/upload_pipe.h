#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/ports/blob_store.h"

namespace guildmark::api {

/// Carries an upload from the connection's thread to the one that stores it, a few pieces at a
/// time: a slow disk slows the client down, and no file is ever whole in memory.
class UploadPipe {
public:
    /// `wants_more` is called, on the reader's thread, when a full pipe has room again.
    explicit UploadPipe(std::function<void()> wants_more) : wants_more_(std::move(wants_more)) {}

    /// Adds a piece; tells whether there is room for another one now.
    bool push(std::string piece);

    /// Nothing follows; the reader sees the end after the last piece.
    void end();

    /// The reader gets `error` in place of what would have followed.
    void fail(Error error);

    /// The reader's end. Destroying it lets later pieces fall away.
    [[nodiscard]] static std::unique_ptr<ByteStream> reader(std::shared_ptr<UploadPipe> pipe);

private:
    class Reader;

    static constexpr std::size_t pieces_max = 4;

    Result<std::size_t> read(std::span<char> buffer);
    void abandon();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> pieces_;
    std::size_t offset_ = 0;  ///< Of what was read of the first piece.
    bool ended_ = false;
    bool abandoned_ = false;
    bool was_full_ = false;
    std::optional<Error> error_;
    std::function<void()> wants_more_;
};

}  // namespace guildmark::api
