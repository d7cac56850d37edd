/// What a workbook (XLSX) says in the first cells of its first sheet. It is read here, in the page, so
/// that no list of suppliers is sent but the numbers in it.

/// What of a file is unpacked at most: far more than a sheet of as many numbers as are looked up.
const unpackedMax = 32 << 20;

export class WorkbookProblem extends Error {}

/// One file of a ZIP archive (PKWARE APPNOTE 6.3, 4.3.12), packed.
interface Packed {
    readonly method: number;
    readonly size: number;
    readonly offset: number;
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localEntry = 0x04034b50;

function isAt(view: DataView, offset: number, signature: number): boolean {
    return offset >= 0 && offset + 4 <= view.byteLength && view.getUint32(offset, true) === signature;
}

/// The end of the central directory stands within the last 65,557 bytes.
function findEnd(view: DataView): number {
    const shortest = 22;
    const longest = shortest + 0xffff;
    for (let at = view.byteLength - shortest; at >= Math.max(0, view.byteLength - longest); --at) {
        if (isAt(view, at, endOfDirectory)) return at;
    }
    throw new WorkbookProblem("no archive");
}

/// The files by name. Errors: WorkbookProblem, RangeError (it is cut off).
function directoryOf(view: DataView): Map<string, Packed> {
    const end = findEnd(view);
    const files = new Map<string, Packed>();
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; --left) {
        if (!isAt(view, at, directoryEntry)) throw new WorkbookProblem("a broken archive");
        const nameSize = view.getUint16(at + 28, true);
        const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameSize));
        files.set(name, {
            method: view.getUint16(at + 10, true),
            size: view.getUint32(at + 20, true),
            offset: view.getUint32(at + 42, true),
        });
        at += 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return files;
}

/// Whatever an archive says of its sizes, no more than unpackedMax is made.
async function inflated(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
        size += next.value.byteLength;
        if (size > unpackedMax) {
            await reader.cancel();
            throw new WorkbookProblem("too large");
        }
        chunks.push(next.value);
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.byteLength;
    }
    return whole;
}

/// The archive's files as text, by name; undefined: there is none of that name.
/// Errors: WorkbookProblem, and those of views and streams, of bytes that are no archive.
export function openArchive(bytes: ArrayBuffer): (name: string) => Promise<string | undefined> {
    const view = new DataView(bytes);
    const files = directoryOf(view);
    return async (name) => {
        const file = files.get(name);
        if (file === undefined) return undefined;
        if (!isAt(view, file.offset, localEntry)) throw new WorkbookProblem("a broken archive");
        const begin =
            file.offset + 30 + view.getUint16(file.offset + 26, true) + view.getUint16(file.offset + 28, true);
        const packed = new Uint8Array(bytes, begin, file.size);
        if (file.method !== 0 && file.method !== 8) throw new WorkbookProblem("packed in another way");
        return new TextDecoder().decode(file.method === 0 ? packed : await inflated(packed));
    };
}

function parsed(xml: string | undefined): Document {
    const document = new DOMParser().parseFromString(xml ?? "", "text/xml");
    if (xml === undefined || document.querySelector("parsererror") !== null) {
        throw new WorkbookProblem("no workbook");
    }
    return document;
}

function elements(parent: Document | Element, name: string): Element[] {
    return [...parent.getElementsByTagNameNS("*", name)];
}

/// Texts of a string, without the readings that East Asian texts may have beside them.
function textOf(element: Element): string {
    return elements(element, "t")
        .filter((part) => part.parentElement?.localName !== "rPh")
        .map((part) => part.textContent)
        .join("");
}

/// Where the first sheet is (ECMA-376 part 1, 18.2.19 and part 2, relationships).
async function firstSheet(read: (name: string) => Promise<string | undefined>): Promise<string> {
    const sheet = elements(parsed(await read("xl/workbook.xml")), "sheet")[0];
    const id = sheet?.getAttributeNS("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id");
    const relations = elements(parsed(await read("xl/_rels/workbook.xml.rels")), "Relationship");
    const target = relations.find((one) => one.getAttribute("Id") === id)?.getAttribute("Target");
    if (target === undefined || target === null) throw new WorkbookProblem("no sheet");
    return target.startsWith("/") ? target.slice(1) : `xl/${target}`;
}

/// The first cell of each row of the first sheet that is not empty, a line each; titles too.
/// Errors: whatever a file that is no workbook leads to.
export async function firstCellsOf(bytes: ArrayBuffer): Promise<string> {
    const read = openArchive(bytes);
    const sheet = parsed(await read(await firstSheet(read)));
    const strings = await read("xl/sharedStrings.xml");
    const shared = strings === undefined ? [] : elements(parsed(strings), "si").map(textOf);
    const shown = (cell: Element): string => {
        const value = elements(cell, "v")[0]?.textContent ?? "";
        switch (cell.getAttribute("t")) {
            case "s":
                return shared[Number(value)] ?? "";
            case "inlineStr":
                return textOf(cell);
            default:
                return value;
        }
    };
    const lines = elements(sheet, "row").map(
        (row) => elements(row, "c").map(shown).find((text) => text.trim() !== "") ?? "",
    );
    return lines.map((line) => line.replaceAll(/\s+/g, " ").trim()).filter((line) => line !== "").join("\n");
}
