#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/scxml/reader.h"

namespace guildmark::scxml {

/// Compiles a whole document. Internal to this folder.
class ChartReader {
public:
    ChartReader(Statechart::Compiled& chart,
                const CompileOptions& options,
                Diagnostics& diagnostics)
        : chart_(chart),
          diagnostics_(diagnostics),
          elements_(chart, options, diagnostics),
          contents_(chart, elements_) {}

    void read(const XmlElement& root);

private:
    void root_attributes(const XmlElement& root);
    void collect(const XmlElement& element, StateIndex parent, std::size_t depth);
    StateIndex add_state(const XmlElement& element, StateIndex parent);
    void index_ids();
    void link_children();
    void state(StateIndex state);
    void history(StateIndex state);
    void transitions(StateIndex state);
    TransitionIndex transition(const XmlElement& element, StateIndex source);
    void descriptors(const XmlElement& element, TransitionRecord& transition);
    Range targets(std::string_view list, const XmlElement& element);
    [[nodiscard]] std::string made_id(StateIndex state) const;
    [[nodiscard]] StateIndex find_state(std::string_view id) const;
    void initial(StateIndex state);
    TransitionIndex initial_element(const XmlElement& element, StateIndex state);
    void check_initial(StateIndex state, const XmlElement& element);
    void check_targets(const TransitionRecord& transition, const SourcePlace& place);
    void handlers(StateIndex state);
    void invokes(StateIndex state);
    InvokeRecord invoke(const XmlElement& element, StateIndex state);
    void invoke_source(const XmlElement& element, InvokeRecord& record);
    Range blocks(StateIndex state, std::string_view name);
    void datamodel(const XmlElement& element, StateIndex state);
    void data(const XmlElement& element, StateIndex state);
    void donedata(const XmlElement& element, StateIndex state);
    void domains();
    void join_scripts();
    [[nodiscard]] StateIndex domain(const TransitionRecord& transition) const;
    TransitionIndex add_transition(TransitionRecord transition, const SourcePlace& place);
    [[nodiscard]] std::string target_message(const XmlElement& element,
                                             std::string_view target) const;

    Statechart::Compiled& chart_;
    Diagnostics& diagnostics_;
    ElementReader elements_;
    ContentReader contents_;
    std::vector<const XmlElement*> sources_;  ///< One a state.
    std::vector<std::string> ids_;            ///< All that are written, for suggestions.
    std::vector<bool> declared_;              ///< By symbol: a <data> was read.
};

}  // namespace guildmark::scxml
