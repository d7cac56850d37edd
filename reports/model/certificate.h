#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/cases/certificate_history.h"
#include "engine/ports/read_model.h"
#include "engine/standard/standard.h"
#include "engine/workflow/workflow.h"
#include "reports/messages/messages.h"
#include "reports/model/issuer.h"

namespace guildmark::reports {

/// A site that a certificate covers.
struct Site {
    std::string address;
    std::string activity;  ///< The site's own scope; empty: it was not told apart.

    bool operator==(const Site&) const = default;
};

/// What a certificate's document is made from. Everything is only read.
struct CertificateInput {
    const rows::Certificate& certificate;
    const std::vector<CertificateAct>& acts;  ///< In order; at least one.
    const rows::Organisation& holder;
    const rows::Organisation& issuer;
    const Standard* standard = nullptr;  ///< Null: the certificate's key stands for it.
    const Issuer& letterhead;
    std::string mark;         ///< The letterhead's PNG file.
    std::vector<Site> sites;  ///< At least one, the head office first.
    std::string origin;       ///< "https://guildmark.example"; empty: nobody knows the address.
    Date as_of;               ///< Decides whether the validity is over.
};

/// A line under a heading of the document: label and value.
using LabelledText = std::pair<std::string, std::string>;

/// Rows under a heading.
struct DocumentTable {
    std::string title;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

/// What stands on a certificate in one language (ISO/IEC 17021-1:2015, 8.2.2), ready to be drawn.
struct CertificateDocument {
    std::string language;
    std::string client_language;  ///< In whose shapes the client's own words are set.
    std::string issuer_language;
    Instant issued_at;  ///< When what it shows was recorded.
    std::string issuer;
    std::vector<std::string> issuer_address;
    std::string mark;  ///< A PNG file.
    std::string title;
    std::string warning;  ///< Set when the certificate does not count: in front of everything.
    std::string before;   ///< The sentence is: before, client, after, standard.
    std::string client;
    std::string client_address;
    std::string after;
    std::string standard;
    std::string standard_title;
    LabelledText scope;
    std::vector<LabelledText> facts;
    std::string accreditation;  ///< Empty: none is told.
    DocumentTable sites;
    DocumentTable history;
    std::string page;   ///< What the code leads to; empty: no code.
    std::string check;  ///< How to ask for the status.
    std::string footer;
    std::string page_count;  ///< With {page} and {pages}.
};

/// The language in which names from that country (ISO 3166-1) are set; `otherwise` where that says
/// nothing of Han characters.
[[nodiscard]] std::string language_of_country(const std::string& country,
                                              const std::string& otherwise);

/// The lines of a text as sites: the address, and after a colon that is followed by a space, or a
/// full-width one, what is done there. Blank lines are no sites.
[[nodiscard]] std::vector<Site> sites_of(const std::string& text);

/// The sites that forms told by the time of the last of `acts` that changed what the certificate
/// shows: of the fields that the workflow shows, the one that was sent last. Errors:
/// certificate_sites_missing, too_large (over limits::certificate_sites_max), json_malformed.
[[nodiscard]] Result<std::vector<Site>> sites_told(const workflow::Workflow& workflow,
                                                   const std::vector<rows::Task>& tasks,
                                                   const std::vector<CertificateAct>& acts);

/// Puts the document together. The same input gives the same document.
[[nodiscard]] CertificateDocument build_certificate_document(const CertificateInput& input,
                                                             const Messages& messages);

}  // namespace guildmark::reports
