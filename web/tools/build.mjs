// Builds the pages: source/ -> DIST/index.html and DIST/assets/ with a content hash in every name.
//
//   node tools/build.mjs --out DIST [--embed OBJECTS]
//
// With --embed, OBJECTS gets what the binary carries of DIST; see embed.mjs.
import {build} from "esbuild";
import {mkdir, readFile, rm, writeFile} from "node:fs/promises";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {gzipSync} from "node:zlib";
import {embed} from "./embed.mjs";
import {languages} from "./languages.mjs";

const web = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/// What a phone on a slow line has to fetch before it shows the first screen, compressed; what only
/// operators see comes when it is opened.
const scriptBytesMax = 60_000;

async function bundle(out) {
    const result = await build({
        absWorkingDir: web,
        entryPoints: {
            app: "source/main.tsx",
            theme: "source/theme.ts",
            style: "source/styles/app.css",
        },
        outdir: path.join(out, "assets"),
        entryNames: "[name]-[hash]",
        chunkNames: "[name]-[hash]",
        bundle: true,
        splitting: true,
        format: "esm",
        minify: true,
        target: "es2022",
        jsx: "automatic",
        jsxImportSource: "preact",
        legalComments: "none",
        metafile: true,
        logLevel: "warning",
        plugins: [languages(path.join(web, "source/messages"))],
    });
    const names = {};
    for (const [file, output] of Object.entries(result.metafile.outputs)) {
        if (output.entryPoint !== undefined) {
            names[output.entryPoint] = path.basename(file);
        }
    }
    return {names, files: firstFiles(result.metafile.outputs)};
}

/// The scripts that the first screen needs: the page's own with all that they import, and the texts of
/// one language, the longest.
function firstFiles(outputs) {
    const first = new Set();
    const add = (file) => {
        if (file.endsWith(".js") && !first.has(file)) {
            first.add(file);
            outputs[file].imports.filter((one) => one.kind === "import-statement").forEach((one) => add(one.path));
        }
    };
    const entries = Object.entries(outputs);
    entries.filter(([, one]) => /^source\/(main|theme)\./.test(one.entryPoint ?? "")).forEach(([file]) => add(file));
    const texts = entries.filter(([, one]) => /\/messages\/[^/]+\.json$/.test(one.entryPoint ?? ""));
    texts.sort(([, left], [, right]) => right.bytes - left.bytes);
    add(texts[0][0]);
    return [...first].map((file) => path.basename(file));
}

/// Fills the page's placeholders, {{source/...}}, with the names of what was built from there.
async function writePage(out, names) {
    const template = await readFile(path.join(web, "source/index.html"), "utf8");
    const page = template.replace(/\{\{(.*?)\}\}/g, (_, entry) => {
        if (names[entry] === undefined) {
            throw new Error(`source/index.html names ${entry}, which was not built`);
        }
        return `/assets/${names[entry]}`;
    });
    await writeFile(path.join(out, "index.html"), page);
    await writeFile(
        path.join(out, "favicon.svg"),
        await readFile(path.join(web, "source/favicon.svg")),
    );
}

async function checkSize(out, files) {
    let bytes = 0;
    for (const name of files) {
        bytes += gzipSync(await readFile(path.join(out, "assets", name)), {level: 9}).length;
    }
    if (bytes > scriptBytesMax) {
        throw new Error(`scripts are ${bytes} bytes compressed, over ${scriptBytesMax}`);
    }
    return bytes;
}

const {values} = parseArgs({options: {out: {type: "string"}, embed: {type: "string"}}});
if (values.out === undefined) {
    throw new Error("--out DIST is needed");
}
const out = path.resolve(values.out);
await rm(out, {recursive: true, force: true});
await mkdir(out, {recursive: true});
const {names, files} = await bundle(out);
await writePage(out, names);
const bytes = await checkSize(out, files);
if (values.embed !== undefined) {
    await embed(out, path.resolve(values.embed));
}
console.log(`web: scripts of the first screen ${bytes} bytes compressed`);
