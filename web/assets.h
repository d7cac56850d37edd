#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace guildmark::web {

/// How long a browser may keep a file without asking.
enum class Caching {
    forever,     ///< The path holds a hash of the content: what is there never changes.
    revalidate,  ///< Ask each time whether the etag still holds.
};

/// One file of the browser's pages, carried in the binary. Everything lives as long as the program.
struct Asset {
    std::string_view path;  ///< "/index.html", "/assets/app-6UJ4XKQE.js"
    std::span<const unsigned char> bytes;
    std::span<const unsigned char> gzip;  ///< The same, compressed.
    std::string_view content_type;
    std::string_view etag;  ///< 32 hexadecimal digits of the SHA-256 of `bytes`, without quotes.
    Caching caching = Caching::revalidate;
};

/// All assets, in order of path. Thread: any.
[[nodiscard]] std::span<const Asset> assets();

/// The asset at exactly `path`; null when there is none. Thread: any.
[[nodiscard]] const Asset* find_asset(std::string_view path);

/// The page for every address that a person opens and that is neither an asset nor of the API: the
/// client reads the address itself. Thread: any.
[[nodiscard]] const Asset& page();

}  // namespace guildmark::web
