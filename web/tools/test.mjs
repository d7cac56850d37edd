// Runs the tests of one kind with Node's own runner: tests/KIND/*.test.ts, bundled one by one.
//
//   node tools/test.mjs unit | browser | server
//
// The last line is "N passed, N failed"; the exit status is 0 only when nothing failed and at least
// one test ran.
import {build} from "esbuild";
import {mkdir, readdir, rm} from "node:fs/promises";
import path from "node:path";
import {run} from "node:test";
import {fileURLToPath} from "node:url";
import {languages} from "./languages.mjs";

const web = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const kind = process.argv[2];
if (!["unit", "browser", "server"].includes(kind)) {
    throw new Error("say which tests: unit, browser or server");
}
const folder = path.join(web, "tests", kind);
// Beside node_modules, where the bundles find the packages that they are not bundled with.
const out = path.join(web, "node_modules/.guildmark-tests", kind);
await rm(out, {recursive: true, force: true});
await mkdir(out, {recursive: true});
const names = (await readdir(folder)).filter((name) => /\.test\.tsx?$/.test(name)).sort();
await build({
    absWorkingDir: web,
    entryPoints: names.map((name) => path.join(folder, name)),
    outdir: out,
    outExtension: {".js": ".mjs"},
    bundle: true,
    platform: "node",
    target: "node18",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    packages: "external",
    sourcemap: "inline",
    define: {WEB_FOLDER: JSON.stringify(web)},
    logLevel: "warning",
    plugins: [languages(path.join(web, "source/messages"))],
});

let passed = 0;
let failed = 0;
const stream = run({
    files: names.map((name) => path.join(out, name.replace(/\.tsx?$/, ".mjs"))),
    concurrency: 1,
});

/// A file is itself reported as a test around those that it holds; only a file that could not run
/// counts.
const isFile = (data) => data.name.endsWith(".mjs");

stream.on("test:pass", (data) => {
    if (!isFile(data) && data.details?.type !== "suite") {
        passed += 1;
        console.log(`ok    ${data.name}`);
    }
});
stream.on("test:fail", (data) => {
    if (data.details?.type === "suite" || (isFile(data) && failed > 0)) {
        return;
    }
    failed += 1;
    console.log(`FAIL  ${data.name}`);
    console.log(data.details?.error?.cause?.stack ?? data.details?.error);
});
stream.on("test:stderr", ({message}) => process.stderr.write(message));
stream.on("end", () => {
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
});
stream.resume();
