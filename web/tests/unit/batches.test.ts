import assert from "node:assert/strict";
import {test} from "node:test";
import type {Workflow} from "../../source/api/types";
import {countsOf, findBatch, keepBatch, keptBatches, nextPortion, standingOf, withAnswers, withoutFailures, type KeptBatch} from "../../source/screens/batches/kept";
import {actsOf, namedCases, orderOf, selectionOf} from "../../source/screens/batches/order";

/// What a browser keeps, with room for so many letters.
class MemoryStorage implements Storage {
    private readonly items = new Map<string, string>();
    constructor(private readonly room = Number.MAX_SAFE_INTEGER) {}
    get length() {
        return this.items.size;
    }
    key(index: number) {
        return [...this.items.keys()][index] ?? null;
    }
    getItem(name: string) {
        return this.items.get(name) ?? null;
    }
    setItem(name: string, value: string) {
        if (value.length > this.room) {
            throw new Error("QuotaExceededError");
        }
        this.items.set(name, value);
    }
    removeItem(name: string) {
        this.items.delete(name);
    }
    clear() {
        this.items.clear();
    }
}

const report = (id: string, outcome: "done" | "repeated" | "refused" | "changed" | "failed") => ({
    case: {id, title: id}, outcome, sequence: 3,
});

function batch(key: string, more: Partial<KeptBatch> = {}): KeptBatch {
    const portion = (...ids: string[]) => ({
        digest: ids.join(),
        cases: ids.map((id) => ({case: {id, title: id}, sequence: 2, incident: null, answer: null})),
    });
    return {
        key, person: "mara", at: "2026-11-23T08:00:00Z", search: "", order: {action: "retry"}, about: [],
        portions: [portion("a", "b"), portion("c")], ...more,
    };
}

test("without conditions, all cases that run are meant; with some, just those", () => {
    assert.deepEqual(selectionOf(new URLSearchParams()), {status: "running"});
    assert.deepEqual(
        selectionOf(new URLSearchParams("workflow=w&state=s&state=s2&task=t&role=r&data.country=DE&organisation=o")),
        {workflow: "w", states: ["s", "s2"], tasks: ["t"], roles: ["r"], data: {country: "DE"}, organisation: "o"},
    );
    assert.deepEqual(namedCases(new URLSearchParams("case=a&case=b&case=a")), ["a", "b"]);
});

test("signals and moves are chosen only where one workflow has them", () => {
    assert.deepEqual(actsOf(undefined), ["pause", "resume", "retry", "skip"]);
    const silent = {signals: []} as unknown as Workflow;
    assert.deepEqual(actsOf(silent), ["pause", "resume", "move", "retry", "skip"]);
    assert.ok(actsOf({signals: [{}]} as unknown as Workflow).includes("signal"));
});

test("an act takes just what it needs of what was filled in", () => {
    const values = {reason: " Winter. ", states: "end", besides: ["left"], signal: "recall"};
    assert.deepEqual(orderOf("retry", values, undefined), {action: "retry"});
    assert.deepEqual(orderOf("skip", values, undefined), {action: "skip", reason: "Winter."});
    assert.deepEqual(orderOf("move", values, undefined), {action: "move", to: ["end", "left"], reason: "Winter."});
    assert.deepEqual(orderOf("signal", values, undefined), {action: "signal", signal: "recall", values: null});
    assert.deepEqual(orderOf("signal", values, {year: 2027}), {action: "signal", signal: "recall", values: {year: 2027}});
});

test("another person finds nothing of a batch", () => {
    const storage = new MemoryStorage();
    keepBatch(storage, batch("one"));
    assert.equal(findBatch(storage, "one", "karl"), undefined);
    assert.deepEqual(keptBatches(storage, "karl"), []);
    assert.deepEqual(findBatch(storage, "one", "mara"), batch("one"));
});

test("what cannot be read, or does not fit, is not kept", () => {
    const storage = new MemoryStorage(10);
    storage.setItem("guildmark.batch.bad", "{");
    assert.equal(findBatch(storage, "bad", "mara"), undefined);
    assert.deepEqual(keptBatches(storage, "mara"), []);
    assert.equal(keepBatch(storage, batch("one")), false);
});

test("the newest ten are kept, whatever their order", () => {
    const storage = new MemoryStorage();
    for (let day = 12; day >= 1; day -= 1) {
        keepBatch(storage, batch(`b${day}`, {at: `2026-11-${String(day).padStart(2, "0")}T08:00:00Z`}));
    }
    const kept = keptBatches(storage, "mara").map((one) => one.key);
    assert.equal(kept[0], "b12");
    // The one that was kept last stays in any case.
    assert.deepEqual([kept.length, kept.includes("b1"), kept.includes("b2")], [11, true, false]);
});

test("a batch goes on at its first portion without an answer, and ends", () => {
    let now = batch("one");
    assert.equal(nextPortion(now)?.digest, "a,b");
    now = withAnswers(now, now.portions[0]!, [report("b", "refused"), report("a", "done")]);
    assert.deepEqual(now.portions[0]?.cases.map(standingOf), ["done", "refused"]);
    assert.equal(nextPortion(now)?.digest, "c");
    now = withAnswers(now, now.portions[1]!, [report("c", "repeated")]);
    assert.equal(nextPortion(now), undefined);
    assert.deepEqual(countsOf(now), {done: 2, refused: 1, changed: 0, failed: 0, waiting: 0});
});

test("what failed through nobody's fault is sent again, and nothing else", () => {
    let now = batch("one");
    now = withAnswers(now, now.portions[0]!, [report("a", "changed"), report("b", "done")]);
    now = withAnswers(now, now.portions[1]!, [report("c", "failed")]);
    assert.equal(nextPortion(now), undefined);
    assert.equal(nextPortion(withoutFailures(now))?.digest, "c");
});
