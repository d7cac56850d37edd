// What a certificate's proofs cost: signing and checking credentials beside libsodium alone on as
// many bytes, and a log of many entries with its inclusion proofs beside SHA-256 alone on as many
// digests, in turns.
#include <array>
#include <sodium.h>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "adapters/signer/sodium/ed25519.h"
#include "engine/base/ensure.h"
#include "engine/certificate/credential.h"
#include "engine/certificate/merkle_tree.h"
#include "engine/certificate/proof.h"
#include "tests/bench/figures.h"

namespace {

using namespace guildmark;
using guildmark::bench::Figure;
using guildmark::bench::Timings;

constexpr std::size_t signed_bytes = 64;  // Of the proof's options and of the document, 32 each.
constexpr std::size_t node_bytes = 65;    // A prefix and two digests (RFC 9162, 2.1.1).

struct Options {
    std::uint64_t entries = 1'000'000;
    std::size_t rounds = 5;
    std::size_t operations = 5'000;
    bool json = false;
};

/// Signs with one key.
class OneKey final : public Signer {
public:
    OneKey() {
        key_.bytes = seed_.public_key();
        key_.id = "0123456789abcdef";
    }

    [[nodiscard]] Result<Signature> sign(std::string_view bytes) const override {
        return Signature{key_, seed_.sign(bytes)};
    }

    [[nodiscard]] Result<std::vector<SigningKey>> keys() const override {
        return std::vector<SigningKey>{key_};
    }

    [[nodiscard]] const SigningKey& key() const { return key_; }

    [[nodiscard]] const sodium::Seed& seed() const { return seed_; }

private:
    sodium::Seed seed_ = sodium::Seed::random();
    SigningKey key_;
};

/// libsodium without anything of ours.
class Bare {
public:
    explicit Bare(const sodium::Seed& seed) {
        ::crypto_sign_seed_keypair(public_.data(), secret_.data(), seed.bytes().data());
        sign();
    }

    void sign() {
        ::crypto_sign_detached(
            signature_.data(), nullptr, bytes_.data(), bytes_.size(), secret_.data());
    }

    void check() const {
        ENSURE(::crypto_sign_verify_detached(
                   signature_.data(), bytes_.data(), bytes_.size(), public_.data()) == 0,
               "libsodium believes what it signed");
    }

private:
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_{};
    std::array<unsigned char, crypto_sign_BYTES> signature_{};
    std::array<unsigned char, signed_bytes> bytes_{};
};

Value sample_credential() {
    rows::Certificate row;
    row.number = "GM-0001-2345";
    row.standard = "sample:2026";
    row.scope = "Turning, milling and heat treatment of parts for pumps and valves";
    row.valid_from = Date::parse("2026-03-02").value();
    row.valid_until = Date::parse("2029-03-01").value();
    return credential_of(row,
                         {"did:web:body.example:api:v1",
                          "Body",
                          "urn:guildmark:organisation:1",
                          "Firm",
                          "Sample 2026",
                          "https://body.example/c/GM-0001-2345"});
}

/// Figures of ours beside a yardstick: the medians of both, and of their ratios.
class Pair {
public:
    void add(const Timings& bare, const Timings& ours) {
        bare_.push_back(1e6 / bare.cpu_us());
        ours_.push_back(1e6 / ours.cpu_us());
        ratios_.push_back(ours_.back() / bare_.back());
    }

