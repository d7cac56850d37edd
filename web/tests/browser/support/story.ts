import assert from "node:assert/strict";
import {test} from "node:test";
import type {Page} from "playwright-core";

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
