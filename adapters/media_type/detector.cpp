#include "adapters/media_type/detector.h"

#include <mutex>

#include <fmt/format.h>
#include <magic.h>

#include "adapters/media_type/refine.h"

namespace guildmark {

struct MediaTypes::State {
    std::mutex mutex;  ///< A magic_t serves one thread at a time.
    magic_t cookie = nullptr;

    State() = default;

    ~State() {
        if (cookie != nullptr) {
            ::magic_close(cookie);
        }
    }

    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

MediaTypes::MediaTypes(std::unique_ptr<State> state) : state_(std::move(state)) {}

MediaTypes::~MediaTypes() = default;

Result<std::unique_ptr<MediaTypes>> MediaTypes::open() {
    auto state = std::make_unique<State>();
    // Nothing is unpacked and no program is examined: documents come from strangers.
    state->cookie =
        ::magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF);
    if (state->cookie == nullptr || ::magic_load(state->cookie, nullptr) != 0) {
        const char* reason = state->cookie == nullptr ? nullptr : ::magic_error(state->cookie);
        return failed("media_types_unavailable",
                      fmt::format("libmagic's database of file types cannot be read: {}; install "
                                  "the package that holds it (libmagic-mgc).",
                                  reason == nullptr ? "no memory" : reason));
    }
    return std::unique_ptr<MediaTypes>(new MediaTypes(std::move(state)));
}

std::string MediaTypes::detect(std::string_view head, std::string_view name) {
    const std::lock_guard lock(state_->mutex);
    const char* told = ::magic_buffer(state_->cookie, head.data(), head.size());
    return media_type::refine(told == nullptr ? "" : told, name);
}

}  // namespace guildmark
