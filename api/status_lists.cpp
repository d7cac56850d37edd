#include "api/status_lists.h"

namespace guildmark::api {
namespace {

constexpr std::size_t acts_per_read = 1'000;

}  // namespace

Result<void> StatusLists::catch_up(StoreReader& reader) {
    for (std::size_t count = acts_per_read; count == acts_per_read;) {
        const auto acts = TRY(reader.certificate_acts(editions_.position(), acts_per_read));
        TRY(editions_.read(acts));
        count = acts.size();
    }
    return {};
}

Result<std::optional<status_list::Place>> StatusLists::find(StoreReader& reader,
                                                            const rows::Certificate& certificate) {
    const std::lock_guard lock(mutex_);
    TRY(catch_up(reader));
    return editions_.find(certificate);
}

Result<std::optional<std::vector<std::uint32_t>>> StatusLists::set_in(
    StoreReader& reader, std::uint32_t list, status_list::Purpose purpose) {
    const std::lock_guard lock(mutex_);
    TRY(catch_up(reader));
    if (list == 0 || list > editions_.list_count()) {
        return std::optional<std::vector<std::uint32_t>>();
    }
    return std::optional(editions_.set_in(list, purpose));
}

std::string status_list_base(const std::string& public_origin) {
    return public_origin.empty() ? "urn:guildmark:status-list:"
                                 : public_origin + "/api/v1/status-lists/";
}

}  // namespace guildmark::api
