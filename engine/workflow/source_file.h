#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/xml/document.h"

/// The files that a workflow is written in.
namespace guildmark::workflow {

/// One file of a workflow, as it was read.
struct SourceFile {
    /// Relative to the workflow's folder: "iso-9001.scxml", "forms.xml", "zh.xml"; what they
    /// include: "cycle.part.xml", "../management-system/cycle.xml".
    std::string name;
    std::string bytes;

    bool operator==(const SourceFile&) const = default;
};

/// What simulations assume of a workflow lies beside it in this file, and is no part of it.
inline constexpr std::string_view assumptions_file = "simulation.xml";

/// Whether a file of a workflow's folder is part of the workflow: *.scxml and *.xml are, but not
/// simulation.xml; README.md, scenarios and whatever else lies beside them are not.
[[nodiscard]] bool is_workflow_file(std::string_view name);

/// Whether the file is there because others include it: it is of another folder, or NAME.part.xml.
[[nodiscard]] bool is_included(const SourceFile& file);

/// Whether it is the workflow's chart.
[[nodiscard]] bool is_chart(const SourceFile& file);

/// Whether a file that others include is a <gm:part>, which stands for its children.
[[nodiscard]] bool is_part(const XmlElement& root);

/// The digest that versions a workflow: over the files in order of name, each with its name and
/// size.
[[nodiscard]] Digest workflow_version(const std::vector<SourceFile>& files);

/// The names of files that `files` include and that are not among them.
[[nodiscard]] std::set<std::string> missing_files(const std::vector<SourceFile>& files);

/// The bytes of a file of that name; nothing when it cannot be read.
using ReadFile = std::function<std::optional<std::string>(const std::string& name)>;

/// Adds what `files` include, and what that includes. A file that cannot be read stays missing: it
/// is told where it is included, when the workflow is loaded.
void add_included(std::vector<SourceFile>& files, const ReadFile& read);

/// The root of `file` with what it includes, of `files`, in its place. Errors, as diagnostics:
/// those of read_xml and include_files; nothing is returned then.
[[nodiscard]] std::optional<XmlElement> read_whole(const SourceFile& file,
                                                   const std::vector<SourceFile>& files,
                                                   Diagnostics& diagnostics);

/// The chart among the files of a workflow as it was written, with what it includes in its place.
/// REQUIRES: the workflow was loaded from them.
[[nodiscard]] XmlElement chart_of(const std::vector<SourceFile>& files);

/// The same as one document: the file itself when it includes nothing.
[[nodiscard]] std::string chart_text(const std::vector<SourceFile>& files);

}  // namespace guildmark::workflow
