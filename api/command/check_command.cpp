#include "api/command/check_command.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "api/library_folder.h"
#include "api/scenario/check.h"
#include "engine/evidence/rules.h"
#include "engine/simulation/assumptions.h"
#include "engine/workflow/chart_check.h"

namespace guildmark::command {
namespace {

namespace fs = std::filesystem;

constexpr int folder_depth_max = 16;
constexpr std::string_view standard_namespace = "urn:guildmark:standard:1";

/// The files with that ending under `folder`, in order of path.
std::vector<fs::path> files_under(const std::string& folder, std::string_view ending) {
    std::vector<fs::path> files;
    std::error_code code;
    for (auto entry = fs::recursive_directory_iterator(folder, code);
         !code && entry != fs::end(entry);
         entry.increment(code)) {
        if (entry.depth() >= folder_depth_max) {
            entry.disable_recursion_pending();
        }
        if (entry->path().extension() == ending && entry->is_regular_file(code)) {
            files.push_back(entry->path());
        }
    }
    std::ranges::sort(files);
    return files;
}

/// The folders at or under `folder` that hold a chart.
std::vector<std::string> chart_folders(const std::string& folder) {
    std::vector<std::string> folders;
    for (const fs::path& chart : files_under(folder, ".scxml")) {
        const std::string parent = chart.parent_path().string();
        if (folders.empty() || folders.back() != parent) {
            folders.push_back(parent);
        }
    }
    return folders;
}

std::vector<std::string> scenarios_under(const std::string& folder) {
    std::vector<std::string> paths;
    for (const fs::path& scenario : files_under(folder, ".scenario")) {
        paths.push_back(scenario.string());
    }
    return paths;
}

/// Checks one path after another; the library gives the standards that workflows are held against.
class Checker {
public:
    Checker(const Library& library, Diagnostics& diagnostics)
        : library_(library), diagnostics_(diagnostics) {}

    void check(const std::string& path) {
        std::error_code code;
        if (fs::is_directory(path, code)) {
            check_folder(path);
            return;
        }
        ++checked_;
        const auto bytes = read_file(path);
        if (!bytes) {
            diagnostics_.error({path, 0, 0}, bytes.error().code, bytes.error().message);
        } else if (path.ends_with(".scenario")) {
            check_scenario(path, *bytes);
        } else {
            check_document(path, *bytes);
        }
    }

    [[nodiscard]] std::size_t checked() const { return checked_; }

private:
    /// A workflow, or a folder that has some in it.
    void check_folder(const std::string& folder) {
        const auto charts = chart_folders(folder);
        if (charts.empty()) {
            check_workflow(folder);  // It tells that there is no chart.
        }
        for (const std::string& chart : charts) {
            check_workflow(chart);
        }
        if (charts.size() == 1 && charts.front() == folder) {
            return;
        }
        for (const std::string& scenario : scenarios_under(folder)) {
            check(scenario);
        }
    }

    void check_scenario(const std::string& path, const std::string& bytes) {
        Diagnostics found;
        const auto statements = scenario::read_script(bytes, path, found);
        add_all(found);
        if (found.has_errors()) {
            return;
        }
        // A workflow's own scenario lies beside it, and that library beside the workflow's folder.
        Library library = library_;
        Diagnostics ignored;
        const fs::path folder = fs::absolute(path).parent_path();
        if (folder.parent_path().filename() == "workflows") {
            static_cast<void>(
                load_library(folder.parent_path().parent_path().string(), library, ignored));
        }
        scenario::check_script(statements, library, diagnostics_);
    }

