import {useEffect, useRef, useState} from "preact/hooks";
import {call} from "../../api/client";
import {asProblem, type CallProblem} from "../../api/problem";
import {language} from "../../messages/messages";
import {findBatch, keepBatch, nextPortion, withAnswers, withoutFailures, type KeptBatch} from "./kept";

/// What the page before has confirmed and this one carries out. A page that is loaded again has none,
/// and waits for a person to say that it goes on.
let confirmed: {batch: KeptBatch; kept: boolean} | undefined;

export function begin(batch: KeptBatch, kept: boolean): void {
    confirmed = {batch, kept};
}

function take(key: string): typeof confirmed {
    const found = confirmed?.batch.key === key ? confirmed : undefined;
    confirmed = undefined;
    return found;
}

export interface Run {
    /// Undefined when this browser knows of none with the key.
    batch: KeptBatch | undefined;
    /// Whether the browser keeps what becomes of it.
    kept: boolean;
    running: boolean;
    problem: CallProblem | undefined;
    /// Does what is not answered yet.
    goOn: () => void;
}

/// Carries out what was confirmed, portion by portion under its one key, and keeps each answer.
export function useRun(key: string, person: string): Run {
    const [begun] = useState(() => take(key));
    const [batch, setBatch] = useState(() => begun?.batch ?? findBatch(localStorage, key, person));
    const [kept, setKept] = useState(begun?.kept ?? true);
    const [running, setRunning] = useState(false);
    const [problem, setProblem] = useState<CallProblem | undefined>(undefined);
    const busy = useRef(false);
    const gone = useRef(false);

    const carryOut = async (from: KeptBatch) => {
        let now = from;
        const put = (next: KeptBatch) => {
            now = next;
            const room = keepBatch(localStorage, next);
            if (!gone.current) {
                setBatch(next);
                setKept(room);
            }
        };
        put(withoutFailures(from));
        for (let count = 0; count < from.portions.length && !gone.current; count += 1) {
            const portion = nextPortion(now);
            if (portion === undefined) {
                return;
            }
            const {items} = await call("post", "/batches", {
                query: {language: language()},
                key: `${key}-${portion.digest}`,
                body: {
                    ...now.order,
                    batch: key,
                    digest: portion.digest,
                    cases: portion.cases.map((one) => ({
                        case: one.case.id,
                        sequence: one.sequence,
                        incident: one.incident,
                    })),
                },
            });
            put(withAnswers(now, portion, items));
        }
    };
    const goOn = (from: KeptBatch | undefined) => {
        if (from === undefined || busy.current) {
            return;
        }
        busy.current = true;
        setRunning(true);
        setProblem(undefined);
        carryOut(from)
            .catch((error: unknown) => setProblem(asProblem(error)))
            .finally(() => {
                busy.current = false;
                setRunning(false);
            });
    };
    useEffect(() => {
        if (begun !== undefined) {
            goOn(begun.batch);
        }
        return () => {
            gone.current = true;
        };
    }, []);
    return {batch, kept, running, problem, goOn: () => goOn(batch)};
}
