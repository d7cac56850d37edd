// Invariants between two moments:
// - `crews_[role].busy` is how many items of that role are at work, never more than its people;
// - an item that waits in a queue is in exactly one, and its case is open;
// - moments of cases and items that are gone are let pass.

#include "engine/simulation/simulator.h"

#include <algorithm>
#include <map>
#include <queue>

#include "engine/base/ensure.h"
#include "engine/simulation/simulator_parts.h"

namespace guildmark::simulation {
namespace {

constexpr std::int64_t try_again_ms = 7LL * 24 * 3'600 * 1'000;
constexpr std::uint32_t tries_max = 20;
constexpr std::int64_t thirty_days_ms = 30LL * 24 * 3'600 * 1'000;

class Simulator {
public:
    explicit Simulator(const SimulationOrder& order)
        : order_(order),
          id_random_(order.seed),
          arrivals_(order.seed, order.cases),
          ids_(id_random_, 0),
          world_{order.workflow, order.standard, order.assumptions, order.scripts, ids_},
          calendar_(order.assumptions.begin) {
        for (const workflow::Role& role : order.workflow.roles) {
            const auto people = order.assumptions.people.find(role.id);
            Crew crew;
            crew.people = people == order.assumptions.people.end() ? 0 : people->second;
            crew.is_busy.resize(crew.people);
            crews_.push_back(std::move(crew));
            result_.roles.push_back({role.id, crews_.back().people, 0, 0, 0, {}});
        }
        for (const workflow::TaskDefinition& task : order.workflow.tasks) {
            result_.tasks.push_back({task.id, task.role, 0, 0, 0, 0, 0, 0});
        }
    }

    Result<SimulationResult> run(const SimulationProgress& progress) {
        now_ = order_.assumptions.begin;
        plan(now_, Moment::Kind::arrival, 0, 0);
        while (!moments_.empty()) {
            const Moment moment = moments_.top();
            moments_.pop();
            if (moment.kind != Moment::Kind::arrival && !open_.contains(moment.number)) {
                continue;
            }
            now_ = moment.at;
            TRY(meet(moment));
            if (progress) {
                progress(done_);
            }
        }
        return finish();
    }

private:
    void plan(Instant at, Moment::Kind kind, CaseNumber number, std::uint64_t id) {
        moments_.push({at, ++planned_, kind, number, id});
    }

    Instant after(std::int64_t length_ms) const { return Instant{now_.milliseconds + length_ms}; }

    Result<void> meet(const Moment& moment) {
        switch (moment.kind) {
            case Moment::Kind::arrival:
                return arrive(moment.number);
            case Moment::Kind::timer:
                return fire(moment.number, TimerId(moment.id));
            case Moment::Kind::ready:
                make_ready(moment.number, TaskId(moment.id));
                return {};
            case Moment::Kind::done:
                return end_work(moment.number, TaskId(moment.id));
            case Moment::Kind::horizon:
                end_case(moment.number, EndKind::unfinished, "");
                return {};
        }
        ENSURE(false, "a kind of moment outside its enumeration");
    }

    Result<void> arrive(CaseNumber number) {
        if (number + 1 < order_.cases) {
            const std::int64_t pause = order_.assumptions.arrivals.draw(arrivals_);
            plan(after(pause), Moment::Kind::arrival, number + 1, 0);
        }
        Open open{CaseWalk(world_, CaseId(ids_.draw(now_)), Generator(order_.seed, number)),
                  now_,
                  {},
                  {},
                  {},
                  now_};
        ++month(now_).opened;
        const auto found = open_.emplace(number, std::move(open)).first;
        plan(after(order_.assumptions.horizon_ms), Moment::Kind::horizon, number, 0);
        return take(number, found->second.walk.open(now_));
    }

    Result<void> fire(CaseNumber number, TimerId timer) {
        CaseWalk& walk = open_.at(number).walk;
        return walk.subject().timers.contains(timer) ? take(number, walk.fire(timer, now_))
                                                     : Result<void>();
    }

