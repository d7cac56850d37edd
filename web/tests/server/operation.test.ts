import assert from "node:assert/strict";
import {after, afterEach, before, describe} from "node:test";
import type {Browser, Page} from "playwright-core";
import {launch, openWindow, type Window} from "../browser/support/browser";
import {Installation, type Person} from "../browser/support/installation";
import {ask, heading, looks, press, said, steps} from "../browser/support/story";

/// Those who keep cases running: pausing, resuming, moving by hand, incidents. The real program, its
/// pages, a real browser. Each test goes on where the one before ended.

const people = {
    greta: {name: "Greta Brenner", roles: ["applicant"]},
    anna: {name: "Anna Norwell", roles: ["lead-auditor", "application-reviewer"]},
    rita: {name: "Rita Reuter", roles: ["programme-manager"]},
    karl: {name: "Karl Keeper", roles: ["keeper"]},
} satisfies Record<string, Person>;
type Who = keyof typeof people;

describe("the operation of cases", () => {
    const installation = new Installation();
    const windows = {} as Record<Who, Window>;
    let browser: Browser;
    let caseId = "";
    let failing = "";

    const step = steps();

    const at = (view = "", id = caseId) => `${installation.url}/cases/${id}${view}`;

    /// The sides on which what scrolls cuts off the focus of the element; empty when it is whole.
    const ringCut = async (page: Page, selector: string) =>
        await page.evaluate((wanted) => {
            const element = document.querySelector(wanted) as HTMLElement;
            const style = getComputedStyle(element);
            const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
            let around = element.parentElement;
            while (around !== null && getComputedStyle(around).overflowX === "visible") {
                around = around.parentElement;
            }
            const inside = element.getBoundingClientRect();
            const outside = (around ?? document.documentElement).getBoundingClientRect();
            return [
                inside.left - ring < outside.left ? "left" : "",
                inside.top - ring < outside.top ? "top" : "",
                inside.bottom + ring > outside.bottom ? "bottom" : "",
            ].join("");
        }, selector);

    before(async () => {
        installation.addToLibrary([
            {folder: "tests/data/workflows/failing", to: "workflows"},
            {folder: "samples/honey-mark/standards/honey-code", to: "standards"},
        ]);
        installation.bootstrap();
        await installation.serve();
        browser = await launch();
        const client = await installation.organisation("Brenner Feinwerk GmbH", "client");
        const body = await installation.organisation("Norwell Certification", "body");
        for (const who of Object.keys(people) as Who[]) {
            windows[who] = await openWindow(browser, installation.url);
            const link = await installation.link(who === "greta" || who === "karl" ? client : body, people[who]);
            await windows[who].page.goto(link);
            await heading(windows[who].page, "Your certifications").waitFor();
        }
        const parties = {client, body};
        const opened = await ask(windows.greta.page, "POST", "/cases", {
            workflow: "iso-9001", standard: "iso-9001:2015", title: "ISO 9001 for Brenner Feinwerk", parties,
        });
        caseId = opened.body.created;
        const other = await ask(windows.karl.page, "POST", "/cases", {
            workflow: "failing", standard: "honey-code:2026", title: "A case that fails", parties: {client},
        });
        failing = other.body.created;
    });

    after(async () => {
        await browser.close();
        await installation.stop();
    });

    afterEach(() => {
        for (const [who, {faults}] of Object.entries(windows)) {
            assert.deepEqual(faults, [], who);
        }
    });

    for (const who of ["greta", "anna"] as const) {
        step(`${who}, who may not operate, sees no way to, and the server refuses`, async () => {
            const {page} = windows[who];
            await page.goto(at());
            await heading(page, "ISO 9001 for Brenner Feinwerk").waitFor();
            assert.equal(await page.getByRole("link", {name: "Operation"}).count(), 0);
            await page.goto(at("/operation"));
            await heading(page, "Nothing is here").waitFor();
            assert.equal(await page.getByRole("link", {name: "Incidents"}).count(), 0);
            await page.goto(`${installation.url}/incidents`);
            await heading(page, "Nothing is here").waitFor();
            assert.deepEqual((await ask(page, "GET", "/incidents")).body.items, []);
            for (const act of ["pause", "resumption"]) {
                const refused = await ask(page, "POST", `/cases/${caseId}/${act}`, {reason: "No."});
                assert.deepEqual([refused.status, refused.body.code], [409, "not_allowed_now"]);
            }
            const moved = await ask(page, "POST", `/cases/${caseId}/move`, {states: ["contract"], reason: "No."});
            assert.deepEqual([moved.status, moved.body.code], [409, "not_allowed_now"]);
        });
    }

    step("a pause needs a reason, which is asked for at its field", async () => {
        const {page} = windows.rita;
        await page.goto(at("/operation"));
        await press(page, "Pause");
        await page.getByText("Other due times move by the length of the pause").waitFor();
        await press(page, "Pause it");
        await page.locator(".field.has-problem").getByText("This is needed.").waitFor();
        assert.equal(await page.evaluate(() => document.activeElement?.id), "pause-reason");
        await looks(page, "operation-pause");
    });

    step("a paused case says so on every view, to everyone, without a reload", async () => {
        const firm = windows.greta.page;
        await firm.goto(at());
        await firm.getByRole("button", {name: "Begin"}).waitFor();
        await firm.getByText("Live", {exact: true}).waitFor();
        const {page} = windows.rita;
        await page.getByLabel("Reason").fill("The firm moves its workshop until May.");
        await press(page, "Pause it");
        await said(page, "Paused");
        await page.waitForFunction(() => document.activeElement?.id === "running-title");
        await page.getByRole("button", {name: "Resume", exact: true}).waitFor();
        await heading(firm, "This certification is paused").waitFor();
        await firm.getByText(/Paused since .* by Rita Reuter: The firm moves its workshop until May\./).waitFor();
        await heading(firm, "Nothing goes on until it is resumed").waitFor();
        assert.equal(await firm.getByRole("button", {name: "Begin"}).count(), 0);
        await looks(firm, "operation-paused");
        for (const view of ["/requirements", "/findings", "/evidence", "/history"]) {
            await firm.goto(at(view));
            await heading(firm, "This certification is paused").waitFor();
            await firm.locator(".case-line").getByText("Paused").waitFor();
        }
    });

    step("a resumed case goes on where it rested", async () => {
        const firm = windows.greta.page;
        await firm.goto(at());
        await firm.getByText("Live", {exact: true}).waitFor();
        const {page} = windows.rita;
        await press(page, "Resume");
        await page.getByLabel("Reason").fill("The workshop has moved.");
        await press(page, "Resume it");
        await said(page, "Resumed");
        await firm.getByRole("button", {name: "Begin"}).waitFor();
        assert.equal(await heading(firm, "This certification is paused").count(), 0);
    });

    step("a move names what it passes over, and what runs beside where it goes", async () => {
        const {page} = windows.rita;
        await press(page, "Move by hand");
        const where = page.getByLabel("Where to");
        await where.selectOption({label: "Under way › Application (it stands here now)"});
        assert.equal(await page.getByRole("group", {name: "And at the same time"}).count(), 0);
        await where.selectOption({label: "Under way › Preparation › Audit plan"});
        const beside = page.getByRole("group", {name: "And at the same time"});
        await beside.getByText("Prepared").waitFor();
        assert.deepEqual(await beside.locator("label").allInnerTexts(), ["Under way › Preparation › Self-assessment", "Under way › Preparation › Prepared"]);
        await beside.getByText("Under way › Preparation › Prepared").click();
        const warning = page.locator(".notice", {hasText: "What this move does"});
        await warning.getByText("Left without being done: Apply, Review, and Contract.").waitFor();
        await warning.getByText(/Nobody is asked to do any more: Apply for certification, .*Review the application/).waitFor();
        await where.selectOption({label: "Withdrawn by the firm"});
        await warning.getByText("The certification ends there.").waitFor();
        await where.selectOption({label: "Under way › Contract"});
        await warning.getByText("Left without being done: Apply and Review.").waitFor();
        await looks(page, "operation-move");
    });

    step("states that exclude each other are refused at the field", async () => {
        const {page} = windows.rita;
        await page.getByLabel("Where to").selectOption({label: "Under way › Preparation › Audit plan"});
        const beside = page.getByRole("group", {name: "And at the same time"});
        await beside.getByText("Under way › Preparation › Self-assessment").click();
        await beside.getByText("Under way › Preparation › Prepared").click();
        await page.getByLabel("Reason").fill("Both at once.");
        await press(page, "Move it");
        await page.locator(".field.has-problem").getByText("These states cannot be entered together.").waitFor();
    });

    step("a moved case stands where it was moved to, and the history says who and why", async () => {
        const {page} = windows.rita;
        await page.getByLabel("Where to").selectOption({label: "Under way › Contract"});
        await page.getByLabel("Reason").fill("Application and review were done on paper.");
        await press(page, "Move it");
        await said(page, "Moved");
        await page.locator("dd", {hasText: /^Contract$/}).waitFor();
        await page.waitForFunction(() => document.activeElement?.id === "running-title");
        await heading(windows.greta.page, "Sign the contract").waitFor();
        await page.goto(at("/history"));
        await page.getByText("Moved by hand: from Application to Contract: Application and review were done on paper.").first().waitFor();
        const moved = page.locator(".entry", {hasText: "Moved by hand"});
        await moved.getByText("Rita Reuter").waitFor();
        await moved.getByText("Task opened: Sign the contract").first().waitFor();
        await looks(page, "history");
    });

    step("what failed is told in plain words, with the technical detail folded", async () => {
        const {page} = windows.karl;
        await page.goto(at("", failing));
        const {body} = await ask(page, "GET", `/cases/${failing}/tasks?status=open`);
        const done = await ask(page, "POST", `/tasks/${body.items[0].id}/completion`, {outcome: "fail", values: {}});
        assert.equal(done.status, 200, JSON.stringify(done.body));
        await page.getByText("1 open incident").waitFor();
        await page.getByRole("link", {name: "See what failed"}).click();
        const card = page.locator(".finding");
        await card.getByRole("heading", {name: "A rule of the workflow failed"}).waitFor();
        await card.getByText("A calculation in the workflow failed").waitFor();
        assert.equal(await card.locator("dl").first().isVisible(), false);
        await card.getByText("Technical detail").click();
        assert.equal(await card.locator("dl").first().isVisible(), true);
        await looks(page, "operation-incident");
    });

    step("what is added while the history is read comes on top, and names where it came from", async () => {
        const {page} = windows.karl;
        await page.goto(at("/history", failing));
        await page.locator(".entry", {hasText: "Incident: A rule of the workflow failed"}).waitFor();
        await page.getByText("Live", {exact: true}).waitFor();
        const paused = await ask(page, "POST", `/cases/${failing}/pause`, {reason: "To look at it."});
        assert.equal(paused.status, 200);
        await page.locator(".entry").first().getByText("Paused: To look at it.").waitFor();
        const resumed = await ask(page, "POST", `/cases/${failing}/resumption`, {reason: "Looked at."});
        assert.equal(resumed.status, 200);
        await page.locator(".entry").first().getByText("Resumed: Looked at.").waitFor();
        assert.equal(await page.locator("#s-1").count(), 1);
        const done = page.locator(".entry", {hasText: "Done: Work"});
        await done.getByRole("link", {name: /^Came from: Certification opened: A case that fails,/}).click();
        await page.waitForFunction(() => document.activeElement?.textContent?.includes("Certification opened"));
    });

    step("the list of incidents tells what waits in all cases, counted in the bar", async () => {
        const {page} = windows.karl;
        await page.goto(installation.url + "/incidents?status=resolved");
        await page.getByText("Nothing has been seen to yet.").waitFor();
        const link = page.getByRole("link", {name: "Incidents"});
        assert.equal(await link.locator(".count").innerText(), "1");
        await page.getByLabel("Seen to", {exact: true}).focus();
        await page.keyboard.press("ArrowLeft");
        await page.waitForURL(/status=open$/);
        await page.setViewportSize({width: 360, height: 900});
        assert.equal(await ringCut(page, ".segment input:focus + span"), "");
        await page.locator(".finding").getByText("A rule of the workflow failed").waitFor();
        await looks(page, "incidents");
        await page.locator(".finding").getByRole("link", {name: "A case that fails"}).click();
        await page.waitForFunction(() => document.activeElement?.classList.contains("finding") === true);
        await page.getByRole("button", {name: "Try again"}).waitFor();
    });

    /// How often the case's incidents were resolved.
    const resolved = async (page: Page) => {
        const {body} = await ask(page, "GET", `/cases/${failing}/history?size=200`);
        return body.items.filter((one: {kind: string}) => one.kind === "incident_resolved").length;
    };

    step("a double click on trying again tries once, though the next incident comes to its place", async () => {
        const {page} = windows.karl;
        await page.getByRole("button", {name: "Try again"}).dblclick({delay: 80});
        await said(page, "Tried again");
        await page.getByText(/done again by Karl Keeper/).waitFor();
        await page.waitForFunction(() => document.querySelectorAll(".finding").length === 2);
        assert.equal(await resolved(page), 1);
    });

    step("a double click on skipping opens its form once, with the focus in it", async () => {
        const {page} = windows.karl;
        await page.getByRole("button", {name: "Skip it"}).dblclick({delay: 80});
        await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "reason");
        assert.equal(await page.locator(".field.has-problem").count(), 0);
        await press(page, "Cancel");
    });

    step("an incident is skipped only with a reason", async () => {
        const {page} = windows.karl;
        await press(page, "Skip it");
        await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "reason");
        await press(page, "Skip it");
        await page.locator(".field.has-problem").getByText("This is needed.").waitFor();
        await page.getByLabel("Reason").fill("The value is not needed.");
        // Two presses of the key before the page is drawn again.
        await page.getByRole("button", {name: "Skip it"}).evaluate((button: HTMLElement) => {
            button.click();
            button.click();
        });
        await said(page, "Skipped");
        assert.equal(await page.locator(".toasts").getByText("Skipped").count(), 1);
        await page.getByText(/skipped by Karl Keeper, .*\. The value is not needed\./).waitFor();
        await page.waitForFunction(() => document.activeElement?.id === "incidents-title");
        assert.equal(await page.getByRole("button", {name: "Try again"}).count(), 0);
        await page.getByRole("link", {name: "Incidents"}).click();
        await page.getByText("Nothing waits.").waitFor();
        assert.equal(await page.getByRole("link", {name: "Incidents"}).locator(".count").count(), 0);
    });
});
