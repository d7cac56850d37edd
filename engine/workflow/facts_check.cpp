#include "engine/workflow/facts_check.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace guildmark::workflow {
namespace {

bool is_identifier(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '$' ||
           static_cast<unsigned char>(letter) >= 0x80;
}

/// Walks through the text of an expression or script.
class ExpressionScanner {
public:
    explicit ExpressionScanner(std::string_view text) : text_(text) {}

    std::vector<std::vector<std::string>> scan() {
        while (index_ < text_.size()) {
            step();
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] std::string_view rest() const { return text_.substr(index_); }

    /// Goes past one string, comment, identifier (with its members when it is `facts`) or sign.
    void step() {
        const char letter = text_[index_];
        if (letter == '"' || letter == '\'' || letter == '`') {
            (void)quoted();
        } else if (rest().starts_with("//")) {
            index_ = std::min(text_.find('\n', index_), text_.size());
        } else if (rest().starts_with("/*")) {
            const auto end = text_.find("*/", index_ + 2);
            index_ = end == std::string_view::npos ? text_.size() : end + 2;
        } else if (is_identifier(letter)) {
            const bool is_member = last_ == '.';
            if (identifier() == "facts" && !is_member) {
                found_.push_back(members());
            }
            last_ = 'a';
        } else {
            last_ = letter == ' ' || letter == '\n' ? last_ : letter;
            ++index_;
        }
    }

    std::string identifier() {
        const std::size_t start = index_;
        while (index_ < text_.size() && is_identifier(text_[index_])) {
            ++index_;
        }
        return std::string(text_.substr(start, index_ - start));
    }

    /// The content of a string that begins here; escapes are left as they are.
    std::string quoted() {
        const char quote = text_[index_++];
        const std::size_t start = index_;
        while (index_ < text_.size() && text_[index_] != quote) {
            index_ += text_[index_] == '\\' ? 2u : 1u;
        }
        const std::size_t end = std::min(index_, text_.size());
        index_ = std::min(index_ + 1, text_.size());
        last_ = '"';
        return std::string(text_.substr(start, end - start));
    }

    std::vector<std::string> members() {
        std::vector<std::string> names;
        while (auto name = member()) {
            names.push_back(std::move(*name));
        }
        return names;
    }

    /// The member that is read here: `.name`, `?.name`, `["name"]`; nothing when there is none.
    std::optional<std::string> member() {
        const std::string_view ahead = rest();
        const std::size_t sign = ahead.starts_with("?.") ? 2 : 1;
        const bool is_dotted = sign == 2 || ahead.starts_with('.');
        if (is_dotted && ahead.size() > sign && is_identifier(ahead[sign])) {
            index_ += sign;
            return identifier();
        }
        if (!ahead.starts_with("['") && !ahead.starts_with("[\"")) {
            return std::nullopt;
        }
        ++index_;
        std::string name = quoted();
        if (!rest().starts_with(']')) {
            return std::nullopt;
        }
        ++index_;
        return name;
    }

    std::string_view text_;
    std::size_t index_ = 0;
    char last_ = ' ';
    std::vector<std::vector<std::string>> found_;
};

class FactsChecker {
public:
    FactsChecker(const ChartOutline& outline, const Workflow& workflow, Diagnostics& diagnostics)
        : workflow_(workflow), diagnostics_(diagnostics), states_(outline.ids()) {
        for (const TaskDefinition& task : workflow.tasks) {
            tasks_.push_back(task.id);
        }
        for (const Role& role : workflow.roles) {
            parties_.push_back(role.party);
        }
        for (const auto& [name, members] : fixed_facts()) {
            names_.push_back(name);
        }
        names_.insert(names_.end(), own_facts().begin(), own_facts().end());
    }

    /// Depth is bounded by limits::xml_depth_max in read_xml.
    void check(const XmlElement& element) {
        for (const XmlAttribute& attribute : element.attributes) {
            if (attribute.name == "cond" || attribute.name == "array" ||
                attribute.name.ends_with("expr")) {
                check_expression(attribute.value, element.place);
            }
        }
        constexpr std::array<std::string_view, 4> scripted{"script", "assign", "data", "content"};
        const bool is_scripted = std::ranges::find(scripted, element.name) != scripted.end();
        if (is_scripted && element.namespace_uri == scxml_namespace) {
            check_expression(element.text(), element.place);
        }
        for (const XmlElement& child : element.children) {
            check(child);
        }
    }

private:
    void check_expression(std::string_view expression, const SourcePlace& place) {
        for (const std::vector<std::string>& members : facts_read(expression)) {
            if (!members.empty()) {
                check_members(members, place);
            }
        }
    }

