#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace guildmark::fuzz {

/// The files directly in the folders (below the project's own) that end in `ending`, in order of
/// path. Ends the program when there is none.
std::vector<std::string> files_in(std::initializer_list<std::string_view> folders,
                                  std::string_view ending);

/// The bytes of a file below the project's folder. Ends the program when it cannot be read.
std::string project_file(const std::string& path);

/// The charts of the W3C's tests, of ours, and of the project's workflows.
std::vector<std::string> chart_texts();

}  // namespace guildmark::fuzz
