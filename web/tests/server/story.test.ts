import assert from "node:assert/strict";
import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {after, afterEach, before, describe} from "node:test";
import type {Browser, Page} from "playwright-core";
import {launch, openWindow, shoot, violations, type Window} from "../browser/support/browser";
import {faultsOf, statusesOf} from "../browser/support/credential";
import {Installation, type Person} from "../browser/support/installation";
import {heading, press, said, savesWorkbook, steps} from "../browser/support/story";

/// One firm's way from the application to the certificate, played by the people themselves: the real
/// program, its store, its pages, a real browser. Each test goes on where the one before ended.

declare const WEB_FOLDER: string;

const people = {
    greta: {name: "Greta Brenner", roles: ["applicant"]},
    rita: {name: "Rita Reuter", roles: ["application-reviewer", "programme-manager", "certification-manager"]},
    anna: {name: "Anna Norwell", roles: ["lead-auditor"]},
    tom: {name: "Tom Tessen", roles: ["technical-reviewer", "decider"]},
} satisfies Record<string, Person>;
type Who = keyof typeof people;

const folder = mkdtempSync(path.join(tmpdir(), "guildmark-story-"));

describe("a firm's way to its certificate", () => {
    const installation = new Installation();
    const windows = {} as Record<Who, Window>;
    let browser: Browser;
    let caseId = "";

    const step = steps();

    const at = (view = "") => `${installation.url}/cases/${caseId}${view}`;
    const begin = (page: Page) => page.getByRole("button", {name: "Begin"}).click();

    /// Calls the API as the page itself would, for what would be the same click many times.
    const callAs = async (page: Page, method: string, where: string, body?: unknown) =>
        await page.evaluate(
            async ([verb, address, content]) => {
                const response = await fetch(`/api/v1${address}`, {
                    method: verb as string,
                    headers: {"Content-Type": "application/json"},
                    body: content === undefined ? undefined : JSON.stringify(content),
                });
                const text = await response.text();
                if (!response.ok) {
                    throw new Error(`${verb} ${address}: ${text}`);
                }
                return JSON.parse(text);
            },
            [method, where, body] as const,
        );

    before(async () => {
        installation.bootstrap();
        await installation.serve();
        browser = await launch();
        const client = await installation.organisation("Brenner Feinwerk GmbH", "client");
        const body = await installation.organisation("Norwell Certification", "body");
        for (const who of Object.keys(people) as Who[]) {
            windows[who] = await openWindow(browser, installation.url, {dark: who === "tom"});
            const link = await installation.link(who === "greta" ? client : body, people[who]);
            await windows[who].page.goto(link);
            await heading(windows[who].page, "Your certifications").waitFor();
        }
        const made = await callAs(windows.greta.page, "POST", "/cases", {
            workflow: "iso-9001",
            standard: "iso-9001:2015",
            title: "ISO 9001 for Brenner Feinwerk",
            parties: {client, body},
        });
        caseId = made.created;
        for (const {page} of Object.values(windows)) {
            await page.goto(at());
            await heading(page, "ISO 9001 for Brenner Feinwerk").waitFor();
        }
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

    step("the firm applies, after the mistakes in the form are mended", async () => {
        const {page} = windows.greta;
        await heading(page, "Apply for certification").waitFor();
        await begin(page);
        await press(page, "Send the application");
        await page.locator(".problem-summary").waitFor();
        await shoot(page, "server-application-mistakes");
        await page.getByLabel("What the certificate is to cover").fill("Turning and milling of precision parts for pumps");
        await page.getByLabel("Number of sites").fill("1");
        await page.getByLabel("Addresses of the sites").fill("Tuttlingen, Werkstrasse 4: all of it");
        await page.getByLabel("Country of the main site").selectOption({label: "Germany"});
        await page.getByLabel("People who work in this scope").fill("24");
        await page.getByLabel("Number of shifts").fill("2");
        await page.getByRole("group", {name: /You design products/}).getByText("No", {exact: true}).click();
        await page.getByLabel("Contact person", {exact: true}).fill("Greta Brenner");
        await page.getByLabel("E-mail of the contact person").fill("greta@brenner.example");
        await press(page, "Send the application");
        await said(page, "Done: Apply for certification");
        await heading(page, "Waiting for Norwell Certification").waitFor();
    });

    step("the reviewer sees it without a reload, and accepts it with an offer", async () => {
        const {page} = windows.rita;
        await heading(page, "Review the application").waitFor();
        await page.getByText("Turning and milling of precision parts for pumps").waitFor();
        await begin(page);
        await page.getByLabel(/Audit time in days/).fill("4,5");
        await page.getByLabel(/Competence that the team needs/).fill("Machining of metals");
        await page.getByLabel(/Threats to impartiality/).fill("None found");
        await shoot(page, "server-review");
        await press(page, "Accept and offer");
        await said(page, "Done: Review the application");
    });

    step("the firm signs, and its share of the cost is shown", async () => {
        const {page} = windows.greta;
        await heading(page, "Sign the contract").waitFor();
        await begin(page);
        await press(page, "Sign");
        await page.getByText("2 answers need another look").waitFor();
        await page.getByLabel(/Name of the person who signs/).fill("Greta Brenner");
        await page.getByLabel(/Signed on/).fill("2026-11-22");
        await press(page, "Sign");
        await said(page, "Done: Sign the contract");
        await page.locator(".my-share").getByText("€3,950.00").first().waitFor();
    });

    step("the firm is not let through unprepared, and told what is missing", async () => {
        const {page} = windows.greta;
        await heading(page, "Answer the requirements and collect evidence").waitFor();
        await begin(page);
        await page.getByLabel("Last internal audit").fill("2026-10-05");
        await page.getByLabel("Last management review").fill("2026-11-02");
        await press(page, "We are ready for stage 1");
        const refusal = page.locator(".refusal");
        await refusal.getByText("Some requirements have no answer yet.").waitFor();
        await refusal.getByRole("link", {name: "4.1"}).first().waitFor();
        assert.deepEqual(await violations(page), []);
        await shoot(page, "server-refused");
    });

    step("the firm answers and brings evidence", async () => {
        const {page} = windows.greta;
        await page.locator(".refusal").getByRole("link", {name: "4.1"}).first().click();
        await page.locator("[id='r-4.1-body']").getByText("In place").click();
        await said(page, "Answer to 4.1 saved");
        const {items} = await callAs(page, "GET", `/cases/${caseId}/requirements`);
        for (const {number, answer} of items) {
            if (answer.value === "none") {
                await callAs(page, "PUT", `/cases/${caseId}/requirements/${encodeURIComponent(number)}/answer`, {value: "in_place"});
            }
        }
        await page.goto(at("/evidence"));
        const file = path.join(folder, "Managementbewertung 2026 & Ziele.txt");
        writeFileSync(file, "Reviewed on 2026-11-02: scope, policy, objectives, internal audit.\n");
        await page.getByLabel("Choose files").setInputFiles(file);
        await said(page, /Added/);
        const row = page.locator(".paper", {hasText: "Managementbewertung"});
        await row.getByRole("button", {name: "Match"}).click();
        const dialog = page.getByRole("dialog");
        for (const {number} of items) {
            if (/^(4\.3|5\.2|6\.2|9\.2|9\.3)(\.|$)/.test(number)) {
                await dialog.getByRole("checkbox", {name: new RegExp(`^${number.replace(/\./g, "\\.")} `)}).check();
            }
        }
        await dialog.getByRole("button", {name: "Save"}).click();
        await said(page, /Matched/);
        await page.goto(at());
        await begin(page);
        await press(page, "We are ready for stage 1");
        await said(page, "Done: Answer the requirements and collect evidence");
    });

    step("the audit is planned and agreed", async () => {
        const {page} = windows.rita;
        await heading(page, "Plan the audit and name the team").waitFor();
        await begin(page);
        await page.getByLabel("Stage 1 on").fill("2027-01-12");
        await page.getByLabel("Stage 2 begins on").fill("2027-01-05");
        await page.getByLabel("Lead auditor").fill("Tom Tessen");
        await press(page, "Propose to the firm");
        await page.locator(".refusal").getByText("Stage 2 begins after stage 1.").waitFor();
        await page.getByLabel("Stage 2 begins on").fill("2027-02-09");
        await press(page, "Propose to the firm");
        await page.locator(".refusal").getByText("one of your lead auditors").waitFor();
        await page.getByLabel("Lead auditor").fill("Anna Norwell");
        await press(page, "Propose to the firm");
        const firm = windows.greta.page;
        await heading(firm, "Agree to the audit days and the team").waitFor();
        await begin(firm);
        await press(firm, "Agree");
        await said(firm, "Done: Agree to the audit days and the team");
    });

    step("the lead auditor finds the firm ready", async () => {
        const {page} = windows.anna;
        await heading(page, "Hold stage 1").waitFor();
        await begin(page);
        await page.getByLabel("Last day of stage 1").fill("2027-01-12");
        await page.getByLabel("Conclusions").fill("Ready.");
        await press(page, "Ready for stage 2");
        await said(page, "Done: Hold stage 1");
    });

    step("the lead auditor assesses every requirement and raises a nonconformity", async () => {
        const {page} = windows.anna;
        await heading(page, "Hold stage 2").waitFor();
        await page.goto(at("/requirements#r-7.1.5.2"));
        await page.locator("[id='r-7.1.5.2-body']").getByText("Nonconforming", {exact: true}).click();
        await said(page, "Verdict on 7.1.5.2 saved");
        await press(page, "Raise a nonconformity");
        await page.getByText("Minor", {exact: true}).click();
        await page.getByLabel("Statement").fill("Two of nine outside micrometers in use were past their calibration date.");
        await page.getByLabel("What was seen").fill("MM-013 and MM-021, hall 2, with the shift leader.");
        await shoot(page, "server-raise");
        await press(page, "Raise it");
        await said(page, "Raised");
        const {items} = await callAs(page, "GET", `/cases/${caseId}/requirements`);
        for (const {number, verdict} of items) {
            if (verdict.value === "none") {
                await callAs(page, "PUT", `/cases/${caseId}/requirements/${encodeURIComponent(number)}/assessment`, {value: "conforming", note: "Seen."});
            }
        }
        await page.goto(at());
        await begin(page);
        await page.getByLabel("First day of stage 2").fill("2027-02-09");
        await page.getByLabel("Last day of stage 2").fill("2027-02-10");
        await page.getByLabel("Sites and shifts visited").fill("Tuttlingen, both shifts");
        await page.getByLabel("Conclusions").fill("One minor nonconformity.");
        await press(page, "Stage 2 is done");
        await said(page, "Done: Hold stage 2");
        assert.deepEqual(await violations(page), []);
        await shoot(page, "server-auditor");
    });

    step("the firm responds to the nonconformity", async () => {
        const {page} = windows.greta;
        await heading(page, "Answer the findings").waitFor();
        assert.deepEqual(await violations(page), []);
        await shoot(page, "server-findings");
        await page.goto(at("/findings"));
        await press(page, "Respond");
        await page.getByLabel("Correction", {exact: true}).fill("Both were taken out of use and calibrated.");
        await page.getByLabel("Root cause").fill("The list named no one who looks at the dates.");
        await page.getByLabel("Corrective action").fill("The shift leader checks the list on the first Monday.");
        await press(page, "Send the response");
        await said(page, "Response to F1 sent");
        await page.goto(at());
        await press(page, "Send the answers");
        await said(page, "Done: Answer the findings");
    });

    step("the lead auditor cannot close before judging, and accepts the response", async () => {
        const {page} = windows.anna;
        await heading(page, "Judge the answers").waitFor();
        await begin(page);
        await press(page, "All are dealt with");
        const refusal = page.locator(".refusal");
        await refusal.getByText("The plan for a minor nonconformity is not accepted.").waitFor();
        await refusal.getByRole("link", {name: "F1"}).click();
        await press(page, "Judge the response");
        await page.getByText("Accept the response").click();
        await press(page, "Record the judgement");
        await said(page, "Judgement on F1 recorded");
        await page.goto(at());
        await begin(page);
        await press(page, "All are dealt with");
        await said(page, "Done: Judge the answers");
    });

    step("someone else reviews the file and decides, on the exact state that is shown", async () => {
        const {page} = windows.tom;
        await heading(page, "Review the audit file").waitFor();
        await begin(page);
        await press(page, "The file is complete");
        await said(page, "Done: Review the audit file");
        await heading(page, "Decide on certification").waitFor();
        await begin(page);
        await page.getByLabel(/Scope on the certificate/).fill("Turning and milling of precision parts for pumps");
        await press(page, "Grant the certificate");
        const dialog = page.getByRole("dialog");
        await dialog.getByText("certificate granted").waitFor();
        assert.deepEqual(await violations(page), []);
        await shoot(page, "server-decision");
        await dialog.getByRole("button", {name: "Grant the certificate"}).click();
        await said(page, "Done: Decide on certification");
    });

    step("it is published, and the firm sees its certificate in its own language", async () => {
        const {page} = windows.rita;
        await heading(page, "Publish the certificate").waitFor();
        await press(page, "Publish");
        await said(page, "Done: Publish the certificate");
        const firm = windows.greta.page;
        await firm.locator(".certificate").getByText("valid", {exact: true}).waitFor();
        assert.deepEqual(await violations(firm), []);
        await shoot(firm, "server-certificate");
        await firm.getByLabel("Language").selectOption("zh");
        await firm.locator(".certificate").getByText("有效", {exact: true}).waitFor();
        await shoot(firm, "server-certificate-chinese");
    });

    step("a buyer checks the certificate in the register without signing in", async () => {
        const number = (await windows.greta.page.locator(".certificate h2").innerText()).trim();
        const {page, faults} = await openWindow(browser, installation.url);
        await page.goto(`${installation.url}/c/GM-0`);
        await page.getByText("not known here").waitFor();
        await page.goto(`${installation.url}/register?holder=nobody`);
        await page.getByText("No certificate is like that.").waitFor();
        await page.getByLabel("Name of the firm, or part of it").fill("brenner");
        await press(page, "Search");
        await page.getByRole("link", {name: number}).waitFor();
        const list = page.getByLabel("Numbers, one a line");
        const file = page.getByLabel("Or a file (CSV, XLSX)");
        await file.setInputFiles({name: "list.xlsx", mimeType: "", buffer: Buffer.from("PK\u0003\u0004 and no more")});
        await page.getByText("This is no list that can be read.").waitFor();
        for (const [name, found] of [
            ["suppliers", ["Certificate", "GM-00001-0001-0001", "GM-00001-0001-0002", "No certificate, a name alone", "4711"]],
            ["suppliers-libreoffice", ["Certificate", "GM-00001-0001-0001", "GM-00001-0001-0002", "No certificate, a name alone", "4711"]],
            ["suppliers-inline", ["GM-00001-0001-0003"]],
        ] as const) {
            await file.setInputFiles(path.join(WEB_FOLDER, `tests/data/${name}.xlsx`));
            await page.getByRole("button", {name: `Check ${found.length} number`}).waitFor();
            assert.equal(await list.inputValue(), found.join("\n"), name);
            await list.fill("");
        }
        await page.getByText("This is no list that can be read.").waitFor({state: "detached"});
        await list.fill(`GM-0;Somebody\n"${number}",Brenner\n\n`);
        await press(page, "Check 2 numbers");
        await page.getByText("1 of 2 was valid").waitFor();
        const [saved] = await Promise.all([
            page.waitForEvent("download"),
            page.getByRole("link", {name: "Save as CSV"}).click(),
        ]);
        const lines = readFileSync(await saved.path(), "utf8").split("\r\n");
        assert.match(lines[1] ?? "", /^GM-0,not_found,/);
        assert.ok((lines[2] ?? "").startsWith(`${number},active,`));
        assert.deepEqual(await violations(page), []);
        await shoot(page, "register");
        await page.getByLabel("Number on the certificate").fill(` ${number} `);
        await press(page, "Check");
        await heading(page, number).waitFor();
        await page.getByText("The certificate counts today.").waitFor();
        await page.getByLabel("Was it valid on").fill("2020-01-01");
        await page.getByText("not valid yet").waitFor();
        assert.equal(new URL(page.url()).searchParams.get("on"), "2020-01-01");
        const ask = async (where: string) => await (await fetch(`${installation.url}/api/v1${where}`)).json();
        const credential = await ask(`/certificates/${encodeURIComponent(number)}/credential`);
        const keys = await ask("/keys");
        assert.notEqual(await faultsOf({...credential, validUntil: "2099-01-01T00:00:00Z"}, keys), "");
        assert.equal(await faultsOf(credential, keys), "");
        const lists = await Promise.all(["revocation-1", "suspension-1"].map((name) => ask(`/status-lists/${name}`)));
        for (const list of lists) {
            assert.equal(await faultsOf(list, keys), "");
        }
        await assert.rejects(statusesOf(credential, []));
        assert.deepEqual(await statusesOf(credential, lists), []);
        for (const [look, width, dark] of [["light", 1280, false], ["dark", 1280, true], ["phone", 360, false]] as const) {
            await page.setViewportSize({width, height: 900});
            await page.emulateMedia({colorScheme: dark ? "dark" : "light", reducedMotion: "reduce"});
            for (const [where, name] of [[`/c/${number}`, "certificate"], ["/register?holder=Brenner", "list"]] as const) {
                await page.goto(installation.url + where);
                await page.getByText("Brenner Feinwerk").first().waitFor();
                const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                assert.ok(wide <= 0, `${name} ${look}: ${wide} pixels too wide`);
                assert.deepEqual(await violations(page), [], `${name} ${look}`);
                await shoot(page, `register-${name}-${look}`);
            }
        }
        await page.getByLabel("Language").selectOption("zh");
        await page.getByText("证书登记册").first().waitFor();
        await shoot(page, "register-list-chinese");
        await page.goto(`${installation.url}/c/${number}`);
        await page.getByText("该证书今天有效。").waitFor();
        await shoot(page, "register-certificate-chinese");
        assert.deepEqual(faults.filter((fault) => !fault.includes("404")), []);
    });

    step("the report is a workbook, and the history tells who did what", async () => {
        const {page} = windows.greta;
        await page.getByLabel("语言").selectOption("en");
        await page.locator(".certificate").getByText("valid", {exact: true}).waitFor();
        await savesWorkbook(page, "Download the report");
        await page.goto(at("/requirements"));
        await savesWorkbook(page, "Statement of applicability");
        await page.goto(at("/findings"));
        await savesWorkbook(page, "Register of nonconformities");
        await page.getByRole("link", {name: "History"}).click();
        await savesWorkbook(page, "Audit plan");
        await savesWorkbook(page, "Audit report");
        const shown = () => page.locator(".entry").count();
        await page.locator(".entry").first().waitFor();
        const first = await shown();
        await press(page, "Show more");
        await page.waitForFunction((count) => document.querySelectorAll(".entry").length > count, first);
        const opened = page.locator(".entry", {hasText: "Certification opened"});
        for (let pages = 0; pages < 20 && (await opened.count()) === 0; pages += 1) {
            await press(page, "Show more");
        }
        for (const {name} of Object.values(people)) {
            await page.locator(".entry", {hasText: name}).first().waitFor();
        }
        const applied = page.locator(".entry", {has: page.locator(".step > p:first-child", {hasText: "Done: Apply for certification"})});
        await applied.getByText("From Application to").waitFor();
        await applied.getByText("Task opened: Review the application").first().waitFor();
        await applied.getByRole("link", {name: /^Led to: Done: Review the application/}).first().click();
        await page.waitForFunction(() => document.activeElement?.textContent?.includes("Done: Review the application"));
        await page.locator(".entry:focus").getByRole("link", {name: /^Came from: Done: Apply for certification/}).click();
        await page.waitForFunction(() => document.activeElement?.textContent?.includes("Done: Apply for certification"));
        assert.deepEqual(await violations(page), []);
        await shoot(page, "server-history");
    });

    const sizes = [
        ["phone", 360, "light"],
        ["dark", 1280, "dark"],
    ] as const;
    for (const [name, width, theme] of sizes) {
        step(`each view of the certified case is accessible and fits: ${name}`, async () => {
            const {page} = windows.greta;
            await page.setViewportSize({width, height: 800});
            await page.emulateMedia({colorScheme: theme});
            for (const view of ["", "/requirements", "/findings", "/evidence", "/history"]) {
                await page.goto(at(view));
                await page.locator("h2").first().waitFor();
                const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                assert.ok(wide <= 0, `${view} is ${wide} pixels too wide`);
                assert.deepEqual(await violations(page), [], view);
                await shoot(page, `server-${name}${view.replace("/", "-") || "-overview"}`);
            }
        });
    }
});
