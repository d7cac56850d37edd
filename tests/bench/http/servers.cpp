#include "tests/bench/http/servers.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

#include "adapters/posix/file.h"
#include "engine/base/ensure.h"
#include "tests/bench/practice/founding.h"

namespace guildmark::bench {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// One that is free now; nginx cannot be asked which it took.
std::uint16_t free_port() {
    const posix::FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    ENSURE(::bind(socket.number(), plain, size) == 0 &&
               ::getsockname(socket.number(), plain, &size) == 0,
           "there is a free port");
    return ntohs(address.sin_port);
}

}  // namespace

RunningServer serve_practice(const std::string& folder) {
    RunningServer server;
    server.process = std::make_unique<ChildProcess>(std::vector<std::string>{GUILDMARK_PROGRAM,
                                                                             "serve",
                                                                             "--data",
                                                                             folder,
                                                                             "--library",
                                                                             practice_library(),
                                                                             "--listen",
                                                                             "127.0.0.1:0"});
    const std::string line = server.process->read_line();
    const std::size_t colon = line.rfind(':');
    ENSURE(colon != std::string::npos, "the server tells where it serves");
    std::from_chars(line.data() + colon + 1, line.data() + line.size(), server.port);
    ENSURE(server.port != 0, "the server tells its port");
    return server;
}

RunningServer serve_by_nginx(const std::string& folder, const std::string& body) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/body") << body;
    RunningServer server;
    server.port = free_port();
    std::ofstream(folder + "/nginx.conf") << fmt::format(
        "daemon off;\nmaster_process off;\npid {0}/pid;\nerror_log stderr notice;\n"
        "events {{ worker_connections 1024; }}\n"
        "http {{\n  access_log off;\n  keepalive_requests 100000000;\n  tcp_nodelay on;\n"
        "  open_file_cache max=10 inactive=1h;\n  open_file_cache_valid 1h;\n"
        "  default_type application/json;\n"
        "  client_body_temp_path {0}/t1;\n  proxy_temp_path {0}/t2;\n  fastcgi_temp_path {0}/t3;\n"
        "  uwsgi_temp_path {0}/t4;\n  scgi_temp_path {0}/t5;\n"
        "  server {{ listen 127.0.0.1:{1}; location / {{ root {0}; }} }}\n}}\n",
        folder,
        server.port);
    server.process = std::make_unique<ChildProcess>(std::vector<std::string>{
        "/bin/sh", "-c", "exec /usr/sbin/nginx -c '" + folder + "/nginx.conf' -e stderr 2>&1"});
    // Its first word comes when its sockets are open.
    ENSURE(!server.process->read_line().empty(), "nginx starts");
    return server;
}

}  // namespace guildmark::bench
