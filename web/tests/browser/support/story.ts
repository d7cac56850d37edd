import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import type {Page} from "playwright-core";
import {shoot, violations} from "./browser";

/// What the tests of a story have in common, of which each goes on where the one before ended.

/// Makes steps of one story; where one failed, those after it have nothing to go on from.
export function steps(): (name: string, play: () => Promise<void>) => void {
    let stuck = "";
    return (name, play) => {
        test(name, async () => {
            assert.equal(stuck, "", "an earlier step failed");
            stuck = name;
            await play();
            stuck = "";
        });
    };
}

export const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", {name}).first();
export const said = (page: Page, text: string | RegExp) => page.locator(".toasts").getByText(text).first().waitFor();
export const press = (page: Page, name: string) => page.getByRole("button", {name, exact: true}).click();

/// What the server answers to the person's own browser.
export async function ask(page: Page, method: string, where: string, body?: unknown) {
    return await page.evaluate(
        async ([verb, address, content]) => {
            const response = await fetch(`/api/v1${address}`, {
                method: verb as string,
                headers: {"Content-Type": "application/json"},
                body: content === undefined ? undefined : JSON.stringify(content),
            });
            return {status: response.status, body: JSON.parse(await response.text())};
        },
        [method, where, body] as const,
    );
}

/// The workbook that a link gives, the start of whose name is `link`.
export async function savesWorkbook(page: Page, link: string): Promise<void> {
    const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", {name: link}).click(),
    ]);
    assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK", link);
}

/// Each look has no serious fault of accessibility, and nothing is wider than the window.
export async function looks(page: Page, name: string): Promise<void> {
    for (const [look, width, dark] of [["light", 1280, false], ["dark", 1280, true], ["phone", 360, false], ["phone-dark", 360, true]] as const) {
        await page.setViewportSize({width, height: 900});
        await page.emulateMedia({colorScheme: dark ? "dark" : "light", reducedMotion: "reduce"});
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${name}, ${look}: ${wide} pixels too wide`);
        assert.deepEqual(await violations(page), [], `${name}, ${look}`);
        await shoot(page, `${name}-${look}`);
    }
    await page.setViewportSize({width: 1280, height: 900});
    await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
}
