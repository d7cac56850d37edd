#pragma once

#include <string>
#include <vector>

#include "api/command/console.h"

namespace guildmark::command {

struct SampleSizeArguments {
    std::string library_folder;
    std::string rule;
    std::string sites;    ///< How many, where the rule counts sites.
    std::string members;  ///< How many, where the rule counts members.
    std::string audit;
    std::vector<std::string> conditions;
    bool is_effective = false;  ///< As the condition "effective".
    std::string eligibility;    ///< A JSON file with answers; empty: not tested.
    bool only_questions = false;
    std::string language = "en";
    Output output = Output::text;
};

/// guildmark sample-size: how many sites or members are visited by a rule of the library, after the
/// questions that say whether a sample may be taken at all.
int run_sample_size(const SampleSizeArguments& arguments);

}  // namespace guildmark::command
