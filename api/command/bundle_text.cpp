#include "api/command/bundle_text.h"

#include <fmt/format.h>

#include "engine/cases/describe_rows.h"

namespace guildmark::command {
namespace {

std::string status_text(const bundle::Proven& proven, Date day) {
    const CertificateAct* const act = last_act_by(proven.acts, day);
    return act == nullptr ? "not valid yet"
                          : std::string(to_name(status_on(act->certificate, day)));
}

/// After the bundle was made things may have happened that it does not tell.
bool is_beyond(const bundle::Proven& proven, Date day) {
    return Date::of(proven.seal.created) < day;
}

void print_acts(const bundle::Proven& proven) {
    print("What became of it, with the entry of the log");
    for (std::size_t place = 0; place < proven.acts.size(); ++place) {
        const CertificateAct& act = proven.acts[place];
        print(fmt::format("  {} {} -> {}, valid from {} to {} (entry {})",
                          Date::of(act.at).to_text(),
                          act.action,
                          to_name(act.certificate.status),
                          act.certificate.valid_from.to_text(),
                          act.certificate.valid_until.to_text(),
                          proven.indexes[place]));
    }
}

void print_proven(const bundle::Proven& proven, const std::optional<Checkpoint>& earlier) {
    const std::string made = proven.seal.created.to_text();
    print("It proves that");
    print(
        fmt::format("  - the body said on {}, with key {}, which you trust, that there were no "
                    "other acts",
                    made,
                    proven.seal.key.id));
    print(fmt::format(
        "  - each act stands in its log of {} entries, {}", proven.log.size, proven.log.origin));
    if (earlier) {
        print(
            fmt::format("  - the log still begins with the {} entries that you saw: none of them "
                        "was changed, taken out or put in since",
                        earlier->size));
    }
    print("It cannot prove that");
    print(fmt::format("  - nothing has happened since {}", made));
    print("  - the body shows everybody the same log: compare its checkpoint with those of others");
    if (!earlier) {
        print("  - the log was not rewritten before: keep its checkpoint, for --earlier next time");
    }
}

Value acts_value(const bundle::Proven& proven) {
    Value::Array acts;
    for (std::size_t place = 0; place < proven.acts.size(); ++place) {
        const CertificateAct& act = proven.acts[place];
        acts.emplace_back(Value::Object{{"action", act.action},
                                        {"on", Date::of(act.at).to_text()},
                                        {"status", to_name(act.certificate.status)},
                                        {"valid_from", act.certificate.valid_from.to_text()},
                                        {"valid_until", act.certificate.valid_until.to_text()},
                                        {"index", proven.indexes[place]}});
    }
    return acts;
}

Value bundle_value(const bundle::Proven& proven,
                   Date day,
                   const std::optional<Checkpoint>& earlier) {
    Value::Array proves = {"unaltered", "complete_when_signed", "logged"};
    Value::Array cannot = {"status_since", "same_log_for_all"};
    (earlier ? proves : cannot).emplace_back("log_not_rewritten");
    return Value::Object{{"number", proven.certificate.text_or("number", "")},
                         {"counts", bundle_counts_on(proven, day)},
                         {"on", day.to_text()},
                         {"status", status_text(proven, day)},
                         {"beyond", is_beyond(proven, day)},
                         {"holder", proven.certificate.text_or("holder", "")},
                         {"issuer", proven.certificate.text_or("issuer", "")},
                         {"scope", proven.certificate.text_or("scope", "")},
                         {"acts", acts_value(proven)},
                         {"key", proven.seal.key.id},
                         {"signed_at", proven.seal.created.to_text()},
                         {"log", proven.log.origin},
                         {"log_size", proven.log.size},
                         {"proves", std::move(proves)},
                         {"cannot_prove", std::move(cannot)}};
}

}  // namespace

bool bundle_counts_on(const bundle::Proven& proven, Date day) {
    const CertificateAct* const act = last_act_by(proven.acts, day);
    return act != nullptr && status_on(act->certificate, day) == rows::CertificateStatus::active;
}

void print_bundle(const bundle::Proven& proven,
                  Date day,
                  const std::optional<Checkpoint>& earlier,
                  Output output) {
    if (output == Output::json) {
        print_json(bundle_value(proven, day, earlier));
        return;
    }
    print(
        fmt::format("Certificate {} on {}: {}{}",
                    proven.certificate.text_or("number", ""),
                    day.to_text(),
                    status_text(proven, day),
                    is_beyond(proven, day) ? ", unless something happened since it was made" : ""));
    print(fmt::format("  {} certifies {}: {}",
                      proven.certificate.text_or("issuer", ""),
                      proven.certificate.text_or("holder", ""),
                      proven.certificate.text_or("scope", "")));
    print_acts(proven);
    print_proven(proven, earlier);
}

}  // namespace guildmark::command
