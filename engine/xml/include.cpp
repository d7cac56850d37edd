#include "engine/xml/include.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"

namespace guildmark {
namespace {

bool is_include(const XmlElement& element) {
    return element.is(xinclude_namespace, "include");
}

/// Replaces child `index` by `part`'s children and texts, which stay in their order.
void splice(XmlElement& parent, std::size_t index, XmlElement part) {
    const auto at = static_cast<std::ptrdiff_t>(index);
    part.texts.front().insert(0, parent.texts[index]);
    part.texts.back() += parent.texts[index + 1];
    parent.texts.erase(parent.texts.begin() + at, parent.texts.begin() + at + 2);
    parent.texts.insert(parent.texts.begin() + at,
                        std::make_move_iterator(part.texts.begin()),
                        std::make_move_iterator(part.texts.end()));
    parent.children.erase(parent.children.begin() + at);
    parent.children.insert(parent.children.begin() + at,
                           std::make_move_iterator(part.children.begin()),
                           std::make_move_iterator(part.children.end()));
}

/// Includes the files of one document.
class Includer {
public:
    Includer(const Inclusion& inclusion, Diagnostics& diagnostics)
        : inclusion_(inclusion), diagnostics_(diagnostics) {}

    /// `file` is where the children of `element` were read from. Depth is bounded by
    /// limits::xml_depth_max, over what is included too.
    void include_in(XmlElement& element, const std::string& file, std::size_t depth) {
        if (depth > limits::xml_depth_max) {
            error(element,
                  "document_too_deep",
                  fmt::format("with what is included, elements are nested more than {} deep",
                              limits::xml_depth_max));
            return;
        }
        std::size_t index = 0;
        while (index < element.children.size() && !diagnostics_.has_errors()) {
            if (is_include(element.children[index])) {
                index += include(element, index, file, depth);
            } else {
                include_in(element.children[index], file, depth + 1);
                ++index;
            }
        }
    }

private:
    /// Replaces the child by what it includes, and tells by how many children.
    std::size_t include(XmlElement& parent,
                        std::size_t index,
                        const std::string& file,
                        std::size_t depth) {
        const XmlElement asked = std::move(parent.children[index]);
        const std::string name = name_of(asked, file);
        auto part = name.empty() ? std::nullopt : read(asked, name);
        if (!part) {
            return 1;
        }
        open_.push_back(name);
        XmlElement wrapping;
        if (inclusion_.is_wrapping(*part)) {
            wrapping = std::move(*part);
        } else {
            wrapping.texts.resize(2);
            wrapping.place = part->place;
            wrapping.children.push_back(std::move(*part));
        }
        include_in(wrapping, name, depth);
        open_.pop_back();
        const std::size_t count = wrapping.children.size();
        splice(parent, index, std::move(wrapping));
        return count;
    }

    /// The name of the file that `asked` stands for; empty after an error.
    std::string name_of(const XmlElement& asked, const std::string& file) {
        const std::string* href = asked.find_attribute("href");
        if (href == nullptr || asked.attributes.size() != 1 || !asked.children.empty()) {
            error(asked,
                  "include_invalid",
                  "an inclusion has the attribute href, no other one, and nothing inside",
                  "write <xi:include href=\"../folder/file.xml\"/>");
            return {};
        }
        std::string name = included_name(file, *href);
        if (name.empty()) {
            error(asked,
                  "include_invalid",
                  fmt::format("\"{}\" is not the relative name of a file in this folder or in one "
                              "beside it",
                              *href));
        } else if (std::ranges::find(open_, name) != open_.end()) {
            error(asked,
                  "include_cyclic",
                  fmt::format("\"{}\" includes itself, by way of what it includes", name));
            name.clear();
        }
        return name;
    }

    std::optional<XmlElement> read(const XmlElement& asked, const std::string& name) {
        const std::string* bytes = inclusion_.find(name);
        if (bytes == nullptr) {
            error(asked, "include_missing", fmt::format("there is no file \"{}\"", name));
            return std::nullopt;
        }
        bytes_ += bytes->size();
        if (++count_ > limits::inclusions_max) {
            error(asked,
                  "includes_too_many",
                  fmt::format("a document includes at most {} files", limits::inclusions_max));
            return std::nullopt;
        }
        if (bytes_ > limits::xml_bytes_max) {
            error(asked,
                  "document_too_large",
                  fmt::format("what is included has more than {} bytes", limits::xml_bytes_max));
            return std::nullopt;
        }
        return read_xml(*bytes, name, diagnostics_);
    }

    void error(const XmlElement& element,
               std::string code,
               std::string message,
               std::string suggestion = {}) {
        diagnostics_.error(
            element.place, std::move(code), std::move(message), std::move(suggestion));
    }

    const Inclusion& inclusion_;
    Diagnostics& diagnostics_;
    std::vector<std::string> open_;  ///< The files that are being included, the outermost first.
    std::size_t count_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace

std::string included_name(std::string_view file, std::string_view href) {
    if (href.starts_with('/') || href.find_first_of("\\:?#%") != std::string_view::npos) {
        return {};
    }
    const std::size_t folder = file.rfind('/') + 1;
    std::vector<std::string_view> names;
    const std::string path = std::string(file.substr(0, folder)).append(href);
    for (const auto part : std::views::split(path, '/')) {
        const std::string_view name(part.begin(), part.end());
        if (name == ".." && !names.empty() && names.back() != "..") {
            names.pop_back();
        } else if (name != ".") {
            names.push_back(name);
        }
    }
    // An empty name is that of a folder, as is "..".
    const bool is_file = !names.empty() && !names.back().empty() && names.back() != "..";
    const bool is_near = std::ranges::count(names, "..") <= 1;
    return is_file && is_near ? fmt::format("{}", fmt::join(names, "/")) : std::string();
}

bool include_files(XmlElement& root,
                   const std::string& file,
                   const Inclusion& inclusion,
                   Diagnostics& diagnostics) {
    Diagnostics found;
    Includer(inclusion, found).include_in(root, file, 1);
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return !found.has_errors();
}

std::set<std::string> included_names(const XmlElement& root, const std::string& file) {
    std::set<std::string> names;
    for (const XmlElement& child : root.children) {
        if (is_include(child)) {
            names.insert(included_name(file, child.attribute_or("href", "")));
        } else {
            names.merge(included_names(child, file));
        }
    }
    names.erase("");
    return names;
}

}  // namespace guildmark
