#include "engine/cases/organisation.h"

#include <algorithm>

namespace guildmark {
namespace {

std::string sorted_words(std::vector<std::string> words) {
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::string text;
    for (const std::string& word : words) {
        text += text.empty() ? word : " " + word;
    }
    return text;
}

class OrganisationApplier {
public:
    OrganisationApplier(Organisation& subject, const Record& record, TouchedOrganisation& touched)
        : organisation_(subject), record_(record), touched_(touched) {}

    void operator()(const events::OrganisationCreated& event) {
        rows::Organisation& summary = organisation_.summary;
        summary.id = OrganisationId(record_.stream.value());
        summary.name = event.name;
        summary.kind = event.kind;
        summary.country = event.country;
        summary.region = event.region;
        summary.personnel = event.personnel;
        summary.created_at = record_.at;
    }

    void operator()(const events::MemberAdmitted& event) {
        organisation_.members.insert_or_assign(event.person,
                                               rows::Member{organisation_.summary.id,
                                                            event.person,
                                                            event.name,
                                                            event.email,
                                                            sorted_words(event.roles)});
        touched_.members.push_back(event.person);
    }

    void operator()(const events::TokenMade& event) {
        organisation_.tokens.insert_or_assign(event.id,
                                              rows::Token{event.id,
                                                          event.hash,
                                                          organisation_.summary.id,
                                                          event.person,
                                                          event.label,
                                                          record_.at,
                                                          event.expires_at,
                                                          false});
        touched_.tokens.push_back(event.id);
    }

    void operator()(const events::TokenRevoked& event) {
        organisation_.tokens.at(event.id).revoked = true;
        touched_.tokens.push_back(event.id);
    }

    void operator()(const events::CompetenceRecorded& event) {
        const std::pair key(event.person, event.area);
        organisation_.competences.insert_or_assign(key,
                                                   rows::Competence{organisation_.summary.id,
                                                                    event.person,
                                                                    event.area,
                                                                    event.from,
                                                                    event.until,
                                                                    event.basis,
                                                                    std::nullopt,
                                                                    {}});
        touched_.competences.push_back(key);
    }

    void operator()(const events::CompetenceEnded& event) {
        const std::pair key(event.person, event.area);
        rows::Competence& competence = organisation_.competences.at(key);
        competence.ended = Date::of(record_.at);
        competence.ended_reason = event.reason;
        touched_.competences.push_back(key);
    }

    void operator()(const events::CommandRejected&) {}

private:
    Organisation& organisation_;
    const Record& record_;
    TouchedOrganisation& touched_;
};

}  // namespace

const rows::Member* Organisation::find_member(PersonId person) const {
    const auto member = members.find(person);
    return member == members.end() ? nullptr : &member->second;
}

bool Organisation::has_role(PersonId person, std::string_view role) const {
    const rows::Member* member = find_member(person);
    if (member == nullptr || role.empty()) {
        return false;
    }
    const std::string padded = " " + member->roles + " ";
    return padded.find(" " + std::string(role) + " ") != std::string::npos;
}

void apply(Organisation& subject,
           const OrganisationEvent& event,
           const Record& record,
           TouchedOrganisation& touched) {
    ENSURE(record.sequence == subject.head.sequence + 1, "a record that does not follow the head");
    std::visit(OrganisationApplier(subject, record, touched), event);
    subject.head = StreamHead{record.sequence, record.hash};
    subject.summary.sequence = record.sequence;
    subject.summary.hash = record.hash;
}

void project(const Organisation& subject, const TouchedOrganisation& touched, Commit& commit) {
    commit.rows.organisations.push_back(subject.summary);
    for (const PersonId person : touched.members) {
        commit.rows.members.push_back(subject.members.at(person));
    }
    for (const TokenId token : touched.tokens) {
        commit.rows.tokens.push_back(subject.tokens.at(token));
    }
    for (const auto& competence : touched.competences) {
        commit.rows.competences.push_back(subject.competences.at(competence));
    }
}

rows::OrganisationRows rows_of(const Organisation& subject) {
    rows::OrganisationRows rows;
    rows.summary = subject.summary;
    for (const auto& [person, member] : subject.members) {
        rows.members.push_back(member);
    }
    for (const auto& [id, token] : subject.tokens) {
        rows.tokens.push_back(token);
    }
    for (const auto& [key, competence] : subject.competences) {
        rows.competences.push_back(competence);
    }
    return rows;
}

}  // namespace guildmark
