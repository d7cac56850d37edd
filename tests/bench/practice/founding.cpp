#include "tests/bench/practice/founding.h"

#include <fmt/format.h>

#include "api/installation.h"
#include "engine/base/ensure.h"
#include "engine/base/limits.h"

namespace guildmark::bench {
namespace {

/// The engine on the folder, without the server around it.
class Founder {
public:
    explicit Founder(const std::string& folder)
        : installation_(must(Installation::open({folder, practice_library()}))),
          engine_(must(Engine::open(installation_->ports(), installation_->library()))),
          reader_(must(installation_->store().open_reader())) {}

    std::vector<Office> offices(std::string_view kind, std::string_view role, std::size_t count);
    void lead_case(const Office& client, const Office& body);

private:
    template <typename T>
    static T must(Result<T> result) {
        ENSURE(result.has_value(), result ? "" : result.error().message.c_str());
        return std::move(result).value();
    }

    std::vector<Answer> execute(const std::vector<Submission>& submissions);
    Answer execute(Actor actor, StreamId stream, CaseCommand command);

    std::unique_ptr<Installation> installation_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<StoreReader> reader_;
};

std::vector<Answer> Founder::execute(const std::vector<Submission>& submissions) {
    std::vector<Answer> answers;
    const std::span<const Submission> all(submissions);
    for (std::size_t begin = 0; begin < all.size(); begin += limits::commands_per_commit_max) {
        const std::size_t count = std::min(limits::commands_per_commit_max, all.size() - begin);
        for (Result<Answer>& answer : engine_->execute(all.subspan(begin, count))) {
            answers.push_back(must(std::move(answer)));
        }
    }
    return answers;
}

Answer Founder::execute(Actor actor, StreamId stream, CaseCommand command) {
    return execute({{std::move(actor), stream, std::move(command), {}, {}}}).front();
}

std::vector<Office> Founder::offices(std::string_view kind,
                                     std::string_view role,
                                     std::size_t count) {
    std::vector<Submission> creations;
    for (std::size_t index = 0; index < count; ++index) {
        CreateOrganisation create;
        create.name = fmt::format("{} {}", kind == "body" ? "Association" : "Apiary", index + 1);
        create.kind = kind;
        create.country = "DE";
        creations.push_back({system_actor(), {}, OrganisationCommand(create), {}, {}});
    }
    std::vector<Office> offices;
    std::vector<Submission> admissions;
    for (const Answer& answer : execute(creations)) {
        offices.push_back({OrganisationId(answer.stream.value()), {}, {}});
        AdmitMember admit;
        admit.name = "Vera Vogel";
        admit.email = "vera@vogel.example";
        admit.roles = {std::string(role)};
        admissions.push_back({system_actor(), answer.stream, OrganisationCommand(admit), {}, {}});
    }
    std::vector<Submission> tokens;
    const std::vector<Answer> admitted = execute(admissions);
    for (std::size_t index = 0; index < count; ++index) {
        Office& office = offices[index];
        office.person = PersonId::parse(admitted[index].created).value();
        const MakeToken token{
            office.person, sha256(token_of(office.organisation)), "bench", std::nullopt};
        tokens.push_back(
            {system_actor(), admitted[index].stream, OrganisationCommand(token), {}, {}});
    }
    static_cast<void>(execute(tokens));
    return offices;
}

void Founder::lead_case(const Office& client, const Office& body) {
    const Actor keeper{client.person, client.organisation, "beekeeper"};
    OpenCase open;
    open.workflow = "honey-mark";
    open.standard = "honey-code:2026";
    open.title = "Honey mark for the hives in Lindental";
    open.parties = {{"client", client.organisation}, {"body", body.organisation}};
    const StreamId stream = execute(keeper, {}, std::move(open)).stream;
    for (const char* const number : {"1.1", "1.2", "2.1", "2.2"}) {
        execute(keeper,
                stream,
                AnswerRequirement{
                    number, rows::Answer::in_place, "See the hive book", {}, std::nullopt});
    }
    AddEvidence photo;
    photo.digest = sha256("photo");
    photo.size_bytes = 181'223;
    photo.media_type = "image/jpeg";
    photo.name = "extraction-room.jpg";
    photo.origin = "upload";
    photo.requirements = {"1.1", "2.1", "2.2"};
    execute(keeper, stream, std::move(photo));
    CompleteTask apply;
    TaskFilter of_case;
    of_case.case_id = CaseId(stream.value());
    apply.task = must(reader_->tasks(of_case, {"", 1})).items[0].id;
    apply.outcome = "send";
    apply.values.set("place", "Lindental");
    apply.values.set("hives", std::int64_t{12});
    apply.values.set("register", "BK-0417");
    execute(keeper, stream, std::move(apply));
    while (must(engine_->advance()) > 0) {
    }
    // The rest are second thoughts.
    while (must(reader_->head(stream)).sequence < Practice::records_per_case) {
        const auto sequence = must(reader_->head(stream)).sequence;
        execute(keeper,
                stream,
                AnswerRequirement{"1.2",
                                  rows::Answer::in_place,
                                  fmt::format("See page {} of the hive book", sequence),
                                  {},
                                  std::nullopt});
    }
    ENSURE(must(reader_->head(stream)).sequence == Practice::records_per_case,
           "the sample has 20 records");
}

}  // namespace

std::string token_of(OrganisationId organisation) {
    return "gm_bench_" + organisation.to_text();
}

std::string practice_library() {
    return GUILDMARK_SOURCE_DIR "/samples/honey-mark";
}

void found(const std::string& folder) {
    Founder founder(folder);
    const auto bodies = founder.offices("body", "inspector", Practice::body_count);
    const auto clients = founder.offices("client", "beekeeper", Practice::client_count);
    founder.lead_case(clients.front(), bodies.front());
}

}  // namespace guildmark::bench
