#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace guildmark::bench {

/// Durations of one operation, done many times.
class Timings {
public:
    void add(std::chrono::nanoseconds duration) { nanoseconds_.push_back(duration.count()); }

    /// The process's own time for all of them, in microseconds: steadier than the clock on a
    /// machine that others use too.
    void set_cpu_us(double cpu_us) { cpu_us_ = cpu_us; }

    /// Adds what was measured of the same operation in another round.
    void add(const Timings& other);

    /// For one operation.
    [[nodiscard]] double cpu_us() const {
        return nanoseconds_.empty() ? 0 : cpu_us_ / static_cast<double>(nanoseconds_.size());
    }

    [[nodiscard]] std::size_t count() const { return nanoseconds_.size(); }

    /// Operations a second of the time that they took themselves.
    [[nodiscard]] double rate() const;

    /// In microseconds; `percent` is 0 to 100. REQUIRES: something was added.
    [[nodiscard]] double percentile(double percent) const;

private:
    std::vector<std::int64_t> nanoseconds_;
    double cpu_us_ = 0;
};

/// Does `operation` until `duration` is over, and times each.
[[nodiscard]] Timings repeat_for(std::chrono::milliseconds duration,
                                 const std::function<void()>& operation);

/// Does `operation` so many times, and times each.
[[nodiscard]] Timings repeat(std::size_t count, const std::function<void()>& operation);

/// The middle one. REQUIRES: not empty.
[[nodiscard]] double median(std::vector<double> values);

/// One line of the table.
struct Figure {
    std::string name;
    double value = 0;
    std::string unit;     ///< "commits/s"
    Timings timings;      ///< Of the operations behind the value; may be empty.
    std::string against;  ///< The yardstick's name; empty when there is none.
    double ratio = 0;     ///< To the yardstick.
    std::string aim;      ///< ">= 0.6"; empty when there is none.
    bool reached = true;  ///< Whether the aim is reached.
};

/// Prints an aligned table, or JSON.
void print(const std::string& group, const std::vector<Figure>& figures, bool as_json);

}  // namespace guildmark::bench
