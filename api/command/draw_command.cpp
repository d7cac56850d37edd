#include "api/command/draw_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>

#include <fmt/format.h>

#include "api/installation.h"
#include "api/library_folder.h"
#include "reports/drawing/chart_drawing.h"
#include "reports/file/temporary_report.h"

namespace guildmark::command {
namespace {

namespace fs = std::filesystem;

/// What is drawn: a document, and the workflow that it is part of, if it is.
struct Source {
    std::shared_ptr<const workflow::Workflow> workflow;
    std::optional<XmlElement> root;
    std::vector<std::string> active;
};

/// The diagnostics tell more.
Error unsound(const std::string& path) {
    return malformed("document_invalid", "the document cannot be drawn before it is mended", path);
}

void take_workflow(std::shared_ptr<const workflow::Workflow> workflow, Source& source) {
    source.root = workflow::chart_of(workflow->files);
    source.workflow = std::move(workflow);
}

Result<void> read_workflow(const std::string& folder, Source& source, Diagnostics& diagnostics) {
    Diagnostics found;
    auto files = TRY(workflow_files(folder.empty() ? "." : folder));
    auto workflow = workflow::load_workflow(std::move(files), found);
    for (Diagnostic item : found.items()) {
        item.place.file = (fs::path(folder) / item.place.file).string();
        diagnostics.add(std::move(item));
    }
    if (!workflow) {
        return unsound(folder);
    }
    take_workflow(std::make_shared<workflow::Workflow>(std::move(*workflow)), source);
    return {};
}

bool belongs_to_workflow(const XmlElement& root) {
    return root.namespace_uri == workflow::extension_namespace ||
           std::ranges::any_of(root.children, [](const XmlElement& child) {
               return child.namespace_uri == workflow::extension_namespace;
           });
}

Result<void> read_path(const std::string& path, Source& source, Diagnostics& diagnostics) {
    std::error_code code;
    if (fs::is_directory(path, code)) {
        return read_workflow(path, source, diagnostics);
    }
    const std::string bytes = TRY(read_file(path));
    source.root = read_xml(bytes, path, diagnostics);
    if (source.root && belongs_to_workflow(*source.root)) {
        return read_workflow(fs::path(path).parent_path().string(), source, diagnostics);
    }
    scxml::CompileOptions options;
    options.load = [&path](const std::string& name) {
        return read_file((fs::path(path).parent_path() / name).string());
    };
    if (!source.root || !scxml::Statechart::compile(*source.root, options, diagnostics)) {
        return unsound(path);
    }
    return {};
}

/// Marks the case's states, and takes its version of the workflow where no other chart is named.
Result<void> read_case(const DrawArguments& arguments, Source& source) {
    const auto id = CaseId::parse(arguments.case_id);
    if (!id) {
        return malformed("id_malformed", "a case's id has 13 letters and digits", "case");
    }
    TRY(find_journal(arguments.data_folder));
    auto installation = TRY(
        Installation::open({arguments.data_folder, arguments.library_folder, StoreAccess::read}));
    auto reader = TRY(installation->store().open_reader());
    const auto row = TRY(reader->find_case(*id));
    if (!row) {
        return not_found("case_not_found", "there is no such case", arguments.case_id);
    }
    std::istringstream states(row->states);
    for (std::string state; states >> state;) {
        source.active.push_back(state);
    }
    if (source.root) {
        return {};
    }
    auto workflow = installation->library().find_version(row->workflow_version);
    if (workflow == nullptr) {
        return corrupted("definition_missing",
                         "the case's version of its workflow is not in the store",
                         arguments.case_id);
    }
    take_workflow(std::move(workflow), source);
    return {};
}

Result<void> write(const std::string& svg, const std::string& path) {
    if (path.empty()) {
        std::cout << svg << std::flush;
        return {};
    }
    const auto written = reports::write_report_file(svg, path);
    if (!written) {
        return failed("drawing_failed",
                      fmt::format("cannot write {}: is there such a folder, and room?", path),
                      path);
    }
    return {};
}

Result<void> draw(const DrawArguments& arguments, Diagnostics& diagnostics) {
    Source source;
    if (arguments.path.empty() && arguments.case_id.empty()) {
        return malformed("argument_missing", "name a file, or a case with --case", "file");
    }
    if (!arguments.path.empty()) {
        TRY(read_path(arguments.path, source, diagnostics));
    }
    if (!arguments.case_id.empty()) {
        TRY(read_case(arguments, source));
    }
    const workflow::ChartOutline outline(*source.root);
    const std::string svg = TRY(reports::draw_chart(
        {outline, source.workflow.get(), arguments.language, std::move(source.active)}));
    return write(svg, arguments.out);
}

}  // namespace

int run_draw(const DrawArguments& arguments) {
    Diagnostics diagnostics;
    const auto drawn = draw(arguments, diagnostics);
    if (diagnostics.has_errors()) {
        return report_diagnostics(diagnostics, Output::text);
    }
    return drawn ? exit_done : report_error(drawn.error(), Output::text);
}

}  // namespace guildmark::command
