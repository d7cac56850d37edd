// Invariants:
// - No handler runs before its route's access was checked, in admit().
// - An exchange answers once; what answers later holds copies, never the exchange.
#include "api/service.h"

#include <array>
#include <cstdio>
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "api/event_hub.h"
#include "api/head_keeping_stream.h"
#include "api/language.h"
#include "api/pages.h"
#include "api/problem.h"
#include "api/route.h"
#include "api/submission.h"
#include "api/text.h"
#include "api/worker_pool.h"
#include "engine/base/limits.h"

namespace guildmark::api {
namespace {

constexpr std::size_t upload_threads = 16;
constexpr std::size_t uploads_waiting_max = 48;
constexpr std::size_t job_threads = 2;
constexpr std::size_t jobs_waiting_max = 32;

/// What all lanes share.
struct Shared {
    Shared(const ApiDependencies& given, ServiceOptions given_options)
        : services(given), options(std::move(given_options)) {}

    ApiDependencies services;
    ServiceOptions options;
    EventHub hub;
    SharedLog log;
    StreamVersions versions;
    StatusLists status_lists;
    WorkerPool uploads{upload_threads, uploads_waiting_max};
    WorkerPool jobs{job_threads, jobs_waiting_max};
};

Error overloaded() {
    Error error = unavailable("overloaded", "the server has too much to do; try again in a moment");
    error.retry = Retry::later;
    return error;
}

/// The chain of an error ends here: what is our failure is logged, once.
Response failure(const Error& error,
                 std::span<const workflow::FieldProblem> problems = {},
                 Value::Object values = {}) {
    if (error.kind == ErrorKind::corrupted || error.kind == ErrorKind::failed) {
        fmt::print(stderr, "guildmark: {}: {} {}\n", error.code, error.message, error.subject);
    }
    return problem_response(error, problems, std::move(values));
}

/// What a command is answered.
Response answer_response(const Command& command, const Result<Answer>& answer) {
    if (answer) {
        return receipt_response(command, *answer);
    }
    return failure(
        answer.error(), {}, command.explain ? command.explain(answer.error()) : Value::Object());
}

Response allow_response(const NoRoute& none, int status) {
    std::string allowed = "OPTIONS";
    for (const Method method : none.allowed) {
        allowed += std::string(", ") + to_text(method);
    }
    Response response;
    response.status = 204;
    if (status == 405) {
        response = problem_response(
            malformed("method_not_allowed", "this address takes " + allowed, "method"));
    }
    response.set_header("Allow", allowed);
    return response;
}

class ServiceExchange : public Exchange {
public:
    ServiceExchange(Shared& shared, const Source& source, Library& library, Request head)
        : shared_(shared),
          request_(std::move(head)),
          call_{request_,
                match_.parameters,
                shared.services,
                source.reader,
                library,
                shared.hub,
                shared.log,
                source.kept,
                source.kept.changes(),
                shared.services.clock.now(),
                shared.status_lists,
                shared.options.public_origin} {
        begin();
    }

    [[nodiscard]] BodyUse body_use() const override;
    [[nodiscard]] std::uint64_t body_bytes_max() const override;

    [[nodiscard]] std::optional<Response> early_answer() override { return std::move(early_); }

    void run(std::string body, Respond respond) override;
    void run_streamed(std::unique_ptr<ByteStream> body, Respond respond) override;

private:
    void begin();
    void begin_route();
    Result<void> admit();
    Result<void> admit_to_organisation();
    Result<void> check_media_type() const;
    void submit(Command command, const Respond& respond);
    void start(Job job, const Respond& respond);

    [[nodiscard]] bool is_write() const {
        return request_.method != Method::get && request_.method != Method::head;
    }

