#include "engine/runtime/keyed_answer.h"

#include "engine/base/json.h"
#include "engine/cases/describe_commands.h"

namespace guildmark {

Digest request_digest(const Submission& submission) {
    const auto write = [](const auto& command) {
        return std::visit(
            []<typename T>(const T& one) {
                return std::string(kind_of(std::type_identity<T>())) + to_json(to_value(one));
            },
            command);
    };
    return sha256(submission.stream.to_text() + std::visit(write, submission.command));
}

std::string write_answer(const Answer& answer) {
    Value value;
    value.set("stream", answer.stream.to_text());
    value.set("sequence", Value(answer.sequence));
    value.set("position", Value(answer.position));
    value.set("created", answer.created);
    return to_json(value);
}

Result<Answer> read_answer(const KeyedAnswer& kept, const Digest& request) {
    if (kept.request != request) {
        return conflict("idempotency_key_reused",
                        "another command was sent under this idempotency key; use a new one");
    }
    const Value value = TRY(parse_json(kept.answer));
    Answer answer;
    answer.stream = StreamId::parse(value.text_or("stream", "")).value_or(StreamId());
    answer.sequence = static_cast<std::uint64_t>(value.number_or("sequence", 0));
    answer.position = static_cast<std::uint64_t>(value.number_or("position", 0));
    answer.created = value.text_or("created", "");
    answer.repeated = true;
    return answer;
}

}  // namespace guildmark
