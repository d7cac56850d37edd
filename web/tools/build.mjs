// Builds the pages: source/ -> DIST/index.html and DIST/assets/ with a content hash in every name.
//
//   node tools/build.mjs --out DIST [--embed OBJECTS]
//
// With --embed, OBJECTS gets what the binary carries of DIST; see embed.mjs.
import {build} from "esbuild";
import {mkdir, readFile, readdir, rm, writeFile} from "node:fs/promises";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {gzipSync} from "node:zlib";
import {embed} from "./embed.mjs";
import {languages} from "./languages.mjs";

const web = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/// What a phone on a slow line has to fetch before it shows the first screen, compressed.
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
    return names;
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

async function checkSize(out) {
    let bytes = 0;
    for (const name of await readdir(path.join(out, "assets"))) {
        if (name.endsWith(".js")) {
            bytes += gzipSync(await readFile(path.join(out, "assets", name)), {level: 9}).length;
        }
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
await writePage(out, await bundle(out));
const bytes = await checkSize(out);
if (values.embed !== undefined) {
    await embed(out, path.resolve(values.embed));
}
console.log(`web: scripts ${bytes} bytes compressed`);
