#include "tests/sim/certificate_checks.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/cases/log_entry.h"
#include "engine/certificate/merkle_tree.h"

namespace guildmark::tests {
namespace {

/// After them a certificate counts, or goes on counting.
constexpr std::array<std::string_view, 5> favorable = {
    "grant", "transfer-accept", "maintain", "renew", "restore"};
/// Those of them that close an audit.
constexpr std::array<std::string_view, 3> on_an_audit = {"grant", "maintain", "renew"};

bool is_one_of(std::string_view kind, std::span<const std::string_view> kinds) {
    return std::ranges::find(kinds, kind) != kinds.end();
}

/// Whoever gave a verdict in the audit that runs, or raised a finding since its first verdict.
std::vector<PersonId> auditors_of(const rows::CaseRows& rows) {
    std::vector<PersonId> auditors;
    std::optional<Instant> first;
    for (const rows::Requirement& requirement : rows.requirements) {
        if (requirement.assessed_at) {
            auditors.push_back(requirement.assessed_by);
            first = std::min(first.value_or(*requirement.assessed_at), *requirement.assessed_at);
        }
    }
    for (const rows::Finding& finding : rows.findings) {
        if (first && finding.raised_at >= *first) {
            auditors.push_back(finding.raised_by);
        }
    }
    return auditors;
}

}  // namespace

void CertificateChecks::read_log() {
    ASSERT_TRUE(log_.catch_up(reader_));
    if (log_.size() == log_size_) {
        return;
    }
    const Digest root = log_.root();
    const auto proof = log_.consistency_proof(log_size_);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(log_size_ == 0 ||
                merkle::proves_consistency(log_size_, log_.size(), *proof, log_root_, root))
        << "the log was rewritten";
    const auto entries = log_.entries(reader_, log_size_, log_.size() - log_size_);
    ASSERT_TRUE(entries);
    for (const std::string& entry : *entries) {
        const auto value = parse_json(entry);
        ASSERT_TRUE(value);
        logged_[std::string(value->find("certificate")->text_or("number", ""))] = entry;
        ++acts_[std::string(value->text_or("action", ""))];
    }
    log_size_ = log_.size();
    log_root_ = root;
}

void CertificateChecks::check_case(const rows::CaseRows& rows, Date today) {
    read_log();
    std::size_t& seen = decisions_seen_[rows.summary.id];
    for (; seen < rows.decisions.size(); ++seen) {
        check_decision(rows, rows.decisions[seen]);
        ++decided_[rows.decisions[seen].kind];
    }
    for (const rows::Certificate& certificate : rows.certificates) {
        check_certificate(rows, certificate, today);
    }
}

/// As the case stands right after the decision.
void CertificateChecks::check_decision(const rows::CaseRows& rows, const rows::Decision& decision) {
    if (is_one_of(decision.kind, favorable)) {
        for (const rows::Finding& finding : rows.findings) {
            EXPECT_TRUE(finding.grade != rows::Grade::major ||
                        finding.status == rows::FindingStatus::verified)
                << decision.kind << " with an unverified major";
        }
    }
    if (is_one_of(decision.kind, on_an_audit)) {
        const std::vector<PersonId> auditors = auditors_of(rows);
        EXPECT_FALSE(auditors.empty()) << decision.kind << " without an audit";
        EXPECT_EQ(std::ranges::find(auditors, decision.decided_by), auditors.end())
            << decision.kind << " decided by an auditor of that audit";
    }
}

void CertificateChecks::check_certificate(const rows::CaseRows& rows,
                                          const rows::Certificate& certificate,
                                          Date today) {
    EXPECT_NE(std::ranges::find(rows.decisions, certificate.decision, &rows::Decision::id),
              rows.decisions.end())
        << certificate.number << " without a decision";
    const bool is_newest = std::ranges::none_of(rows.certificates, [&](const auto& other) {
        return other.number == certificate.number && other.id > certificate.id;
    });
    if (!is_newest) {
        EXPECT_NE(certificate.status, rows::CertificateStatus::active)
            << certificate.number << " counts twice";
        return;
    }
    check_logged(certificate);
    if (certificate.status != rows::CertificateStatus::active) {
        active_.erase(certificate.number);
        return;
    }
    EXPECT_GE(certificate.valid_until, today) << certificate.number << " beyond its expiry";
    active_[certificate.number] = {rows.summary.id, certificate.valid_until};
}

void CertificateChecks::check_logged(const rows::Certificate& certificate) {
    const auto found = logged_.find(certificate.number);
    ASSERT_NE(found, logged_.end()) << certificate.number << " is in no log";
    const auto entry = parse_json(found->second);
    const auto at = Instant::parse(entry->text_or("at", ""));
    ASSERT_TRUE(at);
    const auto expected = log_entry_bytes(
        to_value(log_entry_of({std::string(entry->text_or("action", "")), *at, certificate, 0})));
    ASSERT_TRUE(expected);
    EXPECT_EQ(found->second, *expected) << "a certificate differs from the log";
}

void CertificateChecks::check_day(Date today) {
    std::vector<CaseId> over;
    for (const auto& [number, active] : active_) {
        if (active.valid_until < today) {
            over.push_back(active.case_id);
        }
    }
    for (const CaseId id : over) {
        const auto rows = reader_.find_case_rows(id);
        ASSERT_TRUE(rows && *rows);
        check_case(**rows, today);
    }
}

}  // namespace guildmark::tests
