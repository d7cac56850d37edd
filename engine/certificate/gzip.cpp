#include "engine/certificate/gzip.h"

#include <utility>
#include <zlib.h>

#include "engine/base/ensure.h"

namespace guildmark {
namespace {

constexpr int gzip_window = MAX_WBITS + 16;
constexpr int memory_level = 8;
constexpr auto stream_size = static_cast<int>(sizeof(z_stream));

Bytef* bytes_of(std::string& text) {
    return reinterpret_cast<Bytef*>(text.data());
}

/// Which zlib reads, though it asks for what it may write.
Bytef* bytes_of(std::string_view text) {
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
}

}  // namespace

std::string to_gzip(std::string_view bytes) {
    z_stream stream{};
    const int begun = deflateInit2_(&stream,
                                    Z_BEST_COMPRESSION,
                                    Z_DEFLATED,
                                    gzip_window,
                                    memory_level,
                                    Z_DEFAULT_STRATEGY,
                                    ZLIB_VERSION,
                                    stream_size);
    ENSURE(begun == Z_OK, "there is memory to compress with");
    std::string text(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = bytes_of(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = bytes_of(text);
    stream.avail_out = static_cast<uInt>(text.size());
    const int ended = deflate(&stream, Z_FINISH);
    text.resize(stream.total_out);
    deflateEnd(&stream);
    ENSURE(ended == Z_STREAM_END, "what is compressed fits where zlib said");
    return text;
}

std::optional<std::string> from_gzip(std::string_view text, std::size_t bytes_max) {
    z_stream stream{};
    const int begun = inflateInit2_(&stream, gzip_window, ZLIB_VERSION, stream_size);
    ENSURE(begun == Z_OK, "there is memory to decompress with");
    std::string bytes(bytes_max, '\0');
    stream.next_in = bytes_of(text);
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = bytes_of(bytes);
    stream.avail_out = static_cast<uInt>(bytes.size());
    const int ended = inflate(&stream, Z_FINISH);
    const bool is_whole = ended == Z_STREAM_END && stream.avail_in == 0;
    bytes.resize(stream.total_out);
    inflateEnd(&stream);
    return is_whole ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace guildmark
