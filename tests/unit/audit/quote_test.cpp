#include "engine/audit/quote.h"

#include <random>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "tests/unit/audit/rule_files.h"

namespace guildmark::audit {
namespace {

std::string list_xml(const std::string& attributes, const std::string& inside) {
    return fmt::format(
        R"(<price-list xmlns="urn:guildmark:rule:1" id="p" edition="1" issuer="B" designation="P" {}>)"
        R"(<title>T</title><source>S</source>{}</price-list>)",
        attributes,
        inside);
}

/// The codes of what is wrong.
std::string faults_of(const std::string& xml) {
    Diagnostics diagnostics;
    const auto prices = read_price_list(xml, "p.xml", diagnostics);
    EXPECT_EQ(prices.has_value(), !diagnostics.has_errors());
    std::string codes;
    for (const Diagnostic& item : diagnostics.items()) {
        codes += (codes.empty() ? "" : " ") + item.code;
    }
    return codes;
}

const char* const day = R"(<day amount="1000 EUR"/>)";

TEST(PriceListTest, is_refused_with_all_that_is_wrong) {
    EXPECT_EQ(faults_of(list_xml("", day)), "attribute_missing attribute_invalid");
    EXPECT_EQ(faults_of(list_xml(R"(currency="EURO")", day)), "attribute_invalid");
    EXPECT_EQ(faults_of(list_xml(R"(currency="EUR")", "")), "element_missing");
    EXPECT_EQ(faults_of(list_xml(R"(currency="CHF")", day)), "currency_mismatch");
    EXPECT_EQ(faults_of(list_xml(R"(currency="EUR")", R"(<day amount="-1 EUR"/>)")),
              "attribute_invalid");
    EXPECT_EQ(faults_of(list_xml(R"(currency="EUR" valid-until="soon")", day)),
              "attribute_invalid");
    const auto with_fee = [](const std::string& attributes) {
        return list_xml(R"(currency="EUR")",
                        fmt::format("{}<fee id=\"f\" {}><title>F</title></fee>", day, attributes));
    };
    EXPECT_EQ(faults_of(with_fee(R"(at="initial")")), "attribute_missing");
    EXPECT_EQ(faults_of(with_fee(R"(amount="1 EUR" at="once")")), "attribute_invalid");
    EXPECT_EQ(faults_of(with_fee(R"(amount="1 EUR" at="initial" per="page")")),
              "attribute_invalid");
    EXPECT_EQ(faults_of(with_fee(R"(amount="1 EUR" at="initial surveillance" per="site")")), "");
    EXPECT_EQ(faults_of(list_xml(R"(currency="EUR")",
                                 fmt::format("{0}<term id=\"t\"><text>A</text></term>"
                                             "<term id=\"t\"><text>B</text></term>",
                                             day))),
              "id_repeated");
}

struct Offered {
    RuleBook rules = project_rules();
    const PriceList& prices = *rules.find_price_list("example-prices").value();
    QuoteRequest request;

    Offered() {
        request.time.standard = "iso-9001";
        request.time.personnel = 24;
        request.on = *Date::parse("2026-06-01");
    }

    [[nodiscard]] Result<Quote> quote() const {
        return compute_quote(prices, *rules.find_time_rule("", "iso-9001").value(), request);
    }

    [[nodiscard]] std::string code() const {
        const auto made = quote();
        return made ? "" : made.error().code;
    }
};

TEST(QuoteTest, is_refused_in_the_order_that_is_stated) {
    Offered offered;
    offered.request.on = offered.prices.valid_until->plus_days(1);
    offered.request.sites = 0;
    offered.request.distance_km = -1;
    offered.request.time.personnel = 0;
    EXPECT_EQ(offered.code(), "price_list_expired");
    offered.request.on = *offered.prices.valid_until;
    EXPECT_EQ(offered.code(), "count_invalid");
    offered.request.sites = limits::audited_count_max + 1;
    EXPECT_EQ(offered.code(), "count_invalid");
    offered.request.sites = 1;
    EXPECT_EQ(offered.code(), "distance_invalid");
    offered.request.distance_km = 20'001;
    EXPECT_EQ(offered.code(), "distance_invalid");
    offered.request.distance_km = 0;
    EXPECT_EQ(offered.code(), "count_invalid");
    offered.request.time.personnel = 24;
    EXPECT_EQ(offered.code(), "");
}

TEST(QuoteTest, tells_a_firm_of_24_people_what_its_certificate_costs) {
    Offered offered;
    offered.request.distance_km = 180;
    const Quote quote = offered.quote().value();
    // 3 days, application 350, certificate 250, site 60, two visits of 40, 720 km, one night.
    EXPECT_EQ(quote.certificate_total.to_text(), "4752.40 EUR");
    ASSERT_EQ(quote.audits.size(), 4u);
    EXPECT_EQ(quote.audits[1].total.to_text(), "1601.20 EUR");
    EXPECT_EQ(quote.cycle_total.to_text(), "7954.80 EUR");
    EXPECT_EQ(quote.audits[3].total.to_text(), "3011.20 EUR");
}

TEST(QuoteTest, has_no_line_for_what_is_not_charged) {
    Offered offered;
    const Quote quote = offered.quote().value();
    for (const QuotedAudit& audit : quote.audits) {
        for (const QuoteLine& line : audit.lines) {
            EXPECT_NE(line.item, QuoteItem::kilometers) << "the firm is next door";
            EXPECT_GT(line.amount.minor_units(), 0);
        }
    }
}

/// In hundredths of a cent, by numbers that are not those of the program.
std::int64_t hundredths(std::int64_t cents, std::int64_t quantity_hundredths) {
    return (cents * quantity_hundredths + 50) / 100;
}

TEST(QuoteTest, adds_up_to_the_cent_whatever_is_asked) {
    std::mt19937 chance(7);
    const auto below = [&](std::uint32_t bound) { return chance() % bound; };
    for (int round = 0; round < 500; ++round) {
        Offered offered;
        offered.request.time.personnel = 1 + below(800);
        offered.request.sites = 1 + below(40);
        const auto distance =
            static_cast<std::int64_t>(below(200'000));  // In hundredths of a kilometer.
        offered.request.distance_km = *Fraction::make(distance, 100);
        const Quote quote = offered.quote().value();
        std::int64_t cycle = 0;
        for (const QuotedAudit& audit : quote.audits) {
            const bool is_initial = audit.audit == CycleAudit::initial;
            const bool is_surveillance = audit.audit == CycleAudit::surveillance;
            const std::int64_t half_days = (*audit.days.times(2)).floor();
            const std::int64_t visits = is_initial ? 2 : 1;
            const std::int64_t nights = std::max<std::int64_t>(0, (half_days + 1) / 2 - visits);
            const std::int64_t expected = half_days * 60'000 +
                                          (is_initial        ? 35'000 + 25'000
                                           : is_surveillance ? 15'000
                                                             : 25'000) +
                                          6'000 * static_cast<std::int64_t>(offered.request.sites) +
                                          4'000 * visits + hundredths(42, 2 * visits * distance) +
                                          11'000 * nights;
            EXPECT_EQ(audit.total.minor_units(), expected);
            cycle += audit.audit == CycleAudit::recertification ? 0 : expected;
        }
        EXPECT_EQ(quote.cycle_total.minor_units(), cycle);
    }
}

}  // namespace
}  // namespace guildmark::audit
