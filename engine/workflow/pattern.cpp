#include "engine/workflow/pattern.h"

#include <algorithm>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "engine/workflow/characters.h"

// A pattern is parsed into a tree, the tree is unrolled into steps, and the steps are run all at
// once over the text (Thompson's construction): the cost is at most steps times characters.

namespace guildmark::workflow {
namespace {

constexpr std::size_t pattern_characters_max = 200;
constexpr std::size_t steps_max = 2'000;
constexpr std::size_t pieces_max = 20'000;
constexpr unsigned repeats_max = 1'000;
constexpr unsigned groups_deep_max = 20;
constexpr char32_t last_character = 0x10FFFF;

using Ranges = std::vector<std::pair<char32_t, char32_t>>;

Ranges complement(Ranges ranges) {
    std::ranges::sort(ranges);
    Ranges rest;
    char32_t next = 0;
    for (const auto& [first, last] : ranges) {
        if (first > next) {
            rest.emplace_back(next, first - 1);
        }
        next = std::max<char32_t>(next, last + 1);
    }
    if (next <= last_character) {
        rest.emplace_back(next, last_character);
    }
    return rest;
}

}  // namespace

/// A piece of a pattern: one character of a set, pieces in sequence or as alternatives, or one
/// piece repeated.
struct Pattern::Node {
    enum class Kind { characters, sequence, alternatives, repeat };

    Kind kind = Kind::sequence;
    Ranges set{};
    std::vector<Node> parts{};
    unsigned repeat_min = 0;
    unsigned repeat_max = 0;  ///< 0: without end.
};

namespace {

using Node = Pattern::Node;

class Parser {
public:
    explicit Parser(std::u32string pattern) : pattern_(std::move(pattern)) {}

    Result<Node> parse() {
        Node node = TRY(alternatives(0));
        if (!at_end()) {
            return wrong("this \")\" closes no group");
        }
        return node;
    }

private:
    [[nodiscard]] bool at_end() const { return index_ == pattern_.size(); }

    [[nodiscard]] char32_t here() const { return at_end() ? U'\0' : pattern_[index_]; }

    bool take(char32_t letter) {
        if (at_end() || pattern_[index_] != letter) {
            return false;
        }
        ++index_;
        return true;
    }

    [[nodiscard]] Error wrong(std::string_view why) const {
        return malformed("pattern_malformed",
                         fmt::format("at character {} of the pattern: {}", index_ + 1, why));
    }

    Result<Node> alternatives(unsigned depth) {
        if (depth > groups_deep_max) {
            return wrong("groups stand at most 20 deep");
        }
        Node node{.kind = Node::Kind::alternatives};
        do {
            node.parts.push_back(TRY(sequence(depth)));
        } while (take(U'|'));
        return node;
    }

    Result<Node> sequence(unsigned depth) {
        Node node{.kind = Node::Kind::sequence};
        while (!at_end() && here() != U'|' && here() != U')') {
            Node part = TRY(atom(depth));
            node.parts.push_back(TRY(repeated(std::move(part))));
        }
        return node;
    }

    Result<Node> atom(unsigned depth) {
        if (take(U'(')) {
            Node node = TRY(alternatives(depth + 1));
            if (!take(U')')) {
                return wrong("a group is not closed with \")\"");
            }
            return node;
        }
        Node node{.kind = Node::Kind::characters};
        if (take(U'[')) {
            node.set = TRY(character_class());
        } else if (take(U'.')) {
            node.set = complement({{U'\n', U'\n'}, {U'\r', U'\r'}, {0x2028, 0x2029}});
        } else if (take(U'\\')) {
            node.set = TRY(escape(U"\\|.^$?*+{}()[]/"));
        } else if (std::u32string_view(U"?*+{}]^$").find(here()) != std::u32string_view::npos) {
            return wrong("this character has a meaning of its own; write \\ before it");
        } else {
            node.set = {{here(), here()}};
            ++index_;
        }
        return node;
    }

    /// After "\": d, or one of `letters`, which then stands for itself.
    Result<Ranges> escape(std::u32string_view letters) {
        if (take(U'd')) {
            return Ranges{{U'0', U'9'}};
        }
        if (at_end() || letters.find(here()) == std::u32string_view::npos) {
            return wrong("after \\ stands d or a character that has a meaning of its own here");
        }
        return Ranges{{pattern_[index_], pattern_[index_++]}};
    }

