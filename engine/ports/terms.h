#pragma once

#include <string>
#include <string_view>

/// What a case is found by, as its row and the store's index have it. Compared byte by byte.
namespace guildmark::terms {

/// An active state, those around it included; of a case that has ended: where it ended.
[[nodiscard]] inline std::string state(std::string_view id) {
    return "state/" + std::string(id);
}

/// An open task, by its definition's id.
[[nodiscard]] inline std::string task(std::string_view id) {
    return "task/" + std::string(id);
}

/// A role that has an open task.
[[nodiscard]] inline std::string role(std::string_view id) {
    return "role/" + std::string(id);
}

/// A value that the workflow lets people search for; `value` as search_values_of writes it.
[[nodiscard]] inline std::string data(std::string_view name, std::string_view value) {
    return "data/" + std::string(name) + "=" + std::string(value);
}

inline constexpr std::string_view paused = "paused";

/// Something in it failed and waits for somebody.
inline constexpr std::string_view incident = "incident";

}  // namespace guildmark::terms
