#include "engine/cases/chart_run.h"

namespace guildmark {

scxml::Incoming incoming_of(const PendingTimer& timer) {
    scxml::Incoming incoming{{}, timer.session, timer.target};
    incoming.event.name = timer.event;
    incoming.event.sendid = timer.sendid;
    if (timer.has_data) {
        incoming.event.data = timer.data;
    }
    if (!timer.session.empty()) {
        incoming.event.origin = "#_scxml_" + timer.session;
        incoming.event.origintype = scxml::scxml_processor;
    }
    return incoming;
}

}  // namespace guildmark