    /// After "[": single characters, ranges and \d, up to "]".
    Result<Ranges> character_class() {
        const bool negated = take(U'^');
        Ranges set;
        while (!at_end() && here() != U']') {
            const Ranges first = TRY(class_member());
            if (here() == U'-' && index_ + 1 < pattern_.size() && pattern_[index_ + 1] != U']') {
                ++index_;
                const Ranges last = TRY(class_member());
                if (first.front().first != first.front().second ||
                    last.front().first != last.front().second ||
                    first.front().first > last.front().first) {
                    return wrong("a range goes from one character to a later one");
                }
                set.emplace_back(first.front().first, last.front().first);
            } else {
                set.push_back(first.front());
            }
        }
        if (!take(U']')) {
            return wrong("a class is not closed with \"]\"");
        }
        if (set.empty()) {
            return wrong("a class holds at least one character");
        }
        return negated ? complement(std::move(set)) : set;
    }

    Result<Ranges> class_member() {
        if (take(U'\\')) {
            return escape(U"\\|.^$?*+{}()[]/-");
        }
        if (std::u32string_view(U"()[{}/-|").find(here()) != std::u32string_view::npos) {
            return wrong("within a class, write \\ before this character");
        }
        // HTML's pattern attribute reads a doubled sign within a class as an operator.
        if (std::u32string_view(U"&!#$%*+,.:;<=>?@^`~").find(here()) != std::u32string_view::npos &&
            pattern_.substr(index_ + 1, 1) == pattern_.substr(index_, 1)) {
            return wrong("within a class, one sign does not stand twice in a row");
        }
        return Ranges{{pattern_[index_], pattern_[index_++]}};
    }

    Result<Node> repeated(Node part) {
        Node node{.kind = Node::Kind::repeat};
        if (take(U'?')) {
            node.repeat_max = 1;
        } else if (take(U'+')) {
            node.repeat_min = 1;
        } else if (take(U'{')) {
            TRY(counts(node));
        } else if (!take(U'*')) {
            return part;
        }
        node.parts.push_back(std::move(part));
        return node;
    }

    /// After "{": n, or n comma, or n comma m.
    Result<void> counts(Node& node) {
        node.repeat_min = TRY(number());
        node.repeat_max = node.repeat_min;
        if (take(U',')) {
            node.repeat_max = here() == U'}' ? 0 : TRY(number());
            if (here() == U'}' && pattern_[index_ - 1] != U',' && node.repeat_max == 0) {
                return wrong("at least one repetition must be allowed");
            }
        } else if (node.repeat_max == 0) {
            return wrong("at least one repetition must be allowed");
        }
        if (node.repeat_max != 0 && node.repeat_max < node.repeat_min) {
            return wrong("the second count is smaller than the first");
        }
        return take(U'}') ? Result<void>() : wrong("a count is not closed with \"}\"");
    }

    Result<unsigned> number() {
        unsigned value = 0;
        const std::size_t start = index_;
        while (!at_end() && here() >= U'0' && here() <= U'9' && value <= repeats_max) {
            value = value * 10 + (here() - U'0');
            ++index_;
        }
        if (index_ == start || value > repeats_max) {
            return wrong("here stands a count from 0 to 1000");
        }
        return value;
    }

    std::u32string pattern_;
    std::size_t index_ = 0;
};

}  // namespace

/// Unrolls a tree into the steps of a Pattern.
class PatternCompiler {
public:
    Result<Pattern> compile(const Node& node) {
        TRY(add(node));
        if (pattern_.steps_.size() >= steps_max) {
            return too_large();
        }
        pattern_.steps_.push_back({});
        return std::move(pattern_);
    }

private:
    using Step = Pattern::Step;
    using StepKind = Pattern::StepKind;

    static Error too_large() {
        return malformed(
            "pattern_too_large",
            fmt::format("with its repetitions unrolled the pattern has more than {} steps",
                        steps_max));
    }

    [[nodiscard]] std::uint32_t here() const {
        return static_cast<std::uint32_t>(pattern_.steps_.size());
    }

