#include "engine/workflow/overdue.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/base/describe.h"
#include "engine/workflow/chart_outline.h"
#include "engine/workflow/workflow.h"

namespace guildmark::workflow {
namespace {

constexpr std::string_view attribute_name = "overdue";

std::optional<Overdue> overdue_of(const XmlElement& element,
                                  const std::string& written,
                                  const Reading& reading) {
    const auto overdue = from_name<Overdue>(written);
    if (!overdue) {
        constexpr auto all = names_of(Overdue::at_once);
        const std::vector<std::string> names(all.begin(), all.end());
        reading.invalid(element,
                        attribute_name,
                        fmt::format("one of {}", fmt::join(names, ", ")),
                        suggest(written, names));
    }
    return overdue;
}

void read_send(const XmlElement& send,
               const std::string& written,
               const Reading& reading,
               Workflow& workflow) {
    if (send.find_attribute("delay") == nullptr && send.find_attribute("delayexpr") == nullptr) {
        reading.diagnostics.error(
            send.place,
            "attribute_missing",
            "<send> has gm:overdue, and without \"delay\" or \"delayexpr\" it is never late");
    }
    if (const auto overdue = overdue_of(send, written, reading)) {
        workflow.sends_overdue.push_back({send.place, *overdue});
    }
}

void read_attribute(const XmlElement& element,
                    const XmlAttribute& attribute,
                    const Reading& reading,
                    Workflow& workflow) {
    const bool is_overdue = attribute.name == attribute_name;
    if (is_overdue && is_scxml(element, "send")) {
        read_send(element, attribute.value, reading, workflow);
    } else if (is_overdue && is_scxml(element, "scxml")) {
        workflow.overdue = overdue_of(element, attribute.value, reading).value_or(Overdue::at_once);
    } else {
        reading.diagnostics.error(
            element.place,
            "attribute_unknown",
            fmt::format("<{}> has no attribute \"gm:{}\"", element.name, attribute.name),
            "gm:overdue may stand at <scxml> and at <send>");
    }
}

/// Depth is bounded by that of XML.
void read_elements(const XmlElement& element, const Reading& reading, Workflow& workflow) {
    for (const XmlAttribute& attribute : element.attributes) {
        if (element.namespace_uri == scxml_namespace &&
            attribute.namespace_uri == extension_namespace) {
            read_attribute(element, attribute, reading, workflow);
        }
    }
    for (const XmlElement& child : element.children) {
        read_elements(child, reading, workflow);
    }
}

}  // namespace

std::optional<Overdue> read_overdue(const XmlElement& element, const Reading& reading) {
    const std::string* written = element.find_attribute(attribute_name);
    return written == nullptr ? std::nullopt : overdue_of(element, *written, reading);
}

void read_overdue_of_chart(const XmlElement& root, const Reading& reading, Workflow& workflow) {
    read_elements(root, reading, workflow);
}

}  // namespace guildmark::workflow
