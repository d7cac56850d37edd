import assert from "node:assert/strict";
import {test} from "node:test";
import type {Workflow} from "../../source/api/types";
import {address} from "../../source/api/client";
import {chipsOf, filtersOf, withFilter, withoutFilter} from "../../source/screens/cases/filters";

const workflow = {
    id: "iso-9001",
    states: [{id: "review", title: "Review", parent: null, kind: "atomic"}],
    tasks: [{id: "apply", title: "Apply for certification"}],
    roles: [{id: "applicant", title: "Applicant"}],
    search: [{id: "country", title: "Country"}],
} as unknown as Workflow;

test("what the address does not say, or says wrongly, is no filter", () => {
    assert.deepEqual(filtersOf(new URLSearchParams("status=lost&data.country=")), {
        workflow: undefined, state: [], task: [], role: [], organisation: undefined, status: undefined, data: {},
    });
});

test("a search is read from its address, and asked of the server in the same words", () => {
    const query = "workflow=iso-9001&state=review&state=contract&status=paused&data.country=DE";
    const filters = filtersOf(new URLSearchParams(query));
    assert.deepEqual(filters.state, ["review", "contract"]);
    assert.deepEqual(filters.data, {country: "DE"});
    const asked = new URL(address("/cases", {}, {...filters}), "http://server").searchParams;
    assert.deepEqual([...asked].sort(), [...new URLSearchParams(query)].sort());
});

test("a filter that is chosen twice stands there once, and of what is single the last counts", () => {
    let query = withFilter(new URLSearchParams("state=review"), "state", "review");
    assert.equal(query.toString(), "state=review");
    query = withFilter(withFilter(query, "status", "paused"), "status", "running");
    assert.equal(query.toString(), "state=review&status=running");
});

test("another workflow takes along what belonged to the one before", () => {
    const query = new URLSearchParams("workflow=a&state=x&task=t&role=r&data.country=DE&status=paused");
    assert.equal(withFilter(query, "workflow", "b").toString(), "status=paused&workflow=b");
    assert.equal(withoutFilter(query, "workflow", "a").toString(), "status=paused");
    assert.equal(withoutFilter(query, "state", "x").has("state"), false);
    assert.equal(withoutFilter(query, "state", "y").has("state"), true);
});

test("chips say what the workflow calls things, and an id only when it knows none", () => {
    const filters = filtersOf(new URLSearchParams(
        "workflow=iso-9001&status=failed&state=review&state=gone&task=apply&role=applicant&organisation=o1&data.country=DE",
    ));
    const chips = chipsOf(filters, workflow, [{id: "iso-9001", title: "ISO 9001"}], [{id: "o1", title: "Norwell"}], (one) => `is ${one}`);
    assert.deepEqual(chips.map((chip) => chip.title), [
        "ISO 9001", "is failed", "Review", "gone", "Apply for certification", "Applicant", "Norwell", "DE",
    ]);
    assert.equal(chips[chips.length - 1]?.about, "Country");
    assert.equal(chips[chips.length - 1]?.name, "data.country");
});
