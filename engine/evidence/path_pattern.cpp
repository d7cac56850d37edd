#include "engine/evidence/path_pattern.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/base/text.h"
#include "engine/evidence/composition.h"

namespace guildmark::evidence {

namespace {

constexpr std::u32string_view any_folders = U"**";

/// Matches `items` against `pattern`, in which elements for which `is_open` is true stand for any
/// number of items. When an item does not fit, only the last open element needs to take one more:
/// what the earlier ones took can stay as it is, so nothing is tried twice.
template <typename Pattern, typename Items, typename IsOpen, typename Fits>
bool match_sequence(const Pattern& pattern, const Items& items, IsOpen is_open, Fits fits) {
    std::size_t at = 0;
    std::size_t item = 0;
    std::size_t open_at = std::string::npos;
    std::size_t open_item = 0;
    while (item < items.size()) {
        if (at < pattern.size() && is_open(pattern[at])) {
            open_at = at++;
            open_item = item;
        } else if (at < pattern.size() && fits(pattern[at], items[item])) {
            ++at;
            ++item;
        } else if (open_at != std::string::npos) {
            at = open_at + 1;
            item = ++open_item;
        } else {
            return false;
        }
    }
    return std::all_of(pattern.begin() + static_cast<std::ptrdiff_t>(at), pattern.end(), is_open);
}

bool matches_name(std::u32string_view pattern, std::u32string_view name) {
    return match_sequence(
        pattern,
        name,
        [](char32_t character) { return character == U'*'; },
        [](char32_t wanted, char32_t found) { return wanted == U'?' || wanted == found; });
}

Error path_error(std::string_view text, std::string_view why) {
    return malformed("path_malformed", fmt::format("the path \"{}\" {}", text, why));
}

/// Why a part may not stand in a path; empty when it may.
std::string_view find_fault(std::u32string_view part) {
    if (part.empty()) {
        return "has an empty part; it begins with a name and has one \"/\" between names";
    }
    if (part == U"." || part == U"..") {
        return "has a part \".\" or \"..\"; it is relative to the evidence folder and never leaves "
               "it";
    }
    if (part != any_folders && part.find(any_folders) != std::u32string_view::npos) {
        return "has \"**\" within a name; \"**\" stands alone between slashes, \"*\" within names";
    }
    return "";
}

}  // namespace

Path to_path(std::string_view locator) {
    Path path;
    std::size_t begin = 0;
    while (begin <= locator.size()) {
        const std::size_t slash = std::min(locator.find('/', begin), locator.size());
        path.push_back(to_composed(locator.substr(begin, slash - begin)));
        begin = slash + 1;
    }
    return path;
}

Result<PathPattern> PathPattern::parse(std::string_view text) {
    if (text.size() > limits::name_bytes_max) {
        return path_error(fmt::format("{}…", beginning(text, 20)),
                          fmt::format("has more than {} bytes", limits::name_bytes_max));
    }
    if (text.find('\\') != std::string_view::npos) {
        return path_error(text, "has a \"\\\"; write \"/\" between folders");
    }
    if (std::ranges::any_of(text, [](char byte) {
            return static_cast<unsigned char>(byte) < 0x20 || byte == '\x7f';
        })) {
        return path_error(text, "has a control character; write it as %XX");
    }
    PathPattern pattern;
    pattern.parts_ = to_path(text);
    for (const std::u32string& part : pattern.parts_) {
        if (const std::string_view fault = find_fault(part); !fault.empty()) {
            return path_error(text, fault);
        }
    }
    pattern.exact_ = text.find_first_of("*?") == std::string_view::npos;
    if (pattern.parts_.back() == any_folders) {
        // The last part names a document, so "**" at the end is "any folders, then any name".
        pattern.parts_.emplace_back(U"*");
    }
    return pattern;
}

bool PathPattern::matches(const Path& path) const {
    return match_sequence(
        parts_, path, [](std::u32string_view part) { return part == any_folders; }, matches_name);
}

}  // namespace guildmark::evidence
