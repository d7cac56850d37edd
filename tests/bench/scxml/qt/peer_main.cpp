// Runs the ring chart on Qt 6 SCXML: bench_qt_peer plain|scripted EVENTS
//
// Prints a line of JSON for the chart that Qt's compiler has made, and one for the same chart read
// when the program runs, as peers.mjs does.
#include <QCoreApplication>
#include <QFileInfo>
#include <QScxmlStateMachine>
#include <chrono>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>

#include "plain_ring.h"
#include "scripted_ring.h"

namespace {

/// So many events wait at once, so that the event loop costs little beside them.
constexpr int batch = 100;

/// Events per second; nothing when the machine does not end where it should.
double rate_of(QScxmlStateMachine& machine, int events) {
    machine.start();
    QCoreApplication::processEvents();
    double rate = 0;
    // A tenth of the events come before the measured ones, as with the other peers.
    for (const int count : {events / 10, events}) {
        const auto begin = std::chrono::steady_clock::now();
        for (int done = 0; done < count; done += batch) {
            for (int at = 0; at < batch; ++at) {
                machine.submitEvent(QStringLiteral("tick"));
            }
            QCoreApplication::processEvents();
        }
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
        rate = count / taken.count();
    }
    // Each batch is a whole number of rounds.
    return machine.isActive(QStringLiteral("r0")) ? rate : 0;
}

void tell(const char* kind, QScxmlStateMachine& machine, int events) {
    fmt::print("{{\"name\": \"Qt {} SCXML, {}\", \"macrosteps_per_second\": {:.0f}}}\n",
               qVersion(),
               kind,
               rate_of(machine, events));
    std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
    QCoreApplication application(count, arguments);
    if (count != 3) {
        return 2;
    }
    const std::string kind = arguments[1];
    const int events = std::atoi(arguments[2]);
    std::unique_ptr<QScxmlStateMachine> compiled;
    if (kind == "scripted") {
        compiled = std::make_unique<scripted_ring>();
    } else {
        compiled = std::make_unique<plain_ring>();
    }
    tell("compiled", *compiled, events);
    const QString file = QFileInfo(QCoreApplication::applicationFilePath()).path() +
                         QString::fromStdString("/" + kind + "_ring.scxml");
    const std::unique_ptr<QScxmlStateMachine> read(QScxmlStateMachine::fromFile(file));
    tell("read", *read, events);
    return 0;
}
