import type {CertificateChecks} from "../../api/types";

/// How many numbers the server looks up at once.
export const numbersMax = 1_000;

/// The first cell of a line of CSV, with comma, semicolon or tab between cells.
function firstCell(line: string): string {
    const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line);
    return (quoted?.[1]?.replaceAll('""', '"') ?? line.split(/[,;\t]/)[0] ?? "").trim();
}

/// The numbers in what was pasted or in a CSV file: the first cell of each line, each number once.
export function numbersIn(text: string): string[] {
    const cells = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/).map(firstCell);
    return [...new Set(cells.filter((cell) => cell !== ""))];
}

/// A cell of CSV (RFC 4180). What a spreadsheet would take for a formula stays text.
function cell(text: string): string {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/// The answers as CSV, in the order asked; a status is as the server names it.
export function checksToCsv(checks: CertificateChecks): string {
    const rows = checks.items.map((item) => [
        item.number,
        item.found ? (item.status ?? "not_valid_yet") : "not_found",
        item.holder ?? "",
        item.standard?.designation ?? "",
        item.valid_until ?? "",
        item.issuer ?? "",
        checks.on,
    ]);
    const head = ["number", "status", "holder", "standard", "valid_until", "issuer", "on"];
    return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
