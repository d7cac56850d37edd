#pragma once

#include <string>
#include <vector>

#include "api/services.h"
#include "engine/base/date.h"
#include "engine/ports/store.h"
#include "engine/runtime/library.h"
#include "reports/label/label_kind.h"

namespace guildmark {

/// Which label is drawn, with kinds from <library_folder>/labels.
struct CertificateLabelRequest {
    api::LabelRequest label;
    std::string library_folder;
    Date as_of;
};

/// Every kind in <folder>/labels/*.xml, in order of file. Errors: label_kind_malformed,
/// file_unreadable.
[[nodiscard]] Result<std::vector<reports::LabelKind>> load_label_kinds(const std::string& folder);

/// A label of a certificate, as bytes. Errors, in order: label_format_unknown,
/// certificate_not_found, certificate_not_active, those of load_label_kinds, label_kind_unknown,
/// label_does_not_fit, public_origin_missing (a label is checked by its code), those of
/// reports::draw_label; those of the store.
[[nodiscard]] Result<std::string> certificate_label(StoreReader& reader,
                                                    const Library& library,
                                                    const CertificateLabelRequest& request);

}  // namespace guildmark
