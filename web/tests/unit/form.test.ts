import assert from "node:assert/strict";
import {test} from "node:test";
import type {Field} from "../../source/api/types";
import {checkField, checkForm, cleanValues} from "../../source/components/form/check";

function field(type: Field["type"], more: Partial<Field> = {}): Field {
    return {
        id: "field",
        type,
        required: false,
        pattern: null,
        pattern_message: "",
        min: null,
        max: null,
        label: "",
        help: "",
        choices: [],
        ...more,
    };
}

test("nothing, blanks and empty lists count as not filled", () => {
    for (const value of [undefined, null, "", "  ", []]) {
        assert.equal(checkField(field("text"), value, true), "field_missing");
        assert.equal(checkField(field("text"), value, false), null);
    }
});

test("no is an answer", () => {
    assert.equal(checkField(field("boolean"), false, true), null);
});

const wrongTypes: [Field["type"], string | number][] = [
    ["integer", "twelve"],
    ["integer", 1.5],
    ["decimal", "1.2.3"],
    ["decimal", "0.0123456789"],
    ["money", "12 euro"],
    ["date", "2026-02-30x"],
    ["date", "2026-13-01"],
    ["country", "Germany"],
    ["email", "greta"],
];

test("a value that is not of the field's type is refused", () => {
    for (const [type, value] of wrongTypes) {
        assert.equal(checkField(field(type), value, false), "field_type", `${type} ${value}`);
    }
});

test("a value of the field's type is taken", () => {
    const right: [Field["type"], string | number][] = [
        ["integer", 12],
        ["decimal", "1.5"],
        ["money", "1234.50 EUR"],
        ["date", "2026-03-02"],
        ["country", "DE"],
        ["email", "greta@brenner.example"],
        ["region", "DE-BW"],
    ];
    for (const [type, value] of right) {
        assert.equal(checkField(field(type), value, true), null, `${type} ${value}`);
    }
});

test("bounds are of numbers, days, lengths and counts", () => {
    const cases: [Field, string | number | string[], string | null][] = [
        [field("integer", {min: "1"}), 0, "field_too_small"],
        [field("integer", {max: "250"}), 251, "field_too_large"],
        [field("money", {min: "100.00 EUR"}), "99.99 EUR", "field_too_small"],
        [field("date", {min: "2026-01-01"}), "2025-12-31", "field_too_small"],
        [field("date", {min: "2026-01-01"}), "2026-01-01", null],
        [field("text", {max: "2"}), "质量体系", "field_too_large"],
        [field("text", {max: "2"}), "质量", null],
        [field("choices", {min: "2", choices: [{value: "a", label: ""}, {value: "b", label: ""}]}), ["a"], "field_too_small"],
    ];
    for (const [one, value, code] of cases) {
        assert.equal(checkField(one, value, false), code, `${one.type} ${String(value)}`);
    }
});

test("a pattern is of the whole text", () => {
    const one = field("text", {pattern: "[A-Z]{2}[0-9]{3}"});
    assert.equal(checkField(one, "xDE123", false), "field_pattern");
    assert.equal(checkField(one, "DE1234", false), "field_pattern");
    assert.equal(checkField(one, "DE123", false), null);
});

test("an answer that is not among the choices is refused", () => {
    const one = field("choice", {choices: [{value: "yes", label: ""}]});
    assert.equal(checkField(one, "maybe", false), "choice_unknown");
});

test("an outcome's needs are required beside the form's own", () => {
    const fields = [field("text", {id: "scope", required: true}), field("text", {id: "reason"})];
    const codes = (needs: string[]) =>
        checkForm(fields, {}, needs).map((one) => `${one.field} ${one.code}`);
    assert.deepEqual(codes([]), ["scope field_missing"]);
    assert.deepEqual(codes(["reason"]), ["scope field_missing", "reason field_missing"]);
});

test("only what is filled is sent, without blanks around it", () => {
    assert.deepEqual(cleanValues({scope: " parts ", note: " ", consent: false, list: []}), {
        scope: "parts",
        consent: false,
    });
});