    std::uint32_t push(Step step) {
        pattern_.steps_.push_back(step);
        return here() - 1;
    }

    /// Depth is bounded by the parser's limit on groups.
    Result<void> add(const Node& node) {
        // Empty groups make no steps, so what is unrolled is counted too.
        if (pattern_.steps_.size() >= steps_max || ++pieces_ > pieces_max) {
            return too_large();
        }
        switch (node.kind) {
            case Node::Kind::characters:
                pattern_.sets_.push_back(node.set);
                push({.kind = StepKind::characters,
                      .set = static_cast<std::uint32_t>(pattern_.sets_.size() - 1),
                      .next = here() + 1});
                return {};
            case Node::Kind::sequence:
                for (const Node& part : node.parts) {
                    TRY(add(part));
                }
                return {};
            case Node::Kind::alternatives:
                return add_alternatives(node);
            case Node::Kind::repeat:
                return add_repeat(node);
        }
        return {};
    }

    Result<void> add_alternatives(const Node& node) {
        std::vector<std::uint32_t> jumps;
        for (std::size_t index = 0; index + 1 < node.parts.size(); ++index) {
            const std::uint32_t split = push({.kind = StepKind::split, .next = here() + 1});
            TRY(add(node.parts[index]));
            jumps.push_back(push({.kind = StepKind::jump}));
            pattern_.steps_[split].other = here();
        }
        TRY(add(node.parts.back()));
        for (const std::uint32_t jump : jumps) {
            pattern_.steps_[jump].next = here();
        }
        return {};
    }

    Result<void> add_repeat(const Node& node) {
        for (unsigned count = 0; count < node.repeat_min; ++count) {
            TRY(add(node.parts.front()));
        }
        if (node.repeat_max == 0) {
            const std::uint32_t split = push({.kind = StepKind::split, .next = here() + 1});
            TRY(add(node.parts.front()));
            push({.kind = StepKind::jump, .next = split});
            pattern_.steps_[split].other = here();
            return {};
        }
        std::vector<std::uint32_t> splits;
        for (unsigned count = node.repeat_min; count < node.repeat_max; ++count) {
            splits.push_back(push({.kind = StepKind::split, .next = here() + 1}));
            TRY(add(node.parts.front()));
        }
        for (const std::uint32_t split : splits) {
            pattern_.steps_[split].other = here();
        }
        return {};
    }

    Pattern pattern_;
    std::size_t pieces_ = 0;
};

Result<Pattern> Pattern::compile(std::string_view pattern) {
    std::u32string characters = to_characters(pattern);
    if (characters.size() > pattern_characters_max) {
        return malformed(
            "pattern_too_large",
            fmt::format("a pattern has at most {} characters", pattern_characters_max));
    }
    const Node node = TRY(Parser(std::move(characters)).parse());
    return PatternCompiler().compile(node);
}

bool Pattern::matches(std::string_view text) const {
    std::vector<bool> reached(steps_.size());
    std::vector<std::uint32_t> current;
    std::vector<std::uint32_t> open{0};
    // Puts every step that is reached from `open` without reading into `current`.
    const auto close = [&] {
        reached.assign(steps_.size(), false);
        current.clear();
        while (!open.empty()) {
            const std::uint32_t index = open.back();
            open.pop_back();
            if (reached[index]) {
                continue;
            }
            reached[index] = true;
            const Step& step = steps_[index];
            if (step.kind == StepKind::split) {
                open.push_back(step.other);
            }
            if (step.kind == StepKind::split || step.kind == StepKind::jump) {
                open.push_back(step.next);
            } else {
                current.push_back(index);
            }
        }
    };
    close();
    for (const char32_t letter : to_characters(text)) {
        for (const std::uint32_t index : current) {
            const Step& step = steps_[index];
            const bool fits = step.kind == StepKind::characters &&
                              std::ranges::any_of(sets_[step.set], [letter](const auto& range) {
                                  return letter >= range.first && letter <= range.second;
                              });
            if (fits) {
                open.push_back(step.next);
            }
        }
        close();
    }
    return std::ranges::find(current, static_cast<std::uint32_t>(steps_.size() - 1)) !=
           current.end();
}

}  // namespace guildmark::workflow
