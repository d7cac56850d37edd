#include <algorithm>

#include <fmt/format.h>

#include "engine/audit/rule_reading.h"
#include "engine/audit/sampling.h"
#include "engine/audit/words.h"
#include "engine/base/describe.h"
#include "engine/base/limits.h"

namespace guildmark::audit {
namespace {

constexpr std::int64_t root_factor_max = 1'000;
constexpr std::int64_t value_max = 999'999'999;

/// Whether whatever `later` fits is already taken by `earlier`.
bool shadows(const SampleFigure& earlier, const SampleFigure& later) {
    const bool same_audits =
        earlier.audits.empty() ||
        (!later.audits.empty() && std::ranges::all_of(later.audits, [&](const std::string& audit) {
            return holds(earlier.audits, audit);
        }));
    return earlier.id == later.id && same_audits && earlier.from <= later.from &&
           earlier.to >= later.to && (earlier.when.empty() || earlier.when == later.when);
}

class SampleRuleReader {
public:
    SampleRuleReader(const XmlElement& root, Diagnostics& diagnostics)
        : root_(root), reading_(root, diagnostics) {}

    SampleRule read() {
        rule_.head =
            reading_.head(root_,
                          {"unit", "audits", "most", "central-function"},
                          {"question", "alternative", "condition", "figure", "draw", "criterion"});
        read_frame();
        for (const XmlElement* element : reading_.children(root_, "alternative")) {
            reading_.expect(*element, {"id"}, {"text"});
            rule_.alternatives.push_back({name_of(*element, alternatives_), text_of(*element)});
        }
        for (const XmlElement* element : reading_.children(root_, "condition")) {
            reading_.expect(*element, {"id"}, {"text"});
            const std::string id = name_of(*element, conditions_);
            rule_.conditions.push_back(
                {id, text_of(*element), reading_.basis(*element, "condition " + id)});
        }
        for (const XmlElement* element : reading_.children(root_, "question")) {
            read_question(*element);
        }
        for (const XmlElement* element : reading_.children(root_, "figure")) {
            read_figure(*element);
        }
        for (const XmlElement* element : reading_.children(root_, "draw")) {
            read_draw(*element);
        }
        for (const XmlElement* element : reading_.children(root_, "criterion")) {
            read_criterion(*element);
        }
        if (rule_.figures.empty()) {
            reading_.error(root_, "figure_missing", "no <figure> says how large a sample is");
        }
        return std::move(rule_);
    }

private:
    using Ids = std::vector<std::string>;

    void read_frame() {
        rule_.unit = reading_.texts().require(root_, "unit");
        if (!rule_.unit.empty() && rule_.unit != "sites" && rule_.unit != "members") {
            reading_.texts().invalid(root_, "unit", "\"sites\" or \"members\"");
        }
        rule_.audits = workflow::words_of(root_.attribute_or("audits", ""));
        rule_.most = reading_.find_count(root_, "most");
        const std::string central = root_.attribute_or("central-function", "none");
        rule_.has_central_function = central == "always";
        if (central != "always" && central != "none") {
            reading_.texts().invalid(root_, "central-function", "\"always\" or \"none\"");
        }
    }

    [[nodiscard]] LocalizedText text_of(const XmlElement& element) const {
        return reading_.texts().require_texts(element, "text");
    }

    /// The element's id, added to those that there are of its kind.
    std::string name_of(const XmlElement& element, Ids& ids) const {
        std::string id = reading_.texts().require_name(element, "id");
        if (!id.empty() && holds(ids, id)) {
            reading_.error(element,
                           "id_repeated",
                           fmt::format("a second <{}> has the id \"{}\"", element.name, id));
        }
        ids.push_back(id);
        return id;
    }

    void expect_known(const XmlElement& element,
                      const char* code,
                      const std::string& word,
                      const Ids& known) const {
        if (!word.empty() && !holds(known, word)) {
            const std::string what(code, std::string_view(code).find('_'));
            reading_.error(element,
                           code,
                           fmt::format("there is no {} \"{}\" above", what, word),
                           suggest(word, known));
        }
    }

    void read_question(const XmlElement& element) {
        reading_.expect(element, {"id", "answer", "unless", "alternatives"}, {"text"});
        EligibilityQuestion question;
        question.id = name_of(element, questions_);
        question.text = text_of(element);
        const std::string answer = element.attribute_or("answer", "yes");
        question.expected = answer == "yes";
        if (answer != "yes" && answer != "no") {
            reading_.texts().invalid(element, "answer", "\"yes\" or \"no\"");
        }
        question.unless = element.attribute_or("unless", "");
        expect_known(element, "condition_unknown", question.unless, conditions_);
        question.alternatives = workflow::words_of(element.attribute_or("alternatives", ""));
        for (const std::string& alternative : question.alternatives) {
            expect_known(element, "alternative_unknown", alternative, alternatives_);
        }
        question.basis = reading_.basis(element, "question " + question.id);
        rule_.questions.push_back(std::move(question));
    }

