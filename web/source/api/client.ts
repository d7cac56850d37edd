import type {paths} from "../../generated/schema";
import {language} from "../messages/messages";
import {asProblem, CallProblem, readProblem} from "./problem";

export const base = "/api/v1";

type Method = "get" | "post" | "put" | "delete";

/// The paths that take `M`.
type PathOf<M extends Method> = {
    [P in keyof paths]: paths[P][M] extends {responses: unknown} ? P : never;
}[keyof paths];

type Json<Content> = Content extends {content: {"application/json": infer Body}} ? Body : undefined;

type Answer<Operation> = Operation extends {responses: infer Responses}
    ? 200 extends keyof Responses
        ? Json<Responses[200]>
        : 201 extends keyof Responses
          ? Json<Responses[201]>
          : undefined
    : never;

type Parameter<Operation, Place extends string> = Operation extends {parameters: infer Parameters}
    ? Place extends keyof Parameters
        ? NonNullable<Parameters[Place]>
        : Record<string, never>
    : Record<string, never>;

type Sent<Operation> = Operation extends {requestBody: infer Body} ? Json<Body> : undefined;

export interface CallOptions<Operation> {
    path?: Parameter<Operation, "path">;
    query?: Parameter<Operation, "query">;
    body?: Sent<Operation>;
    /// Writes: the key under which the server carries it out once.
    key?: string;
    /// Writes to a case: the sequence that the person has seen; refused when the case went on.
    seen?: number;
    signal?: AbortSignal;
}

let signedOut: () => void = () => undefined;

/// Calls `listener` whenever the server no longer knows who asks.
export function onSignedOut(listener: () => void): void {
    signedOut = listener;
}

/// How often and after which pauses a write with a key is tried again when nothing was reached.
const retryPauses = [400, 1_500];

export function address(
    path: string,
    values: Record<string, unknown> = {},
    query: Record<string, unknown> = {},
): string {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(String(values[name])),
    );
    const search = new URLSearchParams();
    const add = (name: string, value: unknown): void => {
        if (Array.isArray(value)) {
            value.forEach((one) => add(name, one));
        } else if (typeof value === "object" && value !== null) {
            Object.entries(value).forEach(([inner, one]) => add(`${name}.${inner}`, one));
        } else if (value !== undefined && value !== null && value !== "") {
            search.append(name, String(value));
        }
    };
    Object.entries(query).forEach(([name, value]) => add(name, value));
    const tail = search.toString();
    return base + filled + (tail === "" ? "" : `?${tail}`);
}

function request(method: Method, options: CallOptions<unknown>): RequestInit {
    const headers: Record<string, string> = {
        Accept: "application/json",
        "Accept-Language": language(),
    };
    if (options.body !== undefined) {
        headers["Content-Type"] = "application/json";
    }
    if (options.key !== undefined) {
        headers["Idempotency-Key"] = options.key;
    }
    if (options.seen !== undefined) {
        headers["If-Match"] = `"${options.seen}"`;
    }
    return {
        method: method.toUpperCase(),
        headers,
        credentials: "same-origin",
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
        signal: options.signal,
    };
}

async function reach(url: string, init: RequestInit, pauses: readonly number[]): Promise<Response> {
    for (const pause of pauses) {
        try {
            return await fetch(url, init);
        } catch (error) {
            if (asProblem(error).code === "canceled") {
                throw asProblem(error);
            }
            await new Promise((resolve) => setTimeout(resolve, pause));
        }
    }
    try {
        return await fetch(url, init);
    } catch (error) {
        throw asProblem(error);
    }
}

/// Calls the server and gives its answer. Throws a CallProblem.
export async function call<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    options: CallOptions<paths[P][M]> = {},
): Promise<Answer<paths[P][M]>> {
    const given = options as CallOptions<unknown> & {
        path?: Record<string, unknown>;
        query?: Record<string, unknown>;
    };
    const repeatable = method === "get" || given.key !== undefined;
    const response = await reach(
        address(path, given.path, given.query),
        request(method, given),
        repeatable ? retryPauses : [],
    );
    if (response.status === 401) {
        signedOut();
    }
    if (!response.ok) {
        throw await readProblem(response);
    }
    if (response.status === 204) {
        return undefined as Answer<paths[P][M]>;
    }
    try {
        return (await response.json()) as Answer<paths[P][M]>;
    } catch {
        throw new CallProblem("unreadable", response.status, "");
    }
}

/// Every item of a paged list, at most `pagesMax` pages of it.
export async function allPages<Item>(
    page: (after: string | undefined) => Promise<{items: Item[]; next: string | null}>,
    pagesMax: number,
): Promise<Item[]> {
    const items: Item[] = [];
    let after: string | undefined;
    for (let count = 0; count < pagesMax; count += 1) {
        const one = await page(after);
        items.push(...one.items);
        if (one.next === null) {
            break;
        }
        after = one.next;
    }
    return items;
}
