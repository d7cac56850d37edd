import {useCallback, useEffect, useRef, useState} from "preact/hooks";
import {call} from "../../api/client";
import {followCase, type Connection, type Notice} from "../../api/events";
import {useLoaded, type Loaded} from "../../components/hooks";
import {language} from "../../messages/messages";
import {allParts, loadCase, type Fetched, type Part} from "./context";

/// What a record of the kind changes beside the case itself; of a kind that is not known, everything.
const changes: Readonly<Record<string, readonly Part[]>> = {
    case_opened: allParts,
    task_opened: ["tasks"],
    task_completed: ["tasks"],
    task_withdrawn: ["tasks"],
    evidence_added: ["evidence", "requirements"],
    evidence_matched: ["evidence", "requirements"],
    evidence_withdrawn: ["evidence", "requirements"],
    requirement_answered: ["requirements"],
    requirement_assessed: ["requirements"],
    finding_raised: ["findings"],
    finding_responded: ["findings"],
    response_judged: ["findings"],
    finding_verified: ["findings"],
    finding_regraded: ["findings"],
    round_began: ["requirements"],
    chart_advanced: [],
    case_paused: [],
    incident_opened: [],
    incident_resolved: [],
    case_moved: [],
    case_resumed: ["tasks"],
    case_migrated: allParts,
    timer_set: [],
    timer_cancelled: [],
    timer_fired: [],
    decision_recorded: [],
    certificate_acted: [],
    charge_made: [],
    effect_requested: [],
    effect_closed: [],
    command_rejected: [],
};

export function partsOf(kind: string): readonly Part[] {
    return changes[kind] ?? allParts;
}

/// Many records may come at once; the page looks once for all of them.
const gatherMs = 150;

interface Held {
    key: string;
    value: Fetched;
}

export interface FreshCase extends Loaded<Fetched> {
    connection: Connection;
    /// Fetches these parts anew.
    changed: (parts: readonly Part[]) => void;
}

/// A case that follows its records: what one of them changes is fetched anew, and nothing else.
export function useFreshCase(id: string): FreshCase {
    const held = useRef<Held | undefined>(undefined);
    const stale = useRef(new Set<Part>());
    const key = `${id} ${language()}`;
    const loaded = useLoaded(
        async (signal) => {
            const old = held.current?.key === key ? held.current.value : undefined;
            const asked = new Set(stale.current);
            const value = await loadCase(id, asked, old, signal);
            if (!signal.aborted) {
                held.current = {key, value};
                stale.current.clear();
            }
            return value;
        },
        [key],
    );
    const {reload} = loaded;
    const changed = useCallback(
        (parts: readonly Part[]) => {
            parts.forEach((part) => stale.current.add(part));
            reload();
        },
        [reload],
    );
    const connection = useFollowed(id, changed, () => held.current?.value.case.sequence ?? 0);
    return {...loaded, reload: () => changed(allParts), connection, changed};
}

/// Calls `changed` for records that the page does not show yet.
function useFollowed(
    id: string,
    changed: (parts: readonly Part[]) => void,
    shown: () => number,
): Connection {
    const [connection, setConnection] = useState<Connection>("waiting");
    useEffect(() => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        let early: ReturnType<typeof setTimeout> | undefined;
        const abort = new AbortController();
        let parts = new Set<Part>();
        let last = 0;
        const look = () => {
            // The page's own writes have been fetched by now.
            if (last > shown()) {
                changed([...parts]);
            }
            parts = new Set();
        };
        const gather = (notice: Notice | undefined) => {
            const found = notice === undefined ? allParts : partsOf(notice.kind);
            found.forEach((part) => parts.add(part));
            last = Math.max(last, notice?.sequence ?? Number.MAX_SAFE_INTEGER);
            clearTimeout(timer);
            timer = setTimeout(look, gatherMs);
        };
        const behind = (sequence: number) => {
            if (shown() === 0) {
                early = setTimeout(() => behind(sequence), gatherMs);
            } else if (sequence > shown()) {
                changed(allParts);
            }
        };
        // Of what came between the fetching and the beginning of the stream there is no notice.
        const begun = () => {
            call("get", "/cases/{case}", {path: {case: id}, signal: abort.signal}).then(
                (one) => behind(one.sequence),
                () => undefined,
            );
        };
        const end = followCase(id, gather, setConnection, begun);
        return () => {
            clearTimeout(timer);
            clearTimeout(early);
            abort.abort();
            end();
        };
    }, [id]);
    return connection;
}
