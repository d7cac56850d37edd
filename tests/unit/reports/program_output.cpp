#include "tests/unit/reports/program_output.h"

#include <cstdio>
#include <memory>

namespace guildmark::reports {

std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, decltype(&pclose)> pipe(popen(command.c_str(), "r"), &pclose);
    std::string output;
    for (int letter = std::fgetc(pipe.get()); letter != EOF; letter = std::fgetc(pipe.get())) {
        output.push_back(static_cast<char>(letter));
    }
    return output;
}

}  // namespace guildmark::reports
