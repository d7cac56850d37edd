#include "engine/journal/record.h"

#include <bit>
#include <iterator>

#include <fmt/format.h>

namespace guildmark {
namespace {

void append_number(std::string& out, std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
        out += static_cast<char>(number >> shift & 0xFFu);
    }
}

void append_text(std::string& out, std::string_view text) {
    append_number(out, text.size());
    out += text;
}

std::string subject_of(const Record& record) {
    return fmt::format("{}/{}", record.stream.to_text(), record.sequence);
}

}  // namespace

Digest chain_hash(const Digest& previous, const Record& record) {
    std::string text;
    text.reserve(160 + record.payload.size());
    for (const std::uint8_t byte : previous.bytes) {
        text += static_cast<char>(byte);
    }
    append_number(text, record.stream.value());
    append_number(text, record.sequence);
    append_text(text, record.kind);
    append_number(text, record.version);
    append_number(text, std::bit_cast<std::uint64_t>(record.at.milliseconds));
    append_number(text, record.actor.person.value());
    append_number(text, record.actor.organisation.value());
    append_text(text, record.actor.role);
    append_text(text, record.payload);
    return sha256(text);
}

Result<void> ChainChecker::accept(const Record& record) {
    if (record.sequence != head_.sequence + 1) {
        return corrupted("record_missing",
                         fmt::format("stream {} goes from record {} to record {}",
                                     record.stream.to_text(),
                                     head_.sequence,
                                     record.sequence),
                         subject_of(record));
    }
    if (chain_hash(head_.hash, record) != record.hash) {
        return corrupted("chain_broken",
                         fmt::format("record {} of stream {} is not what was written",
                                     record.sequence,
                                     record.stream.to_text()),
                         subject_of(record));
    }
    head_ = StreamHead{record.sequence, record.hash};
    return {};
}

}  // namespace guildmark
