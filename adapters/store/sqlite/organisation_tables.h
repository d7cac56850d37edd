#pragma once

#include "adapters/store/sqlite/tables.h"
#include "engine/ports/read_model.h"

/// The tables of what is told of organisations.
namespace guildmark::sqlite {

/// Makes the table of rows::Competence.
inline constexpr const char* competence_migration = R"sql(
CREATE TABLE competence (
    organisation INTEGER NOT NULL,
    person INTEGER NOT NULL,
    area TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER,
    basis TEXT NOT NULL,
    ended INTEGER,
    ended_reason TEXT NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (organisation, person, area)
) STRICT, WITHOUT ROWID;
)sql";

template <>
struct Table<rows::Organisation> {
    static constexpr std::string_view name = "organisation";
    static constexpr std::string_view columns =
        "id, name, kind, country, region, personnel, created_at, sequence, hash";
    static constexpr std::size_t key_columns = 1;

    template <typename Io, Of<rows::Organisation> Row>
    static void fields(Io& io, Row& row) {
        io(row.id, row.name, row.kind, row.country, row.region, row.personnel, row.created_at);
        io(row.sequence, row.hash);
    }
};

template <>
struct Table<rows::Member> {
    static constexpr std::string_view name = "member";
    static constexpr std::string_view columns = "organisation, person, name, email, roles";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<rows::Member> Row>
    static void fields(Io& io, Row& row) {
        io(row.organisation, row.person, row.name, row.email, row.roles);
    }
};

template <>
struct Table<rows::Token> {
    static constexpr std::string_view name = "token";
    static constexpr std::string_view columns =
        "organisation, id, hash, person, label, created_at, expires_at, revoked";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<rows::Token> Row>
    static void fields(Io& io, Row& row) {
        io(row.organisation, row.id, row.hash, row.person, row.label, row.created_at);
        io(row.expires_at, row.revoked);
    }
};

template <>
struct Table<rows::Competence> {
    static constexpr std::string_view name = "competence";
    static constexpr std::string_view columns =
        "organisation, person, area, first_day, last_day, basis, ended, ended_reason";
    static constexpr std::size_t key_columns = 3;

    template <typename Io, Of<rows::Competence> Row>
    static void fields(Io& io, Row& row) {
        io(row.organisation, row.person, row.area, row.from, row.until, row.basis);
        io(row.ended, row.ended_reason);
    }
};

}  // namespace guildmark::sqlite
