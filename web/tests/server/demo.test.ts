import assert from "node:assert/strict";
import {after, before, describe, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {launch, openWindow, shoot, violations, type WindowOptions} from "../browser/support/browser";
import {Installation} from "../browser/support/installation";

/// The demo as its visitors meet it: each persona's link, in both themes, on a phone, in Chinese.

interface Persona {
    title: string;
    link: string;
}

const looks: [string, WindowOptions][] = [
    ["light", {}],
    ["dark", {dark: true}],
    ["phone", {width: 360, height: 740}],
    ["chinese", {language: "zh-CN"}],
];

/// Ends the preparation before everything is ready; gives the reason that the refusal names.
async function completeTooSoon(page: Page): Promise<string> {
    return await page.evaluate(async () => {
        const id = location.pathname.split("/")[2];
        const answer = await fetch(`/api/v1/cases/${id}/tasks?status=open`);
        const {items} = (await answer.json()) as {items: {id: string; task: string}[]};
        const task = items.find((one) => one.task === "prepare");
        const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
        const refused = await fetch(`/api/v1/tasks/${task?.id}/completion`, {
            method: "POST",
            headers: {"Content-Type": "application/json", "Idempotency-Key": "too-soon"},
            body: JSON.stringify({
                outcome: "ready",
                values: {internalAuditOn: day(40), managementReviewOn: day(20)},
            }),
        });
        return ((await refused.json()) as {values: {reason: string}}).values.reason;
    });
}

/// All texts of the case's records but those that the workflow has in several languages.
async function writtenByPeople(page: Page): Promise<string> {
    return await page.evaluate(async () => {
        const id = location.pathname.split("/")[2];
        const texts: string[] = [];
        const take = (value: unknown): void => {
            if (typeof value === "string") {
                texts.push(value);
            } else if (typeof value === "object" && value !== null) {
                Object.values(value).forEach(take);
            }
        };
        let after = "";
        do {
            const answer = await fetch(`/api/v1/cases/${id}/history?size=200&after=${after}`);
            const page = (await answer.json()) as {items: {kind: string; data: unknown}[]; next: string | null};
            page.items
                .filter((one) => !["charge_made", "command_rejected", "chart_advanced"].includes(one.kind))
                .forEach((one) => take(one.data));
            after = page.next ?? "";
        } while (after !== "");
        return texts.join("\n");
    });
}

/// Shows a list to its end.
async function everyPage(page: Page): Promise<void> {
    const more = page.locator(".more-items");
    for (let pages = 0; pages < 20 && (await more.count()) > 0; pages += 1) {
        await more.click();
        await page.waitForFunction(() => document.querySelector(".more-items:disabled") === null);
    }
}

async function openEverything(page: Page): Promise<void> {
    const all = page.getByRole("button", {name: "全部展开"});
    if ((await all.count()) > 0) {
        await all.first().click();
    }
    const records = page.getByRole("button", {name: "显示每一条记录"});
    if ((await records.count()) > 0) {
        await everyPage(page);
        await records.click();
    }
    const closed = page.locator('main button[aria-expanded="false"]:visible');
    for (let opened = 0; opened < 30 && (await closed.count()) > 0; opened += 1) {
        await closed.first().click();
    }
    await page.waitForLoadState("networkidle", {timeout: 2_000}).catch(() => undefined);
}

/// Three English words in a row.
function sentences(text: string): string[] {
    return text.match(/\b[A-Za-z][a-z]+(?: [a-z]{2,}){2,}/g) ?? [];
}

describe("the demo", () => {
    const installation = new Installation();
    let browser: Browser;
    let personas: Persona[] = [];

    before(async () => {
        const said = await installation.serve("--demo", "--json");
        personas = JSON.parse(said.slice(0, said.lastIndexOf("]") + 1)) as Persona[];
        browser = await launch();
    });

    after(async () => {
        await browser.close();
        await installation.stop();
    });

    for (const [name, options] of looks) {
        test(`opens for every persona, without a fault: ${name}`, async () => {
            assert.ok(personas.length >= 2);
            for (const [index, persona] of personas.entries()) {
                const window = await openWindow(browser, installation.url, options);
                const {page} = window;
                await page.goto(persona.link);
                await page.locator(".hero, .task-cards, .empty").first().waitFor();
                const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                assert.ok(wide <= 0, `${persona.title}: ${wide} pixels too wide`);
                assert.deepEqual(await violations(page), [], persona.title);
                assert.deepEqual(window.faults, [], persona.title);
                await shoot(page, `demo-${name}-${index}`);
                await window.context.close();
            }
        });
    }

    for (const [index, who] of ["the firm that answers its findings", "the firm that prepares"].entries()) {
        test(`leaves no English sentence to a reader of Chinese but what people wrote: ${who}`, async () => {
            const window = await openWindow(browser, installation.url, {language: "zh-CN"});
            const {page} = window;
            await page.goto((personas[index] as Persona).link);
            await page.locator(".hero").waitFor();
            const home = page.url();
            if (index === 1) {
                assert.match(await completeTooSoon(page), /\p{Script=Han}/u);
            }
            const written = await writtenByPeople(page);
            assert.ok(written.length > 100);
            let shown = "";
            for (const view of ["", "/requirements", "/findings", "/evidence", "/history"]) {
                await page.goto(`${home}${view}`);
                await page.locator("h2").first().waitFor();
                await page.locator(".skeleton").first().waitFor({state: "detached"});
                await openEverything(page);
                const text = await page.locator("body").innerText();
                shown += text;
                assert.deepEqual(sentences(text).filter((one) => !written.includes(one)), [], view);
                await shoot(page, `chinese-${index}${view.replace("/", "-")}`);
            }
            assert.ok(shown.includes("收费") || shown.includes("费用"));
            assert.equal(shown.includes("需要先准备好以下内容"), index === 1, "the refusal is told");
            assert.deepEqual(window.faults, []);
            await window.context.close();
        });
    }

    test("shows the whole story of a case to the owner of the firm", async () => {
        const window = await openWindow(browser, installation.url);
        const {page} = window;
        await page.goto((personas[0] as Persona).link);
        await page.locator(".hero").waitFor();
        const home = page.url();
        for (const view of ["requirements", "findings", "evidence", "history"]) {
            await page.goto(`${home}/${view}`);
            await page.locator("h2").first().waitFor();
            await page.locator(".skeleton").waitFor({state: "detached"});
            assert.deepEqual(await violations(page), [], view);
            await shoot(page, `demo-${view}`);
        }
        assert.deepEqual(window.faults, []);
        await window.context.close();
    });

    test("shows the requirements in the dark to the firm that prepares", async () => {
        const window = await openWindow(browser, installation.url, {dark: true});
        const {page} = window;
        await page.goto((personas[1] as Persona).link);
        await page.locator(".hero").waitFor();
        await page.goto(`${page.url()}/requirements#r-4.3`);
        await page.locator(".skeleton").first().waitFor({state: "detached"});
        assert.deepEqual(await violations(page), []);
        await shoot(page, "demo-requirements-dark");
        assert.deepEqual(window.faults, []);
        await window.context.close();
    });
});
