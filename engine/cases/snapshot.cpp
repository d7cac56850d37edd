#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/cases/describe_case.h"
#include "engine/cases/organisation.h"

namespace guildmark {
namespace {

/// A snapshot is what we wrote ourselves; the bound only keeps a damaged one from taking all
/// memory.
constexpr std::size_t snapshot_bytes_max = std::size_t{256} << 20u;

template <typename Aggregate>
Result<Aggregate> decode(const Snapshot& snapshot) {
    const auto read = [&]() -> Result<Aggregate> {
        return from_value<Aggregate>(TRY(parse_json(snapshot.payload, snapshot_bytes_max)));
    };
    auto aggregate = read();
    if (!aggregate) {
        return corrupted("snapshot_malformed",
                         fmt::format("the snapshot of stream {}: {}",
                                     snapshot.stream.to_text(),
                                     aggregate.error().message));
    }
    return aggregate;
}

}  // namespace

std::string encode_snapshot(const Case& subject) {
    return to_json(to_value(subject));
}

Result<Case> decode_case_snapshot(const Snapshot& snapshot) {
    return decode<Case>(snapshot);
}

}  // namespace guildmark
