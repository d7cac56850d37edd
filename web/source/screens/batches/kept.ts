import type {BatchReportItem, Titled} from "../../api/types";
import type {About, Order} from "./order";

/// What was asked for many cases and what became of each, kept in the browser, so that a page that was
/// closed finds it again by its key. Whoever sends it again under that key does nothing twice.

/// One case as the preview gave it, and what became of it; null while nobody knows.
export interface KeptCase {
    case: Titled;
    sequence: number;
    incident: string | null;
    answer: BatchReportItem | null;
}

/// What is sent in one call, in the order to which its digest belongs.
export interface KeptPortion {
    digest: string;
    cases: KeptCase[];
}

export interface KeptBatch {
    key: string;
    /// Whose it is: only that person can go on with it.
    person: string;
    at: string;
    /// The address of the search that it came from.
    search: string;
    order: Order;
    about: About[];
    portions: KeptPortion[];
}

const prefix = "guildmark.batch.";
const keptMax = 10;

function read(storage: Storage, name: string): KeptBatch | undefined {
    try {
        const batch = JSON.parse(storage.getItem(name) ?? "null") as KeptBatch | null;
        return batch !== null && Array.isArray(batch.portions) ? batch : undefined;
    } catch {
        return undefined;
    }
}

/// Those of a person, the newest first.
export function keptBatches(storage: Storage, person: string): KeptBatch[] {
    const names = Array.from({length: storage.length}, (_, index) => storage.key(index) ?? "");
    return names
        .filter((name) => name.startsWith(prefix))
        .map((name) => read(storage, name))
        .filter((one) => one !== undefined && one.person === person)
        .map((one) => one as KeptBatch)
        .sort((left, right) => right.at.localeCompare(left.at));
}

export function findBatch(storage: Storage, key: string, person: string): KeptBatch | undefined {
    const found = read(storage, prefix + key);
    return found?.person === person ? found : undefined;
}

/// Keeps it, and the newest others. Result: whether the browser had room for it.
export function keepBatch(storage: Storage, batch: KeptBatch): boolean {
    try {
        storage.setItem(prefix + batch.key, JSON.stringify(batch));
    } catch {
        return false;
    }
    for (const old of keptBatches(storage, batch.person).slice(keptMax)) {
        if (old.key !== batch.key) {
            storage.removeItem(prefix + old.key);
        }
    }
    return true;
}

/// How a case stands in a batch. What was done before it was sent again is done.
export type Standing = "done" | "refused" | "changed" | "failed" | "waiting";

export const standings: readonly Standing[] = ["done", "refused", "changed", "failed", "waiting"];

export function standingOf(one: KeptCase): Standing {
    const outcome = one.answer?.outcome;
    return outcome === undefined ? "waiting" : outcome === "repeated" ? "done" : outcome;
}

export function casesOf(batch: KeptBatch): KeptCase[] {
    return batch.portions.flatMap((portion) => portion.cases);
}

export function countsOf(batch: KeptBatch): Record<Standing, number> {
    const counts = {done: 0, refused: 0, changed: 0, failed: 0, waiting: 0};
    casesOf(batch).forEach((one) => (counts[standingOf(one)] += 1));
    return counts;
}

/// The first portion of which not every case has its answer; undefined when all have.
export function nextPortion(batch: KeptBatch): KeptPortion | undefined {
    return batch.portions.find((portion) => portion.cases.some((one) => one.answer === null));
}

/// With what the server said of a portion.
export function withAnswers(
    batch: KeptBatch,
    portion: KeptPortion,
    items: readonly BatchReportItem[],
): KeptBatch {
    const answers = new Map(items.map((item) => [item.case.id, item]));
    const answered = {
        ...portion,
        cases: portion.cases.map((one) => ({...one, answer: answers.get(one.case.id) ?? null})),
    };
    return {
        ...batch,
        portions: batch.portions.map((one) => (one.digest === portion.digest ? answered : one)),
    };
}

/// To be sent again: what failed through nobody's fault is no answer.
export function withoutFailures(batch: KeptBatch): KeptBatch {
    const forget = (one: KeptCase) => (standingOf(one) === "failed" ? {...one, answer: null} : one);
    return {
        ...batch,
        portions: batch.portions.map((portion) => ({...portion, cases: portion.cases.map(forget)})),
    };
}
