#include "engine/cases/log_entry.h"

#include <utility>
#include <variant>

#include "engine/base/ensure.h"
#include "engine/cases/event.h"
#include "engine/certificate/canonical_json.h"

namespace guildmark {

LogEntry log_entry_of(const CertificateAct& act) {
    const rows::Certificate& row = act.certificate;
    return {act.action,
            act.at,
            {row.number,
             row.status,
             row.holder,
             row.issuer,
             row.standard,
             sha256(row.scope),
             row.valid_from,
             row.valid_until,
             row.first_granted}};
}

CertificateAct act_of(const LogEntry& entry) {
    const LoggedCertificate& logged = entry.certificate;
    rows::Certificate row;
    row.number = logged.number;
    row.status = logged.status;
    row.holder = logged.holder;
    row.issuer = logged.issuer;
    row.standard = logged.standard;
    row.valid_from = logged.valid_from;
    row.valid_until = logged.valid_until;
    row.first_granted = logged.first_granted;
    return {entry.action, entry.at, std::move(row), 0};
}

Result<std::string> log_entry_bytes(const Value& entry) {
    return canonical_json(entry);
}

Result<std::string> log_entry_bytes(const Record& record) {
    CaseEvent event = TRY(decode_case_event(record));
    auto* const act = std::get_if<events::CertificateActed>(&event);
    ENSURE(act != nullptr, "the log is made of acts on certificates");
    return canonical_json(to_value(log_entry_of(
        {std::move(act->action), record.at, std::move(act->certificate), record.position})));
}

}  // namespace guildmark
