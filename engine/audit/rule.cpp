#include "engine/audit/rule.h"

namespace guildmark::audit {

void add_doubts(std::vector<Doubt>& doubts, const Basis& basis) {
    for (const std::string& text : basis.doubts) {
        doubts.push_back({basis.about, text});
    }
}

}  // namespace guildmark::audit