    /// What a command led to: or the end of a case that could not go on.
    Result<void> take(CaseNumber number, const Result<std::vector<CaseEvent>>& events) {
        if (!events) {
            if (events.error().retry != Retry::never) {
                return events.error();
            }
            end_case(number, EndKind::stuck, events.error().code);
            return {};
        }
        bool is_certified = false;
        for (const CaseEvent& event : *events) {
            const auto* certificate = std::get_if<events::CertificateActed>(&event);
            is_certified = is_certified ||
                           (certificate != nullptr &&
                            certificate->certificate.status == rows::CertificateStatus::active);
            note(number, event);
        }
        const rows::Case& summary = open_.at(number).walk.subject().summary;
        if (is_certified) {
            end_case(number, EndKind::certified, "");
        } else if (summary.finished) {
            end_case(number, EndKind::ended, summary.states);
        }
        return {};
    }

    void note(CaseNumber number, const CaseEvent& event) {
        if (const auto* opened = std::get_if<events::TaskOpened>(&event)) {
            open_task(number, *opened);
        } else if (const auto* withdrawn = std::get_if<events::TaskWithdrawn>(&event)) {
            drop_item(number, withdrawn->id);
        } else if (const auto* timer = std::get_if<events::TimerSet>(&event)) {
            plan(std::max(timer->due, now_), Moment::Kind::timer, number, timer->id.value());
        } else if (const auto* advanced = std::get_if<events::ChartAdvanced>(&event)) {
            move_case(open_.at(number), *advanced);
        }
    }

    void move_case(Open& open, const events::ChartAdvanced& advanced) {
        for (const std::string& state : advanced.left) {
            leave(open, state);
        }
        for (const std::string& state : advanced.entered) {
            // Entered and left within one step: no time goes by there.
            open.states.try_emplace(state, now_);
        }
        if (advanced.milestone != open.milestone) {
            leave_milestone(open);
            open.milestone = advanced.milestone;
            open.milestone_since = now_;
        }
    }

    void leave(Open& open, const std::string& state) {
        const auto found = open.states.find(state);
        if (found != open.states.end()) {
            Stay& stay = states_[state];
            ++stay.stays;
            stay.total_ms += now_.milliseconds - found->second.milliseconds;
            open.states.erase(found);
        }
    }

    void leave_milestone(const Open& open) {
        if (!open.milestone.empty()) {
            Stay& stay = milestones_[open.milestone];
            ++stay.stays;
            stay.total_ms += now_.milliseconds - open.milestone_since.milliseconds;
        }
    }

    void open_task(CaseNumber number, const events::TaskOpened& opened) {
        Open& open = open_.at(number);
        const auto& tasks = order_.assumptions.tasks;
        const auto found = std::ranges::find(tasks, opened.task, &TaskAssumption::task);
        ENSURE(found != tasks.end(), "each task has its assumptions");
        const bool is_done = found->chance >= 1 || open.walk.random().uniform() < found->chance;
        if (found->outcomes.empty() || !is_done) {
            return;
        }
        Item item;
        item.task = static_cast<std::size_t>(found - tasks.begin());
        item.opened = now_;
        ++result_.tasks[item.task].opened;
        open.items.emplace(opened.id, item);
        plan(after(found->waiting.draw(open.walk.random())),
             Moment::Kind::ready,
             number,
             opened.id.value());
    }

    [[nodiscard]] std::size_t crew_of(const Item& item) const {
        const std::string& role = result_.tasks[item.task].role;
        const auto found = std::ranges::find(order_.workflow.roles, role, &workflow::Role::id);
        return static_cast<std::size_t>(found - order_.workflow.roles.begin());
    }

    void make_ready(CaseNumber number, TaskId task) {
        Open& open = open_.at(number);
        const auto found = open.items.find(task);
        if (found == open.items.end() || found->second.step != Item::Step::waits) {
            return;
        }
        const std::size_t role = crew_of(found->second);
        found->second.ready = now_;
        found->second.step = Item::Step::queued;
        crews_[role].queue.emplace_back(number, task);
        begin_work(role);
        result_.roles[role].queue_most =
            std::max<std::uint64_t>(result_.roles[role].queue_most, crews_[role].queue.size());
    }

