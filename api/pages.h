#pragma once

#include <memory>
#include <string>

#include "api/message.h"
#include "api/services.h"

namespace guildmark::api {

/// Answers GET and HEAD outside the API: a file of the pages, or for any other path the page
/// itself, which reads the address. Names with a hash are kept by browsers for a year, others are
/// asked for anew each time, which an etag makes cheap.
[[nodiscard]] Response page_response(const Request& request, AssetTable* assets);

/// Pages from a folder, read anew each time: for those who work on them. Never leaves the folder.
[[nodiscard]] std::unique_ptr<AssetTable> folder_assets(std::string folder);

/// The page that explains an error's code: "/errors/<code>", from docs/errors.
[[nodiscard]] Response error_page_response(std::string_view code);

}  // namespace guildmark::api
