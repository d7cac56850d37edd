#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/ports/store.h"
#include "engine/runtime/certificate_log.h"

namespace guildmark::tests {

/// What must hold of certificates after every step, whatever people do and whatever fails: told
/// from the rows of a case, and from the log, that others see. What is wrong becomes a failure of
/// the running test.
class CertificateChecks {
public:
    /// `reader` outlives it.
    explicit CertificateChecks(StoreReader& reader) : reader_(reader) {}

    /// After a step of that case.
    void check_case(const rows::CaseRows& rows, Date today);

    /// After time went on: certificates whose last day was before today have ended.
    void check_day(Date today);

    /// How many decisions there were of each kind.
    [[nodiscard]] const std::map<std::string, std::size_t>& decisions() const { return decided_; }

    /// How many acts of each kind the log has.
    [[nodiscard]] const std::map<std::string, std::size_t>& acts() const { return acts_; }

private:
    struct Active {
        CaseId case_id;
        Date valid_until;
    };

    void read_log();
    void check_decision(const rows::CaseRows& rows, const rows::Decision& decision);
    void check_certificate(const rows::CaseRows& rows,
                           const rows::Certificate& certificate,
                           Date today);
    void check_logged(const rows::Certificate& certificate);

    StoreReader& reader_;
    CertificateLog log_;
    std::uint64_t log_size_ = 0;
    Digest log_root_;
    std::map<std::string, std::string> logged_;  ///< The last entry of each number.
    std::map<std::string, Active> active_;       ///< By number.
    std::map<CaseId, std::size_t> decisions_seen_;
    std::map<std::string, std::size_t> decided_;
    std::map<std::string, std::size_t> acts_;
};

}  // namespace guildmark::tests
