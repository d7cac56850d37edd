#include "adapters/media_type/refine.h"

#include <algorithm>
#include <array>
#include <optional>

namespace guildmark::media_type {

namespace {

/// What the bytes are, whatever they are used for.
enum class Form { archive, compound, text, xml, other };

struct NamedType {
    Form form;
    std::string_view ending;
    std::string_view type;
};

constexpr std::string_view unknown = "application/octet-stream";

#define OPEN_XML "application/vnd.openxmlformats-officedocument."
#define OPEN_DOCUMENT "application/vnd.oasis.opendocument."
constexpr std::array named_types{
    NamedType{Form::archive, "docx", OPEN_XML "wordprocessingml.document"},
    NamedType{Form::archive, "xlsx", OPEN_XML "spreadsheetml.sheet"},
    NamedType{Form::archive, "pptx", OPEN_XML "presentationml.presentation"},
    NamedType{Form::archive, "docm", "application/vnd.ms-word.document.macroEnabled.12"},
    NamedType{Form::archive, "xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"},
    NamedType{Form::archive, "vsdx", "application/vnd.ms-visio.drawing.main+xml"},
    NamedType{Form::archive, "odt", OPEN_DOCUMENT "text"},
    NamedType{Form::archive, "ods", OPEN_DOCUMENT "spreadsheet"},
    NamedType{Form::archive, "odp", OPEN_DOCUMENT "presentation"},
    NamedType{Form::archive, "odg", OPEN_DOCUMENT "graphics"},
    NamedType{Form::archive, "epub", "application/epub+zip"},
    NamedType{Form::compound, "doc", "application/msword"},
    NamedType{Form::compound, "dot", "application/msword"},
    NamedType{Form::compound, "xls", "application/vnd.ms-excel"},
    NamedType{Form::compound, "xlt", "application/vnd.ms-excel"},
    NamedType{Form::compound, "ppt", "application/vnd.ms-powerpoint"},
    NamedType{Form::compound, "msg", "application/vnd.ms-outlook"},
    NamedType{Form::compound, "vsd", "application/vnd.visio"},
    NamedType{Form::compound, "mpp", "application/vnd.ms-project"},
    NamedType{Form::text, "csv", "text/csv"},
    NamedType{Form::text, "tsv", "text/tab-separated-values"},
    NamedType{Form::text, "md", "text/markdown"},
    NamedType{Form::text, "json", "application/json"},
    NamedType{Form::text, "eml", "message/rfc822"},
    NamedType{Form::text, "ics", "text/calendar"},
    NamedType{Form::text, "vcf", "text/vcard"},
    NamedType{Form::text, "svg", "image/svg+xml"},
    NamedType{Form::xml, "svg", "image/svg+xml"},
    NamedType{Form::text, "xml", "application/xml"},
};
#undef OPEN_XML
#undef OPEN_DOCUMENT

Form form_of(std::string_view told) {
    if (told == "application/zip") {
        return Form::archive;
    }
    if (told == "application/CDFV2" || told == "application/x-ole-storage" ||
        told == "application/vnd.ms-office") {
        return Form::compound;
    }
    if (told == "text/xml" || told == "application/xml") {
        return Form::xml;
    }
    // What libmagic takes for a program's text (text/x-c, application/javascript) is most often
    // prose or a table that happens to look like one.
    if ((told.starts_with("text/") && told != "text/html" && told != "text/rtf") ||
        told == "application/csv" || told == "application/javascript" ||
        told == "application/json" || told == "application/x-ndjson") {
        return Form::text;
    }
    return Form::other;
}

/// The name's ending without its dot, in small letters.
std::string ending_of(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    std::string ending(dot == std::string_view::npos ? "" : name.substr(dot + 1));
    std::ranges::transform(ending, ending.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return ending;
}

std::optional<std::string_view> find_named(Form form, std::string_view name) {
    const std::string ending = ending_of(name);
    const auto found = std::ranges::find_if(named_types, [&](const NamedType& named) {
        return named.form == form && named.ending == ending;
    });
    return found == named_types.end() ? std::nullopt : std::optional(found->type);
}

std::string_view type_without_name(Form form, std::string_view told) {
    switch (form) {
        case Form::archive:
            return "application/zip";
        case Form::compound:
            return "application/x-ole-storage";
        case Form::xml:
            return "application/xml";
        case Form::text:
            if (told == "application/csv") {
                return "text/csv";
            }
            return told == "application/json" ? told : "text/plain";
        case Form::other:
            break;
    }
    return told.empty() || told == "application/x-empty" || told == "inode/x-empty" ? unknown
                                                                                    : told;
}

}  // namespace

std::string refine(std::string_view told, std::string_view name) {
    const Form form = form_of(told);
    if (const auto named = find_named(form, name)) {
        return std::string(*named);
    }
    return std::string(type_without_name(form, told));
}

}  // namespace guildmark::media_type
