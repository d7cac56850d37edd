#pragma once

#include <string>
#include <vector>

#include "engine/workflow/reading.h"
#include "engine/workflow/workflow.h"

namespace guildmark::workflow {

/// A text of a workflow and the name by which translations refer to it.
struct TextEntry {
    std::string reference;  ///< "task/apply/title"; docs/reference/workflow.md has the list.
    LocalizedText* text = nullptr;
};

/// Every text that the workflow has, in a fixed order. Lives as long as `workflow` stays unchanged.
[[nodiscard]] std::vector<TextEntry> texts_of(Workflow& workflow);

/// One <language>.xml that was read.
struct TranslationFile {
    std::string name;
    XmlElement root;
};

/// Sets the texts of translation files and the workflow's languages: the default one, those of
/// texts in the chart and in the forms, those of files. Errors, as diagnostics: element_unknown,
/// attribute_unknown, attribute_missing, attribute_invalid, text_missing. Warnings:
/// translation_unknown, translation_repeated, translation_missing.
void translate(const std::vector<TranslationFile>& files,
               const SourcePlace& chart,
               const Reading& reading,
               Workflow& workflow);

}  // namespace guildmark::workflow
