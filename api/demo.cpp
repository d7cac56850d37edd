#include "api/demo.h"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

#include <fmt/format.h>

#include "adapters/system/system.h"
#include "api/library_folder.h"
#include "api/scenario_installation.h"
#include "api/token.h"
#include "engine/base/describe.h"
#include "engine/base/json.h"

namespace guildmark {

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Persona>& persona) {
    visit("name", persona.name);
    visit("title", persona.title);
    visit("token", persona.token);
}

namespace {

namespace fs = std::filesystem;

constexpr std::string_view personas_file = "/demo.json";

Result<std::vector<Persona>> read_personas(const std::string& path) {
    return from_value<std::vector<Persona>>(TRY(parse_json(TRY(read_file(path)))));
}

/// Tokens are secrets, also those of a demo: only their owner reads the file.
Result<void> write_personas(const std::string& path, const std::vector<Persona>& personas) {
    std::ofstream file(path, std::ios::trunc);
    if (!file || chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) {
        return failed("demo_failed", fmt::format("{} cannot be written", path), path);
    }
    file << to_json(to_value(personas)) << '\n';
    file.close();
    return file ? Result<void>()
                : failed("demo_failed", fmt::format("{} is not whole", path), path);
}

/// What the demo's certification body puts on its certificates.
Result<void> copy_issuers(const std::string& sample, const std::string& data_folder) {
    for (const char* name : {"issuers.xml", "norwell.png"}) {
        std::error_code code;
        fs::copy_file(fs::path(sample) / name,
                      fs::path(data_folder) / name,
                      fs::copy_options::overwrite_existing,
                      code);
        if (code) {
            return failed("demo_failed", fmt::format("{} cannot be copied", name), name);
        }
    }
    return {};
}

/// How long the scenario lasts: the sum of its "after" statements.
Result<Instant> begin_of(const std::vector<scenario::Statement>& statements, Instant end) {
    Instant moved = end;
    for (const scenario::Statement& statement : statements) {
        if (statement.word(0) == "after") {
            moved = TRY(Duration::parse(statement.word(1))).after(moved);
        }
    }
    return Instant{end.milliseconds - (moved.milliseconds - end.milliseconds)};
}

/// Statements "persona NAME "Title"" name who gets a token; they are no statements of the player.
std::vector<Persona> take_personas(std::vector<scenario::Statement>& statements) {
    std::vector<Persona> personas;
    std::erase_if(statements, [&](const scenario::Statement& statement) {
        if (statement.word(0) != "persona") {
            return false;
        }
        personas.push_back({statement.word(1), statement.word(2), {}});
        return true;
    });
    return personas;
}

Result<void> make_tokens(std::vector<Persona>& personas,
                         const scenario::Cast& cast,
                         Engine& engine,
                         Random& random) {
    for (Persona& persona : personas) {
        const auto person = cast.people.find(persona.name);
        if (person == cast.people.end()) {
            return malformed("demo_failed", fmt::format("there is no person \"{}\"", persona.name));
        }
        persona.token = api::new_token(random);
        Submission submission;
        submission.actor = system_actor();
        submission.stream = StreamId(person->second.organisation.value());
        submission.command = OrganisationCommand(
            MakeToken{person->second.id, sha256(persona.token), "demo", std::nullopt});
        TRY(std::move(engine.execute({&submission, 1}).front()));
    }
    return {};
}

}  // namespace

Result<std::vector<Persona>> load_demo(const std::string& data_folder,
                                       const std::string& library_folder) {
    const std::string scenario_path = library_folder + "/samples/demo/demo.scenario";
    std::error_code code;
    const std::string path = data_folder + std::string(personas_file);
    if (fs::exists(path, code)) {
        return read_personas(path);
    }
    if (fs::exists(data_folder + "/journal.sqlite", code)) {
        return conflict(
            "data_not_empty",
            fmt::format("{} holds data already; the demo begins with an empty folder", data_folder),
            data_folder);
    }
    Diagnostics diagnostics;
    auto statements =
        scenario::read_script(TRY(read_file(scenario_path)), scenario_path, diagnostics);
    std::vector<Persona> personas = take_personas(statements);
    SystemRandom random;
    ScenarioOptions options{data_folder, library_folder, {}, &random};
    options.begin = TRY(begin_of(statements, SystemClock().now()));
    const auto installation = TRY(ScenarioInstallation::open(options));
    const auto outcome = installation->play(statements, scenario_path, {}, diagnostics);
    if (diagnostics.has_errors()) {
        return malformed("demo_failed", diagnostics.to_text(), scenario_path);
    }
    TRY(make_tokens(personas, outcome.cast, installation->engine(), random));
    TRY(copy_issuers(library_folder + "/samples/demo", data_folder));
    TRY(write_personas(path, personas));
    return personas;
}

}  // namespace guildmark
