#include <gtest/gtest.h>

#include "engine/evidence/pull.h"

namespace guildmark::evidence {
namespace {

using Names = std::vector<std::string>;

constexpr const char* source = "folder:/srv/quality";

std::string origin(const std::string& locator) {
    return std::string(source) + "/" + locator;
}

Rules read(std::string_view entries) {
    Diagnostics diagnostics;
    auto rules = read_rules(
        "<evidence-rules xmlns='urn:guildmark:evidence:1' "
        "standard='iso-9001:2015'>" +
            std::string(entries) + "</evidence-rules>",
        "evidence.xml",
        diagnostics);
    EXPECT_TRUE(rules) << diagnostics.to_text();
    return std::move(*rules);
}

/// A source and a case, changed step by step.
class PlanOfAPull : public testing::Test {
protected:
    void offer(const std::string& locator, const std::string& bytes, std::int64_t modified_at = 1) {
        listing_.items.push_back({locator,
                                  locator.substr(locator.rfind('/') + 1),
                                  bytes.size(),
                                  Instant{modified_at},
                                  "v"});
        bytes_[locator] = bytes;
    }

    rows::Evidence& have(std::uint64_t id,
                         const std::string& locator,
                         const std::string& bytes,
                         const std::string& requirements = "4.1") {
        rows::Evidence row;
        row.id = EvidenceId(id);
        row.title = "Title of " + locator;
        row.origin = origin(locator);
        row.digest = sha256(bytes);
        row.size_bytes = bytes.size();
        row.origin_modified_at = Instant{1};
        row.requirements = requirements;
        known_.push_back(row);
        return known_.back();
    }

    PullPlan plan(PullOptions options = {}) {
        const PullInput input{listing_, known_, rules_, source};
        selection_ = select_documents(input, options);
        std::vector<ReadDocument> documents;
        for (std::size_t index = 0; index < selection_.to_read.size(); ++index) {
            const std::string& bytes = bytes_.at(selection_.to_read[index].item.locator);
            documents.push_back({index, sha256(bytes), bytes.size(), "text/plain"});
        }
        return plan_pull(input, selection_, documents);
    }

    Names read_locators() const {
        Names names;
        for (const Candidate& candidate : selection_.to_read) {
            names.push_back(candidate.item.locator);
        }
        return names;
    }

