#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/value.h"
#include "engine/cases/certificate_history.h"
#include "engine/certificate/checkpoint.h"
#include "engine/certificate/proof.h"

/// All that a body says of one certificate, to be checked without asking it again.
namespace guildmark::bundle {

/// An act, and the proof that it stands in the log (RFC 9162, 2.1.3).
struct LoggedAct {
    std::uint64_t index = 0;  ///< In the log, from 0.
    Value entry;              ///< A LogEntry; as it is, because its digest is proven.
    std::vector<Digest> inclusion;
};

/// The proof that a log begins with what it was earlier (RFC 9162, 2.1.4).
struct Consistency {
    std::uint64_t earlier = 0;  ///< Entries that it had then.
    std::vector<Digest> proof;
};

/// A bundle without its seal.
struct Contents {
    std::string type = "CertificateBundle";
    std::string issuer;           ///< As whom it is signed.
    Value certificate;            ///< As the register tells it.
    std::vector<LoggedAct> acts;  ///< Every act on the certificate, in order.
    std::string checkpoint;       ///< A signed note.
    std::optional<Consistency> consistency;
};

/// What proof::sign makes a bundle of, which says as of when it is complete.
[[nodiscard]] Value document_of(const Contents& contents);

/// Whether a file is meant to be a bundle, whatever it proves.
[[nodiscard]] bool is_bundle(const Value& document);

/// What a bundle that holds says.
struct Proven {
    proof::Proven seal;  ///< By which key, and as of when there were no other acts.
    Checkpoint log;
    Value certificate;
    std::vector<CertificateAct> acts;    ///< As act_of tells them; at least one, in order.
    std::vector<std::uint64_t> indexes;  ///< Theirs in the log.
};

/// Checks all of it. `earlier`: how the reader once saw the log. Errors, in order: those of
/// proof::check, bundle_malformed, those of read_checkpoint, entry_not_in_log, acts_differ (they
/// are not of this certificate, not in order, or do not lead to how it is told), and with
/// `earlier`: log_older (the bundle was made before), consistency_missing, log_rewritten.
[[nodiscard]] Result<Proven> check(const Value& document,
                                   const std::vector<SigningKey>& keys,
                                   const SignatureChecker& checker,
                                   const std::optional<Checkpoint>& earlier);

}  // namespace guildmark::bundle
