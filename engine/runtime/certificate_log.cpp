#include "engine/runtime/certificate_log.h"

#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/base/limits.h"
#include "engine/cases/log_entry.h"

namespace guildmark {

Result<void> CertificateLog::catch_up(StoreReader& reader) {
    for (;;) {
        const std::uint64_t last = positions_.empty() ? 0 : positions_.back();
        const auto records = TRY(reader.certificate_acts(last, limits::log_entries_per_read_max));
        for (const Record& record : records) {
            TRY(append(record));
        }
        if (records.size() < limits::log_entries_per_read_max) {
            return {};
        }
    }
}

Result<void> CertificateLog::append(const Record& record) {
    const Digest leaf = merkle::leaf_digest(TRY(log_entry_bytes(record)));
    for (const auto& [node, digest] : TRY(merkle::append(size(), leaf, read_node()))) {
        if (levels_.size() <= node.level) {
            levels_.emplace_back();
        }
        levels_[node.level].push_back(digest);
    }
    positions_.push_back(record.position);
    return {};
}

Digest CertificateLog::root() const {
    return merkle::root(size(), read_node()).value();
}

std::optional<std::uint64_t> CertificateLog::index_of(std::uint64_t position) const {
    const auto found = std::ranges::lower_bound(positions_, position);
    return found != positions_.end() && *found == position
               ? std::optional<std::uint64_t>(found - positions_.begin())
               : std::nullopt;
}

Digest CertificateLog::node(const merkle::Node& node) const {
    ENSURE(node.level < levels_.size() && node.index < levels_[node.level].size(),
           "only complete trees have a digest");
    return levels_[node.level][node.index];
}

merkle::ReadNode CertificateLog::read_node() const {
    return [this](const merkle::Node& wanted) { return Result<Digest>(node(wanted)); };
}

Result<std::vector<Digest>> CertificateLog::inclusion_proof(std::uint64_t index) const {
    return merkle::inclusion_proof(index, size(), read_node());
}

Result<std::vector<Digest>> CertificateLog::consistency_proof(std::uint64_t earlier) const {
    return merkle::consistency_proof(earlier, size(), read_node());
}

Result<std::vector<std::string>> CertificateLog::entries(StoreReader& reader,
                                                         std::uint64_t first,
                                                         std::size_t count) const {
    ENSURE(first + count <= size(), "only entries that are there are asked for");
    const std::uint64_t before = first == 0 ? 0 : positions_[first - 1];
    std::vector<std::string> entries;
    for (const Record& record : TRY(reader.certificate_acts(before, count))) {
        entries.push_back(TRY(log_entry_bytes(record)));
    }
    return entries;
}

}  // namespace guildmark
