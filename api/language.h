#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/message.h"
#include "engine/workflow/localized_text.h"

namespace guildmark::api {

/// The languages that a request asks for, the most wanted first: `language` of the query, then
/// those of Accept-Language by weight (RFC 9110, section 12.5.4). At most ten.
[[nodiscard]] std::vector<std::string> languages_of(const Request& request);

/// The text in the first of `languages` that it has, itself or its base ("zh" for "zh-TW"); else in
/// its own first language.
[[nodiscard]] const std::string& text_in(const LocalizedText& text,
                                         const std::vector<std::string>& languages);

}  // namespace guildmark::api
