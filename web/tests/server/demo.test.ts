import assert from "node:assert/strict";
import {after, before, describe, test} from "node:test";
import type {Browser} from "playwright-core";
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
});
