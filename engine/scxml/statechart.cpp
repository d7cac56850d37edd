#include "engine/scxml/statechart.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "engine/scxml/chart_reader.h"
#include "engine/scxml/compiled.h"

namespace guildmark::scxml {

Statechart::Statechart(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}

Statechart::~Statechart() = default;
Statechart::Statechart(Statechart&&) noexcept = default;
Statechart& Statechart::operator=(Statechart&&) noexcept = default;

std::optional<Statechart> Statechart::compile(const XmlElement& root, Diagnostics& diagnostics) {
    return compile(root, CompileOptions(), diagnostics);
}

std::optional<Statechart> Statechart::compile(const XmlElement& root,
                                              const CompileOptions& options,
                                              Diagnostics& diagnostics) {
    auto compiled = std::make_unique<Compiled>();
    Diagnostics found;
    ChartReader(*compiled, options, found).read(root);
    for (const Diagnostic& diagnostic : found.items()) {
        diagnostics.add(diagnostic);
    }
    if (found.has_errors()) {
        return std::nullopt;
    }
    return Statechart(std::move(compiled));
}

Result<std::shared_ptr<const Statechart>> compile_document(const std::string& text) {
    Diagnostics diagnostics;
    std::optional<Statechart> chart;
    if (const auto root = read_xml(text, "invoked document", diagnostics)) {
        chart = Statechart::compile(*root, diagnostics);
    }
    if (!chart) {
        return refused("document_invalid",
                       fmt::format("the document to invoke is not valid: {}",
                                   diagnostics.items().front().to_text()));
    }
    return std::make_shared<const Statechart>(std::move(*chart));
}

bool Statechart::Compiled::may_be_targets_together(StateIndex first, StateIndex second) const {
    if (first == second) {
        return true;
    }
    const StateIndex one = is_history(first) ? states[first].parent : first;
    const StateIndex other = is_history(second) ? states[second].parent : second;
    if (one == other || is_descendant(one, other) || is_descendant(other, one)) {
        return false;
    }
    StateIndex around = states[one].parent;
    while (!is_descendant(other, around)) {
        around = states[around].parent;
    }
    return states[around].kind == StateKind::parallel;
}

bool Statechart::may_be_targets_together(StateIndex first, StateIndex second) const {
    return compiled_->may_be_targets_together(first, second);
}

const std::string& Statechart::name() const {
    return compiled_->name;
}

std::size_t Statechart::state_count() const {
    return compiled_->states.size();
}

const std::string& Statechart::state_id(StateIndex state) const {
    ENSURE(state < state_count(), "no state has this index");
    return compiled_->states[state].id;
}

StateKind Statechart::state_kind(StateIndex state) const {
    ENSURE(state < state_count(), "no state has this index");
    return compiled_->states[state].kind;
}

StateIndex Statechart::parent(StateIndex state) const {
    ENSURE(state > 0 && state < state_count(), "this state has no parent");
    return compiled_->states[state].parent;
}

const SourcePlace& Statechart::place(StateIndex state) const {
    ENSURE(state < state_count(), "no state has this index");
    return compiled_->states[state].place;
}

const SourcePlace& Statechart::transition_place(TransitionIndex transition) const {
    ENSURE(transition < compiled_->transition_places.size(), "no transition has this index");
    return compiled_->transition_places[transition];
}

std::optional<StateIndex> Statechart::find_state(std::string_view id) const {
    const auto& ids = compiled_->states_by_id;
    const auto found = std::ranges::lower_bound(
        ids, id, {}, [](const auto& entry) { return std::string_view(entry.first); });
    return found != ids.end() && found->first == id ? std::optional(found->second) : std::nullopt;
}

const std::vector<StateExtension>& Statechart::extensions() const {
    return compiled_->extensions;
}

std::vector<std::string> Statechart::event_descriptors() const {
    std::vector<std::string> written;
    for (const Descriptor& descriptor : compiled_->descriptors) {
        written.push_back(descriptor.written);
    }
    return written;
}

}  // namespace guildmark::scxml