    Rules rules_ = read("<rule path='**' requirements='4.1'/>");
    EvidenceListing listing_;
    std::vector<rows::Evidence> known_;
    std::map<std::string, std::string> bytes_;
    PullSelection selection_;
};

TEST_F(PlanOfAPull, does_not_even_open_what_no_rule_names_or_what_is_ignored) {
    rules_ = read("<rule path='a/*' requirements='4.1'/><ignore path='**/~*'/>");
    offer("a/plan.pdf", "plan");
    offer("a/~lock", "lock");
    offer("private/salaries.xlsx", "salaries");
    const PullPlan result = plan();
    EXPECT_EQ(read_locators(), (Names{"a/plan.pdf"}));
    EXPECT_EQ(selection_.ignored, (Names{"a/~lock"}));
    EXPECT_EQ(selection_.unmatched, (Names{"private/salaries.xlsx"}));
    EXPECT_EQ(result.additions.size(), 1u);
}

TEST_F(PlanOfAPull, takes_what_no_rule_names_only_when_asked_to) {
    rules_ = read("<ignore path='~*'/>");
    offer("a.pdf", "a");
    offer("~lock", "lock");
    const PullPlan result = plan({.unmatched = Unmatched::take});
    ASSERT_EQ(result.additions.size(), 1u);
    EXPECT_EQ(result.additions.front().origin, origin("a.pdf"));
    EXPECT_TRUE(result.additions.front().requirements.empty());
}

TEST_F(PlanOfAPull, adds_a_new_document_with_all_that_the_rules_say_of_it) {
    rules_ = read(
        "<document path='a/b.pdf' requirements='5.2.1 4.1' title='Policy' "
        "owner='anna-brenner' valid-from='2026-01-15' valid-until='2027-01-14'/>");
    offer("a/b.pdf", "policy", 1'700'000'000'000);
    const PullPlan result = plan();
    ASSERT_EQ(result.additions.size(), 1u);
    const Addition expected{std::nullopt,
                            origin("a/b.pdf"),
                            "b.pdf",
                            "Policy",
                            "text/plain",
                            6,
                            sha256("policy"),
                            Instant{1'700'000'000'000},
                            {"4.1", "5.2.1"},
                            "anna-brenner",
                            Date::parse("2026-01-15").value(),
                            Date::parse("2027-01-14").value()};
    EXPECT_EQ(result.additions.front(), expected);
}

TEST_F(PlanOfAPull, does_not_read_again_what_has_the_same_size_and_time) {
    have(1, "a.pdf", "same");
    offer("a.pdf", "same", 1);
    EXPECT_EQ(plan().unchanged, (Names{origin("a.pdf")}));
    EXPECT_TRUE(read_locators().empty());
    EXPECT_EQ(plan({.reading = Reading::all}).unchanged, (Names{origin("a.pdf")}));
    EXPECT_EQ(read_locators(), (Names{"a.pdf"}));
}

TEST_F(PlanOfAPull, adds_nothing_when_the_time_changed_and_the_bytes_did_not) {
    have(1, "a.pdf", "same");
    offer("a.pdf", "same", 2);
    const PullPlan result = plan();
    EXPECT_EQ(read_locators(), (Names{"a.pdf"}));
    EXPECT_EQ(result.unchanged, (Names{origin("a.pdf")}));
    EXPECT_TRUE(result.additions.empty());
}

TEST_F(PlanOfAPull, revises_a_known_document_whose_bytes_changed_and_keeps_its_requirements) {
    have(7, "a.pdf", "old", "5.1.1 9.3.1");
    offer("a.pdf", "new bytes");
    const PullPlan result = plan();
    ASSERT_EQ(result.additions.size(), 1u);
    EXPECT_EQ(result.additions.front().revises, EvidenceId(7));
    EXPECT_EQ(result.additions.front().requirements, (Names{"4.1", "5.1.1", "9.3.1"}));
    EXPECT_TRUE(result.vanished.empty());
}

TEST_F(PlanOfAPull, revises_again_when_a_document_went_back_to_earlier_bytes) {
    have(7, "a.pdf", "first").status = rows::EvidenceStatus::superseded;
    have(7, "a.pdf", "second!").revision = 2;
    offer("a.pdf", "first");
    const PullPlan result = plan();
    ASSERT_EQ(result.additions.size(), 1u);
    EXPECT_EQ(result.additions.front().revises, EvidenceId(7));
}

TEST_F(PlanOfAPull, matches_bytes_that_the_case_has_under_another_name_and_does_not_take_them) {
    rules_ = read("<rule path='b/*' requirements='7.2'/><rule path='a/*' requirements='4.1'/>");
    have(3, "a/x.pdf", "same", "4.1");
    offer("a/x.pdf", "same");
    offer("b/copy.pdf", "same");
    const PullPlan result = plan();
    EXPECT_TRUE(result.additions.empty());
    EXPECT_EQ(result.duplicates, (std::vector{Duplicate{origin("b/copy.pdf"), origin("a/x.pdf")}}));
    EXPECT_EQ(result.rematches,
              (std::vector{Rematch{EvidenceId(3), origin("b/copy.pdf"), {"4.1", "7.2"}}}));
}

TEST_F(PlanOfAPull, takes_bytes_that_are_offered_twice_once_for_the_requirements_of_both) {
    rules_ = read("<rule path='a/*' requirements='4.1'/><rule path='b/*' requirements='7.2'/>");
    offer("a/x.pdf", "same");
    offer("b/x.pdf", "same");
    const PullPlan result = plan();
    ASSERT_EQ(result.additions.size(), 1u);
    EXPECT_EQ(result.additions.front().origin, origin("a/x.pdf"));
    EXPECT_EQ(result.additions.front().requirements, (Names{"4.1", "7.2"}));
    EXPECT_EQ(result.duplicates, (std::vector{Duplicate{origin("b/x.pdf"), origin("a/x.pdf")}}));
}

TEST_F(PlanOfAPull, rematches_an_unchanged_document_when_the_rules_gained_a_requirement) {
    rules_ = read("<rule path='**' requirements='4.1 7.2'/>");
    have(3, "a.pdf", "same", "4.1 9.1");
    offer("a.pdf", "same");
    EXPECT_EQ(plan().rematches,
              (std::vector{Rematch{EvidenceId(3), origin("a.pdf"), {"4.1", "7.2", "9.1"}}}));
}

TEST_F(PlanOfAPull, never_takes_a_match_away) {
    have(3, "a.pdf", "same", "4.1 9.1");
    offer("a.pdf", "same");
    EXPECT_TRUE(plan().rematches.empty());
}

TEST_F(PlanOfAPull, does_not_take_again_what_a_person_withdrew) {
    have(3, "a.pdf", "taken back").status = rows::EvidenceStatus::withdrawn;
    offer("a.pdf", "taken back");
    const PullPlan result = plan();
    EXPECT_TRUE(result.additions.empty());
    EXPECT_EQ(result.withdrawn, (Names{origin("a.pdf")}));
}

TEST_F(PlanOfAPull, takes_other_bytes_under_a_withdrawn_name_as_a_new_document) {
    have(3, "a.pdf", "taken back").status = rows::EvidenceStatus::withdrawn;
    offer("a.pdf", "corrected");
    const PullPlan result = plan();
    ASSERT_EQ(result.additions.size(), 1u);
    EXPECT_EQ(result.additions.front().revises, std::nullopt);
}

TEST_F(PlanOfAPull, reports_what_vanished_and_leaves_it) {
    have(3, "gone.pdf", "gone");
    have(4, "../other source/kept.pdf", "x").origin = "upload";
    const PullPlan result = plan();
    EXPECT_EQ(result.vanished,
              (std::vector{Vanished{EvidenceId(3), origin("gone.pdf"), "Title of gone.pdf"}}));
    EXPECT_TRUE(result.additions.empty());
}

TEST_F(PlanOfAPull, does_not_call_vanished_what_was_renamed) {
    have(3, "before.pdf", "bytes");
    offer("after.pdf", "bytes");
    const PullPlan result = plan();
    EXPECT_TRUE(result.vanished.empty());
    EXPECT_TRUE(result.additions.empty());
    EXPECT_EQ(result.duplicates,
              (std::vector{Duplicate{origin("after.pdf"), origin("before.pdf")}}));
}

TEST_F(PlanOfAPull, does_not_call_vanished_what_a_problem_hides) {
    have(3, "locked/a.pdf", "a");
    have(4, "b.pdf", "b");
    have(5, "locked-not/c.pdf", "c");
    listing_.problems.push_back({"locked", forbidden("evidence_denied", "")});
    listing_.problems.push_back({"b.pdf", conflict("evidence_changed", "")});
    const PullPlan result = plan();
    ASSERT_EQ(result.vanished.size(), 1u);
    EXPECT_EQ(result.vanished.front().evidence, EvidenceId(5));
}

TEST_F(PlanOfAPull, names_documents_that_the_rules_expect_and_the_source_lacks) {
    rules_ = read(
        "<document path='F\u00fchrung/a.pdf' requirements='4.1'/>"
        "<document path='missing.pdf' requirements='4.1'/>");
    offer("Fu\u0308hrung/a.pdf", "a");
    static_cast<void>(plan());
    EXPECT_EQ(selection_.expected, (Names{"missing.pdf"}));
}

TEST_F(PlanOfAPull, plans_the_same_whatever_the_order_of_reading) {
    rules_ = read("<rule path='a/*' requirements='4.1'/><rule path='b/*' requirements='7.2'/>");
    offer("a/1", "x");
    offer("a/2", "y");
    offer("b/1", "x");
    const PullInput input{listing_, known_, rules_, source};
    const PullSelection selection = select_documents(input, {});
    const std::vector<ReadDocument> documents = {
        {2, sha256("x"), 1, "t"}, {0, sha256("x"), 1, "t"}, {1, sha256("y"), 1, "t"}};
    const PullPlan result = plan_pull(input, selection, documents);
    ASSERT_EQ(result.additions.size(), 2u);
    EXPECT_EQ(result.additions.at(0).origin, origin("a/1"));
    EXPECT_EQ(result.duplicates, (std::vector{Duplicate{origin("b/1"), origin("a/1")}}));
}

}  // namespace
}  // namespace guildmark::evidence