    Shared& shared_;
    Request request_;
    RouteMatch match_;
    Call call_;
    std::optional<Response> early_;
};

void ServiceExchange::begin() {
    constexpr std::string_view error_prefix = "/errors/";
    const std::string_view path = request_.path;
    if (path.starts_with("/api/")) {
        begin_route();
    } else if (is_write()) {
        early_ = allow_response(NoRoute{{Method::get, Method::head}},
                                request_.method == Method::options ? 204 : 405);
    } else if (path.starts_with(error_prefix)) {
        early_ = error_page_response(path.substr(error_prefix.size()));
    } else {
        early_ = page_response(request_, shared_.services.assets);
    }
}

void ServiceExchange::begin_route() {
    auto found = find_route(request_.method, request_.path);
    if (const auto* none = std::get_if<NoRoute>(&found)) {
        if (none->allowed.empty()) {
            early_ = failure(
                not_found("route_not_found", "there is nothing at this address", request_.path));
        } else {
            early_ = allow_response(*none, request_.method == Method::options ? 204 : 405);
        }
        return;
    }
    match_ = std::move(*std::get_if<RouteMatch>(&found));
    call_.languages = languages_of(request_);
    auto admitted = admit();
    if (admitted) {
        admitted = check_media_type();
    }
    if (!admitted) {
        early_ = failure(admitted.error());
    }
}

/// Who asks, whether the request is theirs, and whether they may: the one place for all routes.
Result<void> ServiceExchange::admit() {
    const Access access = match_.route->access;
    if (access == Access::anyone) {
        return {};
    }
    const Source source{call_.reader, call_.kept};
    call_.caller = TRY(authenticate(source, request_, call_.now));
    if (is_write() && call_.caller->credential == Credential::cookie) {
        TRY(check_same_site(request_, shared_.options.public_origin));
    }
    if (access == Access::administrator) {
        TRY(check_administrator(*call_.caller));
    }
    if (access == Access::party_of_case) {
        // A command is decided on the case itself.
        const Freshness freshness = is_write() ? Freshness::for_life : Freshness::exact;
        call_.case_row =
            TRY(find_case_of(source, *call_.caller, call_.parameter("case"), freshness));
    }
    if (access == Access::party_of_task) {
        rows::Task task;
        call_.case_row = std::make_shared<const rows::Case>(
            TRY(find_case_of_task(call_.reader, *call_.caller, call_.parameter("task"), task)));
        call_.task_row = std::move(task);
    }
    return find_text(match_.parameters, "organisation") != nullptr ? admit_to_organisation()
                                                                   : Result<void>();
}

Result<void> ServiceExchange::admit_to_organisation() {
    const auto id = OrganisationId::parse(call_.parameter("organisation"));
    auto row = id ? TRY(call_.reader.find_organisation(*id)) : std::nullopt;
    const bool is_wide = match_.route->access == Access::sees_organisation;
    const bool is_shown =
        row && (is_wide ? may_see(*call_.caller, *row) : may_see_members(*call_.caller, *row));
    if (!is_shown) {
        return not_found("organisation_not_found",
                         "there is no such organisation, or none that you may see",
                         call_.parameter("organisation"));
    }
    call_.organisation_row = std::move(*row);
    return {};
}

/// A form of another site can send text, but not JSON.
Result<void> ServiceExchange::check_media_type() const {
    if (match_.route->body != Route::Body::json) {
        return {};
    }
    const std::string* header = request_.find_header("content-type");
    const std::string_view value = header != nullptr ? std::string_view(*header) : "";
    if (lower_case(trimmed(value.substr(0, value.find(';')))) != "application/json") {
        return malformed("media_type_unsupported",
                         "send JSON, with Content-Type: application/json",
                         "Content-Type");
    }
    return {};
}

BodyUse ServiceExchange::body_use() const {
    if (std::holds_alternative<UploadHandler>(match_.route->handler)) {
        return BodyUse::stream;
    }
    return match_.route->body == Route::Body::json ? BodyUse::whole : BodyUse::none;
}

std::uint64_t ServiceExchange::body_bytes_max() const {
    return body_use() == BodyUse::stream ? limits::evidence_bytes_max : limits::json_bytes_max;
}

void ServiceExchange::run(std::string body, Respond respond) {
    request_.body = std::move(body);
    if (const auto* read = std::get_if<ReadHandler>(&match_.route->handler)) {
        auto response = (*read)(call_);
        respond(response ? std::move(*response) : failure(response.error(), call_.problems));
    } else if (const auto* write = std::get_if<WriteHandler>(&match_.route->handler)) {
        auto command = (*write)(call_);
        if (command) {
            submit(std::move(*command), respond);
        } else {
            respond(failure(command.error(), call_.problems));
        }
    } else if (const auto* prepare = std::get_if<JobHandler>(&match_.route->handler)) {
        auto job = (*prepare)(call_);
        if (job) {
            start(std::move(*job), respond);
        } else {
            respond(failure(job.error(), call_.problems));
        }
    }
}

void ServiceExchange::submit(Command command, const Respond& respond) {
    auto ready = complete_submission(request_, command);
    if (!ready) {
        respond(failure(ready.error()));
        return;
    }
    Submission submission = std::move(command.submission);
    shared_.services.host.submit(
        std::move(submission),
        [command = std::move(command), respond](const Result<Answer>& answer) {
            respond(answer_response(command, answer));
        });
}

void ServiceExchange::start(Job job, const Respond& respond) {
    Store& store = shared_.services.store;
    const bool is_taken = shared_.jobs.submit([&store, job = std::move(job), respond] {
        auto reader = store.open_reader();
        if (!reader) {
            respond(failure(reader.error()));
            return;
        }
        auto response = job(**reader);
        respond(response ? std::move(*response) : failure(response.error()));
    });
    if (!is_taken) {
        respond(failure(overloaded()));
    }
}

void ServiceExchange::run_streamed(std::unique_ptr<ByteStream> body, Respond respond) {
    auto prepared = std::get<UploadHandler>(match_.route->handler)(call_);
    if (!prepared) {
        respond(failure(prepared.error(), call_.problems));
        return;
    }
    Command check;
    if (auto ready = complete_submission(request_, check); !ready) {
        respond(failure(ready.error()));
        return;
    }
    const std::shared_ptr<ByteStream> source = std::move(body);
    const ApiDependencies& services = shared_.services;
    const bool is_taken = shared_.uploads.submit(
        [&services, source, upload = std::move(*prepared), check = std::move(check), respond] {
            HeadKeepingStream stream(*source);
            const auto blob = services.blobs.put(stream);
            if (!blob) {
                respond(failure(blob.error()));
                return;
            }
            Command command = upload.make_command(
                *blob, services.media_types.detect(stream.head(), upload.file_name));
            command.submission.idempotency_key = check.submission.idempotency_key;
            command.submission.expected_sequence = check.submission.expected_sequence;
            Submission submission = std::move(command.submission);
            services.host.submit(
                std::move(submission),
                [command = std::move(command), respond](const Result<Answer>& answer) {
                    respond(answer_response(command, answer));
                });
        });
    if (!is_taken) {
        respond(failure(overloaded()));
    }
}

class ServiceLane : public Lane {
public:
    ServiceLane(Shared& shared, std::unique_ptr<StoreReader> reader)
        : shared_(shared),
          reader_(std::move(reader)),
          kept_(shared.versions),
          library_(shared.services.library) {}

