// Whatever the text is, each reader of values refuses it or reads what is written as it was read:
// JSON, events, data of sessions, times, money, ids, and the patterns of forms and of paths.
#include <algorithm>

#include "engine/base/date.h"
#include "engine/base/digest.h"
#include "engine/base/duration.h"
#include "engine/base/ensure.h"
#include "engine/base/id.h"
#include "engine/base/instant.h"
#include "engine/base/json.h"
#include "engine/base/money.h"
#include "engine/evidence/path_pattern.h"
#include "engine/scxml/content_value.h"
#include "engine/scxml/ecmascript.h"
#include "engine/scxml/session_codec.h"
#include "engine/workflow/decimal.h"
#include "engine/workflow/pattern.h"
#include "engine/xml/document.h"
#include "engine/xml/encoding.h"
#include "tests/fuzz/project_files.h"
#include "tests/fuzz/target.h"

namespace guildmark::fuzz {
namespace {

bool is_utf8(std::string_view text) {
    return find_invalid_utf8(text) == std::string::npos;
}

/// What XML cannot hold is not written as XML.
void check_xml_text(const Value& value) {
    const auto text = scxml::xml_text(value);
    if (text && text->starts_with('<')) {
        Diagnostics diagnostics;
        const auto root = read_xml(*text, "value.xml", diagnostics);
        const bool is_fragment = value.find(scxml::xml_member)->as_array()[0] == Value("");
        ENSURE(is_fragment || root.has_value(), "XML text is XML");
        ENSURE(is_fragment || scxml::xml_text(scxml::xml_value(*root)) == text, "and the same");
    }
}

void check_json(std::string_view input) {
    const auto value = parse_json(input);
    if (!value) {
        ENSURE(value.error().code.starts_with("json_"), "what is no JSON is refused as that");
        return;
    }
    reached("read as JSON");
    const std::string written = to_json(*value);
    ENSURE(is_utf8(written), "JSON is UTF-8");
    const auto again = parse_json(written);
    ENSURE(again && *again == *value, "JSON is read as it was written");
    ENSURE(to_json(*again) == written, "and written the same");
    ENSURE(scxml::value_bytes(*value) * 4 >= written.size(), "its size is not told too small");
    if (const auto event = scxml::event_from_value(*value)) {
        const auto same = scxml::event_from_value(scxml::to_value(*event));
        ENSURE(same && scxml::to_value(*same) == scxml::to_value(*event), "as events are");
    }
    static_cast<void>(scxml::value_to_text(*value));
    check_xml_text(*value);
}

/// Content of <data> and <content>.
void check_content(std::string_view input) {
    if (!is_utf8(input)) {
        return;
    }
    const Value value = scxml::value_from_text(input);
    const std::string normal = scxml::normalize_space(input);
    ENSURE(scxml::normalize_space(normal) == normal, "white space is normal at once");
    // A fragment is not read from text.
    const auto text = scxml::is_xml(value) ? scxml::xml_text(value) : std::nullopt;
    if (text && value.find(scxml::xml_member)->as_array()[0] != Value("")) {
        reached("read as XML content");
        const Value again = scxml::value_from_text(*text);
        ENSURE(scxml::xml_text(again) == text, "XML content is read as it was written");
    }
}

/// What is read is written so that it is read the same.
template <typename Read>
void check_text(Read read, std::string_view input) {
    if (const auto value = read(input)) {
        reached("read as a value");
        const std::string written = value->to_text();
        const auto again = read(written);
        ENSURE(again && *again == *value, "a value is read as it was written");
    } else if constexpr (requires { value.error(); }) {
        ENSURE(!is_utf8(input) || is_utf8(value.error().message), "a refusal can be shown");
    }
}

void check_texts(std::string_view input) {
    check_text(Date::parse, input);
    check_text(Instant::parse, input);
    check_text(Duration::parse, input);
    check_text(Digest::parse, input);
    check_text(Money::parse, input);
    check_text(CaseId::parse, input);
    static_cast<void>(workflow::Decimal::parse(input));
    const auto duration = Duration::parse(input);
    if (const auto date = Date::parse("2026-02-28"); duration && duration->months < 12'000) {
        ENSURE(duration->after(date->begin()) >= date->begin(), "durations go forward");
    }
}

/// The first line is a pattern, the rest a text.
void check_patterns(std::string_view input) {
    const std::string_view line = input.substr(0, input.find('\n'));
    const std::string_view text = input.substr(std::min(line.size() + 1, input.size()));
    if (!is_utf8(input)) {
        return;
    }
    if (const auto pattern = workflow::Pattern::compile(line)) {
        reached("read as patterns");
        ENSURE(pattern->matches(text) == pattern->matches(text), "a text is as the pattern or not");
    }
    if (const auto pattern = evidence::PathPattern::parse(line)) {
        static_cast<void>(pattern->matches(evidence::to_path(text)));
        ENSURE(!pattern->is_exact() || pattern->matches(evidence::to_path(line)),
               "an exact path is itself");
    }
}

}  // namespace

std::vector<std::string> seeds() {
    std::vector<std::string> all = {
        R"({"a":1,"b":[true,false,null],"c":{"d":"\u00e4\ud83d\udc1d\n"},"e":-1.5e-7,"":""})",
        R"({"name":"e","type":"internal","sendid":"s","data":{"x":[1]},"raw":"r"})",
        R"({"#xml":["a",{"xmlns":"u","{v}b":"1","c":"2"},"text",["d",{"xmlns":""}]]})",
        R"({"#xml":["","text",["a"],["b","\t"]]})",
        "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
        "[1e308,5e-324,0.1,-0,12345678901234567890]",
        "\"text\"",
        "<a xmlns='u' b='1'>text<c/>more</a>",
        "{ size: -1, 'list': [1, 2] }",
        "  two   words  ",
        "2026-02-28",
        "2026-03-02T09:00:00.123+01:00",
        "P1Y2M10DT2H30M5.5S",
        "P3W",
        "1234.50 EUR",
        "-0.01 KWD",
        std::string(64, 'a'),
        "0000000000001",
        "-12.000000001",
        "[A-Z]{2}-(\\d{4}|x?)+\nDE-2026",
        "(a*)*b\naaaaaaaaaaaaaaaaaaaaaaaa",
        "clause-?/**/*.pdf\nclause-4/x/y.pdf",
        "[^,]+(, [^,]+){0,9}\na, b",
        "a/b.txt\na/b.txt"};
    return all;
}

std::vector<std::string> words() {
    return {"{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\u0000",
            "\\ud83d",
            "\\\"",
            "null",
            "true",
            "1e400",
            "-0",
            "\"name\"",
            "\"type\"",
            "\"#xml\"",
            "<a/>",
            "P",
            "T",
            "PT",
            "Y",
            "M",
            "Z",
            "+14:00",
            "EUR",
            "9223372036854775807",
            "9999-12-31",
            "0000-01-01",
            "{2,3}",
            "{0,}",
            "(",
            ")",
            "|",
            "*",
            "+",
            "?",
            "[^",
            "\\d",
            "**",
            "/",
            "..",
            "\n",
            "\xc3\xa4",
            "\xcc\x88",
            "\xf0\x9f\x90\x9d"};
}

std::vector<Goal> goals() {
    return {{"read as JSON", 25},
            {"read as XML content", 5},
            {"read as a value", 25},
            {"read as patterns", 50}};
}

}  // namespace guildmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    guildmark::fuzz::check_json(input);
    guildmark::fuzz::check_content(input);
    guildmark::fuzz::check_texts(input);
    guildmark::fuzz::check_patterns(input);
    return 0;
}
