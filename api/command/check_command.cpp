#include "api/command/check_command.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "api/installation.h"
#include "api/scenario/script.h"
#include "engine/evidence/rules.h"

namespace guildmark::command {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view standard_namespace = "urn:guildmark:standard:1";

/// Checks one path after another; the library gives the standards that workflows are held against.
class Checker {
public:
    Checker(const Library& library, Diagnostics& diagnostics)
        : library_(library), diagnostics_(diagnostics) {}

    void check(const std::string& path) {
        std::error_code code;
        if (fs::is_directory(path, code)) {
            check_workflow(path);
            return;
        }
        const auto bytes = read_file(path);
        if (!bytes) {
            diagnostics_.error({path, 0, 0}, bytes.error().code, bytes.error().message);
        } else if (path.ends_with(".scenario")) {
            static_cast<void>(scenario::read_script(*bytes, path, diagnostics_));
        } else {
            check_document(path, *bytes);
        }
    }

private:
    void check_document(const std::string& path, const std::string& bytes) {
        Diagnostics found;
        const auto root = read_xml(bytes, path, found);
        if (!root) {
            add_all(found);
        } else if (root->namespace_uri == standard_namespace) {
            static_cast<void>(read_standard(bytes, path, diagnostics_));
        } else if (root->namespace_uri == evidence::rules_namespace) {
            check_rules(path, bytes);
        } else if (root->is("http://www.w3.org/2005/07/scxml", "scxml") ||
                   root->namespace_uri == workflow::extension_namespace) {
            check_workflow(fs::path(path).parent_path().string());
        } else {
            diagnostics_.error(root->place,
                               "document_unknown",
                               fmt::format("<{}> is no document that is read here", root->name),
                               "check workflows, standards, evidence rules or scenarios");
        }
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
        for (Diagnostic item : found.items()) {
            item.place.file = folder.empty() ? item.place.file : folder + "/" + item.place.file;
            diagnostics_.add(std::move(item));
        }
    }

    void add_all(const Diagnostics& found) {
        for (const Diagnostic& item : found.items()) {
            diagnostics_.add(item);
        }
    }

    const Library& library_;
    Diagnostics& diagnostics_;
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
        print(fmt::format("{} checked, nothing to mend", arguments.paths.size()));
    }
    return code;
}

}  // namespace guildmark::command
