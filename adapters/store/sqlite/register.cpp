// What a public register and its log read.
#include "adapters/store/sqlite/register.h"

#include "adapters/store/sqlite/paging.h"
#include "adapters/store/sqlite/reader.h"
#include "engine/base/limits.h"

namespace guildmark::sqlite {

const char* const register_migration = R"sql(
CREATE INDEX record_certificate_acted ON record (position) WHERE kind='certificate_acted';
CREATE INDEX record_certificate_acted_by_stream ON record (stream, sequence)
    WHERE kind='certificate_acted';
)sql";

namespace {

/// The newest of each number, behind ?1 and up to ?2, that the filter's texts ?3 to ?6 leave.
constexpr std::string_view filtered =
    "WHERE number>?1 AND (?2='' OR number<=?2) AND "
    "(?3='' OR standard=?3 OR substr(standard, 1, length(?3) + 1)=?3 || ':') AND "
    "NOT EXISTS (SELECT 1 FROM certificate AS newer WHERE newer.number=certificate.number AND "
    "newer.id>certificate.id) AND (?4 || ?5 || ?6='' OR EXISTS (SELECT 1 FROM organisation WHERE "
    "organisation.id=certificate.holder AND (?4='' OR instr(lower(name), lower(?4))>0) AND "
    "(?5='' OR country=?5) AND substr(region, 1, length(?6))=?6)) ORDER BY number LIMIT ?7";

/// The number at which a page ends its search; empty when the register ends before it.
Result<std::string> last_to_look_at(Connection& connection, const std::string& after) {
    Query query = TRY(connection.query(
        "SELECT number FROM certificate WHERE number>?1 ORDER BY number LIMIT 1 OFFSET ?2"));
    query.bind(after, limits::certificates_searched_max - 1);
    return TRY(query.step()) ? std::string(query.text(0)) : std::string();
}

}  // namespace

Result<Page<rows::Certificate>> Reader::certificates(const CertificateFilter& filter,
                                                     const PageRequest& page) {
    Connection& connection = *TRY(source_());
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    const std::string last = TRY(last_to_look_at(connection, page.after));
    auto rows = TRY(all_rows<rows::Certificate>(connection,
                                                filtered,
                                                page.after,
                                                last,
                                                filter.standard,
                                                filter.holder,
                                                filter.country,
                                                filter.region,
                                                probe_size(page)));
    auto found = page_of(std::move(rows), page, [](const auto& row) { return row.number; });
    if (found.next.empty()) {
        found.next = last;
    }
    return found;
}

Result<std::vector<Record>> Reader::certificate_acts(std::uint64_t after_position,
                                                     std::size_t count_max) {
    Connection& connection = *TRY(source_());
    return all_rows<Record>(
        connection,
        "WHERE kind='certificate_acted' AND position>?1 ORDER BY position LIMIT ?2",
        after_position,
        count_max);
}

Result<std::vector<Record>> Reader::certificate_acts_of(CaseId id) {
    Connection& connection = *TRY(source_());
    return all_rows<Record>(connection,
                            "WHERE kind='certificate_acted' AND stream=?1 ORDER BY sequence",
                            stream_of(id));
}

}  // namespace guildmark::sqlite
