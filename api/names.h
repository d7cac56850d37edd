#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/value.h"
#include "engine/ports/store.h"

namespace guildmark::api {

/// Names of organisations and people, each looked up once for a request.
class Names {
public:
    /// {id, name, kind}. Errors: those of the store.
    Result<Value> organisation(StoreReader& reader, OrganisationId id);

    /// {id, name}, or null for no person. The name is that in the first of `parties` that the
    /// person is a member of; empty when there is none. Errors: those of the store.
    Result<Value> person(StoreReader& reader, PersonId id, const std::vector<rows::Party>& parties);

    /// Those whose names were asked for.
    [[nodiscard]] std::vector<OrganisationId> organisations() const;

private:
    std::map<OrganisationId, Value> organisations_;
    std::map<PersonId, std::string> people_;
};

}  // namespace guildmark::api
