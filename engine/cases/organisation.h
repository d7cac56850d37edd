#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/cases/event.h"
#include "engine/ports/store.h"

namespace guildmark {

/// A firm, a certification body, a group or the operator of the installation: its members, what
/// roles they may fill, and their tokens. The aggregate that an organisation's records make.
struct Organisation {
    StreamHead head;
    rows::Organisation summary;
    std::map<PersonId, rows::Member> members;
    std::map<TokenId, rows::Token> tokens;
    std::map<std::pair<PersonId, std::string>, rows::Competence> competences;  ///< By area.

    /// Null when the person is none of them.
    [[nodiscard]] const rows::Member* find_member(PersonId person) const;

    [[nodiscard]] bool has_role(PersonId person, std::string_view role) const;

    /// Whether a member or a token has the id `value`.
    [[nodiscard]] bool has_id(std::uint64_t value) const {
        return members.contains(PersonId(value)) || tokens.contains(TokenId(value));
    }
};

/// What an apply has touched, so that only that is written anew.
struct TouchedOrganisation {
    std::vector<PersonId> members;
    std::vector<TokenId> tokens;
    std::vector<std::pair<PersonId, std::string>> competences;
};

/// Changes `subject` as `event`, which `record` carries, says; cannot fail.
void apply(Organisation& subject,
           const OrganisationEvent& event,
           const Record& record,
           TouchedOrganisation& touched);

/// Adds the rows of what was touched to `commit`.
void project(const Organisation& subject, const TouchedOrganisation& touched, Commit& commit);

/// Every row of the organisation, as a rebuild writes them.
[[nodiscard]] rows::OrganisationRows rows_of(const Organisation& subject);

}  // namespace guildmark
