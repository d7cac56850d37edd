#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scxml/session.h"
#include "engine/xml/document.h"

namespace guildmark::workflow {

inline constexpr std::string_view scxml_namespace = "http://www.w3.org/2005/07/scxml";

/// Whether it is the element of SCXML of that name.
[[nodiscard]] bool is_scxml(const XmlElement& element, std::string_view name);

/// An event descriptor without the ".*" or "." that says nothing.
/// Source: SCXML 1.0 (REC 2015-09-01), 3.12.1.
[[nodiscard]] std::string_view event_prefix(std::string_view descriptor);

/// Whether a transition with this descriptor reacts to `event`. Source: as above.
[[nodiscard]] bool descriptor_matches(std::string_view descriptor, std::string_view event);

/// The states and transitions of an SCXML document as its author wrote them, for checks that need
/// no running chart. States are numbered as Statechart numbers them. Lives as long as the document.
class ChartOutline {
public:
    using StateIndex = scxml::StateIndex;

    struct Transition {
        const XmlElement* element = nullptr;
        StateIndex source = 0;
        std::vector<std::string> descriptors;  ///< Empty: no event.
        std::vector<std::string> targets;      ///< Ids as written.
        /// The states of `targets`, in the same order; the number of states where there is none.
        std::vector<StateIndex> target_states;
    };

    struct State {
        const XmlElement* element = nullptr;
        StateIndex parent = 0;  ///< Of the root: itself.
        std::string id;
        std::vector<StateIndex> children;
        std::vector<std::string> initial;  ///< Targets of the initial attribute or element.
    };

    /// REQUIRES: `root` is an <scxml> element.
    explicit ChartOutline(const XmlElement& root);

    [[nodiscard]] const std::vector<State>& states() const { return states_; }

    [[nodiscard]] const std::vector<Transition>& transitions() const { return transitions_; }

    /// Ids of all states that have one, in document order.
    [[nodiscard]] std::vector<std::string> ids() const;

    /// The state of that id, or the number of states when there is none.
    [[nodiscard]] StateIndex find(std::string_view id) const;

    /// As find, for each.
    [[nodiscard]] std::vector<StateIndex> find_all(const std::vector<std::string>& ids) const;

    /// Whether the state is `ancestor` or lies in it.
    [[nodiscard]] bool is_within(StateIndex state, StateIndex ancestor) const;

    /// Whether a transition that may be enabled while `state` is active reacts to `event`.
    [[nodiscard]] bool hears(StateIndex state, std::string_view event) const;

    /// States that no path of transitions can enter, whatever guards and events are; only the
    /// outermost of such states within each other, in document order.
    [[nodiscard]] std::vector<StateIndex> unreachable() const;

private:
    void add_state(const XmlElement& element, StateIndex parent);
    void add_transition(const XmlElement& element, StateIndex source);
    [[nodiscard]] bool may_be_active_together(StateIndex one, StateIndex other) const;

    std::vector<State> states_;
    std::vector<Transition> transitions_;
    std::map<std::string, StateIndex, std::less<>> states_by_id_;
};

}  // namespace guildmark::workflow
