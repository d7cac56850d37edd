import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import path from "node:path";
import {test} from "node:test";
import {deflateRawSync} from "node:zlib";
import {openArchive, WorkbookProblem} from "../../source/screens/register/workbook";

declare const WEB_FOLDER: string;

function bytesOf(buffer: Buffer): ArrayBuffer {
    return new Uint8Array(buffer).buffer;
}

function sample(name: string): ArrayBuffer {
    return bytesOf(readFileSync(path.join(WEB_FOLDER, `tests/data/${name}.xlsx`)));
}

/// An archive of one file, whose directory says whatever is given.
function archiveOf(name: string, packed: Buffer, method: number): ArrayBuffer {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(local.length + name.length + packed.length, 16);
    return bytesOf(Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]));
}

test("what is no archive is refused", () => {
    assert.throws(() => openArchive(bytesOf(Buffer.from("PK, said the parrot; no archive at all"))), WorkbookProblem);
    assert.throws(() => openArchive(new ArrayBuffer(0)), WorkbookProblem);
});

test("an archive that was cut off or points elsewhere is refused", async () => {
    const whole = Buffer.from(sample("suppliers"));
    assert.throws(() => openArchive(bytesOf(whole.subarray(0, whole.length - 30))), WorkbookProblem);
    const moved = Buffer.from(whole);
    moved.writeUInt32LE(0xfffffff0, whole.length - 6);
    assert.throws(() => openArchive(bytesOf(moved)));
    const inner = Buffer.from(archiveOf("a", Buffer.from("text"), 0));
    inner.writeUInt32LE(0, 0);
    await assert.rejects(openArchive(bytesOf(inner))("a"), WorkbookProblem);
});

test("an archive that unpacks to far more than a list of numbers is refused", async () => {
    const bomb = deflateRawSync(Buffer.alloc(64 << 20));
    assert.ok(bomb.length < 1 << 20);
    await assert.rejects(openArchive(archiveOf("a", bomb, 8))("a"), /too large/);
});

test("files are read as they were packed", async () => {
    assert.equal(await openArchive(archiveOf("a", Buffer.from("plain"), 0))("a"), "plain");
    assert.equal(await openArchive(archiveOf("a", deflateRawSync("packed"), 8))("a"), "packed");
    await assert.rejects(openArchive(archiveOf("a", Buffer.from("?"), 12))("a"), WorkbookProblem);
    for (const [name, file] of [["suppliers", "worksheets/sheet1"], ["suppliers-libreoffice", "sharedStrings"]] as const) {
        const read = openArchive(sample(name));
        assert.match((await read(`xl/${file}.xml`)) ?? "", /GM-00001-0001-0002/);
        assert.equal(await read("xl/none.xml"), undefined);
    }
});
