#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace guildmark::bench {

/// One line on a terminal that tells how far long work is; silent where nobody looks.
class Progress {
public:
    Progress(std::string work, std::uint64_t all);
    ~Progress();

    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void tell(std::uint64_t done);

private:
    std::string work_;
    std::uint64_t all_;
    bool is_seen_;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace guildmark::bench
