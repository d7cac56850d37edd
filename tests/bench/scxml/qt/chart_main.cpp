// Writes the ring chart for Qt's compiler: bench_qt_chart plain|scripted
#include <cstdio>

#include "tests/bench/scxml/charts.h"

int main(int count, char** arguments) {
    using namespace guildmark::bench;
    const bool is_scripted = count == 2 && std::string(arguments[1]) == "scripted";
    std::fputs(ring_chart(is_scripted ? scripted_guard : plain_guard).c_str(), stdout);
    return 0;
}
