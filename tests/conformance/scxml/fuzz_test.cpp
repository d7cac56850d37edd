// Charts, expressions and stored sessions that nobody would write: none may crash, hang or leave a
// session that cannot be written down. Inputs come from fixed seeds.
#include <algorithm>
#include <array>
#include <filesystem>
#include <random>

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/scxml/evaluator.h"
#include "engine/scxml/session_codec.h"
#include "engine/xml/document.h"
#include "tests/conformance/scxml/virtual_host.h"

namespace guildmark::scxml::test {
namespace {

constexpr int documents_count = 3'000;
constexpr int charts_count = 6'000;
constexpr int expressions_count = 30'000;
constexpr int sessions_count = 3'000;
constexpr int events_count = 6;

std::vector<std::string> texts_of_documents() {
    std::vector<std::string> paths;
    for (const char* folder : {"tests/data/scxml-irp/", "tests/conformance/scxml/documents/"}) {
        for (const auto& entry : std::filesystem::directory_iterator(
                 std::string(GUILDMARK_SOURCE_DIR) + "/" + folder)) {
            if (entry.path().extension() == ".scxml") {
                paths.push_back(folder + entry.path().filename().string());
            }
        }
    }
    std::ranges::sort(paths);
    std::vector<std::string> texts;
    for (const std::string& path : paths) {
        texts.push_back(read_source_file(path));
    }
    return texts;
}

Event event_of(const std::string& name) {
    Event event;
    event.name = name;
    return event;
}

class Fuzz : public testing::Test {
protected:
    std::size_t pick(std::size_t count) { return random() % count; }

    template <typename Items>
    const auto& one_of(const Items& items) {
        return items[pick(items.size())];
    }

    /// Changes some bytes: another one, one more, one less, or a part of another document.
    std::string changed(std::string text) {
        for (std::size_t change = 0, count = 1 + pick(4); change < count; ++change) {
            const std::size_t at = pick(text.size());
            switch (pick(4)) {
                case 0:
                    text[at] = static_cast<char>(pick(256));
                    break;
                case 1:
                    text.insert(at, 1, one_of(std::string_view("<>&\"/ =.#%*{}[]")));
                    break;
                case 2:
                    text.erase(at, 1 + pick(20));
                    break;
                default: {
                    const std::string& other = one_of(texts);
                    const std::size_t from = pick(other.size());
                    text.insert(at, other.substr(from, pick(200)));
                }
            }
            text += text.empty() ? " " : "";
        }
        return text;
    }

    static void collect(XmlElement& element, std::vector<XmlElement*>& all) {
        all.push_back(&element);
        for (XmlElement& child : element.children) {
            collect(child, all);
        }
    }

    /// Changes one element: an attribute, its name, or its children.
    void change(XmlElement& root) {
        std::vector<XmlElement*> all;
        collect(root, all);
        XmlElement& element = *one_of(all);
        const XmlElement other = *one_of(elements);
        switch (pick(5)) {
            case 0:
                if (!element.attributes.empty()) {
                    element.attributes[pick(element.attributes.size())].value = one_of(values);
                }
                break;
            case 1:
                element.attributes = other.attributes;
                break;
            case 2:
                element.name = other.name;
                break;
            case 3:
                element.children.push_back(other);
                element.texts.emplace_back();
                break;
            default:
                if (!element.children.empty()) {
                    element.children.pop_back();
                    element.texts.pop_back();
                }
        }
    }

    void read_documents() {
        for (const std::string& text : texts) {
            Diagnostics diagnostics;
            if (auto root = read_xml(text, "", diagnostics)) {
                roots.push_back(std::move(*root));
            }
        }
        for (XmlElement& root : roots) {
            std::vector<XmlElement*> all;
            collect(root, all);
            elements.insert(elements.end(), all.begin(), all.end());
            for (const XmlElement* element : all) {
                for (const XmlAttribute& attribute : element->attributes) {
                    values.push_back(attribute.value);
                }
            }
        }
    }

    /// A chart made of the documents, when that compiles.
    std::optional<Statechart> chart() {
        XmlElement root = one_of(roots);
        for (std::size_t change = 0, count = 1 + pick(5); change < count; ++change) {
            this->change(root);
        }
        Diagnostics diagnostics;
        CompileOptions options;
        options.load = read_test_document;
        std::optional<Statechart> chart = Statechart::compile(root, options, diagnostics);
        EXPECT_EQ(chart.has_value(), !diagnostics.has_errors());
        return chart;
    }

