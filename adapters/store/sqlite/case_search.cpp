#include "adapters/store/sqlite/case_search.h"

#include <algorithm>
#include <string>
#include <variant>

#include "engine/base/limits.h"

namespace guildmark::sqlite {
namespace {

struct HasTerm {
    std::string term;
};

struct HasParty {
    OrganisationId organisation;  ///< None: every case.
    std::optional<bool> finished;
};

using Condition = std::variant<HasTerm, HasParty>;

using Found = Result<std::optional<std::uint64_t>>;

Found first_of(Query& query) {
    return TRY(query.step())
               ? std::optional<std::uint64_t>(static_cast<std::uint64_t>(query.number(0)))
               : std::nullopt;
}

/// The newest case that meets the condition and whose id is at most `last`.
Found seek(Connection& connection, const HasTerm& condition, std::uint64_t last) {
    Query query = TRY(connection.query(
        "SELECT case_id FROM case_term WHERE term=?1 AND case_id<=?2 ORDER BY case_id DESC LIMIT "
        "1"));
    query.bind(condition.term, last);
    return first_of(query);
}

Found seek(Connection& connection, const HasParty& condition, std::uint64_t last) {
    std::optional<std::uint64_t> newest;
    for (const bool finished : {false, true}) {
        if (condition.finished.value_or(finished) != finished) {
            continue;
        }
        Query query = TRY(connection.query(
            "SELECT case_id FROM case_index WHERE organisation=?1 AND finished=?2 AND case_id<=?3 "
            "ORDER BY case_id DESC LIMIT 1"));
        query.bind(condition.organisation, finished, last);
        newest = std::max(newest, TRY(first_of(query)));
    }
    return newest;
}

std::vector<Condition> conditions_of(const CaseFilter& filter) {
    std::vector<Condition> conditions;
    for (const std::string& term : filter.terms) {
        conditions.emplace_back(HasTerm{term});
    }
    if (!filter.also.is_none()) {
        conditions.emplace_back(HasParty{filter.also, std::nullopt});
    }
    conditions.emplace_back(HasParty{filter.organisation, filter.finished});
    return conditions;
}

class Search {
public:
    Search(Connection& connection, const CaseFilter& filter)
        : connection_(connection), filter_(filter), conditions_(conditions_of(filter)) {}

    Result<FoundCases> run(CaseId before, std::size_t count_max) {
        FoundCases found;
        last_ = before.value() - 1;
        while (last_ > 0 && found.ids.size() < count_max) {
            const bool is_met = TRY(go_to_next());
            if (steps_ > limits::search_steps_max) {
                found.looked_until = CaseId(last_ + 1);
                return found;
            }
            if (last_ == 0) {
                break;
            }
            if (is_met) {
                found.ids.emplace_back(last_);
            }
            --last_;
        }
        return found;
    }

private:
    /// Goes on until all conditions name one case, or none is left (last_ 0); tells whether that
    /// case is of the workflow.
    Result<bool> go_to_next() {
        std::size_t agreed = 0;
        for (std::size_t index = 0; agreed < conditions_.size(); ++index) {
            if (++steps_ > limits::search_steps_max) {
                return false;
            }
            const auto next = TRY(std::visit(
                [this](const auto& condition) { return seek(connection_, condition, last_); },
                conditions_[index % conditions_.size()]));
            if (!next) {
                last_ = 0;
                return false;
            }
            agreed = *next == last_ ? agreed + 1 : 1;
            last_ = *next;
        }
        return is_of_workflow();
    }

    Result<bool> is_of_workflow() {
        if (filter_.workflow.empty()) {
            return true;
        }
        ++steps_;
        Query query = TRY(
            connection_.query("SELECT 1 FROM case_index WHERE organisation=0 AND finished IN (0, "
                              "1) AND case_id=?1 AND workflow=?2"));
        query.bind(last_, filter_.workflow);
        return query.step();
    }

    Connection& connection_;
    const CaseFilter& filter_;
    std::vector<Condition> conditions_;
    std::uint64_t last_ = 0;  ///< Larger ids were looked at.
    std::size_t steps_ = 0;
};

}  // namespace

Result<FoundCases> search_cases(Connection& connection,
                                const CaseFilter& filter,
                                CaseId before,
                                std::size_t count_max) {
    return Search(connection, filter).run(before, count_max);
}

}  // namespace guildmark::sqlite
