#pragma once

#include <chrono>
#include <iosfwd>
#include <string>

namespace guildmark {
class ScriptEngine;
}

namespace guildmark::api {

/// `guildmark scxml FILE [--timeout SECONDS] [--trace]`.
struct ScxmlCommand {
    std::string file;
    std::chrono::milliseconds timeout = std::chrono::seconds(60);
    /// Whether states entered and left and events taken are told.
    bool is_traced = false;
};

/// Runs a plain SCXML document in real time, without a store. `src` of <data> and <script> is read
/// relative to the document. What <log> says and, when asked for, the trace go to `log`; the id of
/// the top-level final state is the last line of `out`.
///
/// Result, as the exit status: 0 when a final state was reached; 1 when a limit ended the session;
/// 2 when the document cannot be read or is not valid, with its diagnostics in `log`; 3 when time
/// ran out, and at once when nothing is pending any more that could bring it on.
int run_scxml_file(const ScxmlCommand& command,
                   ScriptEngine& scripts,
                   std::ostream& out,
                   std::ostream& log);

}  // namespace guildmark::api
