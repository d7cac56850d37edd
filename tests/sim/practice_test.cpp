#include "tests/sim/practice.h"

#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "adapters/store/sqlite/store.h"
#include "engine/runtime/replay.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {
namespace {

/// GUILDMARK_CLIENTS raises it: a thousand take some fifteen minutes.
std::size_t clients() {
    const char* const asked = std::getenv("GUILDMARK_CLIENTS");
    return asked == nullptr ? 12 : std::strtoull(asked, nullptr, 10);
}

std::string shown(const std::map<std::string, std::size_t>& counts) {
    std::string text;
    for (const auto& [name, count] : counts) {
        text += fmt::format(" {} {}", name, count);
    }
    return text;
}

TEST(Practice, holds_what_certificates_promise_over_twelve_years_with_faults) {
    const TemporaryFolder folder;
    SqliteOptions options;
    options.sync = StoreSync::normal;
    const auto store = SqliteStore::open(folder.path("journal.sqlite"), options);
    ASSERT_TRUE(store) << store.error().message;
    PracticeSetting setting;
    setting.clients = clients();
    if (std::getenv("GUILDMARK_CLIENTS") != nullptr) {
        setting.progress = [last = -1](int day) mutable {
            if (day / 30 > last) {
                last = day / 30;
                fmt::print(stderr, "day {}\n", day);
            }
        };
    }
    Practice practice(**store, setting);
    practice.run();
    const auto report = verify(**store, {});
    ASSERT_TRUE(report);
    for (const StoreFault& fault : report->faults) {
        ADD_FAILURE() << fault.subject << ": " << fault.message;
    }
    const auto& acts = practice.checks().acts();
    fmt::print("{} clients: {} commands, {} refused, {} calls failed\ndecisions:{}\nacts:{}\n",
               setting.clients,
               practice.accepted(),
               practice.refused(),
               practice.struck(),
               shown(practice.checks().decisions()),
               shown(acts));
    for (const char* const act : {"grant", "maintain", "renew", "suspend", "withdraw"}) {
        EXPECT_TRUE(acts.contains(act)) << "nothing was shown of: " << act;
    }
    EXPECT_GT(practice.struck(), 0u) << "no call of a port failed";
}

}  // namespace
}  // namespace guildmark::tests
