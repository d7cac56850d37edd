#include "tests/bench/figures.h"

#include <algorithm>
#include <numeric>
#include <time.h>

#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "engine/base/json.h"

namespace guildmark::bench {

using Clock = std::chrono::steady_clock;

namespace {

/// Of all threads of this process, with what the kernel did for them.
double cpu_us() {
    timespec time{};
    ENSURE(::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0, "Linux counts CPU time");
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

}  // namespace

void Timings::add(const Timings& other) {
    nanoseconds_.insert(nanoseconds_.end(), other.nanoseconds_.begin(), other.nanoseconds_.end());
    cpu_us_ += other.cpu_us_;
}

double Timings::rate() const {
    const auto total = std::accumulate(nanoseconds_.begin(), nanoseconds_.end(), std::int64_t{0});
    return total == 0 ? 0
                      : static_cast<double>(nanoseconds_.size()) * 1e9 / static_cast<double>(total);
}

double Timings::percentile(double percent) const {
    ENSURE(!nanoseconds_.empty(), "nothing was timed");
    std::vector<std::int64_t> sorted = nanoseconds_;
    std::ranges::sort(sorted);
    const double place = percent / 100 * static_cast<double>(sorted.size() - 1);
    return static_cast<double>(sorted[static_cast<std::size_t>(place)]) / 1'000;
}

Timings repeat_for(std::chrono::milliseconds duration, const std::function<void()>& operation) {
    Timings timings;
    const double cpu_before = cpu_us();
    const auto end = Clock::now() + duration;
    for (auto begin = Clock::now(); begin < end;) {
        operation();
        const auto now = Clock::now();
        timings.add(now - begin);
        begin = now;
    }
    timings.set_cpu_us(cpu_us() - cpu_before);
    return timings;
}

Timings repeat(std::size_t count, const std::function<void()>& operation) {
    Timings timings;
    const double cpu_before = cpu_us();
    for (std::size_t done = 0; done < count; ++done) {
        const auto begin = Clock::now();
        operation();
        timings.add(Clock::now() - begin);
    }
    timings.set_cpu_us(cpu_us() - cpu_before);
    return timings;
}

double median(std::vector<double> values) {
    ENSURE(!values.empty(), "nothing was measured");
    std::ranges::sort(values);
    return values[values.size() / 2];
}

namespace {

/// "p50 140 us, p99 300 us, CPU 60 us".
std::string spread_of(const Timings& timings) {
    return timings.count() == 0 ? ""
                                : fmt::format("p50 {:.0f} us, p99 {:.0f} us, CPU {:.0f} us",
                                              timings.percentile(50),
                                              timings.percentile(99),
                                              timings.cpu_us());
}

void print_json(const std::string& group, const std::vector<Figure>& figures) {
    Value::Array list;
    for (const Figure& figure : figures) {
        Value entry;
        entry.set("name", figure.name);
        entry.set("value", figure.value);
        entry.set("unit", figure.unit);
        if (figure.timings.count() > 0) {
            entry.set("p50_us", figure.timings.percentile(50));
            entry.set("p99_us", figure.timings.percentile(99));
            entry.set("cpu_us", figure.timings.cpu_us());
        }
        if (!figure.against.empty()) {
            entry.set("against", figure.against);
            entry.set("ratio", figure.ratio);
        }
        if (!figure.aim.empty()) {
            entry.set("aim", figure.aim);
            entry.set("reached", figure.reached);
        }
        list.push_back(std::move(entry));
    }
    Value document;
    document.set("group", group);
    document.set("figures", std::move(list));
    fmt::print("{}\n", to_json(document));
}

}  // namespace

void print(const std::string& group, const std::vector<Figure>& figures, bool as_json) {
    if (as_json) {
        print_json(group, figures);
        return;
    }
    for (const Figure& figure : figures) {
        std::string line = fmt::format("{:<46} {:>10.{}f} {:<11} {:<42}",
                                       figure.name,
                                       figure.value,
                                       figure.value < 100 ? 1 : 0,
                                       figure.unit,
                                       spread_of(figure.timings));
        if (!figure.against.empty()) {
            line += fmt::format(" {:.2f} x {}", figure.ratio, figure.against);
        }
        if (!figure.aim.empty()) {
            line += fmt::format("  aim {}{}", figure.aim, figure.reached ? "" : "  MISSED");
        }
        fmt::print("{}\n", line);
    }
}

}  // namespace guildmark::bench
