#include "api/command/serve_command.h"

#include <charconv>
#include <pthread.h>
#include <signal.h>

#include <fmt/format.h>

#include "adapters/signer/sodium/key_ring.h"
#include "adapters/system/system.h"
#include "api/case_report.h"
#include "api/demo.h"
#include "api/host.h"
#include "api/installation.h"
#include "api/pages.h"
#include "api/server.h"
#include "web/assets.h"

namespace guildmark::command {
namespace {

constexpr std::chrono::milliseconds stop_patience{10'000};

/// The browser's pages that the program carries.
class EmbeddedPages : public api::AssetTable {
public:
    std::optional<api::PageAsset> find(std::string_view path) override {
        const web::Asset* asset = web::find_asset(path);
        if (asset == nullptr) {
            return std::nullopt;
        }
        return api::PageAsset{text(asset->bytes),
                              text(asset->gzip),
                              asset->content_type,
                              asset->etag,
                              asset->caching == web::Caching::forever};
    }

private:
    static std::string_view text(std::span<const unsigned char> bytes) {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
};

/// The pages of the program, or, for those who work on them, of a folder.
Result<std::unique_ptr<api::AssetTable>> open_pages(const std::string& web_root) {
    if (web_root.empty()) {
        return std::unique_ptr<api::AssetTable>(std::make_unique<EmbeddedPages>());
    }
    auto pages = api::folder_assets(web_root);
    if (!pages->find("/index.html")) {
        return malformed(
            "web_root_invalid",
            fmt::format("\"{}\" is no folder with an index.html; npm run build, in web/, "
                        "makes web/dist",
                        web_root),
            web_root);
    }
    return pages;
}

Result<api::HttpOptions> http_options(const std::string& listen) {
    api::HttpOptions options;
    const auto colon = listen.rfind(':');
    unsigned port = 0;
    const char* const end = listen.data() + listen.size();
    const char* const begin = colon == std::string::npos ? end : listen.data() + colon + 1;
    const auto read = std::from_chars(begin, end, port);
    if (read.ec != std::errc() || read.ptr != end || port > 65'535) {
        return malformed("address_malformed",
                         fmt::format("\"{}\" is no address; write it as 127.0.0.1:8080", listen));
    }
    options.address = listen.substr(0, colon);
    if (options.address.starts_with('[') && options.address.ends_with(']')) {
        options.address = options.address.substr(1, options.address.size() - 2);
    }
    options.port = static_cast<std::uint16_t>(port);
    return options;
}

void print_personas(const std::vector<Persona>& personas,
                    const std::string& origin,
                    Output output) {
    if (output == Output::json) {
        Value::Array items;
        for (const Persona& persona : personas) {
            Value item;
            item.set("name", persona.name);
            item.set("title", persona.title);
            item.set("link", origin + "/#token=" + persona.token);
            items.push_back(std::move(item));
        }
        print_json(Value(std::move(items)));
        return;
    }
    for (const Persona& persona : personas) {
        print(fmt::format("{:<44} {}/#token={}", persona.title, origin, persona.token));
    }
}

/// Signals that end the server are taken by one wait, not by handlers in the midst of work.
sigset_t block_ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
    return signals;
}

/// Keys that are lost stop signatures alone; keys that are damaged, or that others can read, stop
/// the server, because somebody has to look at once. Errors: those of Signer::keys() but
/// signing_keys_missing.
Result<void> check_keys(const Signer& signer) {
    const auto keys = signer.keys();
    if (keys || keys.error().code != "signing_keys_missing") {
        return keys ? Result<void>() : keys.error();
    }
    print_error("certificates are not signed: " + keys.error().message);
    return {};
}

Result<void> serve(const ServeArguments& arguments) {
    const sigset_t signals = block_ending_signals();
    const api::HttpOptions http = TRY(http_options(arguments.listen));
    const auto pages = TRY(open_pages(arguments.web_root));
    std::vector<Persona> personas;
    if (arguments.demo) {
        personas = TRY(load_demo(arguments.data_folder, arguments.library_folder));
    }
    auto installation = TRY(Installation::open({arguments.data_folder, arguments.library_folder}));
    auto engine = TRY(Engine::open(installation->ports(), installation->library()));
    auto host = start_engine_host(std::move(engine), installation->clock());
    CaseReportWriter reports(installation->library(),
                             installation->clock(),
                             {arguments.data_folder, arguments.library_folder});
    sodium::KeyRing keys(arguments.data_folder);
    TRY(check_keys(keys));
    SystemRandom random;
    const api::ApiDependencies dependencies{*host,
                                            installation->store(),
                                            installation->blobs(),
                                            installation->clock(),
                                            random,
                                            installation->library(),
                                            installation->media_types(),
                                            pages.get(),
                                            &reports,
                                            &keys};
    auto server = TRY(api::start_server({http, arguments.public_origin}, dependencies));
    const std::string origin = fmt::format("http://{}:{}", http.address, server->port());
    print_personas(personas, origin, arguments.output);
    print(fmt::format("Guildmark serves on {}", origin));
    std::fflush(stdout);
    int received = 0;
    sigwait(&signals, &received);
    server->stop(stop_patience);
    host->stop();
    return {};
}

}  // namespace

int run_demo(const ServeArguments& arguments) {
    const auto personas = load_demo(arguments.data_folder, arguments.library_folder);
    if (!personas) {
        return report_error(personas.error(), arguments.output);
    }
    print_personas(*personas, "http://" + arguments.listen, arguments.output);
    return exit_done;
}

int run_serve(const ServeArguments& arguments) {
    const auto served = serve(arguments);
    return served ? exit_done : report_error(served.error(), arguments.output);
}

}  // namespace guildmark::command
