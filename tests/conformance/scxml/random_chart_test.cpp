// Random charts and events: the interpreter does what the reference model does, and goes on the
// same way when its session was written down and read back after every step.
#include <random>

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/scxml/session_codec.h"
#include "engine/scxml/session_migration.h"
#include "tests/conformance/scxml/reference_model.h"
#include "tests/conformance/scxml/virtual_host.h"

namespace guildmark::scxml::test {
namespace {

using Kind = ReferenceState::Kind;

constexpr int charts = 150;
constexpr int events_per_chart = 15;

/// Makes a chart as a tree.
class ChartGenerator {
public:
    explicit ChartGenerator(unsigned seed) : random_(seed) {}

    std::unique_ptr<ReferenceState> chart() {
        auto root = std::make_unique<ReferenceState>();
        add_children(*root, 0);
        fill(*root);
        return root;
    }

private:
    std::size_t pick(std::size_t count) { return random_() % count; }

    bool chance(std::size_t percent) { return pick(100) < percent; }

    void add_children(ReferenceState& state, int depth) {
        const std::size_t count = 2 + pick(2);
        for (std::size_t at = 0; at < count; ++at) {
            auto child = std::make_unique<ReferenceState>();
            child->parent = &state;
            child->id = "s" + std::to_string(next_id_++);
            ReferenceState& made = *child;
            all_.push_back(&made);
            state.children.push_back(std::move(child));
            const bool may_be_final = state.kind != Kind::parallel && at > 0;
            if (may_be_final && chance(20)) {
                made.kind = Kind::final;
            } else if (depth < 3 && chance(depth == 0 ? 75 : 45)) {
                made.kind = chance(40) ? Kind::parallel : Kind::state;
                add_children(made, depth + 1);
                add_histories(made);
            }
        }
    }

    void add_histories(ReferenceState& state) {
        for (const Kind kind : {Kind::shallow, Kind::deep}) {
            if (chance(35)) {
                auto history = std::make_unique<ReferenceState>();
                history->kind = kind;
                history->parent = &state;
                history->id = "h" + std::to_string(next_id_++);
                history->initial.targets = {inside(state, Histories::without)->id};
                history->initial.actions = actions(30);
                all_.push_back(history.get());
                state.children.push_back(std::move(history));
            }
        }
    }

    enum class Histories { with, without };

    /// Any state below `state`.
    ReferenceState* inside(ReferenceState& state, Histories histories) {
        std::vector<ReferenceState*> found;
        for (ReferenceState* candidate : all_) {
            const bool is_history =
                candidate->kind == Kind::shallow || candidate->kind == Kind::deep;
            for (ReferenceState* above = candidate->parent; above != nullptr;
                 above = above->parent) {
                if (above == &state && (histories == Histories::with || !is_history)) {
                    found.push_back(candidate);
                }
            }
        }
        return found[pick(found.size())];
    }

    void fill(ReferenceState& state) {
        const bool is_history = state.kind == Kind::shallow || state.kind == Kind::deep;
        if (state.kind == Kind::state && !state.children.empty()) {
            ReferenceState* initial =
                chance(60) ? state.children.front().get() : inside(state, Histories::with);
            state.initial.targets = {initial->id};
            state.has_initial_element = state.parent != nullptr && chance(30);
            if (state.has_initial_element) {
                state.initial.actions = actions(60);
            }
        }
        if (!is_history && state.parent != nullptr) {
            for (auto* handlers : {&state.onentry, &state.onexit}) {
                for (std::size_t at = pick(3); at > 0; --at) {
                    handlers->push_back(actions(60));
                }
            }
            for (std::size_t at = state.kind == Kind::final ? 0 : pick(4); at > 0; --at) {
                state.transitions.push_back(transition(state));
            }
        }
        for (const auto& child : state.children) {
            fill(*child);
        }
    }

