#pragma once

#include <string>

#include "engine/cases/certificate_history.h"
#include "engine/cases/describe_rows.h"

/// What the log of certificates holds: one entry for each act, in the order of the journal.
namespace guildmark {

/// A certificate as an act left it. Of the scope only its digest, so that an entry has room in a
/// log's tile whatever the scope is.
struct LoggedCertificate {
    std::string number;
    rows::CertificateStatus status = rows::CertificateStatus::active;
    OrganisationId holder;
    OrganisationId issuer;
    std::string standard;
    Digest scope_sha256;
    Date valid_from;
    Date valid_until;
    Date first_granted;
};

/// One act, and when it was recorded.
struct LogEntry {
    std::string action;
    Instant at;
    LoggedCertificate certificate;
};

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, LoggedCertificate>& certificate) {
    visit("number", certificate.number);
    visit("status", certificate.status);
    visit("holder", certificate.holder);
    visit("issuer", certificate.issuer);
    visit("standard", certificate.standard);
    visit("scope_sha256", certificate.scope_sha256);
    visit("valid_from", certificate.valid_from);
    visit("valid_until", certificate.valid_until);
    visit("first_granted", certificate.first_granted);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, LogEntry>& entry) {
    visit("action", entry.action);
    visit("at", entry.at);
    visit("certificate", entry.certificate);
}

/// What the log tells of an act.
[[nodiscard]] LogEntry log_entry_of(const CertificateAct& act);

/// The act as far as an entry tells it: without case, decision and scope.
[[nodiscard]] CertificateAct act_of(const LogEntry& entry);

/// The bytes that the log is made of: canonical JSON (RFC 8785). REQUIRES: what to_value makes of
/// a LogEntry, or what was read from such bytes.
[[nodiscard]] Result<std::string> log_entry_bytes(const Value& entry);

/// The entry that a record of the kind certificate_acted_kind is in the log.
/// Errors: those of decode_case_event.
[[nodiscard]] Result<std::string> log_entry_bytes(const Record& record);

}  // namespace guildmark
