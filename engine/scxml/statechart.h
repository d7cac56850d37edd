#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scxml/session.h"
#include "engine/xml/document.h"

namespace guildmark::scxml {

/// What a state is (SCXML clause 3); a <state> with states in it is compound.
enum class StateKind { scxml, atomic, compound, parallel, final, history_shallow, history_deep };

/// A child element of a state in another namespace (a task, a milestone ...), kept for its reader.
struct StateExtension {
    StateIndex state = 0;
    XmlElement element;
};

/// What compile() may ask of its caller.
struct CompileOptions {
    /// Gives the content of a `src` attribute of <data>, <script> and <invoke>. Without it `src` is
    /// refused.
    std::function<Result<std::string>(const std::string& source)> load;
    /// In how many documents this one stands or is named by `src` of <invoke>.
    std::size_t depth = 0;
};

/// One SCXML document, checked and compiled to flat arrays; never changes. The arrays themselves
/// are in compiled.h, which only this folder includes.
class Statechart {
public:
    ~Statechart();
    Statechart(Statechart&&) noexcept;
    Statechart& operator=(Statechart&&) noexcept;

    /// Compiles the <scxml> element `root`. Elements of other namespaces are kept: as executable
    /// content where that stands, as extensions where they are children of a state or of <scxml>.
    /// Nothing is returned when `diagnostics` gained an error.
    [[nodiscard]] static std::optional<Statechart> compile(const XmlElement& root,
                                                           Diagnostics& diagnostics);
    [[nodiscard]] static std::optional<Statechart> compile(const XmlElement& root,
                                                           const CompileOptions& options,
                                                           Diagnostics& diagnostics);

    [[nodiscard]] const std::string& name() const;

    /// How many states there are, <scxml> included.
    [[nodiscard]] std::size_t state_count() const;

    /// As written; for a state without an id, one that no other state has: "_state" and a number.
    [[nodiscard]] const std::string& state_id(StateIndex state) const;
    [[nodiscard]] StateKind state_kind(StateIndex state) const;
    [[nodiscard]] StateIndex parent(StateIndex state) const;
    [[nodiscard]] const SourcePlace& place(StateIndex state) const;
    [[nodiscard]] std::optional<StateIndex> find_state(std::string_view id) const;

    /// Whether both can be targets of one transition (SCXML 3.5, 3.11): they are one, or in
    /// different regions of one parallel. A history counts as its parent, because it may remember
    /// any state in there; of a state and one inside it the former enters its own defaults, which
    /// need not be the latter.
    [[nodiscard]] bool may_be_targets_together(StateIndex first, StateIndex second) const;

    /// Where the <transition> stands; of an initial transition that is only an attribute or is not
    /// written at all, its state.
    [[nodiscard]] const SourcePlace& transition_place(TransitionIndex transition) const;

    /// In document order.
    [[nodiscard]] const std::vector<StateExtension>& extensions() const;

    /// Event descriptors of all transitions, as written, for checks.
    [[nodiscard]] std::vector<std::string> event_descriptors() const;

    struct Compiled;

    [[nodiscard]] const Compiled& compiled() const { return *compiled_; }

private:
    explicit Statechart(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> compiled_;
};

/// Compiles a document that came up while a chart ran; no `src` in it is followed.
/// Errors: document_invalid, with the first diagnostic.
[[nodiscard]] Result<std::shared_ptr<const Statechart>> compile_document(const std::string& text);

}  // namespace guildmark::scxml
