#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports/script_engine.h"
#include "engine/scxml/compiled.h"
#include "engine/scxml/evaluator.h"
#include "engine/scxml/interpreter.h"
#include "engine/scxml/state_set.h"

namespace guildmark::scxml {

/// Makes a value one that JSON can hold: negative zero becomes zero.
/// Errors: value_not_storable (not a number, infinite, or too deep).
[[nodiscard]] Result<void> make_storable(Value& value);

/// The variables of a session during one run of macrosteps (SCXML clause 5, appendix B.2).
///
/// Plain expressions are evaluated here, pure ones by the script engine on the variables that they
/// name; for others a script context is opened when the first one is met, and kept until the run
/// ends. What is assigned here is told to the context at once, and
/// what scripts change is stored here at once, so that both see the same values.
///
/// Invariant: until commit(), rollback() brings session.data back to what begin() saw.
class Datamodel final : public Scope {
public:
    Datamodel(const Statechart& chart, Host& host, ScriptEngine& scripts);

    /// REQUIRES: `session` and `configuration` stay where they are until commit or rollback.
    void begin(Session& session, const StateSet& configuration);
    void commit();
    void rollback();

    /// Errors of all of these: evaluation_failed, value_not_storable, session_data_too_large,
    /// script_failed, script_limit, which are the document's, and script_unavailable, which ends
    /// the run.
    Result<std::optional<Value>> evaluate(const Expression& expression);
    Result<bool> condition(const Expression& expression);

    /// Assigns to a variable that is declared or has a value, or inside it; nothing for undefined.
    /// Errors: location_invalid besides.
    Result<void> assign(const Expression& location, std::optional<Value> value);
    Result<void> assign(const Expression& location, const Expression& value);

    /// As assign, and creates the variable when there is none.
    Result<void> declare_and_assign(const Expression& location, std::optional<Value> value);

    /// Sets a variable, whatever it was; for <data>.
    Result<void> initialize(SymbolIndex symbol, std::optional<Value> value);
    Result<void> initialize(SymbolIndex symbol, const Expression& value);

    Result<void> execute(std::string_view statements);

    /// As execute, for a <script> of the document itself: what it declares stays.
    Result<void> declare(std::string_view statements);

    /// From now on a new script context runs the document's <script> elements before anything else.
    void set_document_scripts_ran() { document_scripts_ran_ = true; }

    /// Before a session starts: its own run of those scripts comes later.
    void forget_document_scripts() { document_scripts_ran_ = false; }

    [[nodiscard]] bool has_value(SymbolIndex symbol) { return find_variable(symbol) != nullptr; }

    /// Binds _event; REQUIRES: `event` stays where it is until the next call.
    void set_event(const Event& event);

    /// In() has to look again.
    void configuration_changed() { configuration_told_ = false; }

    /// Parses an expression of another namespace, or gives what an earlier call parsed.
    const Expression& dynamic_expression(std::string_view text);

    /// What was evaluated and stored since the last call of this, in operations: as many as would
    /// take about the time of handling such values and scripts.
    [[nodiscard]] std::size_t take_cost();

    Operand variable(SymbolIndex symbol) override;
    Operand event_field(EventField field) override;
    bool is_active(StateIndex state) override;
    bool is_active(std::string_view state_id) override;

    const std::string& symbol_name(SymbolIndex symbol) override { return symbols_.name(symbol); }

    bool is_same_object(const Value& first, const Value& second) override;

private:
    struct Saved {
        SymbolIndex symbol = none;
        Value value;
    };

    [[nodiscard]] Error failure(const Expression& expression) const;
    Value* find_variable(SymbolIndex symbol);
    [[nodiscard]] bool is_read_only(SymbolIndex symbol);
    Result<void> assign_member(const Expression& location, std::optional<Value> value);
    Result<void> assign_by_script(const Expression& location, const std::optional<Value>& value);

    struct Path {
        SymbolIndex variable = none;
        std::vector<std::string> members;
    };

    Result<Path> path(const Expression& location);
    Result<void> store(SymbolIndex symbol, std::optional<Value> value);
    Result<void> store_function(SymbolIndex symbol, std::string source);
    Result<void> make_function(SymbolIndex symbol, const Expression& value);
    [[nodiscard]] bool is_function(SymbolIndex symbol) const;
    void join(SymbolIndex symbol, const Expression& value);
    void unmark(const std::string& name);
    Operand system_variable(SymbolIndex symbol);
    Operand whole_event();
    void save(SymbolIndex symbol, const Value& value);
    void save_all();
    Result<void> replace(Value& place, Value value);
    Result<void> tell(SymbolIndex symbol);

    /// Asking the script engine takes about as long as so many operations.
    static constexpr std::size_t operations_per_script = 25;

    Result<std::optional<Value>> evaluate_by_script(const Expression& expression);
    Result<std::optional<Value>> evaluate_pure(const Expression& expression);

    /// What the words of an expression name.
    struct Inputs {
        std::vector<ScriptInput> list;
        std::vector<std::string_view> undefined_event_fields;
        Value name;
        Value session_id;
        Value event;
        std::vector<std::string> active_states;
    };

    [[nodiscard]] std::vector<std::string> active_states() const;
    [[nodiscard]] bool give(const std::string& word, Inputs& inputs);
    Value event_value(std::vector<std::string_view>& undefined_fields);
    Result<ScriptContext*> context();
    Result<void> fill(ScriptContext& context);
    Result<void> define_variables(ScriptContext& context);
    Result<void> define_event(ScriptContext& context);
    Result<void> run_document_scripts(ScriptContext& context);
    Result<void> tell_io_processors(ScriptContext& context, std::string_view script);
    Result<void> take_changes();
    SymbolIndex intern(const std::string& name);
    void resize_tables();
    Error script_error(Error error);

    const Statechart& statechart_;
    const Statechart::Compiled& chart_;
    Host& host_;
    ScriptEngine& scripts_;
    Evaluator evaluator_;
    Symbols symbols_;
    std::vector<std::uint32_t> positions_;  ///< By symbol: where it stood last in session.data.
    std::vector<bool> declared_;            ///< By symbol: has a <data>.
    SymbolIndex name_symbol_;
    SymbolIndex session_id_symbol_;
    SymbolIndex io_processors_symbol_;
    SymbolIndex event_symbol_;
    SymbolIndex platform_symbol_;

    Session* session_ = nullptr;
    const StateSet* configuration_ = nullptr;
    const Event* event_ = nullptr;
    Value io_processors_;
    Value whole_event_;  ///< Of event_, when that was asked for.
    std::map<std::string, Expression, std::less<>> dynamic_;

    std::vector<Saved> saved_;
    std::vector<std::uint32_t> saved_in_run_;  ///< By symbol: the run in which it was saved.
    std::uint32_t run_ = 0;
    std::optional<Value> saved_all_;
    std::vector<std::string> saved_functions_;
    std::vector<std::vector<std::string>> saved_aliases_;
    std::size_t saved_before_all_ = 0;
    std::size_t growth_bytes_ = 0;
    std::size_t cost_ = 0;

    std::unique_ptr<ScriptContext> context_;
    bool document_scripts_ran_ = true;
    bool configuration_told_ = false;
    bool io_processors_told_ = false;
    Value facts_told_;
    unsigned limits_exceeded_ = 0;
};

}  // namespace guildmark::scxml
