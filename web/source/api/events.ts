import type {components} from "../../generated/schema";
import {address} from "./client";

export type Connection = "live" | "waiting";

/// That a case has a new record.
export type Notice = components["schemas"]["RecordNotice"];

const pausesMs = [1_000, 2_000, 5_000, 10_000, 30_000];

/// Follows a case. `changed` is called with each of its records, and with none after every new
/// beginning of the stream: the browser itself goes on after the record it saw last (Last-Event-ID), but a stream
/// that the server refused for a while begins anew at the case's end, and what lies between is only
/// found by looking. `begun` is called when it begins for the first time, at the case's end of then:
/// what was fetched before may be older.
///
/// Result: a function that ends it.
export function followCase(
    id: string,
    changed: (notice: Notice | undefined) => void,
    connection: (now: Connection) => void,
    begun: () => void,
): () => void {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let interrupted = false;
    let first = true;

    const opened = () => {
        failures = 0;
        connection("live");
        if (interrupted) {
            interrupted = false;
            changed(undefined);
        } else if (first) {
            begun();
        }
        first = false;
    };

    const failed = () => {
        interrupted = true;
        connection("waiting");
        // While it is CONNECTING the browser tries again by itself.
        if (source?.readyState === EventSource.CLOSED) {
            const pause = pausesMs[Math.min(failures, pausesMs.length - 1)];
            failures += 1;
            timer = setTimeout(open, pause);
        }
    };

    function open() {
        source?.close();
        source = new EventSource(address("/cases/{case}/events", {case: id}));
        source.addEventListener("open", opened);
        source.addEventListener("record", (event) =>
            changed(JSON.parse((event as MessageEvent<string>).data) as Notice),
        );
        source.addEventListener("error", failed);
    }

    const online = () => {
        clearTimeout(timer);
        open();
    };

    open();
    window.addEventListener("online", online);
    return () => {
        clearTimeout(timer);
        window.removeEventListener("online", online);
        source?.close();
    };
}
