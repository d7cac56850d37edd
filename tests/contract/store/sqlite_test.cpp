#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "adapters/store/sqlite/store.h"
#include "tests/contract/store/store_contract.h"
#include "tests/support/temporary_folder.h"

namespace guildmark::tests {
namespace {

class SqliteWorld final : public StoreWorld {
public:
    Store& store() override {
        if (!store_) {
            auto opened = SqliteStore::open(folder_.path("store.db"), {});
            EXPECT_TRUE(opened) << opened.error().message;
            store_ = std::move(opened).value();
        }
        return *store_;
    }

    void reopen() override { store_.reset(); }

private:
    TemporaryFolder folder_;
    std::unique_ptr<SqliteStore> store_;
};

const StoreKind sqlite{"sqlite", [] { return std::make_unique<SqliteWorld>(); }};

const auto name_of = [](const testing::TestParamInfo<StoreKind>& kind) { return kind.param.name; };

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreCommit, testing::Values(sqlite), name_of);
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreLists, testing::Values(sqlite), name_of);
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreRebuild, testing::Values(sqlite), name_of);

}  // namespace
}  // namespace guildmark::tests