    void read_figure(const XmlElement& element) {
        reading_.expect(
            element,
            {"id", "audits", "from", "to", "when", "of", "square-root", "part", "least"},
            {});
        SampleFigure figure;
        figure.id = reading_.texts().require_name(element, "id");
        figure.audits = workflow::words_of(element.attribute_or("audits", ""));
        for (const std::string& audit : figure.audits) {
            expect_known(element, "audit_unknown", audit, rule_.audits);
        }
        figure.from = reading_.find_count(element, "from").value_or(1);
        figure.to = reading_.find_count(element, "to").value_or(limits::audited_count_max);
        if (figure.to < figure.from) {
            reading_.texts().invalid(element, "to", fmt::format("at least {}", figure.from));
        }
        figure.when = element.attribute_or("when", "");
        expect_known(element, "condition_unknown", figure.when, conditions_);
        figure.of = element.attribute_or("of", "");
        expect_known(element, "figure_unknown", figure.of, figures_);
        figure.square_root = reading_.find_fraction(element, "square-root", 0, root_factor_max);
        figure.part = reading_.find_fraction(element, "part", 0, 1);
        expect_one_way(element);
        figure.least = reading_.find_count(element, "least").value_or(0);
        figure.basis = reading_.basis(element, figure_name(figure));
        for (const SampleFigure& earlier : rule_.figures) {
            if (shadows(earlier, figure)) {
                reading_.error(element,
                               "figure_shadowed",
                               fmt::format("this line for \"{}\" is never used: one above it fits "
                                           "whenever it does; put the special line first",
                                           figure.id));
                break;
            }
        }
        figures_.push_back(figure.id);
        rule_.figures.push_back(std::move(figure));
    }

    void expect_one_way(const XmlElement& element) const {
        const bool has_root = element.find_attribute("square-root") != nullptr;
        const bool has_part = element.find_attribute("part") != nullptr;
        if (has_root == has_part) {
            reading_.error(element,
                           "attribute_conflict",
                           "<figure> is counted by \"square-root\" or by \"part\": one of them");
        }
    }

    void read_draw(const XmlElement& element) {
        reading_.expect(element, {"figure", "random"}, {});
        SampleDraw draw;
        draw.figure = reading_.texts().require(element, "figure");
        draw.random = element.attribute_or("random", "");
        expect_known(element, "figure_unknown", draw.figure, figures_);
        expect_known(element, "figure_unknown", draw.random, figures_);
        for (const SampleFigure& figure : rule_.figures) {
            if (figure.id == draw.random && figure.of != draw.figure) {
                reading_.texts().invalid(
                    element, "random", fmt::format("a figure of \"{}\" in each line", draw.figure));
                break;
            }
        }
        draw.basis = reading_.basis(element, "draw " + draw.figure);
        for (const SampleDraw& earlier : rule_.draws) {
            if (earlier.figure == draw.figure) {
                reading_.error(element,
                               "id_repeated",
                               fmt::format("a second <draw> is for \"{}\"", draw.figure));
            }
        }
        rule_.draws.push_back(std::move(draw));
    }

    void read_criterion(const XmlElement& element) {
        reading_.expect(element, {"id", "field", "test", "value", "points"}, {"text"});
        SampleCriterion criterion;
        criterion.id = name_of(element, criteria_);
        criterion.field = reading_.texts().require(element, "field");
        const std::string test = reading_.texts().require(element, "test");
        const auto known = from_name<CriterionTest>(test);
        if (!test.empty() && !known) {
            reading_.texts().invalid(element, "test", "empty, yes, at-least or largest");
        }
        criterion.test = known.value_or(CriterionTest::empty);
        const bool needs_value = criterion.test == CriterionTest::at_least;
        if (known && needs_value != (element.find_attribute("value") != nullptr)) {
            reading_.error(element,
                           "attribute_conflict",
                           "a \"value\" goes with test=\"at-least\", and with no other test");
        }
        criterion.value = reading_.find_fraction(element, "value", 0, value_max).value_or(0);
        criterion.points = reading_.find_count(element, "points").value_or(1);
        criterion.text = text_of(element);
        criterion.basis = reading_.basis(element, "criterion " + criterion.id);
        rule_.criteria.push_back(std::move(criterion));
    }

    static std::string figure_name(const SampleFigure& figure) {
        std::string name = figure.id;
        for (const std::string& audit : figure.audits) {
            name += (name == figure.id ? ", " : " ") + audit;
        }
        return figure.when.empty() ? name : name + ", " + figure.when;
    }

    const XmlElement& root_;
    RuleReading reading_;
    SampleRule rule_;
    Ids alternatives_;
    Ids conditions_;
    Ids questions_;
    Ids figures_;
    Ids criteria_;
};

}  // namespace

std::optional<SampleRule> read_sample_rule(std::string_view bytes,
                                           const std::string& file,
                                           Diagnostics& diagnostics) {
    Diagnostics found;
    std::optional<SampleRule> rule;
    if (const auto root = read_rule_root(bytes, file, "sampling", found)) {
        rule = SampleRuleReader(*root, found).read();
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(rule);
}

}  // namespace guildmark::audit
