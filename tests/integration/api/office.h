#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/signer/sodium/key_ring.h"
#include "api/host.h"
#include "api/server.h"
#include "engine/base/value.h"
#include "tests/support/faulty_ports.h"
#include "tests/support/http_client.h"
#include "tests/support/memory_blob_store.h"
#include "tests/support/memory_store.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {

/// A clock that stands at 2026-03-02T09:00:00Z until it is set. Thread: any, as the engine's reads
/// it while a test sets it.
class StandingClock : public Clock {
public:
    Instant now() override { return Instant{milliseconds_}; }

    void set(Instant now) { milliseconds_ = now.milliseconds; }

private:
    std::atomic<std::int64_t> milliseconds_ = 1'772'442'000'000;
};

/// The same numbers in every run.
class SeededNumbers : public Random {
public:
    std::uint64_t next() override { return numbers_(); }

private:
    std::mt19937_64 numbers_{7};
};

/// Charts of these tests need no scripts: their expressions are plain ones.
class NoScripts : public ScriptEngine {
public:
    Result<std::unique_ptr<ScriptContext>> open() override {
        return unavailable("script_unavailable", "these tests have no scripts");
    }
};

/// Lets messages fall.
class NoNotifier : public Notifier {
public:
    Result<void> deliver(const Notification&) override { return {}; }
};

/// Tells every document to be plain text.
class PlainTextTypes : public MediaTypeDetector {
public:
    std::string detect(std::string_view, std::string_view) override { return "text/plain"; }
};

/// A small association's office with a real engine and a real server: beekeepers (client), the
/// association (body), a stranger, and an operator's administrator, each with a token.
class Office {
public:
    Office();
    ~Office();

    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;

    /// One request on a connection of its own; `token` empty: without one. A body of JSON gets its
    /// Content-Type.
    HttpAnswer ask(std::string_view method,
                   std::string_view target,
                   const std::string& token = {},
                   std::string_view content = {},
                   std::vector<std::pair<std::string, std::string>> headers = {});

    /// The answer's body, read as JSON; fails the test when it is none.
    static Value json(const HttpAnswer& answer);

    /// Opens a case of beekeeper and association; its id.
    std::string open_case();

    /// The id of the open task of that name in the case.
    std::string task(const std::string& case_id, std::string_view name);

    /// Makes a member with these roles and a token; the token's text is "gm_" and `name`.
    void admit(OrganisationId organisation,
               const std::string& name,
               std::vector<std::string> roles,
               std::optional<Instant> expires_at = {});

    /// Ends a token that admit() made.
    void revoke(OrganisationId organisation, const std::string& name);

    Answer carry_out(StreamId stream, OrganisationCommand command);

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }

    [[nodiscard]] StandingClock& clock() { return clock_; }

    [[nodiscard]] sodium::KeyRing& keys() { return keys_; }

    OrganisationId operators;
    OrganisationId client;
    OrganisationId body;
    OrganisationId stranger;
    std::map<std::string, PersonId> people;
    std::map<std::string, TokenId> tokens;
    FaultPlan plan;  ///< Of the store and the documents; at first nothing fails.

private:
    MemoryStore real_store_;
    MemoryBlobStore real_blobs_;
    FaultyStore store_{plan, real_store_};
    FaultyBlobStore blobs_{plan, real_blobs_};
    StandingClock clock_;
    SeededNumbers random_;
    NoScripts scripts_;
    NoNotifier notifier_;
    PlainTextTypes media_types_;
    Library library_;
    TemporaryFolder keys_folder_;
    sodium::KeyRing keys_{keys_folder_.path("")};
    std::unique_ptr<EngineHost> host_;
    std::unique_ptr<api::Server> server_;
};

}  // namespace guildmark::tests