    std::unique_ptr<Exchange> begin(Request head) override {
        return std::make_unique<ServiceExchange>(
            shared_, Source{*reader_, kept_}, library_, std::move(head));
    }

private:
    Shared& shared_;
    std::unique_ptr<StoreReader> reader_;
    KeptReads kept_;
    Library library_;  ///< Takes up the versions that this lane's cases need.
};

class Service : public Application {
public:
    Service(const ApiDependencies& dependencies, ServiceOptions options)
        : shared_(dependencies, std::move(options)) {
        dependencies.host.set_observer([this](StreamId stream, std::uint64_t) {
            if (stream.is_none()) {
                shared_.versions.all_changed();
                return;
            }
            shared_.versions.changed(stream);
            shared_.hub.notify(stream);
        });
    }

    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    ~Service() override { shared_.services.host.set_observer(nullptr); }

    Result<std::unique_ptr<Lane>> open_lane() override {
        auto reader = TRY(shared_.services.store.open_reader());
        return std::unique_ptr<Lane>(std::make_unique<ServiceLane>(shared_, std::move(reader)));
    }

private:
    Shared shared_;
};

}  // namespace

std::unique_ptr<Application> make_service(const ApiDependencies& dependencies,
                                          ServiceOptions options) {
    return std::make_unique<Service>(dependencies, std::move(options));
}

}  // namespace guildmark::api