    ReferenceTransition transition(ReferenceState&) {
        static constexpr std::array<const char*, 8> descriptors = {
            "a", "b", "c", "a.x", "*", "a.*", "done.state", "r"};
        ReferenceTransition made;
        const bool is_eventless = chance(12);
        if (!is_eventless) {
            made.events.emplace_back(descriptors[pick(descriptors.size())]);
            if (chance(25)) {
                made.events.emplace_back(descriptors[pick(descriptors.size())]);
            }
        }
        if (chance(20)) {
            made.in = active_state()->id;
        }
        if (chance(20) || (is_eventless && made.in.empty())) {
            made.variable = chance(50) ? "v" : "w";
        }
        if (!chance(15)) {
            made.targets = targets();
        }
        made.is_internal = chance(30);
        made.actions = actions(50);
        return made;
    }

    std::vector<std::string> targets() {
        ReferenceState* first = all_[pick(all_.size())];
        // Two regions of one parallel, now and then.
        for (ReferenceState* above = first; above != nullptr && chance(50); above = above->parent) {
            if (above->parent == nullptr || above->parent->kind != Kind::parallel) {
                continue;
            }
            for (const auto& sibling : above->parent->children) {
                if (sibling.get() != above && sibling->kind == Kind::state &&
                    !sibling->children.empty()) {
                    return {first->id, inside(*sibling, Histories::with)->id};
                }
            }
        }
        return {first->id};
    }

    ReferenceState* active_state() {
        while (true) {
            ReferenceState* state = all_[pick(all_.size())];
            if (state->kind != Kind::shallow && state->kind != Kind::deep) {
                return state;
            }
        }
    }

    Actions actions(std::size_t percent) {
        Actions made;
        while (chance(percent) && made.size() < 3) {
            Action action;
            switch (pick(5)) {
                case 0:
                    action = {Action::Kind::raise, chance(70) ? "r" : "a", {}};
                    break;
                case 1:
                case 2:
                    action = {Action::Kind::increment, chance(50) ? "v" : "w", {}};
                    break;
                case 3:
                    action = {Action::Kind::raise_if_in, "b", active_state()->id};
                    break;
                default:
                    action = {Action::Kind::log, "l" + std::to_string(pick(100)), {}};
            }
            made.push_back(action);
        }
        return made;
    }

    std::mt19937 random_;
    int next_id_ = 0;
    std::vector<ReferenceState*> all_;
};

// The same tree as an SCXML document.

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : " ") + word;
    }
    return out;
}

std::string xml(const Actions& actions) {
    std::string out;
    for (const Action& action : actions) {
        switch (action.kind) {
            case Action::Kind::log:
                out += "<log label='" + action.text + "'/>";
                break;
            case Action::Kind::raise:
                out += "<raise event='" + action.text + "'/>";
                break;
            case Action::Kind::increment:
                out +=
                    "<assign location='" + action.text + "' expr='(" + action.text + " + 1) % 3'/>";
                break;
            case Action::Kind::raise_if_in:
                out += "<if cond=\"In('" + action.state + "')\"><raise event='" + action.text +
                       "'/></if>";
                break;
        }
    }
    return out;
}

std::string xml(const ReferenceTransition& transition) {
    std::string condition;
    if (!transition.in.empty()) {
        condition = "In('" + transition.in + "')";
    }
    if (!transition.variable.empty()) {
        condition += (condition.empty() ? "" : " &amp;&amp; ") + transition.variable + " == 1";
    }
    std::string out = "<transition";
    out += transition.events.empty() ? "" : " event='" + joined(transition.events) + "'";
    out += transition.targets.empty() ? "" : " target='" + joined(transition.targets) + "'";
    out += condition.empty() ? "" : " cond=\"" + condition + "\"";
    out += transition.is_internal ? " type='internal'>" : ">";
    return out + xml(transition.actions) + "</transition>";
}