    void tell(const std::string& bare_name,
              const std::string& our_name,
              const std::string& unit,
              std::vector<Figure>& figures) const {
        Figure bare;
        bare.name = bare_name;
        bare.value = bench::median(bare_);
        bare.unit = unit;
        Figure ours = bare;
        ours.name = our_name;
        ours.value = bench::median(ours_);
        ours.against = bare_name;
        ours.ratio = bench::median(ratios_);
        figures.push_back(std::move(bare));
        figures.push_back(std::move(ours));
    }

private:
    std::vector<double> bare_;
    std::vector<double> ours_;
    std::vector<double> ratios_;
};

void measure_credentials(const Options& options, std::vector<Figure>& figures) {
    const OneKey signer;
    const sodium::Checker checker;
    const Value unsigned_one = sample_credential();
    const Instant now = Instant::parse("2026-03-02T09:00:00Z").value();
    const auto sign = [&] {
        return proof::sign(unsigned_one, "did:web:body.example:api:v1", signer.key(), signer, now)
            .value();
    };
    const Value credential = sign();
    Bare bare(signer.seed());
    Pair signing;
    Pair checking;
    for (std::size_t round = 0; round < options.rounds; ++round) {
        signing.add(bench::repeat(options.operations, [&] { bare.sign(); }),
                    bench::repeat(options.operations, [&] { (void)sign(); }));
        checking.add(bench::repeat(options.operations, [&] { bare.check(); }),
                     bench::repeat(options.operations, [&] {
                         ENSURE(proof::check(credential, {signer.key()}, checker),
                                "what was signed holds");
                     }));
    }
    signing.tell("libsodium alone, 64 bytes signed", "a credential signed", "1/CPU s", figures);
    checking.tell(
        "libsodium alone, a signature checked", "a credential checked", "1/CPU s", figures);
}

/// A log in memory.
class Log {
public:
    explicit Log(std::uint64_t entries) {
        for (; size_ < entries; ++size_) {
            const Digest leaf = merkle::leaf_digest(std::to_string(size_));
            const auto filled = merkle::append(size_, leaf, reader());
            for (const merkle::FilledNode& node : filled.value()) {
                if (levels_.size() <= node.node.level) {
                    levels_.resize(node.node.level + std::size_t{1});
                }
                levels_[node.node.level].push_back(node.digest);
            }
        }
    }

    [[nodiscard]] merkle::ReadNode reader() const {
        return [this](const merkle::Node& node) -> Result<Digest> {
            return levels_[node.level][node.index];
        };
    }

    [[nodiscard]] const Digest& leaf(std::uint64_t index) const { return levels_[0][index]; }

    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    std::vector<std::vector<Digest>> levels_;  ///< By level, then by index.
    std::uint64_t size_ = 0;
};

/// As many digests of a node's size.
void digest_alone(std::size_t count) {
    std::string bytes(node_bytes, 'n');
    for (std::size_t done = 0; done < count; ++done) {
        bytes[0] = static_cast<char>(sha256(bytes).bytes[0]);
    }
}

void measure_log(const Options& options, std::vector<Figure>& figures) {
    const Log log(options.entries);
    const merkle::ReadNode read = log.reader();
    const Digest root = merkle::root(log.size(), read).value();
    constexpr std::uint64_t stride = 7'919;
    std::uint64_t index = 0;
    const auto step = [&] { return index = (index + stride) % log.size(); };
    const auto make = [&](std::uint64_t at) {
        return merkle::inclusion_proof(at, log.size(), read).value();
    };
    const std::size_t length = make(0).size();
    Pair making;
    Pair checking;
    for (std::size_t round = 0; round < options.rounds; ++round) {
        std::vector<std::pair<std::uint64_t, std::vector<Digest>>> proofs;
        const Timings alone = bench::repeat(options.operations, [&] { digest_alone(length + 1); });
        making.add(alone, bench::repeat(options.operations, [&] {
                       const std::uint64_t at = step();
                       proofs.emplace_back(at, make(at));
                   }));
        std::size_t next = 0;
        checking.add(alone, bench::repeat(options.operations, [&] {
                         const auto& [at, proof] = proofs[next++];
                         ENSURE(merkle::proves_inclusion(log.leaf(at), at, log.size(), proof, root),
                                "a proof that was made holds");
                     }));
    }
    const std::string alone_name = fmt::format("SHA-256 alone, {} digests of 65 bytes", length + 1);
    making.tell(alone_name,
                fmt::format("an inclusion proof made, {} entries", log.size()),
                "1/CPU s",
                figures);
    checking.tell(alone_name, "an inclusion proof checked", "1/CPU s", figures);
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measures credentials against libsodium alone, and a log against SHA-256 alone."};
    app.add_option("--entries", options.entries, "How many entries the log has")
        ->check(CLI::PositiveNumber);
    app.add_option("--rounds", options.rounds, "How often each is measured, in turns")
        ->check(CLI::PositiveNumber);
    app.add_option("--operations", options.operations, "How many are done in a round")
        ->check(CLI::PositiveNumber);
    app.add_flag("--json", options.json, "JSON instead of a table");
    CLI11_PARSE(app, argc, argv);
    ENSURE(::sodium_init() >= 0, "libsodium begins");
    std::vector<Figure> figures;
    measure_credentials(options, figures);
    measure_log(options, figures);
    bench::print("certificate", figures, options.json);
    return 0;
}
