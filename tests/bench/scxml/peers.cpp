#include "tests/bench/scxml/peers.h"

#include <filesystem>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "tests/bench/child_process.h"

namespace guildmark::bench {

namespace {

/// Reads the lines that a program of peers prints.
void add_rates(const ChildProcess& program, std::vector<PeerRate>& peers) {
    for (std::string line = program.read_line(); !line.empty(); line = program.read_line()) {
        const boost::json::value told = boost::json::parse(line);
        peers.push_back({std::string(told.at("name").as_string()),
                         told.at("macrosteps_per_second").to_number<double>()});
    }
}

}  // namespace

std::vector<PeerRate> run_peers(const std::string& folder, bool is_scripted, std::size_t events) {
    std::vector<PeerRate> peers;
    const std::string kind = is_scripted ? "scripted" : "plain";
    if (std::filesystem::is_directory(folder + "/node_modules")) {
        add_rates(ChildProcess({"/usr/bin/env",
                                "node",
                                GUILDMARK_PEERS_SCRIPT,
                                folder,
                                kind,
                                std::to_string(events)}),
                  peers);
    } else {
        fmt::print(stderr, "Not beside XState and SCION, which are not in {}.\n", folder);
    }
#ifdef GUILDMARK_QT_PEER
    add_rates(ChildProcess({GUILDMARK_QT_PEER, kind, std::to_string(events)}), peers);
#else
    fmt::print(stderr, "Not beside Qt SCXML, which is not installed.\n");
#endif
    return peers;
}

}  // namespace guildmark::bench