    void check_document(const std::string& path, const std::string& bytes) {
        Diagnostics found;
        const auto root = read_xml(bytes, path, found);
        if (!root) {
            add_all(found);
        } else if (root->namespace_uri == standard_namespace) {
            static_cast<void>(read_standard(bytes, path, diagnostics_));
        } else if (root->namespace_uri == evidence::crosswalk_namespace) {
            check_crosswalk(path, bytes);
        } else if (root->namespace_uri == evidence::rules_namespace) {
            check_rules(path, bytes);
        } else if (root->namespace_uri == audit::rule_namespace) {
            audit::RuleBook().read(bytes, path, diagnostics_);
        } else if (workflow::is_part(*root)) {
            add_all(found);  // The rest is told of the workflows that include it.
        } else if (workflow::is_plain_chart(*root)) {
            workflow::check_plain_chart(*root, found);
            add_all(found);
        } else if (root->is("http://www.w3.org/2005/07/scxml", "scxml") ||
                   root->namespace_uri == workflow::extension_namespace) {
            --checked_;
            check_workflow(fs::path(path).parent_path().string());
        } else {
            diagnostics_.error(root->place,
                               "document_unknown",
                               fmt::format("<{}> is no document that is read here", root->name),
                               "check workflows, standards, rules or scenarios");
        }
    }

    void check_crosswalk(const std::string& path, const std::string& bytes) {
        const auto crosswalk = evidence::read_crosswalk(bytes, path, diagnostics_);
        if (!crosswalk) {
            return;
        }
        const auto hold = [&](std::string_view side, const std::string& key) {
            if (const auto standard = library_.find_standard(key)) {
                evidence::check_against_standard(*crosswalk, side, *standard, diagnostics_);
            } else {
                diagnostics_.error(crosswalk->place,
                                   "standard_unknown",
                                   fmt::format("there is no catalogue \"{}\"", key));
            }
        };
        hold("from", crosswalk->from);
        hold("to", crosswalk->to);
    }

    void check_rules(const std::string& path, const std::string& bytes) {
        const auto rules = evidence::read_rules(bytes, path, diagnostics_);
        if (!rules) {
            return;
        }
        if (const auto standard = library_.find_standard(rules->standard)) {
            evidence::check_against_standard(*rules, *standard, diagnostics_);
        }
    }

    void check_workflow(const std::string& folder) {
        ++checked_;
        Diagnostics found;
        auto files = workflow_files(folder.empty() ? "." : folder);
        if (!files) {
            diagnostics_.error({folder, 0, 0}, files.error().code, files.error().message);
            return;
        }
        const auto loaded = workflow::load_workflow(std::move(*files), found);
        for (const auto& standard : library_.standards()) {
            if (loaded &&
                std::ranges::find(loaded->standards, standard->id) != loaded->standards.end()) {
                workflow::check_against_standard(*loaded, *standard, found);
            }
        }
        if (loaded) {
            check_assumptions(*loaded, folder);
        }
        for (Diagnostic item : found.items()) {
            item.place.file = folder.empty() ? item.place.file : folder + "/" + item.place.file;
            diagnostics_.add(std::move(item));
        }
    }

    /// What simulations assume of the workflow, where that lies beside it.
    void check_assumptions(const workflow::Workflow& workflow, const std::string& folder) {
        const std::string path =
            (fs::path(folder) / std::string(workflow::assumptions_file)).string();
        std::error_code code;
        if (!fs::exists(path, code)) {
            return;
        }
        std::vector<const Standard*> standards;
        for (const auto& standard : library_.standards()) {
            standards.push_back(standard.get());
        }
        if (const auto bytes = read_file(path)) {
            static_cast<void>(
                simulation::read_assumptions(*bytes, path, workflow, standards, diagnostics_));
        } else {
            diagnostics_.error({path, 0, 0}, bytes.error().code, bytes.error().message);
        }
    }

    void add_all(const Diagnostics& found) {
        for (const Diagnostic& item : found.items()) {
            diagnostics_.add(item);
        }
    }

    const Library& library_;
    Diagnostics& diagnostics_;
    std::size_t checked_ = 0;
};

}  // namespace

int run_check(const CheckArguments& arguments) {
    Library library;
    Diagnostics ignored;
    // What lies in the library is not what is checked; its own faults are not reported here.
    static_cast<void>(load_library(arguments.library_folder, library, ignored));
    Diagnostics diagnostics;
    Checker checker(library, diagnostics);
    for (const std::string& path : arguments.paths) {
        checker.check(path);
    }
    const int code = report_diagnostics(diagnostics, arguments.output);
    if (diagnostics.items().empty() && arguments.output == Output::text) {
        print(fmt::format("{} checked, nothing to mend", checker.checked()));
    }
    return code;
}

}  // namespace guildmark::command
