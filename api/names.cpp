#include "api/names.h"

namespace guildmark::api {

Result<Value> Names::organisation(StoreReader& reader, OrganisationId id) {
    const auto known = organisations_.find(id);
    if (known != organisations_.end()) {
        return known->second;
    }
    const auto row = TRY(reader.find_organisation(id));
    Value value(Value::Object{{"id", id.to_text()},
                              {"name", row ? row->name : std::string()},
                              {"kind", row ? row->kind : std::string("client")}});
    organisations_.emplace(id, value);
    return value;
}

std::vector<OrganisationId> Names::organisations() const {
    std::vector<OrganisationId> ids;
    for (const auto& [id, value] : organisations_) {
        ids.push_back(id);
    }
    return ids;
}

Result<Value> Names::person(StoreReader& reader,
                            PersonId id,
                            const std::vector<rows::Party>& parties) {
    if (id.is_none()) {
        return Value();
    }
    auto known = people_.find(id);
    if (known == people_.end()) {
        std::string name;
        for (const rows::Party& party : parties) {
            const auto member = TRY(reader.find_member(party.organisation, id));
            if (member) {
                name = member->name;
                break;
            }
        }
        known = people_.emplace(id, std::move(name)).first;
    }
    return Value(Value::Object{{"id", id.to_text()}, {"name", known->second}});
}

}  // namespace guildmark::api
