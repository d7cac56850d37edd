// Whatever the bytes are, the readers of XML, SCXML, workflows, catalogues, rules for evidence,
// rules for audits, and lists of sites make something whole of them, or say with a known code and a
// place what is wrong.
#include <algorithm>
#include <set>

#include "engine/audit/rule_book.h"
#include "engine/audit/sample_units.h"
#include "engine/base/ensure.h"
#include "engine/base/limits.h"
#include "engine/evidence/crosswalk.h"
#include "engine/evidence/rules.h"
#include "engine/scxml/statechart.h"
#include "engine/standard/standard.h"
#include "engine/workflow/workflow.h"
#include "engine/xml/document.h"
#include "engine/xml/encoding.h"
#include "tests/fuzz/project_files.h"
#include "tests/fuzz/target.h"

namespace guildmark::fuzz {
namespace {

/// Begins each file of a workflow in one input: "-- NAME" on a line of its own.
constexpr std::string_view file_mark = "-- ";

/// How often each workflow, rule for audits and list stands among the seeds, of which most are
/// charts.
constexpr std::size_t workflow_share = 16;

/// The codes that have a page.
const std::set<std::string, std::less<>>& known_codes() {
    static const auto codes = [] {
        std::set<std::string, std::less<>> read;
        for (const std::string& path : files_in({"docs/errors"}, ".md")) {
            const std::size_t name = path.rfind('/') + 1;
            read.insert(path.substr(name, path.size() - name - 3));
        }
        return read;
    }();
    return codes;
}

/// A refusal says why, in words that can be shown; what is not refused is there.
void check(const Diagnostics& diagnostics, bool is_read) {
    ENSURE(is_read == !diagnostics.has_errors(), "what is not read is refused with a diagnostic");
    for (const Diagnostic& diagnostic : diagnostics.items()) {
        ENSURE(known_codes().contains(diagnostic.code), "each code has a page in docs/errors");
        ENSURE(!diagnostic.message.empty(), "a diagnostic says what is wrong");
    }
    ENSURE(find_invalid_utf8(diagnostics.to_text()) == std::string::npos,
           "diagnostics can be shown, whatever they quote");
    ENSURE(diagnostics.items().size() <= limits::diagnostics_max, "diagnostics are bounded");
}

void check_texts(const XmlElement& element) {
    ENSURE(element.texts.size() == element.children.size() + 1, "a text between any two children");
    ENSURE(element.place.line > 0 && element.place.column > 0, "each element stands somewhere");
    const auto check_text = [](const std::string& text) {
        ENSURE(find_invalid_utf8(text) == std::string::npos, "what is read is UTF-8");
    };
    check_text(element.name);
    std::ranges::for_each(element.texts, check_text);
    for (const XmlAttribute& attribute : element.attributes) {
        check_text(attribute.name);
        check_text(attribute.value);
    }
    for (const XmlElement& child : element.children) {
        check_texts(child);
    }
}

/// What was read means the same when it is written and read again.
void check_written(const XmlElement& root) {
    const std::string written = to_xml(root);
    Diagnostics diagnostics;
    const auto again = read_xml(written, "written.xml", diagnostics);
    ENSURE(again.has_value(), "what was written can be read");
    ENSURE(to_xml(*again) == written, "and means the same");
}

void read_document(const std::string& name, std::string_view bytes) {
    Diagnostics diagnostics;
    const auto root = read_xml(bytes, name, diagnostics);
    check(diagnostics, root.has_value());
    if (!root) {
        return;
    }
    reached("read as XML");
    check_texts(*root);
    check_written(*root);
    Diagnostics of_chart;
    const auto chart = scxml::Statechart::compile(*root, of_chart);
    check(of_chart, chart.has_value());
    if (chart) {
        reached("compiled as charts");
    }
    Diagnostics of_standard;
    check(of_standard, read_standard(bytes, name, of_standard).has_value());
    Diagnostics of_rules;
    check(of_rules, evidence::read_rules(bytes, name, of_rules).has_value());
    Diagnostics of_crosswalk;
    check(of_crosswalk, evidence::read_crosswalk(bytes, name, of_crosswalk).has_value());
    Diagnostics of_audits;
    audit::RuleBook audits;
    audits.read(bytes, name, of_audits);
    const bool is_kept = !audits.time_rules().empty() || !audits.sample_rules().empty() ||
                         !audits.size_rules().empty() || !audits.price_lists().empty();
    check(of_audits, is_kept);
    if (is_kept) {
        reached("kept as rules for audits");
    }
}

void read_list(const std::string& name, std::string_view bytes) {
    Diagnostics diagnostics;
    const auto units = audit::read_sample_units(bytes, name, diagnostics);
    check(diagnostics, units.has_value());
    if (units) {
        reached("read as lists of units");
    }
}

std::vector<workflow::SourceFile> files_of(std::string_view input) {
    std::vector<workflow::SourceFile> files{{"fuzz.scxml", ""}};
    while (!input.empty()) {
        const std::string_view line = input.substr(0, input.find('\n'));
        const std::string_view rest = input.substr(std::min(line.size() + 1, input.size()));
        if (line.starts_with(file_mark) && find_invalid_utf8(line) == std::string_view::npos) {
            files.push_back({std::string(line.substr(file_mark.size())), ""});
        } else {
            files.back().bytes += input.substr(0, input.size() - rest.size());
        }
        input = rest;
    }
    if (files.size() > 1 && files.front().bytes.empty()) {
        files.erase(files.begin());
    }
    return files;
}

std::string input_of(const std::string& folder) {
    std::string input;
    for (const char* ending : {".scxml", ".xml"}) {
        for (const auto& path : files_in({folder}, "l")) {
            if (path.ends_with(ending)) {
                input += std::string(file_mark) + path.substr(path.rfind('/') + 1) + "\n";
                input += project_file(path) + "\n";
            }
        }
    }
    return input;
}

std::string repeated(std::string_view text, int count) {
    std::string all;
    for (int at = 0; at < count; ++at) {
        all += text;
    }
    return all;
}

/// Documents that mean harm, or come in other clothes.
void add_hostile(std::vector<std::string>& all) {
    all.emplace_back("<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>");
    all.emplace_back("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>");
    all.emplace_back("<?xml version=\"1.0\"?><a>&lt;&#60;&#x3c;&#0;&#xd800;&b;</a>");
    all.emplace_back(repeated("<a>", 200) + repeated("</a>", 200));
    all.emplace_back(
        "<a xmlns:x=\"u\" x:b=\"1\" y:c=\"2\" b='3' b='4'><![CDATA[]]]]><!-- - --></a>");
    all.emplace_back("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a b=\"\xe4\">\xff</a>");
    all.emplace_back("<?xml version=\"1.0\" encoding=\"EBCDIC\"?><a/>");
    for (const bool is_big : {false, true}) {
        std::string wide = is_big ? "\xfe\xff" : "\xff\xfe";
        for (const char character : std::string("<a b=\"c\">text</a>")) {
            wide += is_big ? std::string{'\0', character} : std::string{character, '\0'};
        }
        all.push_back(wide + (is_big ? "\xd8" : "") + std::string(1, '\0'));
    }
}

}  // namespace

std::vector<std::string> seeds() {
    std::vector<std::string> all = chart_texts();
    for (const char* name : {"tests/data/workflows/sound",
                             "tests/data/workflows/moved",
                             "tests/data/workflows/operated",
                             "tests/data/workflows/bounded",
                             "samples/honey-mark/workflows/honey-mark"}) {
        all.insert(all.end(), workflow_share, input_of(name));
    }
    for (const std::string& path :
         files_in({"tests/data/standards/sound", "tests/data/standards/broken"}, ".xml")) {
        all.push_back(project_file(path));
    }
    for (const std::string& path : files_in({"tests/data/rules/sound"}, ".xml")) {
        all.insert(all.end(), workflow_share, project_file(path));
    }
    for (const std::string& path : files_in({"tests/data/rules/broken"}, ".xml")) {
        all.push_back(project_file(path));
    }
    for (const char* list : {"id,last_visit,complaints\n\"a, b\",,0\nc,2025-01-01,\"1\"\"\n\"\n",
                             "[{\"id\": \"a\", \"complaints\": 2}, {\"id\": 7, \"new\": true}]"}) {
        all.insert(all.end(), workflow_share, list);
    }
    all.push_back(project_file("samples/honey-mark/documents/evidence.xml"));
    add_hostile(all);
    return all;
}

std::vector<std::string> words() {
    return {"<!DOCTYPE a>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?xml version='1.0'?>",
            "&amp;",
            "&#x",
            "&#10;",
            "xmlns=''",
            "xmlns:gm='urn:guildmark:workflow:1'",
            "\xef\xbb\xbf",
            "\xff\xfe",
            "\xf0\x9f\x90\x9d",
            "<a>",
            "</a>",
            "-- zh.xml\n",
            "-- forms.xml\n",
            "<gm:task id='t' role='client'/>",
            "xml:lang='zh'",
            "id='x'",
            "target='x'",
            "P1D"};
}

std::vector<Goal> goals() {
    return {{"read as XML", 50},
            {"compiled as charts", 25},
            {"loaded as workflows", 5},
            {"kept as rules for audits", 1},
            {"read as lists of units", 5}};
}

}  // namespace guildmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace guildmark;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    std::vector<workflow::SourceFile> files = fuzz::files_of(input);
    for (const workflow::SourceFile& file : files) {
        fuzz::read_document(file.name, file.bytes);
    }
    fuzz::read_list("units", input);
    Diagnostics diagnostics;
    const auto loaded = workflow::load_workflow(std::move(files), diagnostics);
    fuzz::check(diagnostics, loaded.has_value());
    if (loaded) {
        fuzz::reached("loaded as workflows");
    }
    return 0;
}