    /// Gives everybody who is free the task that has waited longest.
    void begin_work(std::size_t role) {
        Crew& crew = crews_[role];
        while (!crew.queue.empty() && (crew.people == 0 || crew.busy < crew.people)) {
            const auto [number, task] = crew.queue.front();
            crew.queue.pop_front();
            Open& open = open_.at(number);
            Item& item = open.items.at(task);
            const auto idle = std::ranges::find(crew.is_busy, false);
            item.person = static_cast<std::uint32_t>(idle - crew.is_busy.begin());
            if (idle != crew.is_busy.end()) {
                *idle = true;
            }
            ++crew.busy;
            add_queue(role, item, now_);
            item.step = Item::Step::at_work;
            item.begun = now_;
            const TaskAssumption& assumption = order_.assumptions.tasks[item.task];
            item.work_ms = assumption.work.draw(open.walk.random());
            plan(after(order_.assumptions.elapsed_of(item.work_ms)),
                 Moment::Kind::done,
                 number,
                 task.value());
        }
    }

    void add_queue(std::size_t role, const Item& item, Instant until) {
        result_.tasks[item.task].queued_ms += until.milliseconds - item.ready.milliseconds;
        calendar_.split(item.ready, until, [&](std::size_t number, std::int64_t length) {
            role_month(role, number).queued_ms += length;
        });
    }

    /// Notes the work on an item until now and sets its person free.
    void stop_work(std::size_t role, const Item& item) {
        Crew& crew = crews_[role];
        --crew.busy;
        if (item.person < crew.is_busy.size()) {
            crew.is_busy[item.person] = false;
        }
        const std::int64_t elapsed = now_.milliseconds - item.begun.milliseconds;
        const std::int64_t planned = order_.assumptions.elapsed_of(item.work_ms);
        TaskTimes& times = result_.tasks[item.task];
        times.waiting_ms += item.ready.milliseconds - item.opened.milliseconds;
        times.elapsed_ms += elapsed;
        const auto work_in = [&](std::int64_t length) {
            return planned == 0 ? 0
                                : static_cast<std::int64_t>(static_cast<double>(item.work_ms) *
                                                            static_cast<double>(length) /
                                                            static_cast<double>(planned));
        };
        // The last part takes what is left of rounding.
        const std::int64_t work = elapsed == planned ? item.work_ms : work_in(elapsed);
        std::int64_t left = work;
        calendar_.split(item.begun, now_, [&](std::size_t number, std::int64_t length) {
            const std::int64_t part = std::min(left, work_in(length));
            role_month(role, number).work_ms += part;
            left -= part;
        });
        role_month(role, calendar_.month_of(now_)).work_ms += left;
        times.work_ms += work;
        result_.roles[role].work_ms += work;
    }

    Result<void> end_work(CaseNumber number, TaskId task) {
        Open& open = open_.at(number);
        const auto found = open.items.find(task);
        if (found == open.items.end()) {
            return {};
        }
        Item item = found->second;
        const std::size_t role = crew_of(item);
        if (item.tries == 0) {
            stop_work(role, item);
            begin_work(role);
        }
        open.items.erase(found);
        auto events = open.walk.complete(task, item.person, now_);
        if (!events && events.error().code == "gate_not_met" && item.tries < tries_max) {
            ++item.tries;
            open.items.emplace(task, item);
            plan(after(try_again_ms), Moment::Kind::done, number, task.value());
            return {};
        }
        if (events) {
            ++result_.tasks[item.task].done;
            ++result_.roles[role].done;
            ++role_month(role, calendar_.month_of(now_)).done;
        }
        return take(number, events);
    }

    /// A task that is not to be done any more.
    void drop_item(CaseNumber number, TaskId task) {
        Open& open = open_.at(number);
        const auto found = open.items.find(task);
        if (found == open.items.end()) {
            return;
        }
        const Item item = found->second;
        open.items.erase(found);
        const std::size_t role = crew_of(item);
        if (item.step == Item::Step::waits) {
            result_.tasks[item.task].waiting_ms += now_.milliseconds - item.opened.milliseconds;
        } else if (item.step == Item::Step::queued) {
            result_.tasks[item.task].waiting_ms +=
                item.ready.milliseconds - item.opened.milliseconds;
            std::erase(crews_[role].queue, std::pair(number, task));
            add_queue(role, item, now_);
        } else if (item.tries == 0) {
            stop_work(role, item);
            begin_work(role);
        }
    }

