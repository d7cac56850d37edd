import {useRef, useState} from "preact/hooks";
import {IntentKey} from "../../api/key";
import {asProblem, type CallProblem} from "../../api/problem";
import {say} from "../../components/toasts";
import {allParts, useCase, type Part} from "./context";

/// One write at a time: under way, refused with a problem, or done, said aloud and seen on the page.
export interface Write {
    pending: boolean;
    problem: CallProblem | undefined;
    /// Sends `body` by `send`; tells whether it was carried out. `done` is what is said then. The
    /// same write is not sent while it is under way.
    run: (body: unknown, send: (key: string) => Promise<unknown>, done: string) => Promise<boolean>;
    clear: () => void;
}

/// `parts` of the case are what its writes change.
export function useWrite(parts: readonly Part[]): Write {
    const data = useCase();
    const key = useRef(new IntentKey());
    const underWay = useRef(new Set<string>());
    const [pending, setPending] = useState(false);
    const [problem, setProblem] = useState<CallProblem | undefined>(undefined);
    const run: Write["run"] = async (body, send, done) => {
        const text = JSON.stringify(body);
        if (underWay.current.has(text)) {
            return false;
        }
        underWay.current.add(text);
        setPending(true);
        setProblem(undefined);
        try {
            await send(key.current.for(body));
            key.current.settled();
            say(done);
            data.changed(parts);
            return true;
        } catch (error) {
            const refused = asProblem(error);
            // Nothing was reached: the same write keeps its key, for it may have arrived after all.
            if (refused.code !== "offline") {
                key.current.settled();
            }
            setProblem(refused);
            // What it was refused for may not be on the page yet.
            data.changed(allParts);
            return false;
        } finally {
            underWay.current.delete(text);
            setPending(underWay.current.size > 0);
        }
    };
    return {pending, problem, run, clear: () => setProblem(undefined)};
}
