import assert from "node:assert/strict";
import {after, afterEach, before, describe} from "node:test";
import type {Browser, Page} from "playwright-core";
import {launch, openWindow, type Window} from "../browser/support/browser";
import {Installation} from "../browser/support/installation";
import {ask, heading, looks, press, said, steps} from "../browser/support/story";

/// One act on many cases: the real program, its pages, a real browser. Each test goes on where the one
/// before ended.

const count = 30;

describe("batches", () => {
    const installation = new Installation();
    const ids: string[] = [];
    let browser: Browser;
    let keeper: Window;
    let manager: Window;
    let page: Page;

    const step = steps();

    /// How often the case has a record of the kind.
    const records = async (id: string, kind: string) => {
        const {body} = await ask(page, "GET", `/cases/${id}/history?size=200`);
        return body.items.filter((one: {kind: string}) => one.kind === kind).length;
    };
    const recordsOfAll = async (kind: string) => {
        const found: number[] = [];
        for (const id of ids) {
            found.push(await records(id, kind));
        }
        return found;
    };
    const post = async (window: Window, where: string, body: unknown) => {
        const answer = await ask(window.page, "POST", where, body);
        assert.ok(answer.status < 300, JSON.stringify(answer.body));
        return answer.body;
    };
    const line = (title: string) => page.locator(".batch-line", {hasText: title});
    const status = (text: string) => page.getByRole("status").getByText(text, {exact: true}).waitFor();
    const choose = async (act: string) => {
        await page.getByRole("group", {name: "What to do"}).getByText(act, {exact: true}).click();
    };

    before(async () => {
        installation.addToLibrary([
            {folder: "tests/data/workflows/signalled", to: "workflows"},
            {folder: "samples/honey-mark/standards/honey-code", to: "standards"},
        ]);
        installation.bootstrap();
        await installation.serve();
        browser = await launch();
        const client = await installation.organisation("Bergimkerei", "client");
        const body = await installation.organisation("Norwell Certification", "body");
        keeper = await openWindow(browser, installation.url);
        await keeper.page.goto(await installation.link(client, {name: "Karl Keeper", roles: ["keeper"]}));
        await heading(keeper.page, "Your certifications").waitFor();
        manager = await openWindow(browser, installation.url);
        page = manager.page;
        await page.goto(await installation.link(body, {name: "Mara Manager", roles: ["manager"]}));
        await heading(page, "Your certifications").waitFor();
        for (let number = 1; number <= count; number += 1) {
            const title = `Hive ${String(number).padStart(2, "0")}`;
            const parties = {client, body};
            const opened = await post(keeper, "/cases", {workflow: "signalled", standard: "honey-code:2026", title, parties});
            ids.push(opened.created);
        }
        await post(manager, `/cases/${ids[4]}/pause`, {reason: "The bees sleep."});
    });

    after(async () => {
        await browser.close();
        await installation.stop();
    });

    afterEach(() => {
        assert.deepEqual([keeper.faults, manager.faults], [[], []]);
    });

    step("who may not operate sees no way to it", async () => {
        await keeper.page.goto(installation.url);
        await keeper.page.getByText("Hive 30").first().waitFor();
        assert.equal(await keeper.page.getByRole("link", {name: "Do something to all of these"}).count(), 0);
        await keeper.page.goto(`${installation.url}/batches?workflow=signalled`);
        await heading(keeper.page, "Nothing is here").waitFor();
    });

    step("the search that is shown is what it is done to", async () => {
        await page.goto(`${installation.url}/?workflow=signalled&state=applying`);
        await page.getByRole("link", {name: "Do something to all of these"}).click();
        await page.waitForURL(/\/batches\?workflow=signalled&state=applying$/);
        await page.getByText("State: applying").waitFor();
        await page.getByText("Scheme: Signalled").waitFor();
        await press(page, "See what would happen");
        await page.locator(".field.has-problem").getByText("This is needed.").waitFor();
    });

    step("an act needs what it takes, which is asked for at its field", async () => {
        await choose("Pause them");
        await press(page, "See what would happen");
        await page.locator(".field.has-problem").getByText("This is needed.").waitFor();
        assert.equal(await page.evaluate(() => document.activeElement?.id), "batch-reason");
        await looks(page, "batch-act");
    });

    step("what no case would take is refused in each, and nothing can be sent", async () => {
        await choose("Send them a signal");
        await page.getByRole("group", {name: "Signal"}).getByText("Marks are called back").click();
        await press(page, "See what would happen");
        await page.getByText("It can be done to none of these.").waitFor();
        await line("Hive 30").getByText("Nothing in this certification waits for this signal where it stands now.").waitFor();
        assert.equal(await page.getByRole("button", {name: /^Send the signal/}).count(), 0);
        await press(page, "Change what to do");
    });

    step("the preview tells of each case what would become of it, a portion at a time", async () => {
        await page.getByRole("group", {name: "Signal"}).getByText("New edition of the honey code").click();
        await page.getByLabel("Year").fill("2027");
        await press(page, "See what would happen");
        await status("Looked at 25; 25 can be done.");
        await page.locator("dd", {hasText: "2027"}).waitFor();
        await page.getByText("There are more. Only those that you have looked at are acted on.").waitFor();
        await press(page, "Look at all");
        await status("Looked at 30; 29 can be done.");
        await line("Hive 05").getByText("This certification is paused").waitFor();
        await line("Hive 06").getByText("Then at:").waitFor();
        assert.equal((await recordsOfAll("signal_received")).reduce((sum, one) => sum + one, 0), 0);
        await looks(page, "batch-preview");
        await page.getByText(/^Refused/).click();
        assert.equal(await page.locator(".batch-line").count(), 1);
    });

    step("it is done once to each, and one that has changed since is left alone", async () => {
        await post(manager, `/cases/${ids[9]}/pause`, {reason: "Changed in between."});
        let sent = 0;
        page.on("request", (request) => {
            sent += request.url().endsWith("/batches?language=en") && request.method() === "POST" ? 1 : 0;
        });
        await page.getByRole("button", {name: "Send the signal to 29 certifications"}).dblclick({delay: 40});
        await page.waitForURL(/\/batches\/[0-9a-f]{32}$/);
        await status("28 of 29 done");
        assert.equal(sent, 2);
        await line("Hive 10").getByText("It has changed since you looked at it.").waitFor();
        const found = await recordsOfAll("signal_received");
        assert.deepEqual(found, ids.map((_, index) => (index === 4 || index === 9 ? 0 : 1)));
        await looks(page, "batch-result");
    });

    step("the result is there after a reload, in another tab, and in the list of earlier ones", async () => {
        const address = page.url();
        await page.reload();
        await status("28 of 29 done");
        const tab = await manager.context.newPage();
        await tab.goto(address);
        await tab.getByText("28 of 29 done").waitFor();
        await tab.close();
        await keeper.page.goto(address);
        await heading(keeper.page, "Nothing is here").waitFor();
        await page.goto(`${installation.url}/batches`);
        await heading(page, "Done before from this browser").waitFor();
        await page.getByRole("link", {name: "Send them a signal"}).click();
        await status("28 of 29 done");
    });

    step("those that were left alone are looked at anew, as they stand now", async () => {
        await page.getByRole("link", {name: "Look anew at the 1 that was left alone"}).click();
        await page.getByText("1 certification that was left alone before").waitFor();
        await choose("Resume them");
        await page.getByLabel("Reason").fill("Awake again.");
        await press(page, "See what would happen");
        await status("Looked at 1; 1 can be done.");
        await press(page, "Resume 1 certification");
        await status("1 of 1 done");
    });

    step("what was broken off goes on by hand, and does nothing twice", async () => {
        await page.goto(`${installation.url}/batches?workflow=signalled`);
        await choose("Pause them");
        await page.getByLabel("Reason").fill("Winter.");
        await press(page, "See what would happen");
        await press(page, "Look at all");
        await status("Looked at 30; 29 can be done.");
        // The second portion is done, but its answer is lost.
        let calls = 0;
        await page.route("**/api/v1/batches?*", async (route) => {
            calls += 1;
            if (calls > 1) {
                await route.fetch();
                await route.abort();
            } else {
                await route.continue();
            }
        });
        await press(page, "Pause 29 certifications");
        await status("Stopped after 25 of 29. What is done stays done; going on does nothing twice.");
        await page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
        await looks(page, "batch-stopped");
        await page.unroute("**/api/v1/batches?*");
        await page.reload();
        await status("Stopped after 25 of 29. What is done stays done; going on does nothing twice.");
        assert.equal(await page.locator(".chip", {hasText: "not yet"}).count(), 4);
        await press(page, "Go on");
        await status("29 of 29 done");
        const found = await recordsOfAll("case_paused");
        assert.deepEqual(found, ids.map((_, index) => (index === 9 ? 2 : 1)));
    });

    step("a batch that the browser does not know says so", async () => {
        await page.goto(`${installation.url}/batches/${"0".repeat(32)}`);
        await heading(page, "This browser does not know of it").waitFor();
    });

    step("a single case is sent a signal where it is operated", async () => {
        await post(manager, `/cases/${ids[0]}/resumption`, {reason: "Spring."});
        await page.goto(`${installation.url}/cases/${ids[0]}/operation`);
        await press(page, "Send a signal");
        await press(page, "Send it");
        await page.locator(".field.has-problem").getByText("This is needed.").waitFor();
        await page.getByText("Marks are called back").click();
        await press(page, "Send it");
        await page.getByRole("alert").getByText("Nothing in this certification waits for this signal where it stands now.").waitFor();
        await page.getByText("New edition of the honey code").click();
        await page.getByText("Every case goes on under it.").waitFor();
        await page.getByLabel("Year").fill("2028");
        await looks(page, "operation-signal");
        await press(page, "Send it");
        await said(page, "Sent");
        assert.equal(await records(ids[0] ?? "", "signal_received"), 2);
    });

    step("it reads well in Chinese", async () => {
        await page.goto(`${installation.url}/batches?workflow=signalled&status=paused`);
        await page.getByLabel("Language").selectOption("zh");
        await heading(page, "批量处理认证项目").waitFor();
        await page.getByRole("group", {name: "要做什么"}).getByText("恢复", {exact: true}).click();
        await page.getByLabel("理由").fill("春天到了。");
        await page.getByRole("button", {name: "查看会有什么结果"}).click();
        await page.getByText("已查看 25 个，其中 25 个可以处理。").waitFor();
        await looks(page, "batch-preview-chinese");
        await page.getByRole("button", {name: "恢复 25 个认证项目"}).click();
        await page.getByText("已处理 25 / 25").waitFor();
        await looks(page, "batch-result-chinese");
    });
});
