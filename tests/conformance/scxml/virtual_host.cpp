#include "tests/conformance/scxml/virtual_host.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/xml/document.h"

namespace guildmark::scxml::test {

/// <fail/> fails; any other element is traced with the value of its attribute "expr".
Result<void> VirtualHost::execute(const XmlElement& element, ExpressionScope& scope) {
    if (element.name == "fail") {
        return refused("host_refused", "the element asks for it");
    }
    const Value value = TRY(scope.evaluate(element.attribute_or("expr", "null")));
    const bool truth = TRY(scope.evaluate_condition(element.attribute_or("cond", "true")));
    trace.push_back("execute " + element.name + " " + to_json(value) + (truth ? "" : " not"));
    return {};
}

std::string VirtualHost::to_json_text(const Value& value) {
    return to_json(value);
}

std::optional<Statechart> compile_text(std::string_view xml, const CompileOptions& options) {
    Diagnostics diagnostics;
    const auto root = read_xml(xml, "chart.scxml", diagnostics);
    std::optional<Statechart> chart;
    if (root) {
        chart = Statechart::compile(*root, options, diagnostics);
    }
    EXPECT_TRUE(chart) << diagnostics.to_text();
    return chart;
}

Result<std::string> read_test_document(const std::string& source) {
    const std::string name = source.substr(source.find(':') + 1);
    for (const char* folder : {"/tests/data/scxml-irp/", "/tests/conformance/scxml/documents/"}) {
        std::ifstream file(GUILDMARK_SOURCE_DIR + (folder + name), std::ios::binary);
        if (file) {
            return std::string(std::istreambuf_iterator<char>(file),
                               std::istreambuf_iterator<char>());
        }
    }
    return not_found("file_not_found", "there is no test document " + name);
}

std::string read_source_file(const std::string& path) {
    std::ifstream file(std::string(GUILDMARK_SOURCE_DIR) + "/" + path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace guildmark::scxml::test
