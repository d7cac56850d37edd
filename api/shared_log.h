#pragma once

#include <mutex>
#include <utility>

#include "engine/runtime/certificate_log.h"

namespace guildmark::api {

/// The log of certificates that all threads of the server read. Thread: any.
class SharedLog {
public:
    /// What `read` makes of the log as it is now; nobody else reads it meanwhile.
    /// Errors: those of CertificateLog::catch_up and of `read`.
    template <typename Read>
    auto with(StoreReader& reader, const Read& read)
        -> decltype(read(std::declval<const CertificateLog&>())) {
        const std::lock_guard lock(mutex_);
        TRY(log_.catch_up(reader));
        return read(std::as_const(log_));
    }

private:
    std::mutex mutex_;
    CertificateLog log_;
};

}  // namespace guildmark::api