    void end_case(CaseNumber number, EndKind kind, const std::string& name) {
        Open& open = open_.at(number);
        while (!open.items.empty()) {
            drop_item(number, open.items.begin()->first);
        }
        while (!open.states.empty()) {
            leave(open, std::string(open.states.begin()->first));
        }
        leave_milestone(open);
        const std::int64_t length = now_.milliseconds - open.opened.milliseconds;
        ends_[{kind, name}].push_back(length);
        month(now_).certified += kind == EndKind::certified ? 1u : 0u;
        calendar_.split(open.opened, now_, [&](std::size_t at, std::int64_t part) {
            month_at(at).open_ms += part;
        });
        open_.erase(number);
        ++done_;
        end_ = now_;
    }

    Month& month_at(std::size_t number) {
        if (number >= result_.months.size()) {
            result_.months.resize(number + 1);
        }
        return result_.months[number];
    }

    Month& month(Instant at) { return month_at(calendar_.month_of(at)); }

    RoleMonth& role_month(std::size_t role, std::size_t number) {
        month_at(number);
        auto& months = result_.roles[role].months;
        if (number >= months.size()) {
            months.resize(number + 1);
        }
        return months[number];
    }

    SimulationResult finish() {
        result_.cases = order_.cases;
        result_.seed = order_.seed;
        result_.commands = world_.commands;
        result_.gates_shut = world_.gates_shut;
        result_.begin = order_.assumptions.begin;
        result_.end = end_;
        for (auto& [end, lengths] : ends_) {
            if (end.first == EndKind::certified) {
                count_by_month(lengths);
                result_.certified = spread_of(lengths);
            }
            result_.endings.push_back({end.first, end.second, spread_of(std::move(lengths))});
        }
        finish_stays();
        for (std::size_t number = 0; number < result_.months.size(); ++number) {
            const Instant begin = std::max(calendar_.begin_of(number), result_.begin);
            const Instant end = std::min(calendar_.begin_of(number + 1), result_.end);
            result_.months[number].first_day = Date::of(calendar_.begin_of(number));
            result_.months[number].length_ms =
                std::max<std::int64_t>(end.milliseconds - begin.milliseconds, 0);
        }
        for (RoleLoad& role : result_.roles) {
            role.months.resize(result_.months.size());
        }
        return std::move(result_);
    }

    void count_by_month(const std::vector<std::int64_t>& lengths) {
        for (const std::int64_t length : lengths) {
            const auto number = static_cast<std::size_t>(length / thirty_days_ms);
            if (number >= result_.certified_by_month.size()) {
                result_.certified_by_month.resize(number + 1);
            }
            ++result_.certified_by_month[number];
        }
    }

    void finish_stays() {
        const scxml::Statechart& chart = *order_.workflow.chart;
        for (scxml::StateIndex state = 1; state < chart.state_count(); ++state) {
            const auto found = states_.find(chart.state_id(state));
            const bool is_atomic = chart.state_kind(state) == scxml::StateKind::atomic;
            if (is_atomic && found != states_.end()) {
                result_.states.push_back(
                    {found->first, found->second.stays, found->second.total_ms});
            }
        }
        for (const workflow::Milestone& milestone : order_.workflow.milestones) {
            const auto found = milestones_.find(milestone.id);
            if (found != milestones_.end()) {
                result_.milestones.push_back(
                    {milestone.id, found->second.stays, found->second.total_ms});
            }
        }
    }

    const SimulationOrder& order_;
    Generator id_random_;
    Generator arrivals_;
    IdSource ids_;
    WalkWorld world_;
    const Calendar calendar_;
    Instant now_;
    Instant end_;
    std::priority_queue<Moment, std::vector<Moment>, std::greater<>> moments_;
    std::uint64_t planned_ = 0;
    std::uint64_t done_ = 0;
    std::map<CaseNumber, Open> open_;
    std::vector<Crew> crews_;
    std::map<std::pair<EndKind, std::string>, std::vector<std::int64_t>> ends_;
    std::map<std::string, Stay> states_;
    std::map<std::string, Stay> milestones_;
    SimulationResult result_;
};

}  // namespace

Result<SimulationResult> simulate(const SimulationOrder& order,
                                  const SimulationProgress& progress) {
    return Simulator(order).run(progress);
}

}  // namespace guildmark::simulation
