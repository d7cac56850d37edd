#include "engine/runtime/trace.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/base/limits.h"

namespace guildmark {
namespace {

constexpr std::size_t records_per_look = 256;

/// Kinds that only follow from others of the same command.
constexpr std::array following{std::string_view("chart_advanced"),
                               std::string_view("task_opened"),
                               std::string_view("task_withdrawn"),
                               std::string_view("timer_set"),
                               std::string_view("timer_cancelled"),
                               std::string_view("decision_recorded"),
                               std::string_view("certificate_acted"),
                               std::string_view("charge_made"),
                               std::string_view("effect_requested"),
                               std::string_view("incident_opened"),
                               std::string_view("search_values_changed")};

/// Kinds that say that something came up, by its id.
constexpr std::array beginnings{std::string_view("task_opened"),
                                std::string_view("timer_set"),
                                std::string_view("effect_requested"),
                                std::string_view("incident_opened")};

/// Kinds that answer it.
constexpr std::array answers{std::string_view("task_completed"),
                             std::string_view("timer_fired"),
                             std::string_view("effect_closed"),
                             std::string_view("incident_resolved")};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& kinds, std::string_view kind) {
    return std::ranges::find(kinds, kind) != kinds.end();
}

Result<Value> payload_of(const Record& record) {
    auto payload = parse_json(record.payload, 4 * limits::session_data_bytes_max);
    if (!payload) {
        return corrupted("event_malformed",
                         "a record's content cannot be read: " + payload.error().message,
                         fmt::format("{}/{}", record.stream.to_text(), record.sequence));
    }
    return payload;
}

/// Takes the records of a case one after another.
class Tracer {
public:
    Tracer(std::uint64_t after, std::size_t count_max) : after_(after), count_max_(count_max) {}

    Result<void> accept(const Record& record) {
        if (begins_step(record)) {
            begin(record);
        }
        if (is_shown_) {
            page_.steps.back().records.push_back(record);
        }
        if (is_one_of(beginnings, record.kind)) {
            came_up_.insert_or_assign(TRY(payload_of(record)).text_or("id", ""), current_);
        } else if (is_one_of(answers, record.kind)) {
            link(TRY(payload_of(record)).text_or("id", ""));
        } else if (record.kind == "chart_advanced" || record.kind == "case_migrated") {
            states_ = TRY(payload_of(record)).text_or("states", "");
            if (is_shown_) {
                page_.steps.back().states_after = states_;
            }
        }
        return {};
    }

    TracePage take() { return std::move(page_); }

private:
    /// A move resolves incidents on its way; alone, that is what somebody did.
    [[nodiscard]] bool begins_step(const Record& record) const {
        const bool follows =
            is_one_of(following, record.kind) || (record.kind == "incident_resolved" && is_moving_);
        return current_.sequence == 0 || !follows;
    }

    void begin(const Record& record) {
        current_ = TraceLink{record.sequence, record.kind, record.at};
        is_moving_ = record.kind == "case_moved";
        is_shown_ = record.sequence > after_ && page_.steps.size() < count_max_;
        if (is_shown_) {
            shown_.emplace(record.sequence, page_.steps.size());
            page_.steps.push_back({{}, states_, states_, std::nullopt, {}});
        } else if (record.sequence > after_ && page_.next == 0) {
            page_.next = page_.steps.back().records.front().sequence;
        }
    }

    void link(const std::string& id) {
        const auto cause = came_up_.find(id);
        if (cause == came_up_.end() || is_moving_) {
            return;
        }
        if (is_shown_) {
            page_.steps.back().caused_by = cause->second;
        }
        if (const auto found = shown_.find(cause->second.sequence); found != shown_.end()) {
            page_.steps[found->second].led_to.push_back(current_);
        }
    }

    std::uint64_t after_;
    std::size_t count_max_;
    TracePage page_;
    TraceLink current_;                           ///< The step that the last record is of.
    bool is_shown_ = false;                       ///< Whether that is on the page.
    bool is_moving_ = false;                      ///< Whether that is a move.
    std::string states_;                          ///< After the last record.
    std::map<std::string, TraceLink> came_up_;    ///< By id.
    std::map<std::uint64_t, std::size_t> shown_;  ///< Steps of the page by first sequence.
};

}  // namespace

Result<TracePage> read_trace(StoreReader& reader,
                             StreamId stream,
                             std::uint64_t after,
                             std::size_t count_max) {
    ENSURE(count_max > 0, "a page of a trace has a step");
    Tracer tracer(after, count_max);
    std::uint64_t last = 0;
    while (true) {
        const auto records = TRY(reader.records(stream, last, records_per_look));
        for (const Record& record : records) {
            TRY(tracer.accept(record));
            last = record.sequence;
        }
        if (records.size() < records_per_look) {
            return tracer.take();
        }
    }
}

}  // namespace guildmark
