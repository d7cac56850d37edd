#include "tests/integration/api/office.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "api/library_folder.h"
#include "engine/base/json.h"

namespace guildmark::tests {
namespace {

const std::string samples = GUILDMARK_SOURCE_DIR "/samples/honey-mark/";

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

workflow::Workflow read_workflow(const std::string& folder) {
    Diagnostics diagnostics;
    auto files = workflow_files(folder);
    ENSURE(files, "the sample can be read");
    auto workflow = workflow::load_workflow(std::move(*files), diagnostics);
    ENSURE(workflow, "the sample is sound");
    return std::move(*workflow);
}

void load(Library& library) {
    Diagnostics diagnostics;
    const std::string catalogue = samples + "standards/honey-code/2026.xml";
    auto standard = read_standard(bytes_of(catalogue), catalogue, diagnostics);
    ENSURE(standard, "the sample is sound");
    library.add(read_workflow(samples + "workflows/honey-mark"));
    library.add(read_workflow(GUILDMARK_SOURCE_DIR "/tests/data/workflows/signalled"));
    library.add(std::move(*standard));
}

}  // namespace

Office::Office() {
    load(library_);
    auto engine = Engine::open({store_, clock_, random_, scripts_, notifier_}, library_);
    ENSURE(engine, "the engine opens on an empty store");
    host_ = start_engine_host(std::move(*engine), clock_);
    const auto create = [this](const char* name, const char* kind) {
        CreateOrganisation command;
        command.name = name;
        command.kind = kind;
        command.country = "DE";
        return *OrganisationId::parse(carry_out({}, command).created);
    };
    operators = create("Operators", "operator");
    client = create("Lindental Bees", "client");
    body = create("Beekeepers' Association", "body");
    stranger = create("Other Bees", "client");
    admit(operators, "admin", {"administrator"});
    admit(client, "keeper", {"beekeeper"});
    admit(client, "helper", {"sweeper"});
    admit(body, "inspector", {"inspector"});
    admit(body, "committee", {"committee"});
    admit(body, "manager", {"manager"});
    admit(client, "vera", {"keeper"});
    admit(stranger, "other", {"administrator", "beekeeper"});
    ENSURE(keys_.begin(clock_.now()), "keys can be made");
    const api::ApiDependencies dependencies{
        *host_, store_, blobs_, clock_, random_, library_, media_types_, nullptr, nullptr, &keys_};
    auto server = api::start_server({}, dependencies);
    ENSURE(server, "the server starts");
    server_ = std::move(*server);
}

Office::~Office() {
    server_->stop(std::chrono::seconds(1));
    host_->stop();
}

Answer Office::carry_out(StreamId stream, OrganisationCommand command) {
    Submission submission;
    submission.actor = system_actor();
    submission.stream = stream;
    submission.command = std::move(command);
    auto answer = host_->submit_and_wait(std::move(submission));
    ENSURE(answer, "the command is carried out");
    return *answer;
}

void Office::admit(OrganisationId organisation,
                   const std::string& name,
                   std::vector<std::string> roles,
                   std::optional<Instant> expires_at) {
    const StreamId stream(organisation.value());
    AdmitMember member;
    member.name = name;
    member.email = name + "@bees.example";
    member.roles = std::move(roles);
    const auto person = PersonId::parse(carry_out(stream, member).created);
    ENSURE(person, "a new person has an id");
    people[name] = *person;
    MakeToken token;
    token.person = *person;
    token.hash = sha256("gm_" + name);
    token.label = "test";
    token.expires_at = expires_at;
    tokens[name] = *TokenId::parse(carry_out(stream, token).created);
}

void Office::revoke(OrganisationId organisation, const std::string& name) {
    carry_out(StreamId(organisation.value()), RevokeToken{tokens.at(name)});
}

HttpAnswer Office::ask(std::string_view method,
                       std::string_view target,
                       const std::string& token,
                       std::string_view content,
                       std::vector<std::pair<std::string, std::string>> headers) {
    if (!token.empty()) {
        headers.emplace_back("Authorization", "Bearer gm_" + token);
    }
    const bool has_type = std::any_of(headers.begin(), headers.end(), [](const auto& header) {
        return header.first == "Content-Type";
    });
    if (!content.empty() && !has_type) {
        headers.emplace_back("Content-Type", "application/json");
    }
    HttpClient one(port());
    one.send(request_text(method, target, headers, content));
    return one.read_answer(method == "HEAD");
}

Value Office::json(const HttpAnswer& answer) {
    auto value = parse_json(answer.body);
    EXPECT_TRUE(value) << answer.status << " " << answer.body;
    return value ? *value : Value();
}

std::string Office::open_case() {
    const std::string body_text = R"({"workflow":"honey-mark","standard":"honey-code:2026",)"
                                  R"("title":"Honey of the Lindental","parties":{"client":")" +
                                  client.to_text() + R"(","body":")" + body.to_text() + R"("}})";
    const HttpAnswer answer = ask("POST", "/api/v1/cases", "keeper", body_text);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return json(answer).text_or("created", "");
}

std::string Office::task(const std::string& case_id, std::string_view name) {
    const Value page =
        json(ask("GET", "/api/v1/cases/" + case_id + "/tasks?status=open", "keeper"));
    for (const Value& task : page.find("items")->as_array()) {
        if (task.text_or("task", "") == name) {
            return task.text_or("id", "");
        }
    }
    ADD_FAILURE() << "no open task " << name;
    return {};
}

}  // namespace guildmark::tests
