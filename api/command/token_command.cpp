#include "api/command/token_command.h"

#include <fmt/format.h>

#include "adapters/system/system.h"
#include "api/installation.h"
#include "api/token.h"
#include "engine/base/limits.h"

namespace guildmark::command {
namespace {

/// The installation with its engine, for commands that the operator gives on the machine itself.
struct Opened {
    std::unique_ptr<Installation> installation;
    std::unique_ptr<Engine> engine;
};

Result<Opened> open(const TokenArguments& arguments) {
    Opened opened;
    opened.installation =
        TRY(Installation::open({arguments.data_folder, arguments.library_folder}));
    opened.engine = TRY(Engine::open(opened.installation->ports(), opened.installation->library()));
    return opened;
}

Result<Answer> submit(Engine& engine, StreamId stream, OrganisationCommand command) {
    Submission submission;
    submission.actor = system_actor();
    submission.stream = stream;
    submission.command = std::move(command);
    return std::move(engine.execute({&submission, 1}).front());
}

template <typename T>
Result<T> parse_id(const std::string& text, std::string_view what) {
    const auto id = T::parse(text);
    if (!id) {
        return malformed("id_malformed",
                         fmt::format("the {} is 13 letters and digits; guildmark token list "
                                     "tells them",
                                     what));
    }
    return *id;
}

/// The end of the last day that was given; nothing was given: none. Tested before anything is
/// written. Errors: date_malformed, expires_in_the_past.
Result<std::optional<Instant>> read_expiry(const TokenArguments& arguments) {
    if (arguments.expires.empty()) {
        return std::optional<Instant>();
    }
    const Date last = TRY(Date::parse(arguments.expires));
    const Date today = Date::of(SystemClock().now());
    if (last < today) {
        return malformed(
            "expires_in_the_past",
            fmt::format(
                "{} is over: a token's last day is {} or later", last.to_text(), today.to_text()),
            "expires");
    }
    return std::optional<Instant>(last.plus_days(1).begin());
}

Result<Answer> make_token(Engine& engine,
                          OrganisationId organisation,
                          PersonId person,
                          const TokenArguments& arguments,
                          const std::string& text) {
    const std::optional<Instant> expiry = TRY(read_expiry(arguments));
    MakeToken command{person, sha256(text), arguments.label, expiry};
    return submit(engine, StreamId(organisation.value()), OrganisationCommand(std::move(command)));
}

void print_token(const Answer& answer, const std::string& text, Output output) {
    if (output == Output::json) {
        Value value;
        value.set("id", answer.created);
        value.set("token", text);
        print_json(value);
        return;
    }
    print(text);
    print_error(
        fmt::format("token {}: it is shown this once; only its hash is kept", answer.created));
}

Result<void> make(const TokenArguments& arguments) {
    const auto organisation = TRY(parse_id<OrganisationId>(arguments.organisation, "organisation"));
    const auto person = TRY(parse_id<PersonId>(arguments.person, "person"));
    TRY(read_expiry(arguments));
    TRY(find_journal(arguments.data_folder));
    const Opened opened = TRY(open(arguments));
    SystemRandom random;
    const std::string text = api::new_token(random);
    const Answer answer = TRY(make_token(*opened.engine, organisation, person, arguments, text));
    print_token(answer, text, arguments.output);
    return {};
}

Result<void> revoke(const TokenArguments& arguments) {
    const auto organisation = TRY(parse_id<OrganisationId>(arguments.organisation, "organisation"));
    const auto token = TRY(parse_id<TokenId>(arguments.token, "token"));
    TRY(find_journal(arguments.data_folder));
    const Opened opened = TRY(open(arguments));
    TRY(submit(
        *opened.engine, StreamId(organisation.value()), OrganisationCommand(RevokeToken{token})));
    if (arguments.output == Output::text) {
        print(fmt::format("token {} is revoked", arguments.token));
    }
    return {};
}

Result<void> bootstrap(const TokenArguments& arguments) {
    TRY(read_expiry(arguments));
    const Opened opened = TRY(open(arguments));
    auto reader = TRY(opened.installation->store().open_reader());
    if (TRY(reader->last_position()) > 0) {
        return conflict("data_not_empty",
                        "this installation has organisations already; ask an administrator",
                        arguments.data_folder);
    }
    const Answer made = TRY(submit(
        *opened.engine,
        {},
        OrganisationCommand(CreateOrganisation{arguments.organisation, "operator", {}, {}, 0})));
    const Answer admitted =
        TRY(submit(*opened.engine,
                   made.stream,
                   OrganisationCommand(AdmitMember{{}, arguments.person, {}, {"administrator"}})));
    SystemRandom random;
    const std::string text = api::new_token(random);
    const auto person = PersonId::parse(admitted.created);
    ENSURE(person.has_value(), "a member that was admitted has an id");
    const Answer answer = TRY(
        make_token(*opened.engine, OrganisationId(made.stream.value()), *person, arguments, text));
    print_token(answer, text, arguments.output);
    return {};
}

Value to_json_value(const rows::OrganisationRows& rows) {
    Value value;
    value.set("organisation", rows.summary.id.to_text());
    value.set("name", rows.summary.name);
    value.set("kind", rows.summary.kind);
    Value::Array members;
    for (const rows::Member& member : rows.members) {
        Value item;
        item.set("person", member.person.to_text());
        item.set("name", member.name);
        item.set("roles", member.roles);
        members.push_back(std::move(item));
    }
    Value::Array tokens;
    for (const rows::Token& token : rows.tokens) {
        Value item;
        item.set("token", token.id.to_text());
        item.set("person", token.person.to_text());
        item.set("label", token.label);
        item.set("revoked", token.revoked);
        tokens.push_back(std::move(item));
    }
    value.set("members", std::move(members));
    value.set("tokens", std::move(tokens));
    return value;
}

void print_organisation(const rows::OrganisationRows& rows, Output output) {
    if (output == Output::json) {
        print_json(to_json_value(rows));
        return;
    }
    print(fmt::format(
        "{}  {} ({})", rows.summary.id.to_text(), rows.summary.name, rows.summary.kind));
    for (const rows::Member& member : rows.members) {
        print(
            fmt::format("  person {}  {}: {}", member.person.to_text(), member.name, member.roles));
    }
    for (const rows::Token& token : rows.tokens) {
        print(fmt::format("  token {}  of {} {}{}",
                          token.id.to_text(),
                          token.person.to_text(),
                          token.label,
                          token.revoked ? " (revoked)" : ""));
    }
}

Result<void> list(const TokenArguments& arguments) {
    SqliteOptions options;
    options.access = StoreAccess::read;
    auto store = TRY(SqliteStore::open(TRY(find_journal(arguments.data_folder)), options));
    auto reader = TRY(store->open_reader());
    PageRequest request{"", limits::page_size_max};
    while (true) {
        const auto page = TRY(reader->organisations(request));
        for (const rows::Organisation& organisation : page.items) {
            if (const auto rows = TRY(reader->find_organisation_rows(organisation.id))) {
                print_organisation(*rows, arguments.output);
            }
        }
        if (page.next.empty()) {
            return {};
        }
        request.after = page.next;
    }
}

int end(const Result<void>& result, Output output) {
    return result ? exit_done : report_error(result.error(), output);
}

}  // namespace

int run_token_list(const TokenArguments& arguments) {
    return end(list(arguments), arguments.output);
}

int run_token_make(const TokenArguments& arguments) {
    return end(make(arguments), arguments.output);
}

int run_token_revoke(const TokenArguments& arguments) {
    return end(revoke(arguments), arguments.output);
}

int run_token_bootstrap(const TokenArguments& arguments) {
    return end(bootstrap(arguments), arguments.output);
}

}  // namespace guildmark::command
