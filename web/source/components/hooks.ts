import {useCallback, useEffect, useRef, useState} from "preact/hooks";
import {asProblem, type CallProblem} from "../api/problem";

/// Something that comes from the server. While it is fetched anew, the old value stays.
export interface Loaded<T> {
    value: T | undefined;
    problem: CallProblem | undefined;
    loading: boolean;
    reload: () => void;
}

/// Fetches when one of `dependencies` changes, and on reload().
export function useLoaded<T>(
    load: (signal: AbortSignal) => Promise<T>,
    dependencies: readonly unknown[],
): Loaded<T> {
    const [state, setState] = useState<Omit<Loaded<T>, "reload">>({
        value: undefined,
        problem: undefined,
        loading: true,
    });
    const [round, setRound] = useState(0);
    useEffect(() => {
        const abort = new AbortController();
        setState((old) => ({...old, loading: true}));
        load(abort.signal).then(
            (value) => {
                if (!abort.signal.aborted) {
                    setState({value, problem: undefined, loading: false});
                }
            },
            (error: unknown) => {
                if (!abort.signal.aborted) {
                    setState((old) => ({...old, problem: asProblem(error), loading: false}));
                }
            },
        );
        return () => abort.abort();
    }, [...dependencies, round]);
    return {...state, reload: useCallback(() => setRound((old) => old + 1), [])};
}

/// Focuses the element when it appears, so that the keyboard goes where the page went.
export function useFocusOnMount<E extends HTMLElement>() {
    const element = useRef<E>(null);
    useEffect(() => element.current?.focus({preventScroll: true}), []);
    return element;
}

/// Whether the browser has a network at all.
export function useOnline(): boolean {
    const [online, setOnline] = useState(navigator.onLine);
    useEffect(() => {
        const update = () => setOnline(navigator.onLine);
        window.addEventListener("online", update);
        window.addEventListener("offline", update);
        return () => {
            window.removeEventListener("online", update);
            window.removeEventListener("offline", update);
        };
    }, []);
    return online;
}
