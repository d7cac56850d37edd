// Invariant: changes_ moves before any count does, so that whoever sees a count moved sees that
// something has changed.
#include "api/stream_versions.h"

namespace guildmark::api {
namespace {

/// The high bits of a product spread ids that differ in any bit.
/// Source: Knuth, The Art of Computer Programming, volume 3, section 6.4.
std::size_t index_of(StreamId stream) {
    constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
    return static_cast<std::size_t>((stream.value() * golden) >> 48u);
}

}  // namespace

void StreamVersions::changed(StreamId stream) {
    ++changes_;
    ++counts_[index_of(stream)];
}

void StreamVersions::all_changed() {
    ++changes_;
    ++doubts_;
}

StreamVersions::Mark StreamVersions::mark(StreamId stream) const {
    const std::size_t index = index_of(stream);
    return {index, count(index)};
}

bool StreamVersions::holds(const Mark& mark) const {
    return count(mark.count_index) == mark.count;
}

}  // namespace guildmark::api
