#include "engine/scxml/children.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/scxml/machine.h"

namespace guildmark::scxml {
namespace {

/// What an invoked session lives in: its owner's host, which hears nothing of its states, and of
/// its transitions only that they are taken.
class ChildHost final : public Host {
public:
    explicit ChildHost(Host& host) : host_(host) {}

    Instant now() override { return host_.now(); }

    const Value& facts() override { return host_.facts(); }

    void log(std::string_view label, const Value& value) override { host_.log(label, value); }

    Value io_processors(std::string_view session_id) override {
        return host_.io_processors(session_id);
    }

    std::vector<Incoming> take_arrived() override { return host_.take_arrived(); }

    Result<void> send(const Outgoing& outgoing) override { return host_.send(outgoing); }

    void cancel(std::string_view session_id, std::string_view sendid) override {
        host_.cancel(session_id, sendid);
    }

    void ended(std::string_view session_id) override { host_.ended(session_id); }

    void exceeded(std::string_view session_id, const Error& limit) override {
        host_.exceeded(session_id, limit);
    }

    Result<std::string> load(const std::string& source) override { return host_.load(source); }

    Result<void> execute(const XmlElement& element, ExpressionScope& scope) override {
        return host_.execute(element, scope);
    }

    void entered(StateIndex) override {}

    void left(StateIndex) override {}

    void taken(TransitionIndex) override { host_.taken_within(); }

    void taken_within() override { host_.taken_within(); }

private:
    Host& host_;
};

/// An invoked session's id is that of its owner, a dot and a number.
bool is_within(std::string_view session_id, std::string_view owner) {
    return session_id.starts_with(owner) &&
           (session_id.size() == owner.size() || session_id[owner.size()] == '.');
}

bool is_waiting(const Session& session) {
    return !session.internal_queue.empty() || !session.external_queue.empty() ||
           std::ranges::any_of(session.invocations, [](const Invocation& invocation) {
               return invocation.is_active && is_waiting(invocation.session);
           });
}

std::size_t count_sessions(const Session& session) {
    std::size_t count = 1;
    for (const Invocation& invocation : session.invocations) {
        count += invocation.is_active ? count_sessions(invocation.session) : 0;
    }
    return count;
}

template <typename AnySession>
AnySession* find_in(AnySession& root, std::string_view session_id) {
    if (root.session_id == session_id) {
        return &root;
    }
    for (auto& invocation : root.invocations) {
        if (invocation.is_active && is_within(session_id, invocation.session.session_id)) {
            return find_in<AnySession>(invocation.session, session_id);
        }
    }
    return nullptr;
}

const Invocation* find_invocation(const Session& session, std::string_view invokeid) {
    const auto found = std::ranges::find_if(session.invocations, [&](const Invocation& one) {
        return one.is_active && one.invokeid == invokeid;
    });
    return found == session.invocations.end() ? nullptr : &*found;
}

Result<bool> enqueue(Session& session, const Event& event) {
    if (session.external_queue.size() == limits::event_queue_max) {
        return too_large("event_queue_full",
                         fmt::format("more than {} events wait for the session {}",
                                     limits::event_queue_max,
                                     session.session_id));
    }
    session.external_queue.push_back(event);
    return true;
}

}  // namespace

const Session* find_session(const Session& root, std::string_view session_id) {
    return find_in(root, session_id);
}

std::optional<Destination> find_destination(const Session& root,
                                            std::string_view sender,
                                            std::string_view target) {
    constexpr std::string_view by_session = "#_scxml_";
    const Session* from = find_session(root, sender);
    if (from == nullptr) {
        return std::nullopt;
    }
    if (target.empty()) {
        return Destination{from->session_id, ""};
    }
    if (target == "#_parent") {
        const Session* owner = find_session(root, sender.substr(0, sender.rfind('.')));
        if (from == &root || owner == nullptr) {
            return std::nullopt;
        }
        const auto link = std::ranges::find_if(
            owner->invocations, [&](const Invocation& one) { return &one.session == from; });
        return Destination{owner->session_id, link->invokeid};
    }
    if (target.starts_with(by_session)) {
        const Session* to = find_session(root, target.substr(by_session.size()));
        return to == nullptr ? std::nullopt : std::optional(Destination{to->session_id, ""});
    }
    const Invocation* to =
        target.starts_with("#_") ? find_invocation(*from, target.substr(2)) : nullptr;
    return to == nullptr ? std::nullopt : std::optional(Destination{to->session.session_id, ""});
}

/// One invoked session, in work.
struct Children::Child {
    Child(Invocation of, Host& owners) : invocation(std::move(of)), host(owners) {}

