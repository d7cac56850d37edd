import {createRequire} from "node:module";
import {mkdirSync, readFileSync} from "node:fs";
import path from "node:path";
import {chromium, type Browser, type BrowserContext, type Page} from "playwright-core";

/// The real browser that people use, kept from calling anyone but the server under test.
export async function launch(): Promise<Browser> {
    return await chromium.launch({
        executablePath: process.env["GUILDMARK_CHROMIUM"] ?? "/usr/bin/chromium",
        headless: true,
        args: [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    });
}

declare const WEB_FOLDER: string;

/// Where pictures of the pages go, for people to look at. Who names the folder gets whole pages; else it
/// is the first screenful of each, because pictures of several metres take longer than the rest.
const named = process.env["GUILDMARK_SCREENSHOTS"];
const screenshots = named ?? path.join(WEB_FOLDER, "../build/screenshots");
mkdirSync(screenshots, {recursive: true});

/// A browser window with what went wrong in it: errors of scripts, refused policies, requests that
/// left the server under test.
export interface Window {
    context: BrowserContext;
    page: Page;
    faults: string[];
}

export interface WindowOptions {
    width?: number;
    height?: number;
    language?: string;
    dark?: boolean;
}

export async function openWindow(browser: Browser, url: string, options: WindowOptions = {}): Promise<Window> {
    const context = await browser.newContext({
        viewport: {width: options.width ?? 1280, height: options.height ?? 900},
        locale: options.language ?? "en",
        colorScheme: options.dark === true ? "dark" : "light",
        timezoneId: "Europe/Berlin",
        reducedMotion: "reduce",
        acceptDownloads: true,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("console", (message) => {
        // A refused call is reported by the browser too; the pages show it themselves.
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
            faults.push(`console: ${message.text()}`);
        }
    });
    page.on("request", (request) => {
        if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) {
            faults.push(`request to ${request.url()}`);
        }
    });
    return {context, page, faults};
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/// The serious and critical violations that axe finds on the page, each with where it is.
export async function violations(page: Page): Promise<string[]> {
    // Through the protocol and not as an element of the page: its policy allows no such script.
    await page.evaluate(axe);
    return await page.evaluate(async () => {
        const run = (window as unknown as {axe: {run: (options: object) => Promise<AxeResult>}}).axe.run;
        const result = await run({resultTypes: ["violations"]});
        return result.violations
            .filter((one) => one.impact === "serious" || one.impact === "critical")
            .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ") + " " + (node.any?.[0]?.message ?? "")).join("; ")}`);
    });
}

interface AxeResult {
    violations: {id: string; impact: string; nodes: {target: string[]; any?: {message: string}[]}[]}[];
}

export async function shoot(page: Page, name: string, whole = named !== undefined): Promise<void> {
    await page.screenshot({path: path.join(screenshots, `${name}.png`), fullPage: whole});
}
