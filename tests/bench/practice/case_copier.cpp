#include "tests/bench/practice/case_copier.h"

#include "engine/base/ensure.h"

namespace guildmark::bench {
namespace {

constexpr std::size_t id_characters = 13;

}  // namespace

CaseCopier::CaseCopier(const Practice& practice, std::uint64_t position)
    : practice_(practice), heads_(practice.case_count()), position_(position) {
    const rows::CaseRows& rows = practice.sample().rows;
    ENSURE(rows.findings.empty() && rows.decisions.empty() && rows.certificates.empty(),
           "a sample goes no further than the visit");
    for (const Record& record : practice.sample().records) {
        payloads_.push_back(pieces_of(record.payload));
    }
}

/// An id in JSON is a text of 13 characters; one that is as large as the case's was drawn for it.
std::vector<CaseCopier::Piece> CaseCopier::pieces_of(const std::string& payload) {
    const std::uint64_t case_id = practice_.sample().rows.summary.id.value();
    const std::uint64_t client = practice_.client_of(0).organisation.value();
    const std::uint64_t body = practice_.body_of(0).organisation.value();
    std::vector<Piece> pieces;
    std::size_t begin = 0;
    for (std::size_t quote = payload.find('"'); quote != std::string::npos;
         quote = payload.find('"', quote + 1)) {
        const std::size_t end = quote + 1 + id_characters;
        if (end >= payload.size() || payload[end] != '"') {
            continue;
        }
        const auto id = id_from_text(std::string_view(payload).substr(quote + 1, id_characters));
        if (!id || (*id < case_id && *id != client && *id != body &&
                    *id != practice_.client_of(0).person.value())) {
            continue;
        }
        if (*id > case_id) {
            numbers_.emplace(*id, numbers_.size() + 1);
        }
        pieces.push_back({payload.substr(begin, quote + 1 - begin), *id});
        begin = end;
        quote = end;
    }
    pieces.push_back({payload.substr(begin), 0});
    return pieces;
}

std::uint64_t CaseCopier::copied(std::uint64_t id, std::uint64_t index) const {
    const Office& client = practice_.client_of(0);
    const Office& body = practice_.body_of(0);
    if (id == 0) {
        return 0;
    }
    if (id == client.organisation.value()) {
        return practice_.client_of(index).organisation.value();
    }
    if (id == client.person.value()) {
        return practice_.client_of(index).person.value();
    }
    if (id == body.organisation.value()) {
        return practice_.body_of(index).organisation.value();
    }
    const std::uint64_t case_id = Practice::case_id(index).value();
    if (id == practice_.sample().rows.summary.id.value()) {
        return case_id;
    }
    const auto number = numbers_.find(id);
    ENSURE(number != numbers_.end(), "an id of the sample stands in none of its records");
    return case_id + number->second;
}

void CaseCopier::append_records(std::uint64_t index, std::size_t count, Commit& commit) {
    StreamHead& head = heads_[index];
    for (std::size_t end = head.sequence + count; head.sequence < end;) {
        Record record = practice_.sample().records[head.sequence];
        record.payload.clear();
        for (const Piece& piece : payloads_[head.sequence]) {
            record.payload += piece.text;
            if (piece.id != 0) {
                record.payload += id_to_text(copied(piece.id, index));
            }
        }
        record.stream = stream_of(Practice::case_id(index));
        record.position = ++position_;
        change(record.actor.person, index);
        change(record.actor.organisation, index);
        record.hash = chain_hash(head.hash, record);
        head = {record.sequence, record.hash};
        commit.records.push_back(std::move(record));
    }
}

void CaseCopier::append_rows(std::uint64_t index, Commit& commit) const {
    const Sample& sample = practice_.sample();
    rows::Case summary = sample.rows.summary;
    change(summary.id, index);
    summary.hash = heads_[index].hash;
    for (rows::Party& party : summary.parties) {
        change(party.organisation, index);
    }
    commit.rows.cases.push_back(std::move(summary));
    const auto copy = [&](const auto& rows, auto& to, const auto& change_rest) {
        for (auto row : rows) {
            change(row.case_id, index);
            change_rest(row);
            to.push_back(std::move(row));
        }
    };
    copy(sample.rows.tasks, commit.rows.tasks, [&](rows::Task& row) {
        change(row.id, index);
        change(row.organisation, index);
        change(row.closed_by, index);
    });
    copy(sample.rows.requirements, commit.rows.requirements, [&](rows::Requirement& row) {
        change(row.owner, index);
        change(row.assessed_by, index);
    });
    copy(sample.rows.evidence, commit.rows.evidence, [&](rows::Evidence& row) {
        change(row.id, index);
        change(row.added_by, index);
        change(row.owner, index);
    });
    copy(sample.rows.charges, commit.rows.charges, [&](rows::Charge& row) {
        change(row.id, index);
        change(row.payer, index);
    });
    for (Timer timer : sample.timers) {
        change(timer.id, index);
        change(timer.stream, index);
        commit.timers_set.push_back(timer);
    }
}

}  // namespace guildmark::bench
