#include "engine/audit/sample_units.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/base/text.h"
#include "engine/xml/encoding.h"

namespace guildmark::audit {
namespace {

constexpr std::size_t id_bytes_max = 200;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct CsvField {
    std::string text;
    unsigned column = 1;
};

struct CsvRecord {
    std::vector<CsvField> fields;
    unsigned line = 1;
};

/// RFC 4180, record by record: fields in quotes may hold commas, line ends, and quotes doubled.
class CsvReader {
public:
    CsvReader(std::string_view bytes, std::string file, Diagnostics& diagnostics)
        : rest_(bytes), file_(std::move(file)), diagnostics_(diagnostics) {}

    /// The next record; nothing at the end, or after a fault. Blank lines are passed over.
    std::optional<CsvRecord> next() {
        while (!rest_.empty() && (rest_.front() == '\n' || rest_.starts_with("\r\n"))) {
            take_line_end();
        }
        if (rest_.empty()) {
            return std::nullopt;
        }
        CsvRecord record;
        record.line = line_;
        while (true) {
            record.fields.push_back({"", column_});
            if (!read_field(record.fields.back().text)) {
                return std::nullopt;
            }
            if (rest_.empty() || rest_.front() != ',') {
                break;
            }
            take(1);
        }
        take_line_end();
        return record;
    }

private:
    void take(std::size_t count) {
        for (; count > 0; --count) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            if (byte == '\n') {
                ++line_;
                column_ = 1;
            } else if ((byte & 0xC0u) != 0x80u) {
                ++column_;
            }
            rest_.remove_prefix(1);
        }
    }

    void take_line_end() {
        if (!rest_.empty()) {
            take(rest_.starts_with("\r\n") ? 2 : 1);
        }
    }

    bool read_field(std::string& text) {
        if (!rest_.starts_with('"')) {
            const std::size_t end = std::min(rest_.find_first_of(",\r\n\""), rest_.size());
            text = rest_.substr(0, end);
            take(end);
            return is_at_end_of_field("a quote stands within a field that does not begin with one");
        }
        take(1);
        while (true) {
            const std::size_t quote = rest_.find('"');
            if (quote == std::string_view::npos) {
                return fail("a quote is opened and not closed");
            }
            text += rest_.substr(0, quote);
            take(quote + 1);
            if (!rest_.starts_with('"')) {
                return is_at_end_of_field("behind a closing quote stands more than a comma");
            }
            text += '"';
            take(1);
        }
    }

    bool is_at_end_of_field(const char* otherwise) {
        const bool ends = rest_.empty() || rest_.front() == ',' || rest_.front() == '\n' ||
                          rest_.starts_with("\r\n");
        return ends || fail(otherwise);
    }

    bool fail(const char* message) {
        diagnostics_.error({file_, line_, column_}, "list_malformed", message);
        return false;
    }

    std::string_view rest_;
    std::string file_;
    Diagnostics& diagnostics_;
    unsigned line_ = 1;
    unsigned column_ = 1;
};

/// Gathers units and says what is wrong with their ids and number.
class ListBuilder {
public:
    ListBuilder(const std::string& file, Diagnostics& diagnostics)
        : file_(file), diagnostics_(diagnostics) {}

    void error(const SourcePlace& place, const char* code, std::string message) {
        diagnostics_.error(place, code, std::move(message));
    }

    [[nodiscard]] SourcePlace place(unsigned line, unsigned column) const {
        return {file_, line, column};
    }

    /// False when no more are taken.
    bool add(SampleUnit unit) {
        if (unit.id.empty()) {
            error(unit.place, "id_missing", "nothing stands here for \"id\"");
        } else if (unit.id.size() > id_bytes_max || std::ranges::any_of(unit.id, is_control)) {
            error(unit.place,
                  "id_invalid",
                  fmt::format("the id \"{}\" is longer than {} bytes or holds control characters",
                              beginning(unit.id, 40),
                              id_bytes_max));
        } else if (!ids_.insert(unit.id).second) {
            error(unit.place, "id_repeated", fmt::format("a second line is about \"{}\"", unit.id));
        }
        list_.units.push_back(std::move(unit));
        if (list_.units.size() <= limits::sample_units_max) {
            return true;
        }
        error(list_.units.back().place,
              "list_too_large",
              fmt::format("a list holds at most {} lines", limits::sample_units_max));
        return false;
    }

    void add_field(const std::string& name) {
        if (name != "id" && !list_.has_field(name)) {
            list_.fields.push_back(name);
        }
    }

