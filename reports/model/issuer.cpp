#include "reports/model/issuer.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "engine/xml/document.h"

namespace guildmark::reports {
namespace {

constexpr std::string_view issuers_namespace = "urn:guildmark:issuers:1";

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream words(text);
    std::vector<std::string> result;
    for (std::string word; words >> word;) {
        result.push_back(word);
    }
    return result;
}

class IssuerReader {
public:
    explicit IssuerReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    std::vector<Issuer> read(const XmlElement& root) {
        std::vector<Issuer> issuers;
        if (!root.is(issuers_namespace, "issuers")) {
            diagnostics_.error(root.place, "element_unknown", "such a file begins with <issuers>");
            return issuers;
        }
        for (const XmlElement& child : root.children) {
            if (child.is(issuers_namespace, "issuer")) {
                issuers.push_back(read_issuer(child));
            } else {
                misplaced(child, "issuers");
            }
        }
        return issuers;
    }

private:
    void misplaced(const XmlElement& element, std::string_view parent) {
        diagnostics_.error(element.place,
                           "element_unknown",
                           fmt::format("<{}> may not stand in <{}>", element.name, parent));
    }

    std::string require(const XmlElement& element, std::string_view name) {
        std::string value = element.attribute_or(name, "");
        if (value.empty()) {
            diagnostics_.error(element.place,
                               "attribute_missing",
                               fmt::format("<{}> needs \"{}\"", element.name, name));
        }
        return value;
    }

    Issuer read_issuer(const XmlElement& element) {
        Issuer issuer;
        issuer.organisation = require(element, "organisation");
        issuer.mark = require(element, "mark");
        const bool is_plain =
            issuer.mark.find_first_of("/\\") == std::string::npos && issuer.mark.ends_with(".png");
        if (!issuer.mark.empty() && !is_plain) {
            diagnostics_.error(element.place,
                               "attribute_invalid",
                               "\"mark\" is the plain name of a PNG file, beside this one");
        }
        for (const XmlElement& child : element.children) {
            if (child.is(issuers_namespace, "address")) {
                issuer.address.push_back(child.text());
            } else if (child.is(issuers_namespace, "accreditation")) {
                issuer.accreditations.push_back({words_of(require(child, "standards")),
                                                 require(child, "by"),
                                                 require(child, "number")});
            } else {
                misplaced(child, element.name);
            }
        }
        if (issuer.address.empty() || std::ranges::any_of(issuer.address, &std::string::empty)) {
            diagnostics_.error(element.place, "text_missing", "an issuer has an address");
        }
        return issuer;
    }

    Diagnostics& diagnostics_;
};

}  // namespace

const Accreditation* Issuer::accreditation_for(std::string_view standard) const {
    const std::string_view id = standard.substr(0, standard.find(':'));
    const auto found = std::ranges::find_if(accreditations, [&](const Accreditation& item) {
        return std::ranges::find(item.standards, id) != item.standards.end();
    });
    return found == accreditations.end() ? nullptr : &*found;
}

std::optional<std::vector<Issuer>> read_issuers(std::string_view bytes,
                                                const std::string& file,
                                                Diagnostics& diagnostics) {
    const auto root = read_xml(bytes, file, diagnostics);
    if (!root) {
        return std::nullopt;
    }
    Diagnostics found;
    auto issuers = IssuerReader(found).read(*root);
    for (const Diagnostic& item : found.items()) {
        diagnostics.add(item);
    }
    return found.has_errors() ? std::nullopt : std::optional(std::move(issuers));
}

const Issuer* find_issuer(const std::vector<Issuer>& issuers,
                          const rows::Organisation& organisation) {
    const auto found = std::ranges::find_if(issuers, [&](const Issuer& issuer) {
        return issuer.organisation == organisation.id.to_text() ||
               issuer.organisation == organisation.name;
    });
    return found == issuers.end() ? nullptr : &*found;
}

}  // namespace guildmark::reports
