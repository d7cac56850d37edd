#include "tests/support/faulty_ports.h"

#include <utility>

namespace guildmark::tests {
namespace {

const char* const planned = "the test planned this failure";

/// What one call of a port fails with.
struct PlannedErrors {
    const char* later;
    Error (*for_good)(std::string code, std::string message, std::string subject);
    const char* for_good_code;
};

constexpr PlannedErrors store_errors{"store_busy", failed, "store_failed"};
constexpr PlannedErrors blob_errors{"blob_store_full", failed, "blob_store_failed"};
constexpr PlannedErrors blob_read_errors{"blob_store_failed", failed, "blob_store_failed"};
constexpr PlannedErrors list_errors{"source_unavailable", forbidden, "source_denied"};
constexpr PlannedErrors open_errors{"source_unavailable", forbidden, "evidence_denied"};
constexpr PlannedErrors read_errors{"source_unavailable", conflict, "evidence_changed"};
constexpr PlannedErrors notifier_errors{"notifier_unavailable", refused, "notifier_refused"};
constexpr PlannedErrors script_errors{"script_unavailable", unavailable, "script_unavailable"};

Error error_of(FaultKind kind, const PlannedErrors& errors) {
    return kind == FaultKind::for_good ? errors.for_good(errors.for_good_code, planned, {})
                                       : unavailable(errors.later, planned);
}

/// Counts a call, which goes on unless the plan lets it fail.
Result<void> pass(FaultPlan& plan, std::string_view name, const PlannedErrors& errors) {
    if (const auto kind = plan.count(name)) {
        return error_of(*kind, errors);
    }
    return {};
}

class FaultyReader final : public StoreReader {
public:
    FaultyReader(FaultPlan& plan, std::unique_ptr<StoreReader> real)
        : plan_(plan), real_(std::move(real)) {}

    Result<StreamHead> head(StreamId stream) override {
        TRY(pass("StoreReader::head"));
        return real_->head(stream);
    }

    Result<std::vector<Record>> records(StreamId stream,
                                        std::uint64_t after_sequence,
                                        std::size_t count_max) override {
        TRY(pass("StoreReader::records"));
        return real_->records(stream, after_sequence, count_max);
    }

    Result<std::optional<Snapshot>> find_snapshot(StreamId stream) override {
        TRY(pass("StoreReader::find_snapshot"));
        return real_->find_snapshot(stream);
    }

    Result<std::optional<KeyedAnswer>> find_answer(std::string_view key) override {
        TRY(pass("StoreReader::find_answer"));
        return real_->find_answer(key);
    }

    Result<std::optional<Definition>> find_definition(const Digest& version) override {
        TRY(pass("StoreReader::find_definition"));
        return real_->find_definition(version);
    }

    Result<std::vector<Definition>> definitions(std::string_view kind) override {
        TRY(pass("StoreReader::definitions"));
        return real_->definitions(kind);
    }

    Result<std::uint64_t> last_position() override {
        TRY(pass("StoreReader::last_position"));
        return real_->last_position();
    }

    Result<std::uint64_t> last_stream() override {
        TRY(pass("StoreReader::last_stream"));
        return real_->last_stream();
    }

    Result<std::vector<Timer>> due_timers(Instant until, std::size_t count_max) override {
        TRY(pass("StoreReader::due_timers"));
        return real_->due_timers(until, count_max);
    }

    Result<std::optional<Instant>> next_timer() override {
        TRY(pass("StoreReader::next_timer"));
        return real_->next_timer();
    }

    Result<std::vector<Effect>> due_effects(Instant until, std::size_t count_max) override {
        TRY(pass("StoreReader::due_effects"));
        return real_->due_effects(until, count_max);
    }

    Result<std::optional<rows::Case>> find_case(CaseId id) override {
        TRY(pass("StoreReader::find_case"));
        return real_->find_case(id);
    }

    Result<std::optional<rows::CaseRows>> find_case_rows(CaseId id) override {
        TRY(pass("StoreReader::find_case_rows"));
        return real_->find_case_rows(id);
    }

    Result<std::optional<rows::CaseOverview>> find_case_overview(
        CaseId id, Date evidence_until, std::size_t evidence_max) override {
        TRY(pass("StoreReader::find_case_overview"));
        return real_->find_case_overview(id, evidence_until, evidence_max);
    }

    Result<rows::GateRows> gate_rows(CaseId id, Date today) override {
        TRY(pass("StoreReader::gate_rows"));
        return real_->gate_rows(id, today);
    }

    Result<Page<rows::Case>> cases(const CaseFilter& filter, const PageRequest& page) override {
        TRY(pass("StoreReader::cases"));
        return real_->cases(filter, page);
    }

    Result<std::uint64_t> count_cases(const CaseFilter& filter) override {
        TRY(pass("StoreReader::count_cases"));
        return real_->count_cases(filter);
    }

    Result<std::optional<rows::Task>> find_task(TaskId id) override {
        TRY(pass("StoreReader::find_task"));
        return real_->find_task(id);
    }

