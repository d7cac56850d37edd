import {language, t} from "./messages";

/// Dates, numbers and amounts as people of the shown language write them.

const dayMs = 24 * 60 * 60 * 1000;

/// "2026-03-02" is a day and not midnight somewhere: it is shown alike in every time zone.
function parse(text: string): {date: Date; timeZone: string | undefined} {
    return /^\d{4}-\d{2}-\d{2}$/.test(text)
        ? {date: new Date(`${text}T00:00:00Z`), timeZone: "UTC"}
        : {date: new Date(text), timeZone: undefined};
}

export function showDate(text: string): string {
    const {date, timeZone} = parse(text);
    return new Intl.DateTimeFormat(language(), {
        day: "numeric",
        month: "long",
        year: "numeric",
        timeZone,
    }).format(date);
}

export function showTime(text: string): string {
    return new Intl.DateTimeFormat(language(), {dateStyle: "medium", timeStyle: "short"}).format(
        new Date(text),
    );
}

export function showHour(text: string): string {
    return new Intl.DateTimeFormat(language(), {timeStyle: "short"}).format(new Date(text));
}

export function showNumber(value: number): string {
    return new Intl.NumberFormat(language()).format(value);
}

/// "1234.50 EUR", as the server writes amounts.
export function showMoney(text: string): string {
    const [amount = "0", currency = "EUR"] = text.split(" ");
    return new Intl.NumberFormat(language(), {style: "currency", currency}).format(Number(amount));
}

/// "A, B, and C"; what is no list of texts is shown as nothing.
export function showList(items: unknown): string {
    const texts = Array.isArray(items) ? items.map(String) : [];
    return new Intl.ListFormat(language(), {type: "conjunction"}).format(texts);
}

export function showBytes(bytes: number): string {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
    let value = bytes;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    return new Intl.NumberFormat(language(), {
        style: "unit",
        unit: units[unit] ?? "byte",
        unitDisplay: unit === 0 ? "long" : "short",
        maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
    }).format(value);
}

/// Whole days from the day of `now` to the day of `text`, by the calendar of the person's place;
/// negative when it is past.
export function daysUntil(text: string, now: Date): number {
    const {date, timeZone} = parse(text);
    const target =
        timeZone === "UTC"
            ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
            : Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
    return Math.round(
        (target - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / dayMs,
    );
}

export type Urgency = "late" | "soon" | "later";

/// How a due day looks from `now`: late, within a week, or later.
export function urgency(text: string, now: Date): Urgency {
    const days = daysUntil(text, now);
    if (days < 0) {
        return "late";
    }
    return days <= 7 ? "soon" : "later";
}

/// Whether something must be done by a day, or only lasts until then.
export type DueKind = "due" | "ends";

/// "due today", "due in 12 days", "3 days late"; "runs out in 12 days"
export function showDue(text: string, now: Date, kind: DueKind): string {
    const days = daysUntil(text, now);
    if (days === 0) {
        return t(`${kind}.today`);
    }
    return days > 0 ? t(`${kind}.in`, {count: days}) : t(`${kind}.late`, {count: -days});
}
