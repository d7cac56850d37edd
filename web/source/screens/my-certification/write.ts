import {useRef, useState} from "preact/hooks";
import {IntentKey} from "../../api/key";
import {asProblem, type CallProblem} from "../../api/problem";
import {say} from "../../components/toasts";
import {allParts, useCase, type Part} from "./context";

/// One write at a time: under way, refused with a problem, or done, said aloud and seen on the page.
export interface Write {
    pending: boolean;
    problem: CallProblem | undefined;
    /// Sends `body` by `send`; tells whether it was carried out. `done` is what is said then.
    run: (body: unknown, send: (key: string) => Promise<unknown>, done: string) => Promise<boolean>;
    clear: () => void;
}

/// `parts` of the case are what its writes change.
export function useWrite(parts: readonly Part[]): Write {
    const data = useCase();
    const key = useRef(new IntentKey());
    const [pending, setPending] = useState(false);
    const [problem, setProblem] = useState<CallProblem | undefined>(undefined);
    const run: Write["run"] = async (body, send, done) => {
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
            setPending(false);
        }
    };
    return {pending, problem, run, clear: () => setProblem(undefined)};
}
