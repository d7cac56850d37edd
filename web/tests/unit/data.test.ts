import assert from "node:assert/strict";
import {webcrypto} from "node:crypto";
import {test} from "node:test";
import type {Finding, Milestone, Requirement} from "../../source/api/types";
import {address, allPages} from "../../source/api/client";
import {IntentKey} from "../../source/api/key";
import {standing} from "../../source/components/Path";
import {daysUntil, showMoney, urgency} from "../../source/messages/numbers";
import {sectionMeasures} from "../../source/screens/my-certification/context";
import {actsOn} from "../../source/screens/my-certification/FindingCard";
import {grouped, isShown} from "../../source/screens/my-certification/RequirementsView";
import {inOrder} from "../../source/screens/my-certification/TaskPanel";
import {tokenFrom, tokenIn} from "../../source/session";

// Every browser has it as a global; Node has since its version 20.
Object.defineProperty(globalThis, "crypto", {value: webcrypto, configurable: true});

function requirement(number: string, section: string, more: Partial<Requirement> = {}): Requirement {
    return {
        number,
        section,
        title: `Title of ${number}`,
        guidance: "",
        typical_evidence: [],
        may_be_not_applicable: false,
        documented: false,
        applicable: true,
        answer: {value: "none", note: "", owner: null, due: null},
        verdict: {value: "none", note: "", assessed_by: null, assessed_at: null},
        evidence: [],
        ...more,
    };
}

const sections = [
    {id: "7", parent: null, title: "Support"},
    {id: "7.1", parent: "7", title: "Resources"},
    {id: "8", parent: null, title: "Operation"},
];
const answered = {value: "in_place", note: "", owner: null, due: null} as const;
const conforming = {value: "conforming", note: "", assessed_by: null, assessed_at: null} as const;

test("an address fills its places safely and leaves out what is not asked", () => {
    assert.equal(
        address("/cases/{case}/evidence", {case: "a/b"}, {name: "Prüf & Mess.pdf", title: undefined}),
        "/api/v1/cases/a%2Fb/evidence?name=Pr%C3%BCf+%26+Mess.pdf",
    );
});

test("a paged list is read to its end, or to the bound", async () => {
    const pages = (bound: number) =>
        allPages(
            (after) => {
                const page = Number(after ?? "0");
                return Promise.resolve({items: [page], next: page < 4 ? String(page + 1) : null});
            },
            bound,
        );
    assert.deepEqual(await pages(10), [0, 1, 2, 3, 4]);
    assert.deepEqual(await pages(2), [0, 1]);
});

test("a write keeps its key until its outcome is known, and another write gets another", () => {
    const intent = new IntentKey();
    const first = intent.for({note: "a"});
    assert.equal(intent.for({note: "a"}), first);
    const other = intent.for({note: "b"});
    assert.notEqual(other, first);
    intent.settled();
    assert.notEqual(intent.for({note: "b"}), other);
});

test("a personal link gives its token, and so does the token alone", () => {
    assert.equal(tokenIn("#token=gm_abc"), "gm_abc");
    assert.equal(tokenIn("#r-7.1"), null);
    assert.equal(tokenFrom(" https://firm.example/#token=gm_abc "), "gm_abc");
    assert.equal(tokenFrom("gm_abc"), "gm_abc");
});

test("the three measures of a clause are counted apart, without what does not apply", () => {
    const rows = sectionMeasures(sections, [
        requirement("7.1.1", "7.1", {answer: answered}),
        requirement("7.1.2", "7.1", {evidence: ["e1"], verdict: conforming}),
        requirement("7.2", "7", {applicable: false, answer: answered}),
        requirement("8.1", "8"),
    ]);
    assert.deepEqual(
        rows.map((row) => [row.section.id, row.applicable, row.answered, row.covered, row.conforming]),
        [
            ["7", 2, 1, 1, 1],
            ["8", 1, 0, 0, 0],
        ],
    );
});

test("a circle of sections ends", () => {
    const circle = [{id: "1", parent: "2", title: ""}, {id: "2", parent: "1", title: ""}];
    assert.equal(sectionMeasures(circle, [requirement("1.1", "1")]).length, 1);
});

test("requirements stand under the headings that are new at them", () => {
    const groups = grouped(sections, [
        requirement("7.1.1", "7.1"),
        requirement("7.1.2", "7.1"),
        requirement("7.2", "7"),
        requirement("8.1", "8"),
    ]);
    assert.deepEqual(
        groups.map((group) => [group.sections.map((one) => one.id), group.items.map((one) => one.number)]),
        [
            [["7", "7.1"], ["7.1.1", "7.1.2"]],
            [[], ["7.2"]],
            [["8"], ["8.1"]],
        ],
    );
});

test("a filter shows what is left to do and leaves out what does not apply", () => {
    const open = requirement("7.1", "7");
    assert.equal(isShown(open, "unanswered", ""), true);
    assert.equal(isShown({...open, answer: answered}, "unanswered", ""), false);
    assert.equal(isShown({...open, applicable: false}, "uncovered", ""), false);
    assert.equal(isShown(open, "all", "TITLE OF 7.1"), true);
    assert.equal(isShown(open, "all", "calibration"), false);
});

test("what may be done with a nonconformity follows from its status and the permissions", () => {
    const finding = (status: Finding["status"]) => ({status}) as Finding;
    const all = {respond: true, judge: true};
    assert.deepEqual(actsOn(finding("open"), {respond: false, judge: true}), []);
    assert.deepEqual(actsOn(finding("open"), all), ["respond"]);
    assert.deepEqual(actsOn(finding("rejected"), all), ["respond"]);
    assert.deepEqual(actsOn(finding("responded"), all), ["judge"]);
    assert.deepEqual(actsOn(finding("accepted"), all), ["verify"]);
    assert.deepEqual(actsOn(finding("verified"), all), []);
});

test("the path stands at its current station, else behind the last that is done", () => {
    const path = (...states: Milestone["state"][]) =>
        states.map((state, index) => ({id: String(index), title: "", help: "", state}));
    assert.equal(standing(path("done", "current", "ahead")), 1);
    assert.equal(standing(path("done", "ahead", "ahead")), 1);
    assert.equal(standing(path("done", "done")), 1);
});

test("what is missing stands in the standard's order, findings last", () => {
    const order = [requirement("4.1", "4"), requirement("9.1", "9"), requirement("10.1", "10")];
    assert.deepEqual(inOrder(order, ["10.1", "F2", "4.1"]), ["4.1", "10.1", "F2"]);
});

test("days are counted by the calendar and not by hours", () => {
    const now = new Date(2026, 10, 22, 23, 50);
    assert.equal(daysUntil("2026-11-22", now), 0);
    assert.equal(daysUntil("2026-11-23", now), 1);
    assert.equal(daysUntil(new Date(2026, 10, 23, 0, 10).toISOString(), now), 1);
    assert.equal(urgency("2026-11-21", now), "late");
    assert.equal(urgency("2026-11-29", now), "soon");
    assert.equal(urgency("2026-11-30", now), "later");
});

test("amounts are shown in their own currency", () => {
    assert.equal(showMoney("1234.50 EUR"), "€1,234.50");
    assert.equal(showMoney("98000 JPY"), "¥98,000");
});
