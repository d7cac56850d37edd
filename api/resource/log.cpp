// The log of certificates, as the tools for such logs read it (C2SP tlog-tiles).
#include <charconv>

#include <fmt/format.h>

#include "api/resource/handlers.h"
#include "api/signing.h"
#include "engine/base/ensure.h"
#include "engine/certificate/checkpoint.h"

namespace guildmark::api {
namespace {

constexpr std::uint64_t tile_width = 256;
constexpr unsigned tile_height = 8;  // 2^8 digests of one level make one of the next.
constexpr unsigned level_max = 63 / tile_height;

struct Tile {
    unsigned level = 0;  ///< Of tiles; entries have that of their leaves.
    std::uint64_t index = 0;
    std::uint64_t width = tile_width;
};

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && fmt::to_string(number) == text ? std::optional(number)
                                                                  : std::nullopt;
}

/// "x001/x234/067" is 1234067: groups of three digits, all but the last marked.
std::optional<std::uint64_t> index_of(std::string_view path) {
    constexpr std::size_t digits = 3;
    constexpr std::size_t groups_max = 6;
    std::uint64_t index = 0;
    for (std::size_t group = 0; group < groups_max; ++group) {
        const bool is_last = !path.starts_with('x');
        path.remove_prefix(is_last ? 0 : 1);
        unsigned value = 0;
        const char* const begin = path.data();
        const bool is_long_enough = path.size() >= digits;
        if (!is_long_enough ||
            std::from_chars(begin, begin + digits, value).ptr != begin + digits ||
            (group == 0 && !is_last && value == 0)) {
            return std::nullopt;
        }
        index = index * 1'000 + value;
        path.remove_prefix(digits);
        if (is_last) {
            return path.empty() ? std::optional(index) : std::nullopt;
        }
        if (!path.starts_with('/')) {
            return std::nullopt;
        }
        path.remove_prefix(1);
    }
    return std::nullopt;
}

std::optional<Tile> tile_of(std::string_view level, std::string_view path) {
    constexpr std::string_view partial = ".p/";
    Tile tile;
    const auto height = level == "entries" ? std::optional(0u) : number_of<unsigned>(level);
    const std::size_t mark = path.find(partial);
    const auto index = index_of(path.substr(0, mark));
    const auto width = mark == std::string_view::npos
                           ? std::optional(tile_width)
                           : number_of<std::uint64_t>(path.substr(mark + partial.size()));
    const bool is_narrow = mark == std::string_view::npos || (width && *width < tile_width);
    if (!height || *height > level_max || !index || !width || *width == 0 || !is_narrow) {
        return std::nullopt;
    }
    return Tile{*height, *index, *width};
}

/// Whether the log has all that the tile is made of.
bool has_tile(const CertificateLog& log, const Tile& tile) {
    const std::uint64_t complete = log.size() >> (tile.level * tile_height);
    return tile.index <= complete / tile_width && tile.index * tile_width + tile.width <= complete;
}

std::string hash_tile(const CertificateLog& log, const Tile& tile) {
    std::string bytes;
    for (std::uint64_t place = 0; place < tile.width; ++place) {
        const Digest digest = log.node(
            {static_cast<std::uint8_t>(tile.level * tile_height), tile.index * tile_width + place});
        bytes.append(digest.bytes.begin(), digest.bytes.end());
    }
    return bytes;
}

/// Each entry behind its size in two bytes.
Result<std::string> entry_tile(const CertificateLog& log, StoreReader& reader, const Tile& tile) {
    std::string bytes;
    const auto entries = TRY(log.entries(reader, tile.index * tile_width, tile.width));
    for (const std::string& entry : entries) {
        ENSURE(entry.size() <= UINT16_MAX, "names are shorter, and of a scope there is a digest");
        bytes += static_cast<char>(entry.size() >> 8U);
        bytes += static_cast<char>(entry.size() & 0xFFU);
        bytes += entry;
    }
    return bytes;
}

}  // namespace

Result<Response> get_log_checkpoint(Call& call) {
    const auto keys = TRY(keys_of(call.services.signer));
    const auto checkpoint = TRY(call.log.with(call.reader, [&](const CertificateLog& log) {
        return sign_checkpoint({log_origin(call.public_origin, keys), log.size(), log.root()},
                               *call.services.signer);
    }));
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = checkpoint;
    return response;
}

Result<Response> get_log_tile(Call& call) {
    const std::string& level = call.parameter("level");
    const auto tile = tile_of(level, call.parameter("index"));
    auto bytes =
        TRY(call.log.with(call.reader, [&](const CertificateLog& log) -> Result<std::string> {
            if (!tile || !has_tile(log, *tile)) {
                return not_found("tile_not_found",
                                 "the log of certificates has no such tile, or not yet",
                                 level + "/" + call.parameter("index"));
            }
            return level == "entries" ? entry_tile(log, call.reader, *tile) : hash_tile(log, *tile);
        }));
    Response response;
    response.content_type = "application/octet-stream";
    response.set_header("Cache-Control", "public, max-age=31536000, immutable");
    response.body = std::move(bytes);
    return response;
}

}  // namespace guildmark::api
