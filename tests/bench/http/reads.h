#pragma once

#include <string>
#include <vector>

#include "tests/bench/practice/practice.h"

namespace guildmark::bench {

/// What one GET of a case costs the server, beside nginx that answers with as many bytes.
void measure_case_reads(const Practice& practice,
                        const std::string& folder,
                        std::vector<Figure>& figures);

/// How long lists and pages take a client, from a server that has run for a while and from one that
/// has just started on a file that the system has none of in memory.
void measure_pages(const Practice& practice, std::vector<Figure>& figures);

}  // namespace guildmark::bench