    /// False, and told, when the list has more columns than are read.
    bool expect_few_fields() {
        const bool few = list_.fields.size() <= limits::sample_fields_max;
        if (!few) {
            error(place(1, 1),
                  "list_too_large",
                  fmt::format("a list has at most {} columns", limits::sample_fields_max));
        }
        return few;
    }

    SampleUnits finish() {
        if (list_.units.empty()) {
            error(place(0, 0), "list_malformed", "the list is empty");
        }
        return std::move(list_);
    }

private:
    static bool is_control(char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte < 0x20u || byte == 0x7Fu;
    }

    std::string file_;
    Diagnostics& diagnostics_;
    SampleUnits list_;
    std::set<std::string, std::less<>> ids_;
};

SampleUnit unit_of(const CsvRecord& record,
                   const std::vector<CsvField>& names,
                   const ListBuilder& list) {
    SampleUnit unit;
    for (std::size_t at = 0; at < names.size(); ++at) {
        const CsvField& field = record.fields[at];
        if (names[at].text == "id") {
            unit.id = field.text;
            unit.place = list.place(record.line, field.column);
        } else {
            unit.fields.emplace(names[at].text, field.text);
        }
    }
    return unit;
}

/// True when the first line names the columns, each once, with "id" among them.
bool read_names(const CsvRecord& header, ListBuilder& list) {
    bool sound = true;
    std::set<std::string> names;
    for (const CsvField& name : header.fields) {
        list.add_field(name.text);
        if (!names.insert(name.text).second) {
            list.error(list.place(header.line, name.column),
                       "list_malformed",
                       fmt::format("a second column is called \"{}\"", beginning(name.text, 40)));
            sound = false;
        }
    }
    if (!names.contains("id")) {
        list.error(list.place(header.line, 1),
                   "id_missing",
                   "the first line names the columns; one of them has to be \"id\"");
        sound = false;
    }
    return list.expect_few_fields() && sound;
}

void read_csv(std::string_view bytes,
              const std::string& file,
              ListBuilder& list,
              Diagnostics& all) {
    CsvReader reader(bytes, file, all);
    const auto header = reader.next();
    if (!header || !read_names(*header, list)) {
        return;
    }
    while (const auto record = reader.next()) {
        if (record->fields.size() != header->fields.size()) {
            list.error(list.place(record->line, 1),
                       "list_malformed",
                       fmt::format("this line has {} fields; the first line names {}",
                                   record->fields.size(),
                                   header->fields.size()));
        } else if (!list.add(unit_of(*record, header->fields, list))) {
            return;
        }
    }
}

/// A text as it is, anything else as JSON writes it; nothing for null.
std::string text_of(const Value& value) {
    if (value.is_null()) {
        return {};
    }
    return value.is_text() ? value.as_text() : to_json(value);
}

/// A place in JSON is the number of the object: line N, as if each had a line of its own.
void read_json(std::string_view bytes, ListBuilder& list) {
    const auto value = parse_json(bytes, limits::xml_bytes_max);
    if (!value || !value->is_array()) {
        list.error(list.place(1, 1),
                   "list_malformed",
                   value ? "a list in JSON is an array of objects" : value.error().message);
        return;
    }
    unsigned number = 0;
    for (const Value& item : value->as_array()) {
        ++number;
        if (!item.is_object()) {
            list.error(list.place(number, 1),
                       "list_malformed",
                       fmt::format("item {} of the array is no object", number));
            continue;
        }
        SampleUnit unit;
        unit.place = list.place(number, 1);
        for (const auto& [name, content] : item.as_object()) {
            list.add_field(name);
            if (name == "id") {
                unit.id = text_of(content);
            } else {
                unit.fields.emplace(name, text_of(content));
            }
        }
        if (!list.expect_few_fields() || !list.add(std::move(unit))) {
            return;
        }
    }
}

}  // namespace

bool SampleUnits::has_field(std::string_view name) const {
    return std::ranges::find(fields, name) != fields.end();
}

std::optional<SampleUnits> read_sample_units(std::string_view bytes,
                                             const std::string& file,
                                             Diagnostics& diagnostics) {
    Diagnostics found;
    ListBuilder list(file, found);
    if (bytes.starts_with(byte_order_mark)) {
        bytes.remove_prefix(byte_order_mark.size());
    }
    const std::size_t first = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
    if (find_invalid_utf8(bytes) != std::string_view::npos) {
        found.error({file, 0, 0}, "encoding_invalid", "the list is not in UTF-8");
    } else if (bytes.substr(first).starts_with('[')) {
        read_json(bytes, list);
    } else {
        read_csv(bytes, file, list, found);
    }
    std::optional<SampleUnits> read;
    if (!found.has_errors()) {
        read = list.finish();
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(read);
}

}  // namespace guildmark::audit
