#pragma once

#include "adapters/store/sqlite/tables.h"
#include "engine/ports/read_model.h"

/// The tables of what is told of cases.
namespace guildmark::sqlite {

template <>
struct Table<rows::Case> {
    static constexpr std::string_view name = "case_summary";
    static constexpr std::string_view columns =
        "id, workflow, workflow_version, standard, title, parties, opened_at, changed_at, "
        "sequence, hash, finished, states, milestone, milestones_done, open_tasks, next_due, "
        "requirements_applicable, requirements_answered, requirements_covered, "
        "requirements_conforming, majors_open, minors_open, paused_at, paused_by, paused_reason, "
        "incidents_open, terms";
    static constexpr std::size_t key_columns = 1;

    template <typename Io, Of<rows::Case> Row>
    static void fields(Io& io, Row& row) {
        io(row.id, row.workflow, row.workflow_version, row.standard, row.title, row.parties);
        io(row.opened_at, row.changed_at, row.sequence, row.hash, row.finished, row.states);
        io(row.milestone,
           row.milestones_done,
           row.open_tasks,
           row.next_due,
           row.requirements_applicable);
        io(row.requirements_answered, row.requirements_covered, row.requirements_conforming);
        io(row.majors_open, row.minors_open, row.paused_at, row.paused_by, row.paused_reason);
        io(row.incidents_open, row.terms);
    }
};

template <>
struct Table<rows::Task> {
    static constexpr std::string_view name = "task";
    static constexpr std::string_view columns =
        "case_id, id, task, role, organisation, status, optional, opened_at, due, closed_at, "
        "outcome, closed_by, form_values";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<rows::Task> Row>
    static void fields(Io& io, Row& row) {
        io(row.case_id, row.id, row.task, row.role, row.organisation, row.status, row.optional);
        io(row.opened_at, row.due, row.closed_at, row.outcome, row.closed_by, row.values);
    }
};

template <>
struct Table<rows::Requirement> {
    static constexpr std::string_view name = "requirement";
    static constexpr std::string_view columns =
        "case_id, requirement, ordinal, answer, answer_note, owner, due, verdict, verdict_note, "
        "assessed_by, assessed_at, evidence_count";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<rows::Requirement> Row>
    static void fields(Io& io, Row& row) {
        io(row.case_id, row.requirement, row.ordinal, row.answer, row.answer_note);
        io(row.owner, row.due);
        io(row.verdict, row.verdict_note, row.assessed_by, row.assessed_at, row.evidence_count);
    }
};

template <>
struct Table<rows::Evidence> {
    static constexpr std::string_view name = "evidence";
    static constexpr std::string_view columns =
        "case_id, id, revision, status, title, name, media_type, size_bytes, digest, origin, "
        "origin_modified_at, added_at, added_by, owner, valid_from, valid_until, requirements";
    static constexpr std::size_t key_columns = 3;

    template <typename Io, Of<rows::Evidence> Row>
    static void fields(Io& io, Row& row) {
        io(row.case_id, row.id, row.revision, row.status, row.title, row.name, row.media_type);
        io(row.size_bytes, row.digest, row.origin, row.origin_modified_at, row.added_at);
        io(row.added_by, row.owner, row.valid_from, row.valid_until, row.requirements);
    }
};

template <>
struct Table<rows::Finding> {
    static constexpr std::string_view name = "finding";
    static constexpr std::string_view columns =
        "case_id, id, number, grade, status, requirement, statement, objective_evidence, site, "
        "raised_by, raised_at, due, responses, correction, cause, corrective_action, "
        "judgement_note, verification_method, verified_by, verified_at";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<rows::Finding> Row>
    static void fields(Io& io, Row& row) {
        io(row.case_id, row.id, row.number, row.grade, row.status, row.requirement, row.statement);
        io(row.objective_evidence, row.site, row.raised_by, row.raised_at, row.due, row.responses);
        io(row.correction, row.cause, row.corrective_action, row.judgement_note);
        io(row.verification_method, row.verified_by, row.verified_at);
    }
};

template <>
struct Table<rows::Decision> {
    static constexpr std::string_view name = "decision";
    static constexpr std::string_view columns =
        "case_id, id, kind, reason, decided_by, decided_at, on_sequence, on_hash";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<rows::Decision> Row>
    static void fields(Io& io, Row& row) {
        io(row.case_id, row.id, row.kind, row.reason, row.decided_by, row.decided_at);
        io(row.on_sequence, row.on_hash);
    }
};

template <>
struct Table<rows::Certificate> {
    static constexpr std::string_view name = "certificate";
    static constexpr std::string_view columns =
        "case_id, id, number, status, holder, issuer, standard, scope, valid_from, valid_until, "
        "first_granted, decision";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<rows::Certificate> Row>
    static void fields(Io& io, Row& row) {
        io(row.case_id, row.id, row.number, row.status, row.holder, row.issuer, row.standard);
        io(row.scope, row.valid_from, row.valid_until, row.first_granted, row.decision);
    }
};

template <>
struct Table<rows::Charge> {
    static constexpr std::string_view name = "charge";
    static constexpr std::string_view columns =
        "case_id, id, charge, title, payer, amount_minor, currency, charged_at";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<rows::Charge> Row>
    static void fields(Io& io, Row& row) {
        io(row.case_id, row.id, row.charge, row.title, row.payer, row.amount_minor);
        io(row.currency, row.charged_at);
    }
};

template <>
struct Table<rows::Incident> {
    static constexpr std::string_view name = "incident";
    static constexpr std::string_view columns =
        "case_id, id, kind, status, organisation, code, message, place, opened_at, resolution, "
        "reason, resolved_by, resolved_at";
    static constexpr std::size_t key_columns = 2;

    template <typename Io, Of<rows::Incident> Row>
    static void fields(Io& io, Row& row) {
        io(row.case_id, row.id, row.kind, row.status, row.organisation, row.code, row.message);
        io(row.where, row.opened_at, row.resolution, row.reason, row.resolved_by);
        io(row.resolved_at);
    }
};

}  // namespace guildmark::sqlite
