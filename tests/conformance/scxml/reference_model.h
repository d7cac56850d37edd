#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// A second, slow implementation of SCXML's algorithm, for comparison: trees, sets of pointers and
/// the text of Appendix D (REC 2015-09-01) step by step, without any of the first one's data or
/// ideas.
namespace guildmark::scxml::test {

struct ReferenceState;

/// One piece of executable content.
struct Action {
    enum class Kind { log, raise, increment, raise_if_in };

    Kind kind = Kind::log;
    std::string text;   ///< Label, event name, or variable.
    std::string state;  ///< raise_if_in: the state asked for.
};

using Actions = std::vector<Action>;

struct ReferenceTransition {
    ReferenceState* source = nullptr;
    std::vector<std::string> events;  ///< Descriptors; none: without event.
    std::vector<std::string> targets;
    bool is_internal = false;
    std::string in;        ///< Condition In('...'); empty: none.
    std::string variable;  ///< Condition variable == 1; empty: none.
    Actions actions;
};

struct ReferenceState {
    enum class Kind { state, parallel, final, shallow, deep };

    Kind kind = Kind::state;
    std::string id;
    ReferenceState* parent = nullptr;
    std::size_t order = 0;
    std::vector<std::unique_ptr<ReferenceState>> children;
    std::vector<ReferenceTransition> transitions;
    std::vector<Actions> onentry;
    std::vector<Actions> onexit;
    /// Of a state with children; of a history, its default.
    ReferenceTransition initial;
    bool has_initial_element = false;
};

class ReferenceModel {
public:
    /// `root` stands for <scxml>.
    explicit ReferenceModel(ReferenceState& root);

    void start();
    void process(const std::string& event);

    std::vector<std::string> trace;
    std::map<std::string, int> variables;
    bool running = true;
    std::string final_state;
    int steps = 0;                ///< Of the last start or process.
    std::size_t waiting_max = 0;  ///< Of all of them: the longest that the queue was.

    [[nodiscard]] std::vector<std::string> active() const;

    /// After so many steps it gives up.
    static constexpr int steps_max = 1001;

private:
    struct InOrder {
        bool operator()(const ReferenceState* left, const ReferenceState* right) const {
            return left->order < right->order;
        }
    };

    using States = std::set<ReferenceState*, InOrder>;
    using Transitions = std::vector<ReferenceTransition*>;

    void index(ReferenceState& state);
    void main_event_loop();
    void microstep(const Transitions& enabled);
    Transitions select(const std::string* event);
    bool is_enabled(const ReferenceTransition& transition, const std::string* event) const;
    Transitions remove_conflicting(const Transitions& enabled);
    States exit_set(const Transitions& transitions);
    void enter(const Transitions& transitions);
    void enter_one(ReferenceState* state);
    void add_descendants(ReferenceState* state);
    void add_ancestors(ReferenceState* state, ReferenceState* ancestor);
    void add_regions(ReferenceState* parallel);
    std::vector<ReferenceState*> effective_targets(const ReferenceTransition& transition);
    ReferenceState* domain(const ReferenceTransition& transition);
    bool is_in_final(ReferenceState* state) const;
    void run(const Actions& actions);
    void raise(const std::string& event);
    bool in(const std::string& id) const;

    ReferenceState* find(const std::string& id) const { return by_id_.at(id); }

    ReferenceState& root_;
    std::map<std::string, ReferenceState*> by_id_;
    States configuration_;
    std::map<ReferenceState*, States> history_;
    std::deque<std::string> internal_;
    States to_enter_;
    States default_entry_;
    std::map<ReferenceState*, Actions> default_history_;
};

}  // namespace guildmark::scxml::test