    Result<Page<rows::Task>> tasks(const TaskFilter& filter, const PageRequest& page) override {
        TRY(pass("StoreReader::tasks"));
        return real_->tasks(filter, page);
    }

    Result<Page<rows::Incident>> incidents(const IncidentFilter& filter,
                                           const PageRequest& page) override {
        TRY(pass("StoreReader::incidents"));
        return real_->incidents(filter, page);
    }

    Result<std::vector<rows::Requirement>> requirements(CaseId id) override {
        TRY(pass("StoreReader::requirements"));
        return real_->requirements(id);
    }

    Result<Page<rows::Evidence>> evidence(CaseId id, const PageRequest& page) override {
        TRY(pass("StoreReader::evidence"));
        return real_->evidence(id, page);
    }

    Result<std::optional<rows::Evidence>> find_evidence(
        CaseId case_id, EvidenceId id, std::optional<std::uint32_t> revision) override {
        TRY(pass("StoreReader::find_evidence"));
        return real_->find_evidence(case_id, id, revision);
    }

    Result<std::vector<rows::Finding>> findings(CaseId id) override {
        TRY(pass("StoreReader::findings"));
        return real_->findings(id);
    }

    Result<std::optional<rows::Certificate>> find_certificate(std::string_view number) override {
        TRY(pass("StoreReader::find_certificate"));
        return real_->find_certificate(number);
    }

    Result<Page<rows::Certificate>> certificates(const CertificateFilter& filter,
                                                 const PageRequest& page) override {
        TRY(pass("StoreReader::certificates"));
        return real_->certificates(filter, page);
    }

    Result<std::vector<Record>> certificate_acts(std::uint64_t after_position,
                                                 std::size_t count_max) override {
        TRY(pass("StoreReader::certificate_acts"));
        return real_->certificate_acts(after_position, count_max);
    }

    Result<std::vector<Record>> certificate_acts_of(CaseId id) override {
        TRY(pass("StoreReader::certificate_acts_of"));
        return real_->certificate_acts_of(id);
    }

    Result<std::optional<rows::Organisation>> find_organisation(OrganisationId id) override {
        TRY(pass("StoreReader::find_organisation"));
        return real_->find_organisation(id);
    }

    Result<std::optional<rows::OrganisationRows>> find_organisation_rows(
        OrganisationId id) override {
        TRY(pass("StoreReader::find_organisation_rows"));
        return real_->find_organisation_rows(id);
    }

    Result<Page<rows::Organisation>> organisations(const PageRequest& page) override {
        TRY(pass("StoreReader::organisations"));
        return real_->organisations(page);
    }

    Result<std::optional<rows::Member>> find_member(OrganisationId organisation,
                                                    PersonId person) override {
        TRY(pass("StoreReader::find_member"));
        return real_->find_member(organisation, person);
    }

    Result<std::optional<rows::Token>> find_token(const Digest& hash) override {
        TRY(pass("StoreReader::find_token"));
        return real_->find_token(hash);
    }

    Result<void> scan_streams(const RecordVisit& visit,
                              const UnreadableVisit& on_unreadable) override {
        TRY(pass("StoreReader::scan_streams"));
        return real_->scan_streams(visit, on_unreadable);
    }

private:
    Result<void> pass(std::string_view name) { return tests::pass(plan_, name, store_errors); }

    FaultPlan& plan_;
    std::unique_ptr<StoreReader> real_;
};

class FaultyStream final : public ByteStream {
public:
    FaultyStream(FaultPlan& plan,
                 std::unique_ptr<ByteStream> real,
                 const char* name,
                 const PlannedErrors& errors)
        : plan_(plan), real_(std::move(real)), name_(name), errors_(errors) {}

    Result<std::size_t> read(std::span<char> buffer) override {
        TRY(pass(plan_, name_, errors_));
        return real_->read(buffer);
    }

private:
    FaultPlan& plan_;
    std::unique_ptr<ByteStream> real_;
    const char* name_;
    const PlannedErrors& errors_;
};

class FaultyContext final : public ScriptContext {
public:
    FaultyContext(FaultPlan& plan, std::unique_ptr<ScriptContext> real)
        : plan_(plan), real_(std::move(real)) {}

    Result<void> define(std::string_view name, const Value& value) override {
        TRY(pass("ScriptContext::define"));
        return real_->define(name, value);
    }

    Result<void> define_undefined(std::string_view name) override {
        TRY(pass("ScriptContext::define_undefined"));
        return real_->define_undefined(name);
    }

    Result<void> define_function(std::string_view name, std::string_view source) override {
        TRY(pass("ScriptContext::define_function"));
        return real_->define_function(name, source);
    }

    Result<void> define_read_only(std::string_view name,
                                  const Value& value,
                                  std::span<const std::string_view> undefined_members) override {
        TRY(pass("ScriptContext::define_read_only"));
        return real_->define_read_only(name, value, undefined_members);
    }

