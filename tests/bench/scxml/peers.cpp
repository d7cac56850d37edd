#include "tests/bench/scxml/peers.h"

#include <filesystem>

#include <boost/json.hpp>

#include "tests/bench/child_process.h"

namespace guildmark::bench {

std::vector<PeerRate> run_peers(const std::string& folder, bool is_scripted, std::size_t events) {
    std::vector<PeerRate> peers;
    if (!std::filesystem::is_directory(folder + "/node_modules")) {
        return peers;
    }
    const ChildProcess node({"/usr/bin/env",
                             "node",
                             GUILDMARK_PEERS_SCRIPT,
                             folder,
                             is_scripted ? "scripted" : "plain",
                             std::to_string(events)});
    for (std::string line = node.read_line(); !line.empty(); line = node.read_line()) {
        const boost::json::value told = boost::json::parse(line);
        peers.push_back({std::string(told.at("name").as_string()),
                         told.at("macrosteps_per_second").to_number<double>()});
    }
    return peers;
}

}  // namespace guildmark::bench
