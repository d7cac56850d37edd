#include "engine/workflow/workflow.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "engine/standard/standard.h"

namespace guildmark::workflow {
namespace {

namespace fs = std::filesystem;

const fs::path source = GUILDMARK_SOURCE_DIR;
const fs::path data = source / "tests/data/workflows";

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

std::vector<fs::path> entries_of(const fs::path& folder) {
    std::vector<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(folder)) {
        entries.push_back(entry.path());
    }
    std::ranges::sort(entries);
    return entries;
}

std::vector<SourceFile> files_of(const fs::path& folder) {
    std::vector<SourceFile> files;
    for (const fs::path& path : entries_of(folder)) {
        if (is_workflow_file(path.filename().string())) {
            files.push_back({path.filename(), read_file(path)});
        }
    }
    add_included(files, [&folder](const std::string& name) -> std::optional<std::string> {
        return fs::exists(folder / name) ? std::optional(read_file(folder / name)) : std::nullopt;
    });
    return files;
}

/// The files of `base`, those of the same name taken from `folder`, and those only in `folder`.
std::vector<SourceFile> files_over(const fs::path& base, const fs::path& folder) {
    std::vector<SourceFile> files = files_of(base);
    for (SourceFile& changed : files_of(folder)) {
        std::erase_if(files, [&](const SourceFile& file) { return file.name == changed.name; });
        files.push_back(std::move(changed));
    }
    return files;
}

std::optional<Workflow> load(std::vector<SourceFile> files) {
    Diagnostics diagnostics;
    auto workflow = load_workflow(std::move(files), diagnostics);
    EXPECT_EQ(diagnostics.to_text(), "");
    return workflow;
}

Standard load_standard(const fs::path& path) {
    Diagnostics diagnostics;
    auto standard = read_standard(read_file(path), path.filename(), diagnostics);
    EXPECT_EQ(diagnostics.to_text(), "");
    return standard.value_or(Standard{});
}

std::string against_standard(const Workflow& workflow, const Standard& standard) {
    Diagnostics diagnostics;
    check_against_standard(workflow, standard, diagnostics);
    return diagnostics.to_text();
}

/// What loading the broken copy says, all of it.
std::string report_on(const fs::path& folder) {
    Diagnostics diagnostics;
    std::vector<SourceFile> files = files_over(data / "sound", folder);
    if (fs::exists(folder / "notes.txt")) {
        files.push_back({"notes.txt", read_file(folder / "notes.txt")});
    }
    const auto workflow = load_workflow(std::move(files), diagnostics);
    EXPECT_EQ(workflow.has_value(), !diagnostics.has_errors()) << folder;
    return diagnostics.to_text();
}

/// Each folder holds the files in which it differs from the sound workflow, and `expected.txt`: all
/// that is said about it. GUILDMARK_REBASELINE=1 writes these anew, to be read as a diff.
TEST(Workflow, refuses_each_broken_copy_with_place_code_and_suggestion) {
    for (const fs::path& folder : entries_of(data / "broken")) {
        const std::string report = report_on(folder);
        if (std::getenv("GUILDMARK_REBASELINE") != nullptr) {
            std::ofstream(folder / "expected.txt", std::ios::binary) << report;
        }
        EXPECT_EQ(report, read_file(folder / "expected.txt")) << folder;
        const std::string name = folder.filename();
        const std::string code = name.substr(0, name.find('-'));
        EXPECT_NE(report.find(" " + code + ": "), std::string::npos) << folder << "\n" << report;
        EXPECT_TRUE(fs::exists(source / "docs/errors" / (code + ".md"))) << code;
    }
}

TEST(Workflow, loads_the_sound_one_of_the_broken_copies_without_a_diagnostic) {
    EXPECT_TRUE(load(files_of(data / "sound")));
}

/// The sound workflow with its state "auditing" in a file of another folder.
std::vector<SourceFile> with_audit_elsewhere() {
    std::vector<SourceFile> files = files_of(data / "sound");
    const auto chart = std::ranges::find(files, "small.scxml", &SourceFile::name);
    const std::size_t begin = chart->bytes.find("<state id=\"auditing\">");
    const std::size_t end = chart->bytes.find("<state id=\"deciding\">");
    const std::string part =
        "<gm:part xmlns:gm=\"urn:guildmark:workflow:1\" "
        "xmlns=\"http://www.w3.org/2005/07/scxml\">" +
        chart->bytes.substr(begin, end - begin) + "</gm:part>";
    chart->bytes.replace(begin,
                         end - begin,
                         "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" "
                         "href=\"../parts/audit.xml\"/>");
    files.push_back({"../parts/audit.xml", part});
    return files;
}

TEST(Workflow, lets_cases_be_found_by_as_many_values_as_the_limit_says) {
    const auto problems_with = [](std::size_t count) {
        std::vector<SourceFile> files = files_of(data / "sound");
        const auto chart = std::ranges::find(files, "small.scxml", &SourceFile::name);
        std::string values;
        for (std::size_t number = 0; number < count; ++number) {
            values += "<gm:search id=\"v" + std::to_string(number) +
                      "\" task=\"apply\" field=\"ovens\"/>";
        }
        chart->bytes.insert(chart->bytes.find("<gm:role"), values);
        Diagnostics diagnostics;
        const auto loaded = load_workflow(std::move(files), diagnostics);
        return loaded ? std::string() : diagnostics.items().front().code;
    };
    EXPECT_EQ(problems_with(limits::search_values_max + 1), "search_values_too_many");
    EXPECT_EQ(problems_with(limits::search_values_max), "");
}

TEST(Workflow, tells_of_a_signal_that_is_not_forwarded_to_the_session_that_would_hear_it) {
    std::vector<SourceFile> files = files_of(data / "forwarded");
    const std::string forwards = " autoforward=\"true\"";
    const std::size_t at = files.front().bytes.find(forwards);
    ASSERT_NE(at, std::string::npos);
    Diagnostics none;
    EXPECT_TRUE(load_workflow(files, none)) << none.to_text();
    files.front().bytes.erase(at, forwards.size());
    Diagnostics diagnostics;
    EXPECT_FALSE(load_workflow(files, diagnostics));
    EXPECT_EQ(diagnostics.items().front().code, "event_unheard");
}

TEST(Workflow, takes_in_parts_of_other_folders_and_keeps_them_in_its_version) {
    std::vector<SourceFile> files = with_audit_elsewhere();
    const auto whole = load(files_of(data / "sound"));
    const auto parted = load(files);
    ASSERT_TRUE(whole && parted);
    EXPECT_EQ(parted->tasks.size(), whole->tasks.size());
    EXPECT_EQ(parted->find_task("audit")->outcomes.size(), 1u);
    EXPECT_EQ(chart_text(whole->files), read_file(data / "sound/small.scxml"));
    EXPECT_EQ(chart_text(parted->files).find("include"), std::string::npos);
    EXPECT_NE(chart_text(parted->files).find("auditing"), std::string::npos);

    files.back().bytes += "<!-- another edition -->";
    const auto changed = load(files);
    ASSERT_TRUE(changed);
    EXPECT_NE(changed->version, parted->version);
}

TEST(Workflow, tells_of_a_part_that_is_missing_and_of_a_fault_in_one_where_it_stands) {
    std::vector<SourceFile> files = with_audit_elsewhere();
    const std::string part = files.back().bytes;
    files.pop_back();
    EXPECT_EQ(missing_files(files), std::set<std::string>{"../parts/audit.xml"});
    Diagnostics missing;
    EXPECT_FALSE(load_workflow(files, missing));
    EXPECT_EQ(missing.items().front().code, "include_missing");
    EXPECT_EQ(missing.items().front().place.file, "small.scxml");

    files.push_back({"../parts/audit.xml", part});
    EXPECT_TRUE(missing_files(files).empty());
    std::string& bytes = files.back().bytes;
    bytes.replace(bytes.find("target=\"deciding\""), 17, "target=\"decidin\"");
    Diagnostics wrong;
    EXPECT_FALSE(load_workflow(files, wrong));
    EXPECT_NE(wrong.to_text().find("../parts/audit.xml:11:5: transition_target_unknown: "),
              std::string::npos)
        << wrong.to_text();
}

TEST(Workflow, of_many_states_in_a_row_is_checked_by_following_each_transition_once) {
    constexpr int states = 10'000;
    std::string text =
        R"(<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:gm="urn:guildmark:workflow:1" )"
        R"(version="1.0" datamodel="ecmascript"><gm:workflow id="long"><gm:title>Long</gm:title>)"
        R"(</gm:workflow>)";
    for (int state = 0; state < states; ++state) {
        const std::string number = std::to_string(state);
        text += "<state id=\"s" + number + "\"><onentry><raise event=\"e" + number +
                "\"/></onentry><transition event=\"e" + number + "\" target=\"s" +
                std::to_string(state + 1) + "\"/></state>";
    }
    text += "<final id=\"s" + std::to_string(states) + "\"/></scxml>";
    Diagnostics diagnostics;
    EXPECT_TRUE(load_workflow({{"long.scxml", text}}, diagnostics));
    EXPECT_EQ(diagnostics.to_text(), "");
}

TEST(Workflow, refuses_gates_on_requirements_that_the_standard_does_not_have) {
    auto workflow = load(files_of(data / "sound"));
    ASSERT_TRUE(workflow);
    Standard standard = load_standard(source / "tests/data/standards/sound/smallest.xml");
    EXPECT_EQ(against_standard(*workflow, standard), "");
    workflow->tasks.front().outcomes.front().gates.front().requirements = {"1", "1.10"};
    EXPECT_EQ(
        against_standard(*workflow, standard),
        "small.scxml:25:9: requirement_unknown: Bakery Group Rules 1 has no requirement \"1.10\" "
        "and none under it; did you mean \"1.1\"?\n");
    standard.id = "bakery-grup";
    workflow->tasks.clear();
    EXPECT_EQ(
        against_standard(*workflow, standard),
        "small.scxml:1:1: standard_not_served: the workflow \"small\" serves bakery-group, not "
        "\"bakery-grup\"; did you mean \"bakery-group\"?\n");
}

TEST(Workflow, holds_all_that_its_files_say) {
    const auto workflow = load(files_of(data / "sound"));
    ASSERT_TRUE(workflow);
    EXPECT_EQ(workflow->id, "small");
    EXPECT_EQ(workflow->languages, (std::vector<std::string>{"en", "zh"}));
    EXPECT_EQ(workflow->find_role("applicant")->party, "client");
    EXPECT_TRUE(workflow->find_role("applicant")->allows.add_evidence);
    EXPECT_EQ(workflow->find_role("nobody"), nullptr);
    const TaskDefinition& apply = *workflow->find_task("apply");
    EXPECT_EQ(workflow->chart->state_id(apply.state), "applying");
    EXPECT_EQ(workflow->state_title(apply.state, "zh"), "申请中");
    EXPECT_EQ(apply.due->to_text(), "P14D");
    EXPECT_EQ(apply.escalations.at(0).event, "apply.late");
    const Outcome& send = *apply.find_outcome("send");
    EXPECT_EQ(send.event, "task.apply.send");
    EXPECT_EQ(send.needs, std::vector<std::string>{"scope"});
    EXPECT_EQ(send.gates.at(0).kind, GateKind::evidence);
    EXPECT_EQ(send.gates.at(0).message.in("zh"), "请提供烤炉的证据。");
    EXPECT_EQ(workflow->find_task("decide")->outcomes.at(0).decision, DecisionKind::grant);
    EXPECT_TRUE(workflow->find_task("audit")->allows.raise_findings);
    EXPECT_EQ(workflow->milestones.at(0).states, std::vector<scxml::StateIndex>{apply.state});
    const auto deciding = workflow->chart->find_state("deciding");
    EXPECT_EQ(workflow->state_title(*deciding, "zh"), "deciding");
}

TEST(Workflow, finds_translated_actions_by_the_place_of_their_element) {
    const auto workflow = load(files_of(data / "sound"));
    ASSERT_TRUE(workflow);
    EXPECT_EQ(workflow->find_action({"small.scxml", 1, 1}), nullptr);
    const Action* action = workflow->find_action({"small.scxml", 32, 7});
    ASSERT_NE(action, nullptr);
    const auto& charge = std::get<ChargeAction>(*action);
    EXPECT_EQ(charge.amount->to_text(), "10.00 EUR");
    EXPECT_EQ(charge.title.in("zh"), "费用");
}

TEST(Workflow, has_another_version_when_a_byte_or_a_name_differs) {
    const std::vector<SourceFile> files{{"a.scxml", "1"}, {"b.xml", "2"}};
    EXPECT_NE(workflow_version(files), workflow_version({{"a.scxml", "1"}, {"b.xml", "3"}}));
    EXPECT_NE(workflow_version(files), workflow_version({{"a.scxml", "1"}, {"c.xml", "2"}}));
    EXPECT_NE(workflow_version(files), workflow_version({{"a.scxml", "1b.xml2"}}));
    EXPECT_EQ(workflow_version(files), workflow_version({{"b.xml", "2"}, {"a.scxml", "1"}}));
}

TEST(Workflow, loads_the_honey_mark_without_a_diagnostic) {
    const auto workflow = load(files_of(source / "samples/honey-mark/workflows/honey-mark"));
    ASSERT_TRUE(workflow);
    EXPECT_EQ(workflow->languages, (std::vector<std::string>{"en", "de"}));
    const Standard standard =
        load_standard(source / "samples/honey-mark/standards/honey-code/2026.xml");
    EXPECT_EQ(against_standard(*workflow, standard), "");
}

/// Every scheme of the project serves every edition of the standards that it names.
TEST(Workflow, loads_every_scheme_of_the_project_without_a_diagnostic) {
    unsigned schemes = 0;
    for (const fs::path& folder : entries_of(source / "workflows")) {
        auto files = fs::is_directory(folder) ? files_of(folder) : std::vector<SourceFile>();
        if (std::ranges::none_of(files, is_chart)) {
            continue;
        }
        const auto workflow = load(std::move(files));
        ASSERT_TRUE(workflow) << folder;
        EXPECT_EQ(workflow->id, folder.filename());
        for (const std::string& standard : workflow->standards) {
            for (const fs::path& edition : entries_of(source / "standards" / standard)) {
                if (edition.extension() == ".xml") {
                    EXPECT_EQ(against_standard(*workflow, load_standard(edition)), "");
                }
            }
        }
        ++schemes;
    }
    EXPECT_GE(schemes, 2u);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

/// The contents of the fenced blocks in a page that name `language`.
std::vector<std::string> blocks_of(const std::string& page, const std::string& language) {
    const std::string fence = "```" + language + "\n";
    std::vector<std::string> blocks;
    for (auto begin = page.find(fence); begin != std::string::npos;) {
        begin += fence.size();
        const auto end = page.find("```", begin);
        blocks.push_back(page.substr(begin, end - begin));
        begin = page.find(fence, end);
    }
    return blocks;
}

TEST(Tutorial, shows_the_sample_as_it_is) {
    const fs::path sample = source / "samples/honey-mark";
    std::string files = read_file(sample / "standards/honey-code/2026.xml");
    for (const SourceFile& file : files_of(sample / "workflows/honey-mark")) {
        files += file.bytes;
    }
    files += read_file(sample / "workflows/honey-mark/honey-mark.scenario");
    const std::string page = read_file(source / "docs/tutorial/write-a-workflow.md");
    auto blocks = blocks_of(page, "xml");
    EXPECT_GE(blocks.size(), 10u);
    for (std::string& block : blocks_of(page, "text")) {
        blocks.push_back(std::move(block));
    }
    for (const std::string& block : blocks) {
        EXPECT_NE(files.find(block), std::string::npos) << block;
    }
}

/// Loads the honey mark with one text replaced, and gives what is said.
std::string honey_mark_with(const std::string& text, const std::string& replacement) {
    auto files = files_of(source / "samples/honey-mark/workflows/honey-mark");
    for (SourceFile& file : files) {
        if (const auto place = file.bytes.find(text);
            file.name == "honey-mark.scxml" && place != std::string::npos) {
            file.bytes.replace(place, text.size(), replacement);
        }
    }
    Diagnostics diagnostics;
    (void)load_workflow(std::move(files), diagnostics);
    return diagnostics.to_text();
}

TEST(Tutorial, promises_the_diagnostics_that_are_told) {
    const std::string page = read_file(source / "docs/tutorial/write-a-workflow.md");
    const std::string report =
        honey_mark_with("inOrder\" target=\"decision\"", "inOrder\" target=\"decidion\"");
    // The page breaks the line.
    for (const std::string& line : lines_of(report)) {
        const auto middle = line.find("which is ") + 9;
        EXPECT_NE(page.find(line.substr(0, middle - 1) + "\n    " + line.substr(middle)),
                  std::string::npos)
            << line;
    }
    const std::string warned = honey_mark_with("first=\"inspector\"", "first=\"beekeeper\"");
    EXPECT_NE(warned.find("decision_not_separated"), std::string::npos) << warned;
}

/// `text` without its comments of both kinds; strings are kept.
std::string without_comments(const std::string& text) {
    std::string out;
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (text.compare(index, 2, "//") == 0) {
            index = std::min(text.find('\n', index), text.size()) - 1;
        } else if (text.compare(index, 2, "/*") == 0) {
            index = std::min(text.find("*/", index), text.size()) + 1;
        } else {
            out += text[index];
        }
    }
    return out;
}

TEST(Engine, knows_no_scheme_by_name) {
    EXPECT_EQ(without_comments("a // 9001\nb /* honey */ c"), "a \nb  c");
    unsigned sources = 0;
    for (const auto& entry : fs::recursive_directory_iterator(source / "engine")) {
        const fs::path extension = entry.path().extension();
        if (extension != ".cpp" && extension != ".h") {
            continue;
        }
        const std::string code = without_comments(read_file(entry.path()));
        // An example within a longer message may name one; a text or a number of the code may not.
        for (const char* name : {"\"iso-9001", "\"ISO 9001", " 9001", "\"honey", "\"17021"}) {
            EXPECT_EQ(code.find(name), std::string::npos) << entry.path() << " names " << name;
        }
        ++sources;
    }
    EXPECT_GE(sources, 50u);
}

}  // namespace
}  // namespace guildmark::workflow