    Result<void> define_membership(std::string_view function,
                                   std::span<const std::string> members) override {
        TRY(pass("ScriptContext::define_membership"));
        return real_->define_membership(function, members);
    }

    Result<std::optional<Value>> evaluate(std::string_view expression) override {
        TRY(pass("ScriptContext::evaluate"));
        return real_->evaluate(expression);
    }

    Result<void> execute(std::string_view statements) override {
        TRY(pass("ScriptContext::execute"));
        return real_->execute(statements);
    }

    Result<void> declare(std::string_view statements) override {
        TRY(pass("ScriptContext::declare"));
        return real_->declare(statements);
    }

    ScriptChanges take_changes() override { return real_->take_changes(); }

private:
    Result<void> pass(std::string_view name) { return tests::pass(plan_, name, script_errors); }

    FaultPlan& plan_;
    std::unique_ptr<ScriptContext> real_;
};

}  // namespace

Result<void> FaultyStore::commit(const Commit& commit) {
    const auto kind = plan_.count("Store::commit");
    const Error doubt = unavailable("commit_in_doubt", planned);
    if (in_doubt_) {
        return doubt;
    }
    if (!kind) {
        return real_.commit(commit);
    }
    if (*kind == FaultKind::written_in_doubt) {
        TRY(real_.commit(commit));
    }
    in_doubt_ = *kind == FaultKind::written_in_doubt || *kind == FaultKind::lost_in_doubt;
    return in_doubt_ ? doubt : error_of(*kind, store_errors);
}

Result<void> FaultyStore::recover() {
    TRY(pass(plan_, "Store::recover", store_errors));
    TRY(real_.recover());
    in_doubt_ = false;
    return {};
}

Result<std::unique_ptr<StoreReader>> FaultyStore::open_reader() {
    TRY(pass(plan_, "Store::open_reader", store_errors));
    return faulty_reader(plan_, TRY(real_.open_reader()));
}

Result<std::unique_ptr<StoreReader>> FaultyStore::open_writers_reader() {
    TRY(pass(plan_, "Store::open_writers_reader", store_errors));
    return faulty_reader(plan_, TRY(real_.open_writers_reader()));
}

Result<void> FaultyStore::rebuild(const std::function<Result<void>(const RebuildSink&)>& write) {
    TRY(pass(plan_, "Store::rebuild", store_errors));
    return real_.rebuild(write);
}

Result<std::vector<StoreFault>> FaultyStore::check_integrity() {
    TRY(pass(plan_, "Store::check_integrity", store_errors));
    return real_.check_integrity();
}

std::unique_ptr<StoreReader> faulty_reader(FaultPlan& plan, std::unique_ptr<StoreReader> real) {
    return std::make_unique<FaultyReader>(plan, std::move(real));
}

Result<StoredBlob> FaultyBlobStore::put(ByteStream& bytes) {
    TRY(pass(plan_, "BlobStore::put", blob_errors));
    return real_.put(bytes);
}

Result<std::unique_ptr<ByteStream>> FaultyBlobStore::open(const Digest& digest) {
    TRY(pass(plan_, "BlobStore::open", blob_read_errors));
    return std::unique_ptr<ByteStream>(std::make_unique<FaultyStream>(
        plan_, TRY(real_.open(digest)), "BlobStore::open()::read", blob_read_errors));
}

Result<bool> FaultyBlobStore::contains(const Digest& digest) {
    TRY(pass(plan_, "BlobStore::contains", blob_read_errors));
    return real_.contains(digest);
}

Result<void> FaultyBlobStore::check(const Digest& digest) {
    TRY(pass(plan_, "BlobStore::check", blob_read_errors));
    return real_.check(digest);
}

Result<EvidenceListing> FaultyEvidenceSource::list() {
    TRY(pass(plan_, "EvidenceSource::list", list_errors));
    return real_.list();
}

Result<std::unique_ptr<ByteStream>> FaultyEvidenceSource::open(const EvidenceItem& item) {
    TRY(pass(plan_, "EvidenceSource::open", open_errors));
    return std::unique_ptr<ByteStream>(std::make_unique<FaultyStream>(
        plan_, TRY(real_.open(item)), "EvidenceSource::open()::read", read_errors));
}

Result<void> FaultyNotifier::deliver(const Notification& notification) {
    TRY(pass(plan_, "Notifier::deliver", notifier_errors));
    return real_.deliver(notification);
}

Result<std::unique_ptr<ScriptContext>> FaultyScriptEngine::open() {
    TRY(pass(plan_, "ScriptEngine::open", script_errors));
    return std::unique_ptr<ScriptContext>(
        std::make_unique<FaultyContext>(plan_, TRY(real_.open())));
}

Result<std::optional<Value>> FaultyScriptEngine::evaluate_pure(std::string_view expression,
                                                               std::span<const ScriptInput> inputs,
                                                               std::string_view functions) {
    TRY(pass(plan_, "ScriptEngine::evaluate_pure", script_errors));
    return real_.evaluate_pure(expression, inputs, functions);
}

}  // namespace guildmark::tests
