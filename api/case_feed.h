#pragma once

#include <memory>

#include "api/event_hub.h"
#include "api/message.h"
#include "engine/ports/store.h"

namespace guildmark::api {

/// The records of a case behind `after`, as they come. `hub` and `reader` must outlive it; the
/// reader is that of the connection's lane.
[[nodiscard]] std::shared_ptr<EventFeed> make_case_feed(EventHub& hub,
                                                        StoreReader& reader,
                                                        CaseId id,
                                                        std::uint64_t after);

}  // namespace guildmark::api
