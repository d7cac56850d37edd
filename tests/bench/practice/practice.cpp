#include "tests/bench/practice/practice.h"

#include <fcntl.h>
#include <filesystem>
#include <future>
#include <unistd.h>

#include <fmt/format.h>

#include "adapters/posix/file.h"
#include "engine/base/ensure.h"
#include "engine/base/limits.h"
#include "tests/bench/practice/case_copier.h"
#include "tests/bench/practice/founding.h"
#include "tests/bench/practice/progress.h"

namespace guildmark::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t records_per_round = 5;
constexpr std::size_t cases_per_commit = 512;

template <typename T>
T must(Result<T> result) {
    ENSURE(result.has_value(), "the practice's store works");
    return std::move(result).value();
}

/// The offices of one kind, in the order in which they were entered.
std::vector<Office> offices_of(StoreReader& reader, std::string_view kind) {
    std::vector<Office> offices;
    PageRequest request{"", limits::page_size_max};
    do {
        const auto page = must(reader.organisations(request));
        for (const rows::Organisation& row : page.items) {
            if (row.kind == kind) {
                const auto rows = must(reader.find_organisation_rows(row.id));
                offices.push_back({row.id, rows->members.at(0).person, token_of(row.id)});
            }
        }
        request.after = page.next;
    } while (!request.after.empty());
    return offices;
}

}  // namespace

SqliteOptions Practice::filling_options() {
    SqliteOptions options;
    options.sync = StoreSync::normal;
    options.log_pages_max = 131'072;
    options.checkpoint_pages = 65'536;
    options.checkpoint_pages_busy = 65'536;
    options.writer_cache_kib = 524'288;
    return options;
}

CaseId Practice::case_id(std::uint64_t index) {
    return CaseId((std::uint64_t{1} << 59u) + (index << 20u));
}

const Office& Practice::client_of(std::uint64_t index) const {
    return clients_[index * 7 % client_count];
}

const Office& Practice::body_of(std::uint64_t index) const {
    return bodies_[index % body_count];
}

/// The sample is the newest case, because it alone has an id that was drawn.
void Practice::read(StoreReader& reader) {
    bodies_ = offices_of(reader, "body");
    clients_ = offices_of(reader, "client");
    ENSURE(bodies_.size() == body_count && clients_.size() == client_count,
           "the folder holds a practice");
    const CaseId sample = must(reader.cases({}, {"", 1})).items.at(0).id;
    sample_.rows = *must(reader.find_case_rows(sample));
    sample_.records = must(reader.records(stream_of(sample), 0, records_per_case));
    constexpr Instant ever{INT64_MAX};
    for (const Timer& timer : must(reader.due_timers(ever, 1'000))) {
        if (timer.stream == stream_of(sample)) {
            sample_.timers.push_back(timer);
        }
    }
}

/// Gives each case its records a few at a time, so that cases lie interleaved as they do in life.
/// The next commit is made up while the one before is written.
void Practice::fill(Store& store, std::uint64_t first_position) {
    CaseCopier copier(*this, first_position);
    constexpr std::size_t rounds = records_per_case / records_per_round;
    const auto make = [&](std::size_t round, std::uint64_t begin) {
        auto commit = std::make_unique<Commit>();
        const std::uint64_t end = std::min(case_count_, begin + cases_per_commit);
        for (std::uint64_t index = begin; index < end; ++index) {
            copier.append_records(index, records_per_round, *commit);
            if (round + 1 == rounds) {  // A row shows no record that is not there.
                copier.append_rows(index, *commit);
            }
        }
        return commit;
    };
    Progress progress("filling", case_count_ * rounds);
    std::unique_ptr<Commit> ready;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (std::uint64_t begin = 0; begin < case_count_; begin += cases_per_commit) {
            auto next = std::async(std::launch::async, make, round, begin);
            ENSURE(!ready || store.commit(*ready).has_value(), "the practice's store commits");
            ready = next.get();
            progress.tell(round * case_count_ + begin);
        }
    }
    ENSURE(store.commit(*ready).has_value(), "the practice's store commits");
}

Practice Practice::open(const std::string& folder,
                        std::uint64_t case_count,
                        std::vector<Figure>& figures) {
    Practice practice;
    practice.folder_ = folder;
    practice.case_count_ = case_count;
    if (std::filesystem::exists(practice.store_path())) {
        const auto store = must(SqliteStore::open(practice.store_path(), {}));
        const auto reader = must(store->open_reader());
        ENSURE(must(reader->count_cases({})) == case_count + 1,
               "the folder's practice has another number of cases: name it with --cases, or "
               "another folder");
        practice.read(*reader);
        return practice;
    }
    found(folder);
    const auto store = must(SqliteStore::open(practice.store_path(), filling_options()));
    const auto reader = must(store->open_reader());
    practice.read(*reader);
    const auto begin = Clock::now();
    practice.fill(*store, must(reader->last_position()));
    Figure figure;
    figure.name = fmt::format("filling with {} cases of 20 records", case_count);
    figure.value = static_cast<double>(case_count * records_per_case) /
                   std::chrono::duration<double>(Clock::now() - begin).count();
    figure.unit = "records/s";
    figures.push_back(figure);
    return practice;
}

void cool(const std::string& path) {
    const posix::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    ENSURE(::fdatasync(file.number()) == 0, "the disk syncs");
    ENSURE(::posix_fadvise(file.number(), 0, 0, POSIX_FADV_DONTNEED) == 0, "the cache can be left");
}

}  // namespace guildmark::bench
