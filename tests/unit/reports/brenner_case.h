#pragma once

#include <map>
#include <string>
#include <vector>

#include "reports/model/progress.h"

namespace guildmark::reports {

/// A case under ISO 9001 in the middle of its way, as a firm of a dozen people might have it: some
/// requirements settled, some open, two findings, documents of three kinds of status.
struct BrennerCase {
    BrennerCase();

    [[nodiscard]] ProgressInput input() const {
        return {rows, &standard, workflow, organisations, people, records, as_of};
    }

    [[nodiscard]] ProgressReport report(std::string_view language) const {
        return build_progress_report(input(), messages_in(language));
    }

    rows::CaseRows rows;
    Standard standard;
    workflow::Workflow workflow;
    std::map<OrganisationId, std::string> organisations;
    std::map<PersonId, std::string> people;
    std::vector<Record> records;
    Instant as_of;

private:
    void add_requirements();
    void add_evidence();
    void add_findings();
    void add_records();
    void record(std::string_view at, std::uint64_t person, const char* kind, std::string payload);
};

}  // namespace guildmark::reports
