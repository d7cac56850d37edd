#include "api/submission.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/encode.h"
#include "api/text.h"

namespace guildmark::api {
namespace {

constexpr std::size_t key_bytes_max = 200;

bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= key_bytes_max &&
           std::all_of(
               text.begin(), text.end(), [](char letter) { return letter > ' ' && letter <= '~'; });
}

}  // namespace

Result<void> complete_submission(const Request& request, Command& command) {
    const std::string* key = request.find_header("idempotency-key");
    if (key != nullptr && command.takes_key) {
        if (!is_key(*key)) {
            return malformed("idempotency_key_malformed",
                             "a key is a text of 1 to 200 visible ASCII characters",
                             "Idempotency-Key");
        }
        command.submission.idempotency_key = *key;
    }
    if (const std::string* match = request.find_header("if-match")) {
        const bool is_quoted = match->size() > 2 && match->front() == '"' && match->back() == '"';
        const std::int64_t sequence =
            is_quoted ? number_of(std::string_view(*match).substr(1, match->size() - 2)) : -1;
        if (sequence < 0) {
            return malformed("if_match_malformed",
                             "If-Match is the sequence that was seen, in quotes: \"17\"",
                             "If-Match");
        }
        command.submission.expected_sequence = static_cast<std::uint64_t>(sequence);
    }
    return {};
}

Response receipt_response(const Command& command, const Answer& answer) {
    if (command.encode) {
        return command.encode(answer);
    }
    Response response = json_response(Value::Object{{"stream", answer.stream.to_text()},
                                                    {"sequence", answer.sequence},
                                                    {"position", answer.position},
                                                    {"created", text_or_null(answer.created)},
                                                    {"repeated", answer.repeated}});
    response.status = command.status;
    response.set_header("ETag", fmt::format("\"{}\"", answer.sequence));
    if (command.status == 201) {
        response.set_header("Location", command.location + answer.created);
    }
    return response;
}

}  // namespace guildmark::api
