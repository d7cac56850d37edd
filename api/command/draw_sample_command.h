#pragma once

#include <string>
#include <vector>

#include "api/command/console.h"

namespace guildmark::command {

struct DrawSampleArguments {
    std::string library_folder;
    std::string new_seed;  ///< Make a seed in this file, and draw nothing.
    std::string units;     ///< A list of sites or members, CSV or JSON.
    std::string rule;
    std::string figure;  ///< Empty: the first one that the rule draws for.
    std::string audit;
    std::vector<std::string> conditions;
    bool is_effective = false;
    std::string eligibility;
    std::string seed;        ///< A file that --new-seed made.
    std::string commitment;  ///< What was published; empty: not compared.
    std::string addition;
    std::string language = "en";
    Output output = Output::text;
};

/// guildmark draw-sample: which sites or members are visited, and why each; or, before that, a seed
/// and the commitment to it that is published.
int run_draw_sample(const DrawSampleArguments& arguments);

}  // namespace guildmark::command