std::string xml(const ReferenceState& state) {
    static constexpr std::array<const char*, 5> names = {
        "state", "parallel", "final", "history", "history"};
    const std::string name = names[static_cast<std::size_t>(state.kind)];
    std::string out = "<" + name + " id='" + state.id + "'";
    if (state.kind == Kind::shallow || state.kind == Kind::deep) {
        return out + (state.kind == Kind::deep ? " type='deep'>" : ">") + xml(state.initial) +
               "</history>";
    }
    const bool has_initial = state.kind == Kind::state && !state.children.empty();
    if (has_initial && !state.has_initial_element) {
        out += " initial='" + joined(state.initial.targets) + "'";
    }
    out += ">";
    if (has_initial && state.has_initial_element) {
        out += "<initial>" + xml(state.initial) + "</initial>";
    }
    for (const Actions& actions : state.onentry) {
        out += "<onentry>" + xml(actions) + "</onentry>";
    }
    for (const Actions& actions : state.onexit) {
        out += "<onexit>" + xml(actions) + "</onexit>";
    }
    for (const ReferenceTransition& transition : state.transitions) {
        out += xml(transition);
    }
    for (const auto& child : state.children) {
        out += xml(*child);
    }
    return out + "</" + name + ">";
}

std::string document(const ReferenceState& root) {
    std::string out =
        "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' "
        "datamodel='ecmascript' initial='" +
        joined(root.initial.targets) +
        "'><datamodel><data id='v' expr='0'/><data id='w' expr='0'/></datamodel>";
    for (const auto& child : root.children) {
        out += xml(*child);
    }
    return out + "</scxml>";
}

Event event_of(const std::string& name) {
    Event event;
    event.name = name;
    return event;
}

/// One chart under the interpreter.
struct Subject {
    explicit Subject(const std::string& text) : chart(*compile_text(text)), host(chart) {}

    /// Whether it came to rest without a limit.
    bool step(const std::string* event) {
        Interpreter interpreter(chart, host, scripts);
        host.trace.clear();
        const Result<RunEnd> end = event == nullptr
                                       ? interpreter.start(session)
                                       : interpreter.process(session, event_of(*event));
        const bool has_exceeded = std::ranges::any_of(
            host.trace, [](const std::string& line) { return line.starts_with("exceeded"); });
        EXPECT_TRUE(end || has_exceeded) << end.error().code;
        return end && !has_exceeded;
    }

    void write_and_read() {
        const std::string text = to_json(to_value(chart, session));
        auto read = session_from_value(chart, *parse_json(text));
        ASSERT_TRUE(read) << read.error().message << "\n" << text;
        session = std::move(read).value();
        ASSERT_EQ(to_json(to_value(chart, session)), text);
    }

    [[nodiscard]] std::vector<std::string> active() const {
        std::vector<std::string> ids;
        for (const StateIndex state : session.configuration) {
            ids.push_back(chart.state_id(state));
        }
        return ids;
    }

    Statechart chart;
    VirtualHost host;
    NoScripts scripts;
    Session session;
};

/// Compares one step; false when the chart does not come to rest or is finished.
bool compare_step(ReferenceModel& model, Subject& kept, Subject& stored, const std::string* event) {
    model.trace.clear();
    event == nullptr ? model.start() : model.process(*event);
    const bool kept_rests = kept.step(event);
    const bool stored_rests = stored.step(event);
    EXPECT_EQ(kept_rests, stored_rests);
    EXPECT_EQ(kept_rests, model.steps <= 1000 && model.waiting_max <= 1000)
        << model.steps << " " << model.waiting_max;
    if (!kept_rests) {
        return false;
    }
    EXPECT_EQ(kept.host.trace, model.trace);
    EXPECT_EQ(stored.host.trace, model.trace);
    EXPECT_EQ(kept.active(), model.active());
    EXPECT_EQ(kept.session.data.number_or("v", -1), model.variables["v"]);
    EXPECT_EQ(kept.session.data.number_or("w", -1), model.variables["w"]);
    EXPECT_EQ(kept.session.running, model.running);
    if (!model.running) {
        EXPECT_EQ(kept.chart.state_id(*kept.session.final_state), model.final_state);
    }
    stored.write_and_read();
    return model.running;
}

