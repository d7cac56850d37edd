import assert from "node:assert/strict";
import {test} from "node:test";
import type {HistoryItem, TraceStep} from "../../source/api/types";
import {byDay, consequences, stateChange} from "../../source/screens/my-certification/history";

const link = {sequence: 1, kind: "task_completed", at: "2026-11-23T08:00:00Z"};

function step(sequence: number, kind: string, more: Partial<TraceStep> = {}): TraceStep {
    const actor = {person: {id: "greta", name: "Greta"}, organisation: null, role: "applicant", role_title: "Applicant"};
    const record = {sequence, at: "2026-11-23T08:00:00Z", kind, text: "", values: {}, actor, data: {}, hash: ""} as HistoryItem;
    return {
        sequence, last: sequence, at: record.at, kind, actor, before: [], after: [],
        caused_by: null, led_to: [], records: [record], ...more,
    };
}

const shape = (steps: TraceStep[]) => byDay(steps).map(({runs}) => runs.map((run) => run.steps.map((one) => one.sequence)));
const titled = (...ids: string[]) => ids.map((id) => ({id, title: id.toUpperCase()}));

test("steps of which something came are never told with others", () => {
    const answered = (sequence: number, more: Partial<TraceStep> = {}) => step(sequence, "requirement_answered", more);
    const two = [step(5, "a").records[0]!, step(6, "b").records[0]!];
    assert.deepEqual(shape([answered(4), answered(3, {led_to: [link]}), answered(2), answered(1)]), [[[4], [3], [2], [1]]]);
    assert.deepEqual(shape([answered(4), answered(3), answered(2, {caused_by: link})]), [[[4], [3], [2]]]);
    assert.deepEqual(shape([answered(7), answered(5, {records: two}), answered(4)]), [[[7], [5], [4]]]);
    assert.deepEqual(shape([1, 2, 3].map((one) => step(one, "command_rejected"))), [[[1], [2], [3]]]);
});

test("three and more steps that are alike are told as one, of one person and one day", () => {
    const answered = (sequence: number, more: Partial<TraceStep> = {}) => step(sequence, "requirement_answered", more);
    assert.deepEqual(shape([answered(3), answered(2)]), [[[3], [2]]]);
    assert.deepEqual(shape([answered(4), answered(3), answered(2), step(1, "case_opened")]), [[[4, 3, 2], [1]]]);
    const other = {...answered(2), actor: {...answered(2).actor, person: {id: "anna", name: "Anna"}}};
    assert.deepEqual(shape([answered(4), answered(3), other, answered(1)]), [[[4], [3], [2], [1]]]);
    const before = (sequence: number) => answered(sequence, {at: "2026-11-20T08:00:00Z"});
    assert.deepEqual(shape([answered(6), answered(5), answered(4), before(3), before(2)]), [[[6, 5, 4]], [[3], [2]]]);
});

test("a step that changes no state tells of none", () => {
    assert.equal(stateChange(step(1, "x", {before: titled("a", "b"), after: titled("b", "a")})), "");
});

test("what follows by itself is not among what people want to know", () => {
    const records = ["task_completed", "chart_advanced", "timer_set", "task_opened", "decision_recorded"].map(
        (kind, index) => step(index + 1, kind).records[0]!,
    );
    assert.deepEqual(consequences(step(1, "task_completed", {records})).map((one) => one.kind), ["task_opened", "decision_recorded"]);
});
