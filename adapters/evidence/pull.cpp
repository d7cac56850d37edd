#include "adapters/evidence/pull.h"

#include <algorithm>

#include <fmt/format.h>

namespace guildmark {

namespace {

constexpr std::size_t head_bytes = 64u << 10;

/// Passes a stream on and keeps its beginning.
class HeadKeeper : public ByteStream {
public:
    explicit HeadKeeper(ByteStream& inner) : inner_(inner) {}

    Result<std::size_t> read(std::span<char> buffer) override {
        const std::size_t count = TRY(inner_.read(buffer));
        head_.append(buffer.data(), std::min(count, head_bytes - head_.size()));
        return count;
    }

    [[nodiscard]] const std::string& head() const { return head_; }

private:
    ByteStream& inner_;
    std::string head_;
};

bool belongs_to_the_document(const Error& error) {
    return error.code.starts_with("evidence_") || error.code == "source_unavailable";
}

class Pull {
public:
    Pull(const PullPorts& ports, const PullObserver& observer)
        : ports_(ports), observer_(observer) {}

    Result<void> read_all(const std::vector<evidence::Candidate>& candidates) {
        progress_.documents = candidates.size();
        for (std::size_t index = 0; index < candidates.size(); ++index) {
            const EvidenceItem& item = candidates[index].item;
            if (tell(item.locator) == PullStep::stop) {
                return conflict("pull_stopped",
                                fmt::format("The pull was stopped after {} of {} documents; the "
                                            "case was not changed.",
                                            index,
                                            candidates.size()));
            }
            Result<evidence::ReadDocument> document = read_one(item);
            if (document) {
                document->candidate = index;
                progress_.bytes_done += document->size_bytes;
                read_.push_back(std::move(*document));
                failures_in_a_row_ = 0;
            } else if (const Result<void> noted = note(item, document.error()); !noted) {
                return noted.error();
            }
            ++progress_.documents_done;
        }
        tell("");
        return {};
    }

    [[nodiscard]] const std::vector<evidence::ReadDocument>& read() const { return read_; }

    [[nodiscard]] std::uint64_t bytes_read() const { return progress_.bytes_done; }

    [[nodiscard]] std::vector<EvidenceProblem> take_problems() { return std::move(problems_); }

private:
    PullStep tell(const std::string& locator) {
        progress_.locator = locator;
        return observer_ ? observer_(progress_) : PullStep::go_on;
    }

    Result<evidence::ReadDocument> read_one(const EvidenceItem& item) {
        const auto stream = TRY(ports_.source.open(item));
        HeadKeeper keeper(*stream);
        const StoredBlob blob = TRY(ports_.blobs.put(keeper));
        return evidence::ReadDocument{
            0, blob.digest, blob.size_bytes, ports_.media_types.detect(keeper.head(), item.name)};
    }

    /// Notes what is wrong with one document; gives the error back when it ends the pull.
    Result<void> note(const EvidenceItem& item, const Error& error) {
        failures_in_a_row_ = error.code == "source_unavailable" ? failures_in_a_row_ + 1 : 0;
        if (!belongs_to_the_document(error) || failures_in_a_row_ >= source_failures_max) {
            return error;
        }
        problems_.push_back({item.locator, error});
        return {};
    }

    const PullPorts& ports_;
    const PullObserver& observer_;
    PullProgress progress_;
    std::vector<evidence::ReadDocument> read_;
    std::vector<EvidenceProblem> problems_;
    std::size_t failures_in_a_row_ = 0;
};

}  // namespace

Result<PullResult> pull_evidence(const PullPorts& ports,
                                 const std::vector<rows::Evidence>& known,
                                 const evidence::Rules& rules,
                                 const evidence::PullOptions& options,
                                 const PullObserver& observer) {
    EvidenceListing listing = TRY(ports.source.list());
    const evidence::PullInput input{listing, known, rules, ports.source.description()};
    PullResult result;
    result.selection = evidence::select_documents(input, options);
    Pull pull(ports, observer);
    const Result<void> read = pull.read_all(result.selection.to_read);
    if (!read) {
        return read.error();
    }
    result.plan = evidence::plan_pull(input, result.selection, pull.read());
    result.documents_read = pull.read().size();
    result.bytes_read = pull.bytes_read();
    result.problems = pull.take_problems();
    std::ranges::move(listing.problems, std::back_inserter(result.problems));
    std::ranges::stable_sort(result.problems, {}, &EvidenceProblem::locator);
    return result;
}

}  // namespace guildmark
