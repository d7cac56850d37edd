import assert from "node:assert/strict";
import {test} from "node:test";
import type {Case, Workflow, WorkflowState} from "../../source/api/types";
import {besides, moveEffects, moveTargets, standTogether, stateLabel} from "../../source/screens/my-certification/move";

function state(id: string, parent: string | null, kind: WorkflowState["kind"], title = id): WorkflowState {
    return {id, parent, kind, title};
}

const states = [
    state("underway", null, "compound", "Under way"),
    state("apply", "underway", "atomic", "Application"),
    state("prepare", "underway", "parallel", "Preparation"),
    state("preparing", "prepare", "compound"),
    state("assess", "preparing", "atomic", "Self-assessment"),
    state("prepared", "preparing", "final", "Prepared"),
    state("planning", "prepare", "compound"),
    state("plan", "planning", "atomic", "Audit plan"),
    state("audit", "underway", "atomic", "Audit"),
    state("back", "underway", "history", "Back"),
    state("refused", null, "final", "Refused"),
];

function task(id: string, at: string, optional = false): Workflow["tasks"][number] {
    return {id, title: id, help: "", role: "r", state: at, optional, due: null, overdue: "remaining", outcomes: []};
}

const workflow = {
    states,
    milestones: [
        {id: "m1", title: "Apply", help: "", states: ["apply"]},
        {id: "m2", title: "Prepare", help: "", states: ["prepare"]},
        {id: "m3", title: "Audit", help: "", states: ["audit"]},
    ],
    tasks: [task("send", "apply"), task("answer", "assess"), task("visit", "plan", true), task("hold", "audit")],
} as unknown as Workflow;

function standingIn(...ids: string[]): Case {
    return {states: ids.map((id) => ({id, title: id}))} as unknown as Case;
}

test("states stand together only in different parts of a parallel state", () => {
    assert.equal(standTogether(states, "apply", "audit"), false);
    assert.equal(standTogether(states, "assess", "prepared"), false);
    assert.equal(standTogether(states, "prepare", "assess"), false);
    assert.equal(standTogether(states, "apply", "refused"), false);
    assert.equal(standTogether(states, "assess", "plan"), true);
});

test("a state is named with what is around it, but for what is around everything", () => {
    assert.equal(stateLabel(states, "assess"), "Preparation › Self-assessment");
    assert.equal(stateLabel(states, "apply"), "Application");
    assert.equal(stateLabel(states, "underway"), "Under way");
});

test("a case is moved to states that people have a name for", () => {
    assert.deepEqual(
        moveTargets(workflow).map((one) => one.id),
        ["underway", "apply", "prepare", "assess", "prepared", "plan", "audit", "refused"],
    );
    assert.deepEqual(besides(workflow, "plan").map((one) => one.id), ["assess", "prepared"]);
    assert.deepEqual(besides(workflow, "audit"), []);
});

test("a move ahead passes over milestones and the tasks that must be done in them", () => {
    const effects = moveEffects(workflow, standingIn("apply"), ["audit"]);
    assert.deepEqual(effects.passed.map((one) => one.title), ["Apply", "Prepare"]);
    assert.deepEqual(effects.skipped.map((one) => one.id), ["send", "answer"]);
    assert.deepEqual(effects.again, []);
    assert.equal(effects.ends, false);
});

test("a move back goes through milestones again", () => {
    const effects = moveEffects(workflow, standingIn("audit"), ["assess", "plan"]);
    assert.deepEqual(effects.passed, []);
    assert.deepEqual(effects.again.map((one) => one.title), ["Prepare"]);
});

test("only an outermost final state ends the case", () => {
    assert.equal(moveEffects(workflow, standingIn("apply"), ["refused"]).ends, true);
    assert.equal(moveEffects(workflow, standingIn("apply"), ["prepared"]).ends, false);
});

test("a circle of states ends", () => {
    const circle = [state("a", "b", "compound"), state("b", "a", "compound")];
    assert.equal(standTogether(circle, "a", "b"), false);
});
