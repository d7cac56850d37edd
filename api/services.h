#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/host.h"
#include "engine/base/result.h"
#include "engine/ports/blob_store.h"
#include "engine/ports/clock.h"
#include "engine/ports/evidence_source.h"
#include "engine/ports/signer.h"
#include "engine/ports/store.h"
#include "engine/runtime/library.h"

namespace guildmark::api {

/// A file that reports write, and how it is called.
struct ReportFile {
    std::string media_type;  ///< "application/pdf"
    std::unique_ptr<ByteStream> bytes;
    std::uint64_t size_bytes = 0;
    std::string name;  ///< "case-0123456789abc.xlsx"
};

/// Which report is asked for: of one case, or of an organisation over all its cases.
struct ReportQuery {
    std::string kind;  ///< See docs/reference/reports.md; empty: "progress".
    /// "xlsx", "pdf", or of certificates the id of a form of export; empty: "xlsx".
    std::string format;
    CaseId case_id;  ///< None: it is of the organisation.
    OrganisationId organisation;
    std::string language;
};

/// Which label of a certificate is asked for.
struct LabelRequest {
    std::string number;
    std::string kind;    ///< Its id: "system-statement".
    std::string format;  ///< "svg" or "png".
    std::string language;
    std::string origin;  ///< Where the code leads.
};

/// Writes reports as workbooks and certificates as PDFs.
///
/// Thread: any number at once, each with a reader of its own.
class ReportWriter {
public:
    virtual ~ReportWriter() = default;

    /// As of now. Errors: those of guildmark::write_report.
    virtual Result<ReportFile> write_report(StoreReader& reader, const ReportQuery& query) = 0;

    /// The bytes of a PDF whose code leads to `origin`. Errors: those of certificate_paper.
    virtual Result<std::string> write_certificate(StoreReader& reader,
                                                  const std::string& number,
                                                  const std::string& language,
                                                  const std::string& origin) = 0;

    /// The bytes of a label in that form, "svg" or "png". Errors: those of certificate_label.
    virtual Result<std::string> write_label(StoreReader& reader, const LabelRequest& request) = 0;
};

/// One file of the browser's pages.
struct PageAsset {
    std::string_view bytes;
    std::string_view gzip;  ///< The same, compressed; empty when that does not pay.
    std::string_view content_type;
    std::string_view etag;      ///< Without quotes.
    bool is_immutable = false;  ///< The path holds a hash of the content.
};

/// The browser's pages. What it gives lives as long as the table. Thread: any.
class AssetTable {
public:
    virtual ~AssetTable() = default;

    /// The file at exactly `path`, such as "/index.html"; nothing when there is none.
    virtual std::optional<PageAsset> find(std::string_view path) = 0;
};

/// What the handlers work with. All of it must outlive the server.
struct ApiDependencies {
    EngineHost& host;
    Store& store;
    BlobStore& blobs;
    Clock& clock;
    Random& random;
    const Library& library;
    MediaTypeDetector& media_types;
    AssetTable* assets = nullptr;     ///< None: the server has no pages.
    ReportWriter* reports = nullptr;  ///< None: reports are answered with report_unavailable.
    const Signer* signer = nullptr;  ///< None: what is signed is answered with signing_unavailable.
};

}  // namespace guildmark::api
