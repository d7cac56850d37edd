// Invariant: what is served stands in the table, or in the folder given; a path never leaves it.
#include "api/pages.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "api/error_pages.h"
#include "api/problem.h"
#include "api/text.h"
#include "engine/base/digest.h"

namespace guildmark::api {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_bytes_max = 32u << 20;

bool accepts_gzip(const Request& request) {
    const std::string* header = request.find_header("accept-encoding");
    if (header == nullptr) {
        return false;
    }
    for (const std::string& part : split(*header, ',')) {
        const std::string_view coding = trimmed(part);
        const std::string_view name = trimmed(coding.substr(0, coding.find(';')));
        const bool is_refused = coding.find("q=0") != std::string_view::npos &&
                                coding.find("q=0.") == std::string_view::npos;
        if (lower_case(name) == "gzip") {
            return !is_refused;
        }
    }
    return false;
}

Response asset_response(const Request& request, const PageAsset& asset) {
    Response response;
    response.policy = ContentPolicy::page;
    const std::string etag = fmt::format("\"{}\"", asset.etag);
    response.set_header("ETag", etag);
    response.set_header("Cache-Control",
                        asset.is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
    response.set_header("Vary", "Accept-Encoding");
    const std::string* known = request.find_header("if-none-match");
    if (known != nullptr && known->find(etag) != std::string::npos) {
        response.status = 304;
        return response;
    }
    response.content_type = asset.content_type;
    response.fixed_body = asset.bytes;
    if (!asset.gzip.empty() && accepts_gzip(request)) {
        response.set_header("Content-Encoding", "gzip");
        response.fixed_body = asset.gzip;
    }
    return response;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> content_types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
}};

std::string_view content_type_of(const fs::path& path) {
    const std::string ending = path.extension().string();
    for (const auto& [known, type] : content_types) {
        if (ending == known) {
            return type;
        }
    }
    return "application/octet-stream";
}

/// Every version of a file that was ever given stays, because what find() gives must: a folder that
/// somebody works on has few.
class FolderAssets : public AssetTable {
public:
    explicit FolderAssets(std::string folder) : folder_(fs::weakly_canonical(folder)) {}

    std::optional<PageAsset> find(std::string_view path) override {
        const auto decoded = percent_decoded(path);
        if (!decoded) {
            return std::nullopt;
        }
        std::error_code failed;
        const fs::path file = fs::weakly_canonical(folder_ / decoded->substr(1), failed);
        const auto inside = file.lexically_relative(folder_);
        const bool is_inside = !inside.empty() && *inside.begin() != "..";
        if (failed || !is_inside || !fs::is_regular_file(file, failed) ||
            fs::file_size(file, failed) > file_bytes_max) {
            return std::nullopt;
        }
        std::ifstream stream(file, std::ios::binary);
        std::string bytes(std::istreambuf_iterator<char>(stream), {});
        const std::string digest = sha256(bytes).to_text();
        const std::lock_guard lock(mutex_);
        const auto entry = files_.try_emplace(digest, std::move(bytes)).first;
        return PageAsset{entry->second, {}, content_type_of(file), entry->first, false};
    }

private:
    fs::path folder_;
    std::mutex mutex_;
    std::map<std::string, std::string> files_;  ///< By digest.
};

}  // namespace

Response page_response(const Request& request, AssetTable* assets) {
    if (assets != nullptr) {
        if (const auto asset = assets->find(request.path)) {
            return asset_response(request, *asset);
        }
        // A missing file is missing; an address of the pages has no ending.
        const std::string_view last =
            std::string_view(request.path).substr(request.path.rfind('/') + 1);
        const auto page = assets->find("/index.html");
        if (page && last.find('.') == std::string_view::npos) {
            return asset_response(request, *page);
        }
    }
    return problem_response(
        not_found("route_not_found", "there is nothing at this address", request.path));
}

std::unique_ptr<AssetTable> folder_assets(std::string folder) {
    return std::make_unique<FolderAssets>(std::move(folder));
}

Response error_page_response(std::string_view code) {
    const auto text = find_error_page(code);
    if (!text) {
        return problem_response(
            not_found("route_not_found", "no error has this code", std::string(code)));
    }
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.fixed_body = *text;
    return response;
}

}  // namespace guildmark::api