TEST(RandomChart, runs_as_the_reference_model_does) {
    static constexpr std::array<const char*, 5> names = {"a", "b", "c", "a.x", "r"};
    int steps = 0;
    for (unsigned seed = 0; seed < charts; ++seed) {
        ChartGenerator generator(seed);
        const std::unique_ptr<ReferenceState> root = generator.chart();
        const std::string text = document(*root);
        SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
        ReferenceModel model(*root);
        Subject kept(text);
        Subject stored(text);
        std::mt19937 random(seed);
        bool goes_on = compare_step(model, kept, stored, nullptr);
        for (int event = 0; event < events_per_chart && goes_on; ++event) {
            const std::string name = names[random() % names.size()];
            goes_on = compare_step(model, kept, stored, &name);
            ++steps;
        }
        ASSERT_FALSE(HasFailure());
    }
    EXPECT_GT(steps, charts * 3);
}

/// The same text with every state called otherwise: "s7" becomes "renamed7", and back.
std::string renamed(const std::string& text, const std::string& from, const std::string& to) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const bool begins = at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0;
        const std::size_t digit = at + from.size();
        const bool is_id = begins && text.compare(at, from.size(), from) == 0 &&
                           digit < text.size() &&
                           std::isdigit(static_cast<unsigned char>(text[digit])) != 0;
        out += is_id ? to : text.substr(at, 1);
        at += is_id ? from.size() : 1;
    }
    return out;
}

/// Lets the session go on under another chart, as a case that is migrated.
void migrate(Subject& from, Subject& to, const SessionMapping& mapping) {
    SessionMigration migration = migrate_session(from.chart, from.session, to.chart, mapping);
    ASSERT_TRUE(migration.faults.empty()) << migration.faults.front().message;
    to.session = std::move(migration.session);
}

SessionMapping mapping_between(const Statechart& chart,
                               const std::string& from,
                               const std::string& to) {
    SessionMapping mapping;
    for (StateIndex state = 1; state < chart.state_count(); ++state) {
        mapping.states.emplace(chart.state_id(state), renamed(chart.state_id(state), from, to));
    }
    return mapping;
}

std::vector<std::string> renamed(std::vector<std::string> lines) {
    for (std::string& line : lines) {
        line = renamed(line, "renamed", "s");
    }
    return lines;
}

/// Before each event one subject is migrated to the chart that it has, and one to the chart with
/// all states called otherwise, or back: neither may be told from the one that was left alone.
TEST(RandomChart, goes_on_after_a_migration_as_if_nothing_had_been) {
    static constexpr std::array<const char*, 5> names = {"a", "b", "c", "a.x", "r"};
    int steps = 0;
    for (unsigned seed = 0; seed < charts; ++seed) {
        ChartGenerator generator(seed);
        const std::string text = document(*generator.chart());
        SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
        Subject alone(text);
        Subject same(text);
        std::array<Subject, 2> moved{Subject(text), Subject(renamed(text, "s", "renamed"))};
        const SessionMapping there = mapping_between(moved[0].chart, "s", "renamed");
        const SessionMapping back = mapping_between(moved[1].chart, "renamed", "s");
        bool goes_on = alone.step(nullptr) && same.step(nullptr) && moved[0].step(nullptr);
        std::mt19937 random(seed);
        for (std::size_t event = 0; event < events_per_chart && goes_on; ++event) {
            if (!alone.session.running) {
                break;
            }
            const std::string name = names[random() % names.size()];
            Subject& before = moved[event % 2];
            Subject& after = moved[(event + 1) % 2];
            migrate(same, same, {});
            migrate(before, after, event % 2 == 0 ? there : back);
            ASSERT_FALSE(HasFatalFailure());
            goes_on = alone.step(&name);
            EXPECT_EQ(same.step(&name), goes_on);
            EXPECT_EQ(after.step(&name), goes_on);
            EXPECT_EQ(same.host.trace, alone.host.trace);
            EXPECT_EQ(renamed(after.host.trace), alone.host.trace);
            EXPECT_EQ(to_json(to_value(same.chart, same.session)),
                      to_json(to_value(alone.chart, alone.session)));
            EXPECT_EQ(renamed(to_json(to_value(after.chart, after.session)), "renamed", "s"),
                      to_json(to_value(alone.chart, alone.session)));
            ++steps;
        }
        ASSERT_FALSE(HasFailure());
    }
    EXPECT_GT(steps, charts * 3);
}

}  // namespace
}  // namespace guildmark::scxml::test
