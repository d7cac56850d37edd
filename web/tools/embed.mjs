// Writes what the binary carries of a folder of pages: each file as it is and compressed, taken up
// by the assembler (.incbin: no time and no memory, unlike an array in C++), and the table that
// web/assets.h gives out.
import {createHash} from "node:crypto";
import {mkdir, readFile, readdir, rm, writeFile} from "node:fs/promises";
import path from "node:path";
import {gzipSync} from "node:zlib";

const contentTypes = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
};

async function filesUnder(folder, prefix = "") {
    const found = [];
    for (const entry of await readdir(path.join(folder, prefix), {withFileTypes: true})) {
        const name = `${prefix}/${entry.name}`;
        if (entry.isDirectory()) {
            found.push(...(await filesUnder(folder, name)));
        } else {
            found.push(name);
        }
    }
    return found.sort();
}

function contentType(name) {
    const type = contentTypes[path.extname(name)];
    if (type === undefined) {
        throw new Error(`no content type is known for ${name}`);
    }
    return type;
}

function assembly(blobs) {
    const lines = ['    .section .rodata'];
    for (const {symbol, file, digest} of blobs) {
        lines.push(`    /* sha256 ${digest} */`);
        lines.push(`    .global ${symbol}`, `    .balign 16`, `${symbol}:`);
        lines.push(`    .incbin "${file}"`);
        lines.push(`    .global ${symbol}_end`, `${symbol}_end:`, `    .byte 0`);
    }
    lines.push('    .section .note.GNU-stack,"",@progbits', "");
    return lines.join("\n");
}

function table(assets, blobs) {
    const declarations = blobs.map(
        ({symbol}) => `extern const unsigned char ${symbol}[];\nextern const unsigned char ${symbol}_end[];`,
    );
    const rows = assets.map(
        ({name, plain, packed, type, etag, caching}) =>
            `    {"${name}", {${plain}, ${plain}_end}, {${packed}, ${packed}_end},\n` +
            `     "${type}", "${etag}", Caching::${caching}},`,
    );
    return `#include "web/assets.h"

#include <array>

extern "C" {
${declarations.join("\n")}
}

namespace guildmark::web {

std::span<const Asset> assets() {
    static const std::array<Asset, ${assets.length}> all{{
${rows.join("\n")}
    }};
    return all;
}

}  // namespace guildmark::web
`;
}

export async function embed(dist, out) {
    await rm(out, {recursive: true, force: true});
    await mkdir(out, {recursive: true});
    const assets = [];
    const blobs = [];
    for (const [index, name] of (await filesUnder(dist)).entries()) {
        const bytes = await readFile(path.join(dist, name));
        const digest = createHash("sha256").update(bytes).digest("hex");
        const plain = `guildmark_web_asset_${index}`;
        const packed = `${plain}_gzip`;
        const packedFile = path.join(out, `${index}.gz`);
        await writeFile(packedFile, gzipSync(bytes, {level: 9}));
        blobs.push({symbol: plain, file: path.join(dist, name), digest});
        blobs.push({symbol: packed, file: packedFile, digest});
        assets.push({
            name,
            plain,
            packed,
            type: contentType(name),
            etag: digest.slice(0, 32),
            caching: name.startsWith("/assets/") ? "forever" : "revalidate",
        });
    }
    await writeFile(path.join(out, "assets.S"), assembly(blobs));
    await writeFile(path.join(out, "assets_table.cpp"), table(assets, blobs));
}
