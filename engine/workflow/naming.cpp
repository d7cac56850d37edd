#include "engine/workflow/naming.h"

#include <fmt/format.h>

namespace guildmark::workflow {

void Naming::unknown(const SourcePlace& place,
                     std::string_view kind,
                     const std::string& id,
                     const std::vector<std::string>& known) const {
    diagnostics.error(place,
                      fmt::format("{}_unknown", kind),
                      fmt::format("there is no {} \"{}\"", kind, id),
                      suggest(id, known));
}

void Naming::repeated(const SourcePlace& place,
                      std::string_view kind,
                      const std::string& id) const {
    diagnostics.error(place, "id_repeated", fmt::format("there is a second {} \"{}\"", kind, id));
}

void Naming::expect_new(const SourcePlace& place,
                        std::string_view kind,
                        const std::string& id,
                        std::set<std::string>& seen) const {
    if (!id.empty() && !seen.insert(id).second) {
        repeated(place, kind, id);
    }
}

}  // namespace guildmark::workflow
