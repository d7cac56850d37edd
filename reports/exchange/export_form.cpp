#include "reports/exchange/export_form.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "engine/workflow/reading.h"
#include "engine/xml/document.h"

namespace guildmark::reports {
namespace {

constexpr std::string_view export_namespace = "urn:guildmark:export:1";
constexpr std::size_t characters_max = 100'000;

bool is_element_name(std::string_view name) {
    const auto is_letter = [](char one) {
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || one == '_';
    };
    return !name.empty() && name.size() <= 100 && is_letter(name.front()) &&
           std::ranges::all_of(name, [&](char one) {
               return is_letter(one) || (one >= '0' && one <= '9') || one == '-' || one == '.';
           });
}

class ExportFormReader {
public:
    ExportFormReader(const XmlElement& root, Diagnostics& diagnostics)
        : root_(root), reading_{diagnostics, "en", export_namespace} {}

    ExportForm read() {
        reading_.expect_attributes(root_, {"id", "designation", "root", "row"});
        reading_.expect_children(root_, {"title", "source", "doubt", "field"});
        ExportForm form;
        form.id = reading_.require_name(root_, "id");
        form.designation = reading_.require(root_, "designation");
        form.root = require_element(root_, "root");
        form.row = require_element(root_, "row");
        for (const XmlElement* doubt : children(root_, "doubt")) {
            form.doubts.push_back(doubt->text());
        }
        for (const XmlElement* field : children(root_, "field")) {
            form.fields.push_back(read_field(*field));
        }
        if (form.fields.empty()) {
            reading_.diagnostics.error(
                root_.place, "element_missing", "<export> needs the element <field>");
        }
        return form;
    }

private:
    static std::vector<const XmlElement*> children(const XmlElement& element,
                                                   std::string_view name) {
        return workflow::children_of(element, name, export_namespace);
    }

    [[nodiscard]] std::string require_element(const XmlElement& element,
                                              std::string_view attribute) const {
        std::string name = reading_.require(element, attribute);
        if (!name.empty() && !is_element_name(name)) {
            reading_.invalid(element, attribute, "the name of an XML element");
        }
        return name;
    }

    ExportField read_field(const XmlElement& element) {
        reading_.expect_attributes(element, {"element", "from", "most", "required"});
        reading_.expect_children(element, {"word", "source", "doubt"});
        ExportField field;
        field.element = require_element(element, "element");
        if (!field.element.empty() && !elements_.insert(field.element).second) {
            reading_.diagnostics.error(
                element.place,
                "id_repeated",
                fmt::format("\"{}\" is the element of a field above", field.element));
        }
        field.from = reading_.require(element, "from");
        const std::vector<std::string>& known = export_sources();
        if (!field.from.empty() && std::ranges::find(known, field.from) == known.end()) {
            reading_.invalid(element,
                             "from",
                             fmt::format("one of {}", fmt::join(known, ", ")),
                             suggest(field.from, known));
        }
        field.most = most_of(element);
        field.is_required = reading_.is_true(element, "required");
        for (const XmlElement* word : children(element, "word")) {
            reading_.expect_attributes(*word, {"ours", "theirs"});
            field.words[reading_.require(*word, "ours")] = reading_.require(*word, "theirs");
        }
        return field;
    }

    [[nodiscard]] std::size_t most_of(const XmlElement& element) const {
        const std::string* text = element.find_attribute("most");
        if (text == nullptr) {
            return 0;
        }
        std::size_t most = 0;
        const char* end = text->data() + text->size();
        const auto read = std::from_chars(text->data(), end, most);
        if (read.ec != std::errc() || read.ptr != end || most < 1 || most > characters_max) {
            reading_.invalid(
                element, "most", fmt::format("a whole number from 1 to {}", characters_max));
        }
        return most;
    }

    const XmlElement& root_;
    workflow::Reading reading_;
    std::set<std::string> elements_;
};

/// Of valid UTF-8.
std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char one) { return (one & 0xC0) != 0x80; }));
}

Result<std::string> value_of(const ExportField& field, const ExportedCertificate& certificate) {
    const auto found = certificate.find(field.from);
    std::string value = found == certificate.end() ? std::string() : found->second;
    const auto number = certificate.find("number");
    const std::string subject = fmt::format(
        "{}, {}", number == certificate.end() ? std::string() : number->second, field.element);
    if (!field.words.empty()) {
        const auto word = field.words.find(value);
        if (word == field.words.end()) {
            return refused("export_word_missing",
                           fmt::format("the form has no word for the {} \"{}\"", field.from, value),
                           subject);
        }
        value = word->second;
    }
    if (value.empty() && field.is_required) {
        return refused("export_value_missing",
                       fmt::format("the form requires the {}, which is empty", field.from),
                       subject);
    }
    if (field.most > 0 && characters_of(value) > field.most) {
        return refused(
            "export_value_too_long",
            fmt::format("the form takes a {} of {} characters at most", field.from, field.most),
            subject);
    }
    return value;
}

}  // namespace

const std::vector<std::string>& export_sources() {
    static const std::vector<std::string> names = {"number",
                                                   "status",
                                                   "standard",
                                                   "scope",
                                                   "valid-from",
                                                   "valid-until",
                                                   "first-granted",
                                                   "holder",
                                                   "holder-country",
                                                   "holder-region",
                                                   "issuer",
                                                   "last-act",
                                                   "last-act-on",
                                                   "as-of"};
    return names;
}

std::optional<ExportForm> read_export_form(std::string_view bytes,
                                           const std::string& file,
                                           Diagnostics& diagnostics) {
    const auto root = read_xml(bytes, file, diagnostics);
    if (!root) {
        return std::nullopt;
    }
    Diagnostics found;
    std::optional<ExportForm> form;
    if (root->is(export_namespace, "export")) {
        form = ExportFormReader(*root, found).read();
    } else {
        found.error(
            root->place,
            "element_unknown",
            fmt::format("a form of export begins with <export xmlns=\"{}\">", export_namespace));
    }
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::move(form);
}

std::string export_head(const ExportForm& form) {
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{}>\n", form.root);
}

Result<std::string> export_row(const ExportForm& form, const ExportedCertificate& certificate) {
    std::string row = fmt::format("  <{}>\n", form.row);
    for (const ExportField& field : form.fields) {
        const std::string value = TRY(value_of(field, certificate));
        if (!value.empty()) {
            row += fmt::format("    <{0}>{1}</{0}>\n", field.element, escape_xml(value));
        }
    }
    return row + fmt::format("  </{}>\n", form.row);
}

std::string export_foot(const ExportForm& form) {
    return fmt::format("</{}>\n", form.root);
}

}  // namespace guildmark::reports
