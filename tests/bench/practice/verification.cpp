#include "tests/bench/practice/verification.h"

#include <array>

#include <openssl/evp.h>

#include "engine/base/ensure.h"
#include "tests/bench/practice/progress.h"

namespace guildmark::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Records a second that SHA-256 alone would do.
double hashing_rate(std::uint64_t records, std::uint64_t bytes_each) {
    const std::string text(bytes_each, 'x');
    std::array<unsigned char, 32> digest{};
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    const auto begin = Clock::now();
    for (std::uint64_t index = 0; index < records; ++index) {
        EVP_DigestInit_ex(context, EVP_sha256(), nullptr);
        EVP_DigestUpdate(context, text.data(), text.size());
        EVP_DigestFinal_ex(context, digest.data(), nullptr);
    }
    const double seconds = seconds_since(begin);
    EVP_MD_CTX_free(context);
    return static_cast<double>(records) / seconds;
}

}  // namespace

void measure_verification(SqliteStore& store, std::vector<Figure>& figures) {
    constexpr double aim = 300'000;
    constexpr std::uint64_t hashed_fields_bytes = 32 + 5 * 8;  // The chain's hash, ids, times.
    auto reader = store.open_reader();
    ENSURE(reader.has_value(), "the store opens");
    const std::uint64_t all = (*reader)->last_position().value();
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;
    ChainChecker chain;
    StreamId stream;
    Progress progress("verifying", all);
    const auto begin = Clock::now();
    const auto scanned = (*reader)->scan_streams([&](const Record& record) -> Result<void> {
        if (record.stream != stream) {
            chain = ChainChecker();
            stream = record.stream;
        }
        bytes += record.payload.size() + record.kind.size() + record.actor.role.size() +
                 hashed_fields_bytes;
        if (++records % 4'096 == 0) {
            progress.tell(records);
        }
        return chain.accept(record);
    });
    ENSURE(scanned.has_value() && records == all, "every chain of the journal is whole");
    Figure figure;
    figure.name = "journal read and its chains verified";
    figure.value = static_cast<double>(records) / seconds_since(begin);
    figure.unit = "records/s";
    figure.aim = ">= 300000";
    figure.reached = figure.value >= aim;
    Figure hashing;
    hashing.name = "SHA-256 alone of as many bytes";
    hashing.value = hashing_rate(records, bytes / records);
    hashing.unit = "records/s";
    figure.against = "SHA-256";
    figure.ratio = figure.value / hashing.value;
    figures.push_back(hashing);
    figures.push_back(figure);
}

}  // namespace guildmark::bench