    const std::vector<std::string> texts = texts_of_documents();
    std::vector<XmlElement> roots;
    std::vector<const XmlElement*> elements;
    std::vector<std::string> values;
    std::mt19937 random{20150901};
};

TEST_F(Fuzz, documents_are_read_or_refused_with_a_reason) {
    int read = 0;
    for (int count = 0; count < documents_count; ++count) {
        const std::string text = changed(one_of(texts));
        Diagnostics diagnostics;
        const auto root = read_xml(text, "fuzz", diagnostics);
        std::optional<Statechart> chart;
        if (root) {
            chart = Statechart::compile(*root, diagnostics);
        }
        ASSERT_EQ(chart.has_value(), !diagnostics.has_errors()) << text;
        read += chart ? 1 : 0;
    }
    EXPECT_GT(read, documents_count / 50);
}

TEST_F(Fuzz, charts_come_to_rest_and_can_be_written_down) {
    read_documents();
    NoScripts scripts;
    int rested = 0;
    for (int count = 0; count < charts_count; ++count) {
        const std::optional<Statechart> chart = this->chart();
        if (!chart) {
            continue;
        }
        VirtualHost host(*chart);
        Interpreter interpreter(*chart, host, scripts);
        Session session;
        session.session_id = "fuzz";
        Result<RunEnd> end = interpreter.start(session);
        for (int event = 0; end && *end == RunEnd::stable && event < events_count; ++event) {
            end = host.pending.empty() || pick(3) == 0
                      ? interpreter.process(session, event_of(one_of(values)))
                      : interpreter.deliver(session, host.take_next());
        }
        if (end) {
            const Value written = to_value(*chart, session);
            const auto again = session_from_value(*chart, written);
            ASSERT_TRUE(again) << again.error().message << to_json(written);
            ASSERT_EQ(to_value(*chart, *again), written);
        }
        rested += end ? 1 : 0;
    }
    EXPECT_GT(rested, charts_count / 10);
}

/// Variables of each kind, one of them long.
class FuzzScope final : public Scope {
public:
    explicit FuzzScope(const Value& variables) : variables_(variables) {}

    Operand variable(SymbolIndex symbol) override {
        const Value* found = variables_.find(symbols.name(symbol));
        return found == nullptr ? Operand{Operand::Kind::failed, 0, {}, nullptr}
                                : operand_of(*found);
    }

    Operand event_field(EventField) override { return {}; }

    bool is_active(StateIndex) override { return true; }

    bool is_active(std::string_view) override { return true; }

    const std::string& symbol_name(SymbolIndex symbol) override { return symbols.name(symbol); }

    Symbols symbols;

private:
    const Value& variables_;
};

TEST_F(Fuzz, expressions_are_evaluated_or_fail_within_bounds) {
    static constexpr std::array<std::string_view, 44> tokens = {
        "a", "b", "text", "list", "object", "xml", "_event", ".data", ".length", "[0]", "['k']",
        "(", ")", "[",    "]",    "{",      "}",   "k:",     ",",     ":",       "?",   "+",
        "-", "*", "/",    "%",    "==",     "===", "!=",     "<",     ">=",      "&&",  "||",
        "!", "1", "'x'",  "null", "true",   "In(", "typeof", ";",     "1e999",   "0x",  "\xff"};
    Value variables = *parse_json(
        R"({"a":1,"b":null,"list":[1,[2]],"object":{"k":{"k":1}},"xml":{"#xml":["a",{"k":"1"}]}})");
    variables.set("text", std::string(1u << 20, 'x'));
    FuzzScope scope(variables);
    Evaluator evaluator(scope);
    int evaluated = 0;
    for (int count = 0; count < expressions_count; ++count) {
        std::string text(one_of(tokens));
        for (std::size_t token = 0, all = pick(14); token < all; ++token) {
            text += " " + std::string(one_of(tokens));
        }
        const Expression expression = parse_expression(text, scope.symbols);
        if (!expression.is_plain()) {
            continue;
        }
        const Operand operand = evaluator.evaluate(expression);
        const std::optional<Value> value = operand.is_value() ? value_of(operand) : std::nullopt;
        EXPECT_LE(value ? to_json(*value).size() : 0, 8u << 20) << text;
        evaluated += operand.is_value() ? 1 : 0;
    }
    EXPECT_GT(evaluated, expressions_count / 50);
}

TEST_F(Fuzz, stored_sessions_are_read_or_refused) {
    read_documents();
    NoScripts scripts;
    for (int count = 0; count < sessions_count; ++count) {
        Diagnostics diagnostics;
        const auto chart = Statechart::compile(one_of(roots), diagnostics);
        if (!chart) {
            continue;
        }
        VirtualHost host(*chart);
        Session session;
        session.session_id = "fuzz";
        static_cast<void>(Interpreter(*chart, host, scripts).start(session));
        const auto stored = parse_json(changed(to_json(to_value(*chart, session))));
        auto read = stored ? session_from_value(*chart, *stored) : Result<Session>(stored.error());
        if (read && read->running) {
            static_cast<void>(
                Interpreter(*chart, host, scripts).process(*read, event_of(one_of(values))));
        }
    }
}

}  // namespace
}  // namespace guildmark::scxml::test
