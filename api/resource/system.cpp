#include "api/encode.h"
#include "api/resource/handlers.h"

namespace guildmark::api {

Result<Response> get_health(Call& call) {
    // A server whose store cannot be read answers nothing useful, and says so.
    TRY(call.reader.last_position());
    return json_response(Value::Object{{"status", "ok"}, {"version", GUILDMARK_VERSION}});
}

}  // namespace guildmark::api
