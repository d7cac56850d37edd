#include "api/case_feed.h"

#include <utility>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/base/value.h"

namespace guildmark::api {
namespace {

constexpr std::size_t records_per_read = 100;

class CaseFeed : public EventFeed {
public:
    CaseFeed(EventHub& hub, StoreReader& reader, CaseId id, std::uint64_t after)
        : hub_(hub), reader_(reader), id_(id), after_(after) {}

    void subscribe(std::function<void()> wake) override {
        subscription_ = hub_.subscribe(stream_of(id_), std::move(wake));
    }

    Result<std::string> next() override {
        std::string text;
        for (const Record& record :
             TRY(reader_.records(stream_of(id_), after_, records_per_read))) {
            const Value notice(Value::Object{{"case", id_.to_text()},
                                             {"sequence", record.sequence},
                                             {"kind", record.kind},
                                             {"at", record.at.to_text()}});
            fmt::format_to(std::back_inserter(text),
                           "event: record\nid: {}\ndata: {}\n\n",
                           record.sequence,
                           to_json(notice));
            after_ = record.sequence;
        }
        return text;
    }

private:
    EventHub& hub_;
    StoreReader& reader_;
    CaseId id_;
    std::uint64_t after_;
    std::unique_ptr<EventHub::Subscription> subscription_;
};

}  // namespace

std::shared_ptr<EventFeed> make_case_feed(EventHub& hub,
                                          StoreReader& reader,
                                          CaseId id,
                                          std::uint64_t after) {
    return std::make_shared<CaseFeed>(hub, reader, id, after);
}

}  // namespace guildmark::api