    void unknown(const SourcePlace& place,
                 const std::vector<std::string>& members,
                 std::string_view why,
                 const std::string& word,
                 const std::vector<std::string>& candidates) {
        diagnostics_.error(place,
                           "fact_unknown",
                           fmt::format("facts.{} does not exist: {}", fmt::join(members, "."), why),
                           suggest(word, candidates));
    }

    void check_members(const std::vector<std::string>& members, const SourcePlace& place) {
        const std::string& name = members.front();
        const auto fixed = fixed_facts().find(name);
        if (fixed != fixed_facts().end()) {
            const std::vector<std::string>& known = fixed->second;
            if (members.size() > 1 && std::ranges::find(known, members[1]) == known.end()) {
                unknown(place,
                        members,
                        fmt::format("\"{}\" has no such member", name),
                        members[1],
                        known);
            }
        } else if (std::ranges::find(names_, name) == names_.end()) {
            unknown(place, members, "there is no such fact", name, names_);
        } else if (members.size() > 1) {
            check_own(members, place);
        }
    }

    /// Facts whose members are the workflow's own names.
    void check_own(const std::vector<std::string>& members, const SourcePlace& place) {
        const std::string& name = members.front();
        const bool of_tasks = name == "forms" || name == "outcomes" || name == "due";
        const std::vector<std::string>& known =
            of_tasks ? tasks_ : (name == "parties" ? parties_ : states_);
        if (std::ranges::find(known, members[1]) == known.end()) {
            const std::string_view what =
                of_tasks ? "task" : (name == "parties" ? "party" : "state");
            unknown(place, members, fmt::format("there is no such {}", what), members[1], known);
        } else if (name == "forms" && members.size() > 2) {
            check_field(members, place);
        }
    }

    void check_field(const std::vector<std::string>& members, const SourcePlace& place) {
        const std::string& name = workflow_.find_task(members[1])->form;
        const Form* form = workflow_.find_form(name);
        if (form == nullptr) {
            // A form that does not exist is told once, at its task.
            if (name.empty()) {
                unknown(place, members, "the task has no form", "", {});
            }
            return;
        }
        std::vector<std::string> fields;
        fields.reserve(form->fields.size());
        for (const Field& field : form->fields) {
            fields.push_back(field.id);
        }
        if (std::ranges::find(fields, members[2]) == fields.end()) {
            unknown(place,
                    members,
                    fmt::format("the form \"{}\" has no such field", name),
                    members[2],
                    fields);
        }
    }

    const Workflow& workflow_;
    Diagnostics& diagnostics_;
    std::vector<std::string> names_;
    std::vector<std::string> tasks_;
    std::vector<std::string> states_;
    std::vector<std::string> parties_;
};

}  // namespace

const FixedFacts& fixed_facts() {
    static const FixedFacts facts{
        {"today", {}},
        {"now", {}},
        {"standard", {}},
        {"requirements", {"total", "applicable"}},
        {"answers", {"answered", "in_place", "partly", "not_yet", "not_applicable"}},
        {"evidence", {"count", "covered", "missing", "coverage"}},
        {"assessment", {"assessed", "conforming", "nonconforming", "missing"}},
        {"findings",
         {"total",
          "open",
          "major_open",
          "minor_open",
          "major_unverified",
          "minor_unaccepted",
          "of_round",
          "carried"}},
        {"round", {"number", "on"}},
        {"decision", {"kind", "on", "by", "reason"}},
        {"certificate", {"number", "status", "valid_from", "valid_until"}},
    };
    return facts;
}

const std::vector<std::string>& own_facts() {
    static const std::vector<std::string> facts{
        "forms", "outcomes", "entered", "left", "due", "parties"};
    return facts;
}

std::vector<std::vector<std::string>> facts_read(std::string_view expression) {
    return ExpressionScanner(expression).scan();
}

void check_facts(const ChartOutline& outline, const Workflow& workflow, Diagnostics& diagnostics) {
    FactsChecker(outline, workflow, diagnostics).check(*outline.states().front().element);
}

}  // namespace guildmark::workflow
