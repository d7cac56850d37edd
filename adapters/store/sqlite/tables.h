#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "engine/ports/store.h"

/// Which table holds which row, and the order of its columns: once in SQL, once for the values.
/// The first `key_columns` tell the row; a table's last column is always `row_check`.
namespace guildmark::sqlite {

template <typename Row>
struct Table;

/// A row type, read from (const) or read into.
template <typename Value, typename Row>
concept Of = std::same_as<std::remove_const_t<Value>, Row>;

template <>
struct Table<Record> {
    static constexpr std::string_view name = "record";
    static constexpr std::string_view columns =
        "stream, sequence, position, kind, version, at, actor_person, actor_organisation, "
        "actor_role, payload, hash";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<Record> Row>
    static void fields(Io& io, Row& row) {
        io(row.stream, row.sequence, row.position, row.kind, row.version, row.at);
        io(row.actor.person, row.actor.organisation, row.actor.role, row.payload, row.hash);
    }
};

template <>
struct Table<Snapshot> {
    static constexpr std::string_view name = "snapshot";
    static constexpr std::string_view columns = "stream, sequence, version, payload";
    static constexpr std::size_t key_columns = 1;

    template <typename Io, Of<Snapshot> Row>
    static void fields(Io& io, Row& row) {
        io(row.stream, row.sequence, row.version, row.payload);
    }
};

template <>
struct Table<Timer> {
    static constexpr std::string_view name = "timer";
    static constexpr std::string_view columns = "id, stream, due";
    static constexpr std::size_t key_columns = 1;

    template <typename Io, Of<Timer> Row>
    static void fields(Io& io, Row& row) {
        io(row.id, row.stream, row.due);
    }
};

template <>
struct Table<Effect> {
    static constexpr std::string_view name = "effect";
    static constexpr std::string_view columns = "id, stream, kind, payload, not_before, attempts";
    static constexpr std::size_t key_columns = 1;

    template <typename Io, Of<Effect> Row>
    static void fields(Io& io, Row& row) {
        io(row.id, row.stream, row.kind, row.payload, row.not_before, row.attempts);
    }
};

template <>
struct Table<KeyedAnswer> {
    static constexpr std::string_view name = "answer";
    static constexpr std::string_view columns = "key, request, answer, at";
    static constexpr std::size_t key_columns = 1;

    template <typename Io, Of<KeyedAnswer> Row>
    static void fields(Io& io, Row& row) {
        io(row.key, row.request, row.answer, row.at);
    }
};

template <>
struct Table<Definition> {
    static constexpr std::string_view name = "definition";
    static constexpr std::string_view columns = "version, kind, id, payload";
    static constexpr std::size_t key_columns = 1;

    template <typename Io, Of<Definition> Row>
    static void fields(Io& io, Row& row) {
        io(row.version, row.kind, row.id, row.payload);
    }
};

}  // namespace guildmark::sqlite
