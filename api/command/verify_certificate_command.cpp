#include "api/command/verify_certificate_command.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "adapters/signer/sodium/ed25519.h"
#include "adapters/system/system.h"
#include "api/command/bundle_text.h"
#include "api/library_folder.h"
#include "api/signing.h"
#include "engine/base/date.h"
#include "engine/base/describe.h"
#include "engine/base/json.h"
#include "engine/certificate/credential.h"
#include "engine/certificate/proof.h"
#include "engine/certificate/status_list.h"

namespace guildmark::command {
namespace {

/// What the credential itself says, once its proof holds.
struct Told {
    std::string number;
    std::string holder;
    std::string issuer;
    std::string standard;
    std::string scope;
    std::string page;
    Date from;
    Date until;
};

std::string text_in(const Value& value, std::initializer_list<std::string_view> path) {
    const Value* at = &value;
    for (const std::string_view name : path) {
        at = at == nullptr ? nullptr : at->find(name);
    }
    return at != nullptr && at->is_text() ? at->as_text() : std::string();
}

Result<Told> told_by(const Value& credential) {
    Told told;
    told.number = certificate_number_of(credential);
    const std::string from = text_in(credential, {"validFrom"});
    const std::string until = text_in(credential, {"validUntil"});
    constexpr std::size_t date_size = 10;
    const auto first = Date::parse(from.substr(0, date_size));
    const auto last = Date::parse(until.substr(0, date_size));
    if (told.number.empty() || !first || !last) {
        return malformed("credential_unknown", "this is signed, and is no certificate of ours");
    }
    told.from = *first;
    told.until = *last;
    told.holder = text_in(credential, {"credentialSubject", "issuedToParty", "name"});
    told.issuer = text_in(credential, {"issuer", "name"});
    told.standard = text_in(credential, {"credentialSubject", "referenceScheme", "name"});
    told.scope = text_in(credential, {"credentialSubject", "description"});
    told.page = text_in(credential, {"credentialSubject", "conformityCertificate", "linkURL"});
    return told;
}

/// What one status list says of the certificate, and since when that is old.
struct Standing {
    status_list::Told told;
    Instant as_of;
};

/// All that the command found out.
struct Finding {
    Told told;
    proof::Proven proven;
    std::vector<Standing> standings;
    Date day;
};

bool is_valid_on(const Told& told, Date day) {
    return told.from <= day && day <= told.until;
}

const Standing* standing_against(const Finding& finding) {
    const auto found = std::ranges::find_if(
        finding.standings, [](const Standing& standing) { return standing.told.is_set; });
    return found == finding.standings.end() ? nullptr : &*found;
}

bool counts(const Finding& finding) {
    return is_valid_on(finding.told, finding.day) && standing_against(finding) == nullptr;
}

std::string verdict_of(const Finding& finding) {
    if (const Standing* const against = standing_against(finding)) {
        return fmt::format("it does not count: {}, as of {}",
                           against->told.purpose == status_list::Purpose::revocation
                               ? "revoked or replaced"
                               : "suspended",
                           against->as_of.to_text());
    }
    return counts(finding) ? "it counts" : "its validity is over, or has not begun";
}

Result<Standing> standing_in(const std::string& file,
                             const Value& credential,
                             const std::vector<SigningKey>& keys) {
    const Value list = TRY_CONTEXT(parse_json(TRY(read_file(file))), file);
    const proof::Proven proven = TRY_CONTEXT(proof::check(list, keys, sodium::Checker()), file);
    return Standing{TRY_CONTEXT(status_list::look_up(credential, list), file), proven.created};
}

void print_standings(const Finding& finding) {
    for (const Standing& standing : finding.standings) {
        print(fmt::format("  - {} the list of {}, which was signed on {}",
                          standing.told.is_set ? "it stands in" : "it does not stand in",
                          guildmark::to_name(standing.told.purpose),
                          standing.as_of.to_text()));
    }
}

void print_finding(const Finding& finding) {
    const auto& [told, proven, standings, day] = finding;
    print(fmt::format("Certificate {}: {}", told.number, verdict_of(finding)));
    print(fmt::format(
        "  {} certifies {} to {}: {}", told.issuer, told.holder, told.standard, told.scope));
    print(fmt::format("  valid from {} to {}; asked for {}",
                      told.from.to_text(),
                      told.until.to_text(),
                      day.to_text()));
    print("It proves that");
    print(fmt::format(
        "  - nothing in it was changed since it was signed with key {}, which you trust",
        proven.key.id));
    print(fmt::format("  - the certificate counted when it was signed, on {}",
                      proven.created.to_text()));
    print_standings(finding);
    print("It cannot prove that");
    print("  - it was not suspended or withdrawn since: only the certification body knows that");
    print("  - it was entered in the log: the bundle of the certificate tells that");
    if (!told.page.empty()) {
        print("How it stands today: " + told.page);
    }
}

Value finding_value(const Finding& finding) {
    const auto& [told, proven, standings, day] = finding;
    Value::Array lists;
    for (const Standing& standing : standings) {
        lists.emplace_back(Value::Object{{"purpose", guildmark::to_name(standing.told.purpose)},
                                         {"set", standing.told.is_set},
                                         {"as_of", standing.as_of.to_text()}});
    }
    return Value::Object{{"number", told.number},
                         {"counts", counts(finding)},
                         {"on", day.to_text()},
                         {"holder", told.holder},
                         {"issuer", told.issuer},
                         {"standard", told.standard},
                         {"scope", told.scope},
                         {"valid_from", told.from.to_text()},
                         {"valid_until", told.until.to_text()},
                         {"key", proven.key.id},
                         {"signed_at", proven.created.to_text()},
                         {"status_lists", std::move(lists)},
                         {"proves", Value::Array{"unaltered", "counted_when_signed"}},
                         {"cannot_prove", Value::Array{"status_since", "logged"}},
                         {"page", told.page}};
}

Result<bool> verify_bundle(const VerifyCertificateArguments& arguments,
                           const Value& document,
                           const std::vector<SigningKey>& keys) {
    if (!arguments.status_lists.empty()) {
        return malformed("argument_conflict",
                         "--status-list is for a credential: a bundle tells how it stood itself",
                         arguments.file);
    }
    const sodium::Checker checker;
    std::optional<Checkpoint> earlier;
    if (!arguments.earlier.empty()) {
        earlier = TRY_CONTEXT(read_checkpoint(TRY(read_file(arguments.earlier)), keys, checker),
                              arguments.earlier);
    }
    const auto proven = TRY(bundle::check(document, keys, checker, earlier));
    const Date day =
        arguments.on.empty() ? Date::of(proven.seal.created) : TRY(Date::parse(arguments.on));
    print_bundle(proven, day, earlier, arguments.output);
    return bundle_counts_on(proven, day);
}

Result<bool> verify(const VerifyCertificateArguments& arguments) {
    const Date day =
        arguments.on.empty() ? Date::of(SystemClock().now()) : TRY(Date::parse(arguments.on));
    const Value credential =
        TRY_CONTEXT(parse_json(TRY(read_file(arguments.file))), arguments.file);
    const auto keys =
        TRY_CONTEXT(api::read_key_list(TRY(read_file(arguments.keys))), arguments.keys);
    if (bundle::is_bundle(credential)) {
        return verify_bundle(arguments, credential, keys);
    }
    if (!arguments.earlier.empty()) {
        return malformed("argument_conflict",
                         "--earlier is for a bundle: a credential says nothing of the log",
                         arguments.file);
    }
    const proof::Proven proven = TRY(proof::check(credential, keys, sodium::Checker()));
    Finding finding;
    finding.told = TRY(told_by(credential));
    finding.proven = proven;
    finding.day = day;
    for (const std::string& file : arguments.status_lists) {
        finding.standings.push_back(TRY(standing_in(file, credential, keys)));
    }
    if (arguments.output == Output::json) {
        print_json(finding_value(finding));
    } else {
        print_finding(finding);
    }
    return counts(finding);
}

}  // namespace

int run_verify_certificate(const VerifyCertificateArguments& arguments) {
    const auto verdict = verify(arguments);
    if (!verdict) {
        return report_error(verdict.error(), arguments.output);
    }
    return *verdict ? exit_done : exit_failed;
}

}  // namespace guildmark::command
