import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {after, before, beforeEach, afterEach, describe, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {launch, openWindow, shoot, violations, type Window, type WindowOptions} from "./support/browser";
import {MockServer} from "./support/mock";
import {ids} from "./support/recorded";

declare const WEB_FOLDER: string;

/// The pages in a real browser, with a server that answers from a recorded case.

const folder = mkdtempSync(path.join(tmpdir(), "guildmark-web-"));
const dist = path.join(folder, "dist");
const views = ["", "/requirements", "/findings", "/evidence", "/history"];

describe("the pages", () => {
    let browser: Browser;
    let server: MockServer;
    let window: Window;
    let page: Page;

    const enter = async (options: WindowOptions = {}, who = "owner") => {
        window = await openWindow(browser, server.url, options);
        page = window.page;
        await page.goto(`${server.url}/#token=gm_${who}`);
        await page.getByRole("heading", {level: 1, name: /ISO 9001/}).waitFor();
    };
    const at = (view: string) => `${server.url}/cases/${ids.case}${view}`;
    const heading = (name: string | RegExp) => page.getByRole("heading", {name}).first();
    const said = (text: string | RegExp) => page.locator(".toasts").getByText(text).waitFor();

    before(async () => {
        execFileSync(process.execPath, [path.join(WEB_FOLDER, "tools/build.mjs"), "--out", dist], {cwd: WEB_FOLDER});
        browser = await launch();
    });

    after(async () => {
        await browser.close();
    });

    beforeEach(async () => {
        server = new MockServer(dist);
        await server.start();
    });

    afterEach(async () => {
        const faults = window.faults;
        await window.context.close();
        await server.stop();
        assert.deepEqual(faults, []);
    });

    test("a link that is not valid leads to the way in, with the reason", async () => {
        window = await openWindow(browser, server.url);
        page = window.page;
        await page.goto(`${server.url}/#token=gm_wrong`);
        await page.getByText("This link is no longer valid").waitFor();
        assert.deepEqual(await violations(page), []);
        await page.getByLabel("Your personal link").fill(`${server.url}/#token=gm_owner`);
        await page.getByRole("button", {name: "Enter"}).click();
        await heading(/ISO 9001/).waitFor();
    });

    test("a personal link enters and leaves no token in the address", async () => {
        await enter();
        assert.equal(new URL(page.url()).hash, "");
        assert.equal(await page.evaluate(() => document.cookie), "");
        await page.reload();
        await heading(/ISO 9001/).waitFor();
    });

    test("signing out forgets the person", async () => {
        await enter();
        await page.getByRole("button", {name: "Sign out"}).click();
        await heading("You have signed out").waitFor();
        await page.reload();
        await heading("Welcome to Guildmark").waitFor();
    });

    test("a session that the server ended leads to the way in", async () => {
        await enter();
        server.endSessions();
        await page.getByRole("link", {name: "History"}).click();
        await heading("Your session has ended").waitFor();
    });

    test("the overview says where the case stands and shows one next step", async () => {
        await enter();
        const here = page.locator("[aria-current=step]");
        assert.match(await here.innerText(), /You are here\s+Application/);
        await heading("Apply for certification").waitFor();
        assert.equal(await page.locator(".hero").count(), 1);
        for (const [name, part] of [["Answered", "7"], ["Evidence", "4"], ["Conforming", "1"]]) {
            const total = page.locator(".total", {hasText: name as string});
            assert.equal(await total.locator("strong").innerText(), part);
        }
        await page.getByText("€1,650.00").first().waitFor();
        await page.getByText("F1 Measuring equipment you can trust").waitFor();
    });

    test("a form with mistakes is not sent, says what is wrong, and focuses the first mistake", async () => {
        await enter();
        await page.getByRole("button", {name: "Begin"}).click();
        await page.getByLabel("What shall the certificate cover?").fill("Parts");
        await page.getByLabel("Tax number").fill("DE12");
        await page.getByRole("button", {name: "Send the application"}).click();
        await page.getByText("6 answers need another look").waitFor();
        await page.getByText("Two letters and nine digits, such as DE123456789.").last().waitFor();
        const focused = await page.evaluate(() => document.activeElement?.getAttribute("name"));
        assert.equal(focused, "scope");
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(server.keys, []);
        await shoot(page, "form-with-mistakes");
    });

    const fillApplication = async () => {
        await page.getByRole("button", {name: "Begin"}).click();
        await page.getByLabel("What shall the certificate cover?").fill("Turning and milling of precision parts");
        await page.getByLabel("How many people work in it?").fill("24");
        await page.getByLabel("Tax number").fill("DE123456789");
        await page.getByLabel("Country", {exact: true}).selectOption({label: "Germany"});
        await page.getByText("In several shifts").click();
        await page.getByRole("group", {name: /photographs/}).getByText("Yes").click();
    };

    test("a refusal by the server names what is missing and links to it", async () => {
        await enter();
        await fillApplication();
        await page.getByRole("button", {name: "Send the application"}).click();
        const refusal = page.locator(".refusal");
        await refusal.getByText("Answer the requirements on leadership first.").first().waitFor();
        assert.match(
            (await refusal.getByRole("link", {name: "What this means"}).getAttribute("href")) ?? "",
            /^\/errors\/gate_not_met$/,
        );
        await shoot(page, "refused");
        await refusal.getByRole("link", {name: "5.1.1"}).click();
        await page.waitForURL(/requirements#r-5\.1\.1$/);
        await page.waitForFunction(() => document.activeElement?.id === "r-5.1.1");
        assert.equal(await page.locator("[id='r-5.1.1']").getAttribute("aria-expanded"), "true");
    });

    test("what is filled in survives a reload, and is sent when the way is free", async () => {
        await enter();
        await fillApplication();
        await page.reload();
        await page.getByRole("button", {name: "Begin"}).click();
        assert.equal(await page.getByLabel("Tax number").inputValue(), "DE123456789");
        for (const number of ["5.1.1", "5.3"]) {
            await page.goto(at(`/requirements#r-${number}`));
            await page.locator(`[id="r-${number}-body"]`).getByText("In place").click();
            await said(`Answer to ${number} saved`);
        }
        await page.goto(at(""));
        await page.getByRole("button", {name: "Begin"}).click();
        await page.getByRole("button", {name: "Send the application"}).click();
        await said("Done: Apply for certification");
        await heading("Waiting for Norwell Certification").waitFor();
        assert.match(await page.locator("[aria-current=step]").innerText(), /Application review/);
        assert.deepEqual(await violations(page), []);
        await page.getByRole("button", {name: /Apply for certification: Send the application/}).click();
        await page.getByText("Turning and milling of precision parts").waitFor();
        await page.locator("dd", {hasText: "Germany"}).waitFor();
        assert.deepEqual(await violations(page), []);
        await shoot(page, "waiting");
    });

    test("a requirement is answered with one click, and not applicable only with a reason", async () => {
        await enter();
        await page.goto(at("/requirements#r-8.3.1"));
        const group = page.getByRole("group", {name: "How is it with you?"});
        await group.getByText("Does not apply").click();
        await page.getByText("Say why it does not apply, then save.").waitFor();
        assert.deepEqual(server.keys, []);
        await page.getByLabel("Note").fill("We make to drawings of our customers.");
        await page.getByRole("button", {name: "Save"}).click();
        await said("Answer to 8.3.1 saved");
    });

    test("an answer fetches anew only what it has changed", async () => {
        await enter();
        // The page looks at the case once more when its stream begins: before that, nothing is said
        // of what an answer fetches. What the page before still asks for does not count.
        await page.goto("about:blank");
        const second = page.waitForResponse((response) => response.url().endsWith(`/api/v1/cases/${ids.case}`));
        await page.goto(at("/requirements#r-4.4.1"));
        const group = page.getByRole("group", {name: "How is it with you?"});
        await group.getByText("Partly").waitFor();
        await page.getByText("Live", {exact: true}).waitFor();
        await second;
        const fetched: string[] = [];
        page.on("request", (request) => {
            const {pathname} = new URL(request.url());
            if (request.method() === "GET") {
                fetched.push(pathname.replace(`/api/v1/cases/${ids.case}`, "case").replace(/^\/api\/v1/, ""));
            }
        });
        const shown = page.waitForResponse((response) => /\/requirements(\?|$)/.test(response.url()));
        await group.getByText("Partly").click();
        await said("Answer to 4.4.1 saved");
        await shown;
        // The notice of the record comes as well. Mostly it finds everything shown; where it does not,
        // the same is fetched once more.
        await new Promise((resolve) => setTimeout(resolve, 600));
        const parts = new Set(fetched.filter((one) => !one.startsWith("/tasks/")));
        assert.deepEqual([...parts].sort(), ["case", "case/requirements"]);
    });

    test("a write whose line broke is sent again under the same key", async () => {
        await enter();
        server.breakNextWrite = true;
        await page.goto(at("/requirements#r-4.4.1"));
        await page.getByRole("group", {name: "How is it with you?"}).getByText("Partly").click();
        await said("Answer to 4.4.1 saved");
        assert.equal(server.keys.length, 2);
        assert.equal(server.keys[0], server.keys[1]);
    });

    test("a file is uploaded and matched to requirements", async () => {
        await enter();
        await page.goto(at("/evidence"));
        const file = path.join(folder, "Prüfmittelliste & Plan.txt");
        writeFileSync(file, "MM-013 calibrated 2025-11-03\n");
        await page.getByLabel("Choose files").setInputFiles(file);
        await said("Added: Prüfmittelliste & Plan.txt");
        const row = page.locator(".paper", {hasText: "Prüfmittelliste"});
        await row.getByText("Not matched to a requirement yet").waitFor();
        await row.getByRole("button", {name: "Match"}).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("Search by number or word").fill("7.1.5.2");
        await dialog.getByRole("checkbox").first().check();
        assert.deepEqual(await violations(page), []);
        await dialog.getByRole("button", {name: "Save"}).click();
        await said("Matched: Prüfmittelliste & Plan.txt");
        await row.getByRole("link", {name: "7.1.5.2"}).waitFor();
    });

    test("a document gets a new revision with its own validity", async () => {
        await enter();
        await page.goto(at("/evidence"));
        const old = page.locator(".paper", {hasText: "Calibration certificate MM-013"});
        await old.getByRole("button", {name: "New revision"}).click();
        const file = path.join(folder, "2026-11 MM-013.pdf");
        writeFileSync(file, "%PDF-1.4 calibrated again\n");
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("File").setInputFiles(file);
        await dialog.getByLabel("Valid until").fill("2031-11-01");
        await dialog.getByRole("button", {name: "New revision"}).click();
        await said("New revision: Calibration certificate MM-013");
        await page.getByText("2026-11 MM-013.pdf").waitFor();
        await page.getByText("revision 2").waitFor();
        await page.getByText("November 1, 2031").waitFor();
        await page.getByRole("button", {name: "Show 1 that no longer counts"}).click();
        await page.getByText("replaced", {exact: true}).waitFor();
    });

    test("a dialog closes on Escape and gives the focus back", async () => {
        await enter();
        await page.goto(at("/evidence"));
        const match = page.getByRole("button", {name: "Match"}).first();
        await match.click();
        await page.getByRole("dialog").waitFor();
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({state: "detached"});
        assert.equal(await match.evaluate((button) => button === document.activeElement), true);
    });

    test("a nonconformity is responded to, and an incomplete response is not sent", async () => {
        await enter();
        await page.goto(at("/findings"));
        await page.getByRole("button", {name: "Respond"}).click();
        await page.getByLabel("Correction", {exact: true}).fill("Both micrometers were taken out of use and calibrated.");
        await page.getByRole("button", {name: "Send the response"}).click();
        await page.getByText("2 answers need another look").waitFor();
        await page.getByLabel("Root cause").fill("The list named no one who looks at the dates.");
        await page.getByLabel("Corrective action").fill("The shift leader checks the list on the first Monday.");
        await page.getByRole("button", {name: "Send the response"}).click();
        await said("Response to F1 sent");
        await page.locator(".finding").getByText("response sent", {exact: true}).waitFor();
    });

    test("an auditor assesses and judges, and may not answer for the firm", async () => {
        await enter({}, "auditor");
        await heading("Waiting for Brenner Feinwerk GmbH").waitFor();
        await page.goto(at("/requirements#r-4.1"));
        await page.getByRole("group", {name: "Your verdict"}).waitFor();
        assert.equal(await page.getByRole("group", {name: "How is it with you?"}).count(), 0);
        await page.getByRole("button", {name: "Raise a nonconformity"}).click();
        assert.equal(await page.getByLabel("Requirement", {exact: true}).inputValue(), "4.1");
        assert.deepEqual(await violations(page), []);
    });

    test("what someone else does appears without a reload", async () => {
        await enter();
        const answered = page.locator(".total.answered strong");
        await page.getByText("Live", {exact: true}).waitFor();
        server.answerElsewhere("9.3.1");
        await page.waitForFunction(() => document.querySelector(".total.answered strong")?.textContent === "8");
        assert.equal(await answered.innerText(), "8");
    });

    test("what came before the page could be told of it appears as well", async () => {
        server.holdStreams = true;
        await enter();
        assert.equal(await page.locator(".total.answered strong").innerText(), "7");
        server.answerElsewhere("9.3.1");
        server.openStreams();
        await page.waitForFunction(() => document.querySelector(".total.answered strong")?.textContent === "8");
    });

    test("the history tells an act with what it led to, and many that are alike as one", async () => {
        await enter();
        await page.goto(at("/history"));
        const opened = page.locator(".entry", {hasText: "Certification opened"});
        await opened.getByText("Begun: Application").waitFor();
        await opened.getByText("Task opened: Apply for certification").first().waitFor();
        const alike = page.locator(".entry", {hasText: "Requirement answered, 3 times"});
        assert.equal(await alike.getByText("Requirement answered: 4.2 – In place").isVisible(), false);
        await alike.getByText("Records 5 to 7").click();
        await alike.getByText("Requirement answered: 4.2 – In place").waitFor();
        await page.getByRole("button", {name: "Show every single record"}).click();
        await opened.getByText("Moved on to: Application").waitFor();
        assert.deepEqual(await violations(page), []);
    });

    test("the report is downloaded in the language that is shown", async () => {
        await enter();
        await page.getByLabel("Language").selectOption("zh");
        await heading("进展情况").waitFor();
        const [download] = await Promise.all([
            page.waitForEvent("download"),
            page.getByRole("link", {name: /下载报告/}).click(),
        ]);
        assert.equal(download.suggestedFilename(), "report-zh.xlsx");
    });

    test("the chosen language and theme are kept", async () => {
        await enter();
        await page.getByLabel("Language").selectOption("zh");
        await page.getByRole("button", {name: "切换到深色"}).click();
        await page.reload();
        await heading("提交认证申请").waitFor();
        assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
        assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
    });

    test("being offline is said, and ends", async () => {
        await enter();
        await window.context.setOffline(true);
        await page.getByText("You are offline.").waitFor();
        await window.context.setOffline(false);
        await page.getByText("You are offline.").waitFor({state: "detached"});
    });

    test("an address that leads nowhere says so", async () => {
        await enter();
        await page.goto(`${server.url}/cases/0000000000000`);
        await heading("Nothing is here").waitFor();
        await page.goto(at("/nothing"));
        await heading("Nothing is here").waitFor();
    });

    test("the whole first step can be reached with the keyboard", async () => {
        await enter();
        const names: string[] = [];
        for (let presses = 0; presses < 25; presses += 1) {
            await page.keyboard.press("Tab");
            names.push(await page.evaluate(() => document.activeElement?.textContent ?? ""));
            if (names[names.length - 1] === "Begin") {
                break;
            }
        }
        assert.equal(names[0], "Skip to the content");
        assert.equal(names[names.length - 1], "Begin");
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "scope");
    });

    const looks: [string, WindowOptions][] = [
        ["light", {}],
        ["dark", {dark: true}],
        ["phone", {width: 360, height: 740}],
        ["phone-dark", {width: 360, height: 740, dark: true}],
        ["chinese", {language: "zh-CN"}],
    ];
    for (const [name, options] of looks) {
        test(`every view is accessible and fits its window: ${name}`, async () => {
            await enter(options);
            for (const view of views) {
                await page.goto(at(view));
                await page.locator("h2").first().waitFor();
                const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                assert.ok(wide <= 0, `${view} is ${wide} pixels too wide`);
                assert.deepEqual(await violations(page), [], view);
                await shoot(page, `${name}${view.replace("/", "-") || "-overview"}`);
            }
            await page.goto(at("/requirements#r-7.1.5.2"));
            await page.locator(".requirement.open").waitFor();
            assert.deepEqual(await violations(page), []);
            await page.locator(".requirement.open").scrollIntoViewIfNeeded();
            await shoot(page, `${name}-requirement`, false);
        });
    }
});
