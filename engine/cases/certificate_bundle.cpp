#include "engine/cases/certificate_bundle.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/describe.h"
#include "engine/cases/log_entry.h"
#include "engine/certificate/merkle_tree.h"

namespace guildmark::bundle {

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, LoggedAct>& act) {
    visit("index", act.index);
    visit("entry", act.entry);
    visit("inclusion", act.inclusion);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Consistency>& consistency) {
    visit("earlier", consistency.earlier);
    visit("proof", consistency.proof);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Contents>& contents) {
    visit("type", contents.type);
    visit("issuer", contents.issuer);
    visit("certificate", contents.certificate);
    visit("acts", contents.acts);
    visit("checkpoint", contents.checkpoint);
    visit("consistency", contents.consistency);
}

namespace {

Error malformed_bundle(const std::string& where) {
    return malformed(
        "bundle_malformed", "this is signed, and is no bundle of a certificate", where);
}

Result<Contents> read_contents(const Value& document) {
    auto contents = from_value<Contents>(document);
    if (!contents) {
        return malformed_bundle(contents.error().subject);
    }
    if (contents->type != Contents().type || contents->acts.empty()) {
        return malformed_bundle("acts");
    }
    return contents;
}

Result<CertificateAct> check_act(const LoggedAct& act, const Checkpoint& log) {
    const auto entry = from_value<LogEntry>(act.entry);
    if (!entry) {
        return malformed_bundle(entry.error().subject);
    }
    const Digest leaf = merkle::leaf_digest(TRY(log_entry_bytes(act.entry)));
    if (!merkle::proves_inclusion(leaf, act.index, log.size, act.inclusion, log.root)) {
        return refused("entry_not_in_log",
                       fmt::format("that entry {} of the log is this act is not proven", act.index),
                       fmt::to_string(act.index));
    }
    return act_of(*entry);
}

/// Whether the acts lead to the certificate as it is told. What ended by itself has no act for it.
bool leads_to(const CertificateAct& last, const Value& told) {
    const rows::Certificate& row = last.certificate;
    const LogEntry entry = log_entry_of(last);
    const std::string status = told.text_or("status", "");
    return (status == to_name(row.status) || status == to_name(rows::CertificateStatus::expired)) &&
           told.text_or("valid_from", "") == row.valid_from.to_text() &&
           told.text_or("valid_until", "") == row.valid_until.to_text() &&
           told.text_or("first_granted", "") == entry.certificate.first_granted.to_text();
}

Result<void> check_acts(const Contents& contents, const Proven& proven) {
    const std::string number = contents.certificate.text_or("number", "");
    const bool is_ordered = std::ranges::is_sorted(proven.indexes, std::less_equal());
    const bool is_alone = std::ranges::all_of(proven.acts, [&](const CertificateAct& act) {
        return !number.empty() && act.certificate.number == number;
    });
    const auto last = from_value<LogEntry>(contents.acts.back().entry).value();
    const Digest scope = sha256(contents.certificate.text_or("scope", ""));
    if (!is_ordered || !is_alone || !leads_to(proven.acts.back(), contents.certificate) ||
        last.certificate.scope_sha256 != scope) {
        return refused(
            "acts_differ", "the acts do not lead to the certificate as it is told", number);
    }
    return {};
}

Result<void> check_earlier(const std::optional<Consistency>& consistency,
                           const Checkpoint& log,
                           const Checkpoint& earlier) {
    if (log.size < earlier.size) {
        return refused("log_older",
                       fmt::format("the bundle was made when the log had {} entries; you saw it "
                                   "with {}: get the bundle anew",
                                   log.size,
                                   earlier.size));
    }
    if (!consistency || consistency->earlier != earlier.size) {
        return malformed("consistency_missing",
                         fmt::format("the bundle does not prove that the log begins with the {} "
                                     "entries that you saw: get it with ?from={}",
                                     earlier.size,
                                     earlier.size));
    }
    if (!merkle::proves_consistency(
            earlier.size, log.size, consistency->proof, earlier.root, log.root)) {
        return refused("log_rewritten",
                       "the log does not begin with the entries that you saw: something in it was "
                       "changed, taken out or put in before them");
    }
    return {};
}

}  // namespace

Value document_of(const Contents& contents) {
    return to_value(contents);
}

bool is_bundle(const Value& document) {
    return document.is_object() && document.text_or("type", "") == Contents().type;
}

Result<Proven> check(const Value& document,
                     const std::vector<SigningKey>& keys,
                     const SignatureChecker& checker,
                     const std::optional<Checkpoint>& earlier) {
    Proven proven{TRY(proof::check(document, keys, checker)), {}, {}, {}, {}};
    const Contents contents = TRY(read_contents(document));
    proven.log = TRY(read_checkpoint(contents.checkpoint, keys, checker));
    for (const LoggedAct& act : contents.acts) {
        proven.acts.push_back(TRY(check_act(act, proven.log)));
        proven.indexes.push_back(act.index);
    }
    TRY(check_acts(contents, proven));
    if (earlier) {
        TRY(check_earlier(contents.consistency, proven.log, *earlier));
    }
    proven.certificate = contents.certificate;
    return proven;
}

}  // namespace guildmark::bundle
