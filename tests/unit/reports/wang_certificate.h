#pragma once

#include <string>
#include <vector>

#include "reports/model/certificate.h"

namespace guildmark::reports {

/// A certificate of an invented firm, granted, suspended, restored, and widened.
struct WangCertificate {
    WangCertificate();

    [[nodiscard]] CertificateInput input() const;

    [[nodiscard]] CertificateDocument document(std::string_view language) const {
        return build_certificate_document(input(), certificate_messages_in(language));
    }

    /// Adds an act that leaves the certificate as `change` makes it.
    template <typename Change>
    void act(std::string action, std::string_view at, const Change& change) {
        rows::Certificate next = acts.empty() ? certificate : acts.back().certificate;
        change(next);
        acts.push_back({std::move(action), Instant::parse(at).value(), next});
        certificate = next;
    }

    rows::Certificate certificate;
    std::vector<CertificateAct> acts;
    rows::Organisation holder;
    rows::Organisation issuer;
    Standard standard;
    Issuer letterhead;
    std::string mark;
    std::vector<Site> sites;
    std::string origin = "https://guildmark.example";
    Date as_of;
};

}  // namespace guildmark::reports