    Invocation invocation;
    ChildHost host;
    std::unique_ptr<Machine> machine;
    bool is_running = false;
};

Children::Children(Machine& owner, Host& host, ScriptEngine& scripts)
    : owner_(owner), host_(host), scripts_(scripts) {}

Children::~Children() = default;

void Children::begin(Session& session) {
    session_ = &session;
    rollback();
}

void Children::rollback() {
    working_.clear();
    is_touched_ = false;
}

void Children::commit() {
    if (is_touched_) {
        session_->invocations.clear();
        for (std::unique_ptr<Child>& child : working_) {
            session_->invocations.push_back(std::move(child->invocation));
        }
    }
    rollback();
}

void Children::touch() {
    if (is_touched_) {
        return;
    }
    is_touched_ = true;
    for (const Invocation& invocation : session_->invocations) {
        working_.push_back(std::make_unique<Child>(invocation, host_));
    }
}

std::size_t Children::count() const {
    return is_touched_ ? working_.size() : session_->invocations.size();
}

const Invocation& Children::at(std::size_t index) const {
    return is_touched_ ? working_[index]->invocation : session_->invocations[index];
}

std::size_t Children::count_all() const {
    std::size_t sum = 0;
    for (std::size_t index = 0; index < count(); ++index) {
        const Child* child = is_touched_ ? working_[index].get() : nullptr;
        if (child != nullptr && child->is_running) {
            sum += 1 + child->machine->children().count_all();
        } else {
            sum += at(index).is_active ? count_sessions(at(index).session) : 0;
        }
    }
    return sum;
}

Result<void> Children::start(Invocation invocation) {
    for (std::size_t index = 0; index < count(); ++index) {
        if (at(index).invokeid == invocation.invokeid) {
            return refused("invokeid_repeated",
                           fmt::format("\"{}\" is invoked already", invocation.invokeid));
        }
    }
    if (owner_.depth() == limits::invocation_depth_max) {
        return too_large("invocations_too_deep",
                         fmt::format("sessions invoke each other more than {} deep",
                                     limits::invocation_depth_max));
    }
    if (owner_.root().children().count_all() >= limits::invoked_sessions_max) {
        return too_large("sessions_too_many",
                         fmt::format("more than {} sessions are invoked at the same time",
                                     limits::invoked_sessions_max));
    }
    touch();
    invocation.session.session_id = owner_.new_session_id();
    working_.push_back(std::make_unique<Child>(std::move(invocation), host_));
    run(*working_.back());
    return {};
}

void Children::run(Child& child) {
    Invocation& invocation = child.invocation;
    if (!child.machine) {
        child.machine = std::make_unique<Machine>(
            *invocation.chart, child.host, scripts_, &owner_, invocation.invokeid);
    }
    child.is_running = true;
    Result<RunEnd> end = invocation.session.running ? child.machine->resume(invocation.session)
                                                    : child.machine->start(invocation.session);
    child.is_running = false;
    if (!end) {
        owner_.fail(std::move(end).error());
    } else if (*end == RunEnd::finished) {
        Event done;
        done.name = "done.invoke." + invocation.invokeid;
        done.invokeid = invocation.invokeid;
        done.data = std::move(invocation.session.done_data);
        finish(child);
        if (Result<void> received = owner_.receive_own(std::move(done)); !received) {
            owner_.raise_error(std::move(received).error());
        }
    }
}

/// The session is over. The invocation stays until its state is left: events of it may wait.
void Children::finish(Child& child) {
    Invocation& invocation = child.invocation;
    host_.ended(invocation.session.session_id);
    invocation.is_active = false;
    invocation.document.clear();
    Session over;
    over.session_id = std::move(invocation.session.session_id);
    invocation.session = std::move(over);
    child.machine.reset();
}

void Children::cancel(std::uint32_t first_invoke, std::uint32_t last_invoke) {
    const auto is_meant = [&](const Invocation& invocation) {
        return invocation.invoke >= first_invoke && invocation.invoke < last_invoke;
    };
    if (count() == 0) {
        return;
    }
    touch();
    for (const std::unique_ptr<Child>& child : working_) {
        Invocation& invocation = child->invocation;
        if (!is_meant(invocation) || !invocation.is_active) {
            continue;
        }
        Machine machine(*invocation.chart, child->host, scripts_, &owner_, invocation.invokeid);
        if (Result<void> stopped = machine.stop(invocation.session); !stopped) {
            owner_.fail(std::move(stopped).error());
        }
        finish(*child);
    }
    std::erase_if(working_, [&](const auto& child) { return is_meant(child->invocation); });
}

Result<bool> Children::forward(std::size_t index, const Event& event) {
    if (!at(index).is_active) {
        return false;
    }
    touch();
    return enqueue(working_[index]->invocation.session, event);
}

Result<bool> Children::receive(std::string_view session_id, const Event& event) {
    if (count() == 0) {
        return false;
    }
    touch();
    for (const std::unique_ptr<Child>& child : working_) {
        Session& session = child->invocation.session;
        if (!child->invocation.is_active || !is_within(session_id, session.session_id)) {
            continue;
        }
        if (child->is_running) {
            return child->machine->receive(session_id, event);
        }
        Session* to = find_in(session, session_id);
        return to == nullptr ? Result<bool>(false) : enqueue(*to, event);
    }
    return false;
}

bool Children::run_waiting() {
    bool ran = false;
    for (std::size_t index = 0; index < count(); ++index) {
        if (at(index).is_active && is_waiting(at(index).session)) {
            touch();
            run(*working_[index]);
            ran = true;
        }
    }
    return ran;
}

}  // namespace guildmark::scxml
