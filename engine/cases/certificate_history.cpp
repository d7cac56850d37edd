#include "engine/cases/certificate_history.h"

#include <utility>
#include <variant>

#include "engine/cases/event.h"

namespace guildmark {

Result<std::vector<CertificateAct>> acts_on_certificate(std::string_view number,
                                                        const std::vector<Record>& records) {
    std::vector<CertificateAct> acts;
    for (const Record& record : records) {
        CaseEvent event = TRY(decode_case_event(record));
        auto* const act = std::get_if<events::CertificateActed>(&event);
        if (act != nullptr && act->certificate.number == number) {
            acts.push_back(
                {std::move(act->action), record.at, std::move(act->certificate), record.position});
        }
    }
    return acts;
}

rows::CertificateStatus status_on(const rows::Certificate& certificate, Date day) {
    using enum rows::CertificateStatus;
    const bool may_end = certificate.status == active || certificate.status == suspended;
    return may_end && certificate.valid_until < day ? expired : certificate.status;
}

const CertificateAct* last_act_by(const std::vector<CertificateAct>& acts, Date day) {
    const CertificateAct* last = nullptr;
    for (const CertificateAct& act : acts) {
        const Date begin = last == nullptr ? act.certificate.valid_from : Date::of(act.at);
        if (begin <= day) {
            last = &act;
        }
    }
    return last;
}

}  // namespace guildmark
