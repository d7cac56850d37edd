#include "engine/workflow/translation.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/workflow/characters.h"

namespace guildmark::workflow {
namespace {

/// Gathers texts that are there under their references.
class TextCollector {
public:
    void add(std::string reference, LocalizedText& text) {
        if (!text.all().empty()) {
            entries_.push_back({std::move(reference), &text});
        }
    }

    void add_task(TaskDefinition& task) {
        const std::string base = "task/" + task.id;
        add(base + "/title", task.title);
        add(base + "/help", task.help);
        for (Outcome& outcome : task.outcomes) {
            const std::string outcome_base = base + "/outcome/" + outcome.id;
            add(outcome_base + "/title", outcome.title);
            for (Gate& gate : outcome.gates) {
                add(outcome_base + "/gate/" + gate.id + "/message", gate.message);
            }
        }
    }

    void add_form(Form& form) {
        const std::string base = "form/" + form.id;
        add(base + "/title", form.title);
        add(base + "/help", form.help);
        for (Field& field : form.fields) {
            const std::string field_base = base + "/field/" + field.id;
            add(field_base + "/label", field.label);
            add(field_base + "/help", field.help);
            add(field_base + "/pattern-message", field.pattern_message);
            for (Choice& choice : field.choices) {
                add(field_base + "/choice/" + choice.value + "/label", choice.label);
            }
        }
    }

    void add_action(Action& action) {
        if (auto* charge = std::get_if<ChargeAction>(&action)) {
            add("charge/" + charge->id + "/title", charge->title);
        }
        if (auto* notify = std::get_if<NotifyAction>(&action)) {
            add("notify/" + notify->id + "/subject", notify->subject);
            add("notify/" + notify->id + "/body", notify->body);
        }
    }

    std::vector<TextEntry> take() { return std::move(entries_); }

private:
    std::vector<TextEntry> entries_;
};

/// Adds languages that are not yet in the workflow's list.
void add_language(Workflow& workflow, const std::string& language) {
    if (std::ranges::find(workflow.languages, language) == workflow.languages.end()) {
        workflow.languages.push_back(language);
    }
}

/// Sets the texts of one file and gives its language; empty when it has none.
std::string apply_file(const TranslationFile& file,
                       const std::map<std::string, LocalizedText*>& texts,
                       const Reading& reading) {
    reading.expect_attributes(file.root, {"language"});
    reading.expect_children(file.root, {"text"});
    std::string language = reading.require(file.root, "language");
    if (!language.empty() && file.name != language + ".xml") {
        reading.invalid(file.root, "language", "the language that the file is named after");
    }
    std::vector<std::string> references;
    references.reserve(texts.size());
    for (const auto& [reference, text] : texts) {
        references.push_back(reference);
    }
    for (const XmlElement* child : children_of(file.root, "text")) {
        reading.expect_attributes(*child, {"ref"});
        reading.expect_children(*child, {});
        const std::string reference = reading.require(*child, "ref");
        const auto found = texts.find(reference);
        std::string text = flow_text(child->text());
        if (text.empty()) {
            reading.diagnostics.error(child->place, "text_missing", "this <text> is empty");
        } else if (found == texts.end()) {
            reading.diagnostics.warning(child->place,
                                        "translation_unknown",
                                        fmt::format("the workflow has no text \"{}\"", reference),
                                        suggest(reference, references));
        } else if (found->second->has(language)) {
            reading.diagnostics.warning(
                child->place,
                "translation_repeated",
                fmt::format(
                    "\"{}\" has a text in the language \"{}\" already", reference, language));
        } else {
            found->second->set(language, std::move(text));
        }
    }
    return language;
}

/// A warning at `place` for each text that `language` lacks.
void warn_of_missing(const std::vector<TextEntry>& entries,
                     const std::string& language,
                     const SourcePlace& place,
                     const Reading& reading) {
    for (const TextEntry& entry : entries) {
        if (!entry.text->has(language)) {
            reading.diagnostics.warning(
                place,
                "translation_missing",
                fmt::format(
                    "\"{}\" has no text in the language \"{}\"", entry.reference, language));
        }
    }
}

}  // namespace

std::vector<TextEntry> texts_of(Workflow& workflow) {
    TextCollector texts;
    texts.add("workflow/title", workflow.title);
    texts.add("workflow/summary", workflow.summary);
    for (Party& party : workflow.parties) {
        texts.add("party/" + party.id + "/title", party.title);
    }
    for (Role& role : workflow.roles) {
        texts.add("role/" + role.id + "/title", role.title);
    }
    for (Separation& separation : workflow.separations) {
        texts.add("separation/" + separation.id + "/reason", separation.reason);
    }
    for (Bar& bar : workflow.bars) {
        texts.add("bar/" + bar.id + "/reason", bar.reason);
    }
    for (Team& team : workflow.teams) {
        texts.add("team/" + team.id + "/reason", team.reason);
    }
    for (Milestone& milestone : workflow.milestones) {
        texts.add("milestone/" + milestone.id + "/title", milestone.title);
        texts.add("milestone/" + milestone.id + "/help", milestone.help);
    }
    for (SearchValue& value : workflow.search_values) {
        texts.add("search/" + value.id + "/title", value.title);
    }
    for (Signal& signal : workflow.signals) {
        texts.add("signal/" + signal.id + "/title", signal.title);
        texts.add("signal/" + signal.id + "/help", signal.help);
    }
    for (auto& [state, title] : workflow.state_titles) {
        // A state without an id has nothing to refer to it by; its title is not translated.
        if (const std::string& id = workflow.chart->state_id(state); !id.empty()) {
            texts.add("state/" + id + "/title", title);
        }
    }
    for (TaskDefinition& task : workflow.tasks) {
        texts.add_task(task);
    }
    for (PlacedAction& action : workflow.actions) {
        texts.add_action(action.action);
    }
    for (Form& form : workflow.forms) {
        texts.add_form(form);
    }
    return texts.take();
}

void translate(const std::vector<TranslationFile>& files,
               const SourcePlace& chart,
               const Reading& reading,
               Workflow& workflow) {
    const std::vector<TextEntry> entries = texts_of(workflow);
    std::map<std::string, LocalizedText*> texts;
    workflow.languages = {reading.language};
    for (const TextEntry& entry : entries) {
        texts.emplace(entry.reference, entry.text);
        for (const auto& [language, text] : entry.text->all()) {
            add_language(workflow, language);
        }
    }
    std::map<std::string, SourcePlace> places;
    for (const TranslationFile& file : files) {
        const std::string language = apply_file(file, texts, reading);
        if (!language.empty()) {
            add_language(workflow, language);
            places.emplace(language, file.root.place);
        }
    }
    for (const std::string& language : workflow.languages) {
        const auto place = places.find(language);
        warn_of_missing(entries, language, place == places.end() ? chart : place->second, reading);
    }
}

}  // namespace guildmark::workflow
