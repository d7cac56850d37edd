#include "engine/workflow/workflow.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/workflow/chart_check.h"
#include "engine/workflow/chart_outline.h"
#include "engine/workflow/form_reader.h"
#include "engine/workflow/translation.h"
#include "engine/workflow/workflow_check.h"
#include "engine/workflow/workflow_reader.h"

namespace guildmark::workflow {
namespace {

constexpr std::string_view chart_ending = ".scxml";
constexpr std::string_view document_ending = ".xml";
constexpr std::string_view forms_name = "forms.xml";

template <typename Item>
const Item* find_by_id(const std::vector<Item>& items, std::string_view id) {
    const auto found = std::ranges::find(items, id, &Item::id);
    return found == items.end() ? nullptr : &*found;
}

/// The XML of a workflow's files, by what they are.
struct Documents {
    std::optional<XmlElement> chart;
    std::optional<XmlElement> forms;
    std::vector<TranslationFile> translations;
};

/// The whole root element, when it is the one that the file's name promises.
std::optional<XmlElement> read_root(const SourceFile& file,
                                    const std::vector<SourceFile>& files,
                                    std::string_view namespace_uri,
                                    std::string_view name,
                                    Diagnostics& diagnostics) {
    auto root = read_whole(file, files, diagnostics);
    if (root && !root->is(namespace_uri, name)) {
        diagnostics.error(root->place,
                          "element_unknown",
                          fmt::format("this file begins with <{} xmlns=\"{}\">, not with <{}>",
                                      name,
                                      namespace_uri,
                                      root->name));
        return std::nullopt;
    }
    return root;
}

void read_document(const SourceFile& file,
                   const std::vector<SourceFile>& files,
                   Documents& documents,
                   Diagnostics& diagnostics) {
    if (is_included(file)) {
        return;
    }
    if (file.name.ends_with(chart_ending)) {
        documents.chart = read_root(file, files, scxml_namespace, "scxml", diagnostics);
    } else if (file.name == forms_name) {
        documents.forms = read_root(file, files, extension_namespace, "forms", diagnostics);
    } else if (file.name.ends_with(document_ending)) {
        if (auto root = read_root(file, files, extension_namespace, "translations", diagnostics)) {
            documents.translations.push_back({file.name, std::move(*root)});
        }
    } else {
        diagnostics.error({file.name, 0, 0},
                          "file_unknown",
                          "a workflow has one *.scxml, forms.xml and <language>.xml, nothing else");
    }
}

/// Reads all files. REQUIRES: sorted by name.
Documents read_documents(const std::vector<SourceFile>& files, Diagnostics& diagnostics) {
    Documents documents;
    if (const auto count = std::ranges::count_if(files, is_chart); count != 1) {
        diagnostics.error({files.empty() ? "" : files.front().name, 0, 0},
                          "chart_missing",
                          fmt::format("a workflow has one file *.scxml; here are {}", count));
        return documents;
    }
    for (const SourceFile& file : files) {
        read_document(file, files, documents, diagnostics);
    }
    return documents;
}

/// Reads and checks everything but the files themselves.
std::optional<Workflow> read_workflow(const Documents& documents,
                                      Diagnostics& diagnostics,
                                      Diagnostics& of_chart) {
    const XmlElement& root = *documents.chart;
    auto chart = scxml::Statechart::compile(root, diagnostics);
    const ChartOutline outline(root);
    const Reading reading{diagnostics, default_language(root)};
    Workflow workflow;
    read_extension(outline, reading, workflow);
    if (documents.forms) {
        workflow.forms = read_forms(*documents.forms, reading);
    }
    check_workflow(outline, workflow, diagnostics);
    check_chart(outline, &workflow, of_chart);
    if (!chart) {
        return std::nullopt;
    }
    ENSURE(chart->state_count() == outline.states().size(),
           "chart and outline number states alike");
    workflow.chart = std::make_shared<const scxml::Statechart>(std::move(*chart));
    translate(documents.translations, root.place, reading, workflow);
    return workflow;
}

}  // namespace

const Outcome* TaskDefinition::find_outcome(std::string_view outcome) const {
    return find_by_id(outcomes, outcome);
}

const Role* Workflow::find_role(std::string_view role) const {
    return find_by_id(roles, role);
}

const TaskDefinition* Workflow::find_task(std::string_view task) const {
    return find_by_id(tasks, task);
}

const Form* Workflow::find_form(std::string_view form) const {
    return find_by_id(forms, form);
}

const Signal* Workflow::find_signal(std::string_view signal) const {
    return find_by_id(signals, signal);
}

const Action* Workflow::find_action(const SourcePlace& place) const {
    const auto found = std::ranges::find(actions, place, &PlacedAction::place);
    return found == actions.end() ? nullptr : &found->action;
}

std::optional<Overdue> Workflow::find_overdue(const SourcePlace& place) const {
    const auto found = std::ranges::find(sends_overdue, place, &PlacedOverdue::place);
    return found == sends_overdue.end() ? std::nullopt : std::optional(found->overdue);
}

const LocalizedText& Workflow::title_of(const SearchValue& value) const {
    const TaskDefinition* task = find_task(value.task);
    const Form* form = task == nullptr ? nullptr : find_form(task->form);
    const Field* field = form == nullptr ? nullptr : form->find_field(value.field);
    return value.title.all().empty() && field != nullptr ? field->label : value.title;
}

std::string Workflow::state_title(scxml::StateIndex state, std::string_view language) const {
    const auto found =
        std::ranges::find(state_titles, state, [](const auto& entry) { return entry.first; });
    return found == state_titles.end() ? chart->state_id(state) : found->second.in(language);
}

std::optional<Workflow> load_workflow(std::vector<SourceFile> files, Diagnostics& diagnostics) {
    std::ranges::sort(files, {}, &SourceFile::name);
    Diagnostics found;
    Diagnostics of_chart;
    const Documents documents = read_documents(files, found);
    std::optional<Workflow> workflow;
    if (documents.chart && !found.has_errors()) {
        workflow = read_workflow(documents, found, of_chart);
    }
    for (const Diagnostic& item : of_chart.items()) {
        diagnostics.add(item);
    }
    // Most other warnings about a broken document only follow from its errors.
    for (const Diagnostic& item : found.items()) {
        if (item.severity == Severity::error || !found.has_errors()) {
            diagnostics.add(item);
        }
    }
    if (found.has_errors() || !workflow) {
        return std::nullopt;
    }
    workflow->version = workflow_version(files);
    workflow->files = std::move(files);
    return workflow;
}

}  // namespace guildmark::workflow
