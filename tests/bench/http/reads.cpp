#include "tests/bench/http/reads.h"

#include <fmt/format.h>

#include "tests/bench/http/load.h"
#include "tests/bench/http/servers.h"

namespace guildmark::bench {
namespace {

constexpr std::size_t connections = 64;
constexpr std::chrono::milliseconds duration{2'000};
constexpr std::size_t rounds = 3;

std::string case_request(const Practice& practice, std::uint64_t index) {
    return request_text("GET",
                        "/api/v1/cases/" + Practice::case_id(index).to_text(),
                        practice.client_of(index).token);
}

struct Cost {
    std::vector<double> rates;
    std::vector<double> cpu_us;
    Timings last;
};

void measure(const RunningServer& server, const NextRequest& next, Cost& cost) {
    const double before = server.process->cpu_us();
    const LoadResult result = run_load({server.port, connections, duration, SIZE_MAX}, next);
    cost.last = result.timings;
    cost.last.set_cpu_us(server.process->cpu_us() - before);
    cost.rates.push_back(result.rate());
    cost.cpu_us.push_back(cost.last.cpu_us());
}

Figure figure_of(std::string name, const Cost& cost) {
    Figure figure;
    figure.name = std::move(name);
    figure.value = median(cost.rates);
    figure.unit = "answers/s";
    figure.timings = cost.last;
    return figure;
}

/// A page that people ask for, of which the answer is not measured against another server.
struct Query {
    std::string name;
    NextRequest next;
};

std::vector<Query> queries(const Practice& practice, Draw& draw) {
    const auto list = [&](const std::string& target, std::uint64_t index) {
        return request_text("GET", target, practice.body_of(index).token);
    };
    return {
        {"case page", [&] { return case_request(practice, draw.next()); }},
        {"open cases of a body, page of 50",
         [&draw, list] {
             const std::uint64_t index = draw.next();
             return list(fmt::format("/api/v1/cases?finished=false&size=50&after={}",
                                     Practice::case_id(draw.next()).to_text()),
                         index);
         }},
        {"cases of a client, newest 50",
         [&] {
             return request_text(
                 "GET", "/api/v1/cases?size=50", practice.client_of(draw.next()).token);
         }},
        {"open tasks of an inspector, page of 50",
         [&draw, list] {
             const std::uint64_t index = draw.next();
             return list(fmt::format("/api/v1/tasks?size=50&after={}",
                                     Practice::case_id(draw.next()).to_text()),
                         index);
         }},
    };
}

Figure page_figure(std::string name, const LoadResult& result, double p99_aim_us) {
    Figure figure;
    figure.name = std::move(name);
    figure.value = result.rate();
    figure.unit = "answers/s";
    figure.timings = result.timings;
    figure.aim = fmt::format("p99 <= {:.0f} us", p99_aim_us);
    figure.reached = result.timings.percentile(99) <= p99_aim_us;
    return figure;
}

}  // namespace

void measure_case_reads(const Practice& practice,
                        const std::string& folder,
                        std::vector<Figure>& figures) {
    constexpr std::uint64_t hot_cases = 1'000;
    constexpr double aim = 2.0;
    const RunningServer ours = serve_practice(practice.folder());
    const RunningServer nginx =
        serve_by_nginx(folder + "/nginx", fetch(ours.port, case_request(practice, 0)));
    const std::string constant = request_text("GET", "/body", {});
    std::uint64_t index = 0;
    Draw draw(practice.case_count(), 9);
    Cost nginx_cost;
    Cost hot_cost;
    Cost all_cost;
    const auto hot = [&] { return case_request(practice, index++ % hot_cases); };
    static_cast<void>(run_load({ours.port, connections, duration, SIZE_MAX}, hot));
    for (std::size_t round = 0; round < rounds; ++round) {
        measure(
            nginx, [&] { return constant; }, nginx_cost);
        measure(ours, hot, hot_cost);
        measure(
            ours, [&] { return case_request(practice, draw.next()); }, all_cost);
    }
    figures.push_back(figure_of("nginx, a constant body of that size", nginx_cost));
    Figure hot_figure = figure_of("GET of a case, 1000 that are read again", hot_cost);
    hot_figure.against = "nginx CPU";
    hot_figure.ratio = median(hot_cost.cpu_us) / median(nginx_cost.cpu_us);
    hot_figure.aim = "<= 2.0";
    hot_figure.reached = hot_figure.ratio <= aim;
    figures.push_back(hot_figure);
    Figure all_figure = figure_of("GET of a case, any of all", all_cost);
    all_figure.against = "nginx CPU";
    all_figure.ratio = median(all_cost.cpu_us) / median(nginx_cost.cpu_us);
    figures.push_back(all_figure);
}

void measure_pages(const Practice& practice, std::vector<Figure>& figures) {
    constexpr double warm_aim_us = 5'000;
    constexpr double cold_aim_us = 50'000;
    constexpr std::size_t cold_samples = 300;
    constexpr std::size_t warm_samples = 3'000;
    Draw draw(practice.case_count(), 11);
    const std::chrono::minutes patience(2);
    for (const Query& query : queries(practice, draw)) {
        cool(practice.store_path());
        const RunningServer server = serve_practice(practice.folder());
        const LoadResult cold = run_load({server.port, 1, patience, cold_samples}, query.next);
        static_cast<void>(run_load({server.port, 4, patience, warm_samples}, query.next));
        const LoadResult warm = run_load({server.port, 1, patience, warm_samples}, query.next);
        figures.push_back(page_figure(query.name + ", warm", warm, warm_aim_us));
        figures.push_back(page_figure(query.name + ", cold", cold, cold_aim_us));
    }
}

}  // namespace guildmark::bench
