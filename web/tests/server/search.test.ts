import assert from "node:assert/strict";
import {after, before, describe, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {launch, openWindow, shoot, violations, type Window} from "../browser/support/browser";
import {Installation} from "../browser/support/installation";
import {heading, savesWorkbook} from "../browser/support/story";

/// The search of the list of cases: the real program, its pages, a real browser.

const application = {
    scope: "Turning and milling of precision parts", sites: 1, addresses: "Tuttlingen, Werkstrasse 4",
    country: "DE", personnel: 24, shifts: 1, designs: false, contact: "Greta", email: "greta@brenner.example",
};

describe("the search of cases", () => {
    const installation = new Installation();
    let browser: Browser;
    let rita: Window;
    let greta: Window;
    let other: Window;

    const shown = (page: Page) => page.locator(".case-title").allInnerTexts();
    /// Waits until exactly these cases are listed.
    const lists = async (page: Page, titles: string[]) => {
        await page.waitForFunction(
            (wanted) =>
                [...document.querySelectorAll(".case-title")].map((one) => one.textContent).sort().join() === wanted,
            [...titles].sort().join(),
        );
    };
    const post = async (page: Page, where: string, body: unknown) =>
        await page.evaluate(
            async ([address, content]) => {
                const response = await fetch(`/api/v1${address as string}`, {
                    method: "POST",
                    headers: {"Content-Type": "application/json"},
                    body: JSON.stringify(content),
                });
                if (!response.ok) {
                    throw new Error(await response.text());
                }
                return await response.json();
            },
            [where, body] as const,
        );

    before(async () => {
        installation.bootstrap();
        await installation.serve();
        browser = await launch();
        const client = await installation.organisation("Brenner Feinwerk GmbH", "client");
        const stranger = await installation.organisation("Other Works", "client");
        const body = await installation.organisation("Norwell Certification", "body");
        const enter = async (organisation: string, name: string, roles: string[]) => {
            const window = await openWindow(browser, installation.url);
            await window.page.goto(await installation.link(organisation, {name, roles}));
            await heading(window.page, "Your certifications").waitFor();
            return window;
        };
        greta = await enter(client, "Greta Brenner", ["applicant"]);
        other = await enter(stranger, "Otto Other", ["applicant"]);
        rita = await enter(body, "Rita Reuter", ["programme-manager"]);
        const made: string[] = [];
        for (const title of ["First", "Second", "Third"]) {
            const opened = await post(greta.page, "/cases", {
                workflow: "iso-9001", standard: "iso-9001:2015", title, parties: {client, body},
            });
            made.push(opened.created);
        }
        const tasks = await greta.page.evaluate(async (id) => (await fetch(`/api/v1/cases/${id}/tasks?status=open`)).json(), made[0]);
        const apply = tasks.items.find((one: {task: string}) => one.task === "apply");
        await post(greta.page, `/tasks/${apply.id}/completion`, {outcome: "submit", values: application});
        await post(rita.page, `/cases/${made[1]}/pause`, {reason: "The firm moves."});
    });

    after(async () => {
        await browser.close();
        await installation.stop();
    });

    test("the registers of one's own are saved from the list, that of certificates by a body", async () => {
        await greta.page.goto(installation.url);
        await lists(greta.page, ["First", "Second", "Third"]);
        assert.equal(await greta.page.getByRole("link", {name: "Register of certificates (XLSX)"}).count(), 0);
        await savesWorkbook(greta.page, "Register of nonconformities");
        await rita.page.goto(installation.url);
        await savesWorkbook(rita.page, "Register of certificates (XLSX)");
        for (const width of [360, 1280]) {
            await rita.page.setViewportSize({width, height: 900});
            const wide = await rita.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `${wide} pixels too wide for ${width}`);
            assert.deepEqual(await violations(rita.page), []);
            await shoot(rita.page, `server-list-${width}`);
        }
    });

    test("a search finds nothing of what others certify", async () => {
        const {page} = other;
        await page.goto(`${installation.url}/?status=paused`);
        await page.getByText("No certification is like that.").waitFor();
        assert.deepEqual(await shown(page), []);
        assert.deepEqual(other.faults, []);
    });

    test("a case is shown that meets all of the search, and the page says so", async () => {
        const {page} = rita;
        await page.goto(`${installation.url}/?workflow=iso-9001&state=review&status=paused`);
        await page.getByText("No certification is like that.").waitFor();
        await page.getByText("Shown is what meets all of these.").waitFor();
        await page.getByRole("button", {name: /^Take away: How it stands/}).click();
        await lists(page, ["First"]);
    });

    test("a filter that the server refuses is told, and can be taken away", async () => {
        const {page} = rita;
        await page.goto(`${installation.url}/?organisation=nobody`);
        await page.getByRole("alert").waitFor();
        await page.getByRole("button", {name: /^Take away: Organisation/}).click();
        await lists(page, ["First", "Second", "Third"]);
    });

    test("cases are chosen by the workflow's titles, and the address keeps the search", async () => {
        const {page} = rita;
        await page.goto(installation.url);
        await lists(page, ["First", "Second", "Third"]);
        await page.getByRole("button", {name: "Search"}).click();
        await page.getByLabel("Scheme").selectOption({label: "ISO 9001 certification"});
        await page.getByLabel("State", {exact: true}).selectOption({label: "Under way › Application review"});
        await lists(page, ["First"]);
        const chip = page.getByRole("button", {name: "Take away: State: Under way › Application review"});
        await chip.waitFor();
        const query = new URL(page.url()).searchParams;
        assert.deepEqual([query.get("workflow"), query.get("state")], ["iso-9001", "review"]);
        await chip.click();
        await lists(page, ["First", "Second", "Third"]);
        await page.getByLabel("How it stands").selectOption({label: "paused"});
        await lists(page, ["Second"]);
        await page.reload();
        await lists(page, ["Second"]);
        await page.goBack();
        await lists(page, ["First", "Second", "Third"]);
        assert.deepEqual(rita.faults, []);
    });

    test("what people have filled in is found by its value, with the keyboard alone", async () => {
        const {page} = rita;
        await page.goto(installation.url);
        await page.getByRole("button", {name: "Search"}).focus();
        await page.keyboard.press("Enter");
        await page.getByLabel("Scheme").focus();
        await page.keyboard.type("ISO 9001");
        await page.getByLabel("Country of the main site").focus();
        await page.keyboard.type("DE");
        await page.keyboard.press("Enter");
        await lists(page, ["First"]);
        assert.equal(new URL(page.url()).searchParams.get("data.country"), "DE");
        for (const [look, width, dark] of [["light", 1280, false], ["dark", 1280, true], ["phone", 360, false]] as const) {
            await page.setViewportSize({width, height: 900});
            await page.emulateMedia({colorScheme: dark ? "dark" : "light", reducedMotion: "reduce"});
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `${look}: ${wide} pixels too wide`);
            assert.deepEqual(await violations(page), [], look);
            await shoot(page, `search-${look}`);
        }
        await page.getByRole("button", {name: /^Take away: Country of the main site: DE$/}).focus();
        await page.keyboard.press("Enter");
        await lists(page, ["First", "Second", "Third"]);
        assert.deepEqual(rita.faults, []);
    });
});
