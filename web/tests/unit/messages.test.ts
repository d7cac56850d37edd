import assert from "node:assert/strict";
import {readFileSync, readdirSync, statSync} from "node:fs";
import path from "node:path";
import {test} from "node:test";
import {format, preferredLanguage, type Catalogue, type Message} from "../../source/messages/messages";

declare const WEB_FOLDER: string;

const folder = path.join(WEB_FOLDER, "source/messages");
const catalogues = new Map<string, Catalogue>(
    readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .map((name) => [
            path.basename(name, ".json"),
            JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Catalogue,
        ]),
);
const english = catalogues.get("en") ?? {};

function sources(under: string): string[] {
    return readdirSync(under).flatMap((name) => {
        const file = path.join(under, name);
        if (statSync(file).isDirectory()) {
            return sources(file);
        }
        return /\.tsx?$/.test(name) ? [readFileSync(file, "utf8")] : [];
    });
}

const code = sources(path.join(WEB_FOLDER, "source")).join("\n");

function texts(message: Message): string[] {
    return typeof message === "string" ? [message] : Object.values(message);
}

function placeholders(message: Message): string[] {
    return [...new Set(texts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();
}

/// Keys that the code puts together: `t(\`answer.${…}\`)` uses every key that begins so, and so does
/// textFor("problem", …).
function builtPrefixes(): string[] {
    const templates = [...code.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)].map((found) => found[1] ?? "");
    const lookups = [...code.matchAll(/textFor\(\s*"([^"]+)"/g)].map((found) => `${found[1]}.`);
    return [...templates, ...lookups].filter((prefix) => prefix !== "");
}

test("every language has exactly the keys of English", () => {
    for (const [tag, catalogue] of catalogues) {
        assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(english).sort(), tag);
    }
});

test("every language fills the same places in every text", () => {
    for (const [tag, catalogue] of catalogues) {
        for (const [key, message] of Object.entries(catalogue)) {
            const wanted = placeholders(english[key] ?? "");
            assert.deepEqual(
                placeholders(message).filter((one) => one !== "{count}"),
                wanted.filter((one) => one !== "{count}"),
                `${tag}: ${key}`,
            );
        }
    }
});

test("every language has a text for each of its plural categories", () => {
    for (const [tag, catalogue] of catalogues) {
        const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
        for (const [key, message] of Object.entries(catalogue)) {
            if (typeof message !== "string") {
                assert.deepEqual(Object.keys(message).sort(), [...categories].sort(), `${tag}: ${key}`);
            }
        }
    }
});

test("no text is empty", () => {
    for (const [tag, catalogue] of catalogues) {
        for (const [key, message] of Object.entries(catalogue)) {
            assert.ok(texts(message).every((text) => text.trim() !== ""), `${tag}: ${key}`);
        }
    }
});

test("every key is used somewhere in the pages", () => {
    const prefixes = builtPrefixes();
    // A few templates begin with their variable part: t(`${kind}.today`).
    const suffixes = [...code.matchAll(/\bt\(\s*`\$\{\w+\}([^`$]+)`/g)].map((found) => found[1] ?? "");
    const unused = Object.keys(english).filter(
        (key) =>
            key !== "language.name" &&
            !code.includes(`"${key}"`) &&
            !prefixes.some((prefix) => key.startsWith(prefix)) &&
            !suffixes.some((suffix) => key.endsWith(suffix)),
    );
    assert.deepEqual(unused, []);
});

/// Refusals of who opens or migrates cases, of workflows that are wrong, and of keys, which the pages
/// make themselves: no person of a case meets them.
const notOfACase = new Set([
    "administrator_required",
    "idempotency_key_too_long",
    "party_missing",
    "party_unknown",
    "plan_invalid",
    "standard_not_served",
    "standard_unknown",
    "workflow_unknown",
]);

test("every refusal that a person of a case can meet has a sentence", () => {
    const root = path.join(WEB_FOLDER, "..");
    const decides = readdirSync(path.join(root, "engine/cases"))
        .filter((name) => /^decide.*\.cpp$/.test(name) && name !== "decide_organisation.cpp")
        .map((name) => `engine/cases/${name}`);
    const files = [...decides, "engine/runtime/engine.cpp", "api/access.cpp"];
    const resources = ["cases", "evidence", "findings", "requirements", "tasks"];
    files.push(...resources.map((name) => `api/resource/${name}.cpp`));
    const codes = files.flatMap((file) =>
        [
            ...readFileSync(path.join(root, file), "utf8").matchAll(
                /\b(?:malformed|unauthorized|forbidden|not_found|conflict|too_large|refused)\(\s*"(\w+)"/g,
            ),
        ].map((found) => found[1] ?? ""),
    );
    assert.ok(codes.length > 30);
    const missing = [...new Set(codes)]
        .filter((code) => !notOfACase.has(code) && english[`problem.${code}`] === undefined)
        .sort();
    assert.deepEqual(missing, []);
});

test("a text takes the plural form of its count, with the number as the language writes it", () => {
    const message = {one: "{count} day", other: "{count} days"};
    assert.equal(format(message, {count: 1}, "en"), "1 day");
    assert.equal(format(message, {count: 0}, "en"), "0 days");
    assert.equal(format(message, {count: 12_000}, "en"), "12,000 days");
    assert.equal(format({other: "{count} 天"}, {count: 1}, "zh"), "1 天");
});

test("a place without a value stays visible", () => {
    assert.equal(format("by {person}", {}, "en"), "by {person}");
});

test("the language is the first wanted one that is offered, by its base when need be", () => {
    assert.equal(preferredLanguage(["fr", "zh-Hant-TW", "en"], ["en", "zh"]), "zh");
    assert.equal(preferredLanguage(["pt-BR"], ["en", "pt", "pt-BR"]), "pt-BR");
    assert.equal(preferredLanguage(["xx"], ["zh", "en"]), "en");
});
