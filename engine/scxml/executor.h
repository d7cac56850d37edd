#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/scxml/datamodel.h"
#include "engine/scxml/run.h"

namespace guildmark::scxml {

/// Finds the sessions that the SCXML event processor reaches (appendix C.1).
class Router {
public:
    virtual ~Router() = default;

    /// Hands `event` to the session at `target`: "#_parent", "#_scxml_" and a session id, or "#_"
    /// and an invokeid. Errors: send_target_unknown, event_queue_full.
    virtual Result<void> route(std::string_view target, Event event) = 0;
};

/// Executes content (SCXML clauses 4, 5.7 and 6). An error in a block ends that block and becomes
/// an error event.
class Executor {
public:
    Executor(const Statechart::Compiled& chart,
             Host& host,
             Datamodel& datamodel,
             Run& run,
             Router& router)
        : chart_(chart), host_(host), datamodel_(datamodel), run_(run), router_(router) {}

    void begin(Session& session) { session_ = &session; }

    /// Executes the block; nothing for none.
    void execute(BlockIndex block);

    /// As execute, of a <script> of the document itself, which sees the global scope.
    void execute_document_script(BlockIndex block);

    /// Evaluates the condition; an error counts as false and becomes an error event (5.9.1).
    bool condition(ExpressionIndex expression);

    /// What <donedata> gives; parameters that cannot be evaluated are left out (5.7).
    std::optional<Value> done_data(std::uint32_t payload);

    /// What the <invoke> is to start: its id, the chart, and the values that the session begins
    /// with. Errors: those of expressions, of Host::load, and invoke_type_unsupported,
    /// document_invalid.
    Result<Invocation> invocation(std::uint32_t invoke);

    /// <finalize> of the <invoke> whose session sent the event (6.5).
    void finalize(const InvokeRecord& invoke, const Event& event);

private:
    /// The operation after the last one that ran is `last` when there was no error.
    Result<void> range(std::uint32_t first, std::uint32_t last);
    Result<void> operation(const Operation& operation);
    Result<void> foreach (const Operation& operation, std::uint32_t body);
    Result<void> send(const SendRecord& send);
    Result<void> deliver(const SendRecord& send, Outgoing outgoing);
    Result<void> deliver_here(Outgoing outgoing);
    Result<void> deliver_by_host(const Outgoing& outgoing);
    Result<void> cancel(const Operation& operation);
    Result<void> assign(const Operation& operation);
    Result<void> host_element(const XmlElement& element);
    using Parameters = std::vector<std::pair<std::string, Value>>;

    Result<std::optional<Value>> content(const PayloadRecord& payload);
    Result<Parameters> parameters(const PayloadRecord& payload);
    Result<std::string> text(const TextOrExpression& source);
    Result<std::string> invokeid(const InvokeRecord& record);
    Result<void> set_chart(const InvokeRecord& record, Invocation& invocation);
    Result<void> assign_parameters(const PayloadRecord& payload, const Event& event);
    Result<Outgoing> outgoing(const SendRecord& send);

    [[nodiscard]] std::string own_location() const { return "#_scxml_" + session_->session_id; }

    const Statechart::Compiled& chart_;
    Host& host_;
    Datamodel& datamodel_;
    Run& run_;
    Router& router_;
    Session* session_ = nullptr;
};

}  // namespace guildmark::scxml
