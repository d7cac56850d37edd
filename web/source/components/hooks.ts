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

/// A list that is fetched a page at a time; `more` is undefined at its end.
export interface Paged<T> extends Loaded<T[]> {
    more: (() => void) | undefined;
}

interface Page<T> {
    items: T[];
    next: string | null;
}

/// Fetches the first page when one of `dependencies` changes, and each further one when it is asked for.
export function usePages<T>(
    page: (after: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
    dependencies: readonly unknown[],
): Paged<T> {
    const key = JSON.stringify(dependencies);
    const [asked, setAsked] = useState({key, after: undefined as string | undefined});
    const held = useRef({key: "", items: [] as T[]});
    const after = asked.key === key ? asked.after : undefined;
    const loaded = useLoaded(
        async (signal) => {
            const found = await page(after, signal);
            if (!signal.aborted) {
                const before = after !== undefined && held.current.key === key ? held.current.items : [];
                held.current = {key, items: [...before, ...found.items]};
            }
            return {items: held.current.items, next: found.next, key};
        },
        [key, after],
    );
    const current = loaded.value?.key === key ? loaded.value : undefined;
    const next = current?.next ?? null;
    return {
        ...loaded,
        value: current?.items,
        more: next === null ? undefined : () => setAsked({key, after: next}),
    };
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
