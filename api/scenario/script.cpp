#include "api/scenario/script.h"

#include <algorithm>

namespace guildmark::scenario {
namespace {

bool is_blank(char letter) {
    return letter == ' ' || letter == '\t';
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (is_blank(text.front()) || text.front() == '\r')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (is_blank(text.back()) || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return text;
}

/// Takes one word from the front of `text`; false when a quote in it does not end.
bool take_word(std::string_view& text, std::string& word) {
    bool quoted = false;
    while (!text.empty() && (quoted || !is_blank(text.front()))) {
        const char letter = text.front();
        text.remove_prefix(1);
        if (letter == '\\' && !text.empty() && (text.front() == '"' || text.front() == '\\')) {
            word += text.front();
            text.remove_prefix(1);
        } else if (letter == '"') {
            quoted = !quoted;
        } else {
            word += letter;
        }
    }
    return !quoted;
}

class ScriptReader {
public:
    ScriptReader(const std::string& file, Diagnostics& diagnostics)
        : file_(file), diagnostics_(diagnostics) {}

    void read_line(std::string_view line) {
        ++line_;
        line_begin_ = line.data();
        const std::string_view content = trim(line);
        if (content.empty() || content.front() == '#') {
            return;
        }
        if (is_blank(line.front())) {
            read_field(content);
        } else {
            read_statement(content);
        }
    }

    [[nodiscard]] std::vector<Statement> take() { return std::move(statements_); }

private:
    [[nodiscard]] SourcePlace place() const { return {file_, line_, 1}; }

    void read_field(std::string_view content) {
        const auto colon = content.find(':');
        if (statements_.empty()) {
            diagnostics_.error(place(),
                               "field_without_statement",
                               "an indented line is a field, and no statement stands above it");
        } else if (colon == std::string_view::npos) {
            diagnostics_.error(place(), "field_malformed", "a field is written as \"name: value\"");
        } else {
            statements_.back().fields.emplace_back(trim(content.substr(0, colon)),
                                                   trim(content.substr(colon + 1)));
            statements_.back().field_places.push_back({file_, line_, column_of(content)});
        }
    }

    void read_statement(std::string_view content) {
        Statement statement;
        statement.place = place();
        while (!content.empty()) {
            statement.columns.push_back(column_of(content));
            std::string word;
            if (!take_word(content, word)) {
                diagnostics_.error(place(), "quote_open", "a quoted word does not end on its line");
                return;
            }
            statement.words.push_back(std::move(word));
            content = trim(content);
        }
        if (statement.words.size() > 1 && statement.words[0] == "refused") {
            statement.refused_code = statement.words[1];
            if (statement.refused_code.ends_with(':')) {
                statement.refused_code.pop_back();
            }
            statement.words.erase(statement.words.begin(), statement.words.begin() + 2);
            statement.columns.erase(statement.columns.begin(), statement.columns.begin() + 2);
        }
        if (statement.words.empty()) {
            diagnostics_.error(place(), "statement_empty", "say what is refused");
            return;
        }
        statements_.push_back(std::move(statement));
    }

    /// Of a part of the line that is read now.
    [[nodiscard]] unsigned column_of(std::string_view part) const {
        return static_cast<unsigned>(part.data() - line_begin_) + 1;
    }

    const std::string& file_;
    Diagnostics& diagnostics_;
    std::vector<Statement> statements_;
    const char* line_begin_ = nullptr;
    unsigned line_ = 0;
};

}  // namespace

const std::string* Statement::find_field(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
    return found == fields.end() ? nullptr : &found->second;
}

std::string Statement::option(std::string_view key) const {
    for (const std::string& word : words) {
        if (word.size() > key.size() && word.starts_with(key) && word[key.size()] == '=') {
            return word.substr(key.size() + 1);
        }
    }
    return {};
}

SourcePlace Statement::place_of(std::size_t index) const {
    SourcePlace found = place;
    found.column = index < columns.size() ? columns[index] : place.column;
    return found;
}

std::size_t Statement::index_behind(std::string_view marker) const {
    const auto found = std::ranges::find(words, marker);
    return static_cast<std::size_t>(found - words.begin()) + (found == words.end() ? 0 : 1);
}

std::string Statement::word(std::size_t index) const {
    return index < words.size() ? words[index] : std::string();
}

std::string Statement::behind(std::string_view marker) const {
    return word(index_behind(marker));
}

std::vector<Statement> read_script(std::string_view text,
                                   const std::string& file,
                                   Diagnostics& diagnostics) {
    ScriptReader reader(file, diagnostics);
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (const std::string_view line = text.substr(begin, end - begin); !line.empty()) {
            reader.read_line(line);
        } else {
            reader.read_line(" ");
        }
        begin = end + 1;
    }
    return reader.take();
}

std::vector<std::string> split_commas(std::string_view text) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        parts.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

}  // namespace guildmark::scenario
