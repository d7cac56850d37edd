#include "engine/workflow/migration_plan.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/workflow/namespace.h"
#include "engine/workflow/reading.h"

namespace guildmark::workflow {
namespace {

constexpr std::string_view any_version = "any";
constexpr std::size_t version_letters_min = 8;

class Reader {
public:
    explicit Reader(Diagnostics& diagnostics) : reading_{diagnostics, "en"} {}

    MigrationPlan read(const XmlElement& root) {
        reading_.expect_attributes(root, {"workflow", "from", "to", "reason"});
        reading_.expect_children(root, {"state", "task", "event", "data"});
        plan_.workflow = reading_.require(root, "workflow");
        plan_.reason = reading_.require(root, "reason");
        plan_.from = version(root, "from", reading_.require(root, "from"));
        plan_.to = version(root, "to", root.attribute_or("to", std::string(any_version)));
        for (const XmlElement& child : root.children) {
            if (child.name == "state") {
                read_pair(child, plan_.states);
            } else if (child.name == "task") {
                read_pair(child, plan_.tasks);
            } else if (child.name == "event") {
                read_pair(child, plan_.events);
            } else if (child.name == "data") {
                read_variable(child);
            }
        }
        return std::move(plan_);
    }

private:
    /// The first letters of a version; none for "any".
    std::string version(const XmlElement& root,
                        std::string_view attribute,
                        const std::string& text) {
        const bool is_hexadecimal = std::ranges::all_of(text, [](char letter) {
            return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
        });
        if (text.empty() || text == any_version) {
            return {};
        }
        if (!is_hexadecimal || text.size() < version_letters_min) {
            reading_.invalid(
                root, attribute, "\"any\", or at least eight letters of a version's digest");
        }
        return text;
    }

    void read_pair(const XmlElement& element, std::map<std::string, std::string>& names) {
        reading_.expect_attributes(element, {"from", "to"});
        const std::string from = reading_.require(element, "from");
        const std::string to = reading_.require(element, "to");
        if (!from.empty() && !names.emplace(from, to).second) {
            repeated(element, from);
        }
    }

    void repeated(const XmlElement& element, const std::string& name) {
        reading_.diagnostics.error(
            element.place,
            "id_repeated",
            fmt::format("<{}> says twice what becomes of \"{}\"", element.name, name));
    }

    /// `from` and `to`: it is called otherwise. `from` and `drop`: it goes. `to` and `expr`: it is
    /// set.
    void read_variable(const XmlElement& element) {
        reading_.expect_attributes(element, {"from", "to", "drop", "expr"});
        const std::string from = element.attribute_or("from", "");
        const std::string to = element.attribute_or("to", "");
        const std::string expression = element.attribute_or("expr", "");
        const bool drops = reading_.is_true(element, "drop");
        const bool renames = !from.empty() && !to.empty() && !drops && expression.empty();
        const bool removes = !from.empty() && to.empty() && drops && expression.empty();
        const bool sets = from.empty() && !to.empty() && !drops && !expression.empty();
        if (!renames && !removes && !sets) {
            reading_.diagnostics.error(
                element.place,
                "attribute_conflict",
                "<data> has from and to, or from and drop=\"true\", or to and expr");
            return;
        }
        const bool is_known =
            plan_.variables.contains(from) || plan_.variables_dropped.contains(from) ||
            std::ranges::find(plan_.settings, to, &MigrationPlan::Setting::variable) !=
                plan_.settings.end();
        if (is_known) {
            repeated(element, sets ? to : from);
        } else if (renames) {
            plan_.variables.emplace(from, to);
        } else if (removes) {
            plan_.variables_dropped.insert(from);
        } else {
            plan_.settings.push_back({to, expression});
        }
    }

    const Reading reading_;
    MigrationPlan plan_;
};

}  // namespace

bool MigrationPlan::is_from(const Digest& version) const {
    return version.to_text().starts_with(from);
}

std::optional<MigrationPlan> read_migration_plan(std::string_view bytes,
                                                 const std::string& file,
                                                 Diagnostics& diagnostics) {
    Diagnostics found;
    const auto root = read_xml(bytes, file, found);
    std::optional<MigrationPlan> plan;
    if (root && !root->is(extension_namespace, "migration")) {
        found.error(root->place,
                    "element_unknown",
                    fmt::format("this file begins with <migration xmlns=\"{}\">, not with <{}>",
                                extension_namespace,
                                root->name));
    } else if (root) {
        plan = Reader(found).read(*root);
    }
    for (const Diagnostic& diagnostic : found.items()) {
        diagnostics.add(diagnostic);
    }
    return found.has_errors() ? std::nullopt : std::move(plan);
}

}  // namespace guildmark::workflow
