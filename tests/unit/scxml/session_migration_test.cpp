#include "engine/scxml/session_migration.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/scxml/session_codec.h"
#include "tests/conformance/scxml/running.h"

namespace guildmark::scxml {
namespace {

using test::Running;

constexpr const char* before =
    "<datamodel><data id='fee' expr='7'/><data id='old' expr='1'/></datamodel>"
    "<parallel id='p'><state id='left'><state id='l1'><transition event='e' target='l2'/></state>"
    "<state id='l2'/><history id='kept'><transition target='l1'/></history></state>"
    "<state id='right'><state id='r1'><transition event='e' target='r2'/></state><state id='r2'/>"
    "</state><transition event='out' target='away'/></parallel>"
    "<state id='away'><transition event='back' target='kept'/></state>";

struct Case {
    std::string chart;
    SessionMapping mapping;
    std::string codes;
};

std::string codes_of(const SessionMigration& migration) {
    std::string codes;
    for (const Error& fault : migration.faults) {
        codes += (codes.empty() ? "" : " ") + fault.code + "(" + fault.subject + ")";
    }
    return codes;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

TEST(SessionMigration, tells_all_that_keeps_a_session_from_going_on) {
    const std::string whole = before;
    const std::vector<Case> cases{
        {with(whole, "l2", "two"), {}, "state_unmapped(l2)"},
        {with(with(whole, "l2", "two"), "r2", "other"),
         {},
         "state_unmapped(l2) state_unmapped(r2)"},
        {whole, {{{"l2", "r1"}}, {}, {}, {}}, "session_configuration_invalid()"},
        {whole, {{{"l2", "away"}}, {}, {}, {}}, "session_configuration_invalid()"},
        {whole, {{{"l2", "left"}}, {}, {}, {}}, "session_configuration_invalid()"},
        {with(whole, "'fee'", "'cost'"), {}, "variable_unmapped(fee) variable_missing(cost)"},
        {with(whole, "<data id='old' expr='1'/>", ""), {}, "variable_unmapped(old)"},
        {with(whole, "<data id='old'", "<data id='more' expr='2'/><data id='old'"),
         {},
         "variable_missing(more)"}};
    for (const Case& one : cases) {
        Running old(before);
        old.start();
        old.process("e");
        Running fresh(one.chart);
        const SessionMigration migration =
            migrate_session(old.chart, old.session, fresh.chart, one.mapping);
        EXPECT_EQ(codes_of(migration), one.codes) << one.chart;
    }
}

TEST(SessionMigration, refuses_a_history_that_is_not_there) {
    Running old(before);
    old.start();
    old.process("e");
    old.process("out");
    Running fresh(with(with(before, "<history id='kept'><transition target='l1'/></history>", ""),
                       "target='kept'",
                       "target='l1'"));
    EXPECT_EQ(codes_of(migrate_session(old.chart, old.session, fresh.chart, {})),
              "state_unmapped(kept)");
}

TEST(SessionMigration, carries_states_histories_and_variables_under_their_new_names) {
    Running old(before);
    old.start();
    old.process("e");
    old.process("out");
    std::string text = with(with(before, "l2", "two"), "'fee'", "'cost'");
    text = with(text, "<data id='old' expr='1'/>", "<data id='more' expr='0'/>");
    text = with(text, "kept", "memory");
    Running fresh(text);
    const SessionMapping mapping{
        {{"l2", "two"}, {"kept", "memory"}}, {{"fee", "cost"}}, {"old"}, {{"more", Value(5)}}};
    SessionMigration migration = migrate_session(old.chart, old.session, fresh.chart, mapping);
    ASSERT_EQ(codes_of(migration), "");
    fresh.session = std::move(migration.session);
    EXPECT_EQ(fresh.take_trace(), "") << "nothing is entered by a migration";
    EXPECT_EQ(fresh.active(), "away");
    EXPECT_EQ(fresh.data(), R"({"cost":7,"more":5})");
    fresh.process("back");
    EXPECT_EQ(fresh.active(), "p left two right r1");
}

TEST(SessionMigration, puts_a_state_into_one_that_lies_around_it_now) {
    Running old("<state id='a'/><state id='b'/>");
    old.start();
    Running fresh("<state id='around' initial='a'><state id='a'/></state><state id='b'/>");
    SessionMigration migration = migrate_session(old.chart, old.session, fresh.chart, {});
    ASSERT_EQ(codes_of(migration), "");
    fresh.session = std::move(migration.session);
    EXPECT_EQ(fresh.active(), "around a");
}

TEST(SessionMigration, carries_what_was_invoked_at_the_same_place_only) {
    const std::string invoking =
        "<state id='a'><invoke id='i'><content><scxml version='1.0' initial='x'><state id='x'>"
        "<transition event='go' target='y'/></state><final id='y'/></scxml></content></invoke>"
        "<transition event='tell'><send target='#_i' event='go'/></transition>"
        "<transition event='done.invoke.i' target='b'/></state><state id='b'/>";
    const auto start = [&invoking] {
        auto running = std::make_unique<Running>(invoking);
        running->start();
        return running;
    };
    const auto old = start();
    ASSERT_EQ(old->session.invocations.size(), 1u);
    for (const std::string& text : {with(invoking, "invoke id='i'", "invoke id='j'"),
                                    with(invoking, "'x'", "'z'"),
                                    std::string("<state id='a'/>")}) {
        Running fresh(text);
        EXPECT_TRUE(codes_of(migrate_session(old->chart, old->session, fresh.chart, {}))
                        .starts_with("invocation_unmapped"))
            << text;
    }
    Running fresh(with(invoking, "'a'", "'calling'"));
    SessionMigration migration =
        migrate_session(old->chart, old->session, fresh.chart, {{{"a", "calling"}}, {}, {}, {}});
    ASSERT_EQ(codes_of(migration), "");
    fresh.session = std::move(migration.session);
    fresh.process("tell");
    EXPECT_EQ(fresh.active(), "b");
}

}  // namespace
}  // namespace guildmark::scxml
