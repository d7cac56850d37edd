import {useEffect, useRef, useState} from "preact/hooks";
import {call} from "../../api/client";
import {asProblem, type CallProblem} from "../../api/problem";
import type {BatchPreview} from "../../api/types";
import {language} from "../../messages/messages";
import {namedCases, selectionOf, type About, type Order} from "./order";

/// As many cases are looked at, and later carried out, in one call: few enough that people see it go on.
const portionSize = 25;
/// A search may find nothing in a portion and go on; so many of those are looked through by one press.
const emptyMax = 20;
/// So many cases are looked at by one press; what is kept of them must find room in the browser.
const looksMax = 80;

/// One portion of what would become of the cases of the address; `after` is `next` of the one before.
async function lookAt(
    query: URLSearchParams,
    order: Order,
    after: string | null,
    signal: AbortSignal,
): Promise<BatchPreview> {
    const named = namedCases(query);
    const parameters = {query: {language: language()}, signal};
    if (named.length === 0) {
        const body = {...order, ...selectionOf(query), size: portionSize, after: after ?? undefined};
        return await call("post", "/batches/preview", {...parameters, body});
    }
    const begin = Number(after ?? 0);
    const cases = named.slice(begin, begin + portionSize);
    const found = await call("post", "/batches/preview", {...parameters, body: {...order, cases}});
    const end = begin + portionSize;
    return {...found, next: end < named.length ? String(end) : null};
}

/// What has been looked at so far.
export interface Look {
    order: Order;
    about: About[];
    portions: BatchPreview[];
    /// To go on with; null at the end.
    next: string | null;
    loading: boolean;
    problem: CallProblem | undefined;
}

export interface Looking {
    look: Look | undefined;
    /// Looks at the first portion.
    begin: (order: Order, about: About[]) => void;
    /// Looks at the next portion, or at all that are left.
    more: (how: "next" | "all") => void;
    forget: () => void;
}

/// Looks at the cases of the address, portion by portion.
export function useLook(query: URLSearchParams): Looking {
    const [look, setLook] = useState<Look | undefined>(undefined);
    const abort = useRef(new AbortController());
    useEffect(() => () => abort.current.abort(), []);

    const run = async (from: Look, how: "next" | "all") => {
        const {signal} = abort.current;
        let now: Look = {...from, loading: true, problem: undefined};
        const show = (change: Partial<Look>) => {
            now = {...now, ...change};
            if (!signal.aborted) {
                setLook(now);
            }
        };
        show({});
        try {
            for (let looks = 0, empty = 0; looks < looksMax && empty < emptyMax; looks += 1) {
                const found = await lookAt(query, from.order, now.next, signal);
                const portions = found.items.length === 0 ? now.portions : [...now.portions, found];
                show({portions, next: found.next});
                empty = found.items.length === 0 ? empty + 1 : 0;
                if (found.next === null || (how === "next" && empty === 0)) {
                    break;
                }
            }
            show({loading: false});
        } catch (error) {
            show({loading: false, problem: asProblem(error)});
        }
    };
    const fresh = () => {
        abort.current.abort();
        abort.current = new AbortController();
    };
    return {
        look,
        begin: (order, about) => {
            fresh();
            const portions: BatchPreview[] = [];
            void run(
                {order, about, portions, next: null, loading: true, problem: undefined},
                "next",
            );
        },
        more: (how) => {
            if (look !== undefined && !look.loading) {
                void run(look, how);
            }
        },
        forget: () => {
            fresh();
            setLook(undefined);
        },
    };
}
