import {languages} from "virtual:languages";
import type en from "./en.json";

/// What a message file holds under a key: a text, or a text for each plural category of its language.
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<string, Message>;
export type MessageKey = keyof typeof en;
export type Parameters = Record<string, string | number>;

const storageKey = "guildmark.language";

let tag = "en";
let catalogue: Catalogue = {};
const listeners = new Set<() => void>();

/// Fills a message's {names}. A message with plural categories takes the one of `count`.
export function format(message: Message, parameters: Parameters, language: string): string {
    let text: string | undefined;
    if (typeof message === "string") {
        text = message;
    } else {
        const category = new Intl.PluralRules(language).select(Number(parameters["count"] ?? 0));
        text = message[category] ?? message.other;
    }
    return (text ?? "").replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = parameters[name];
        if (value === undefined) {
            return whole;
        }
        return typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;
    });
}

/// The text of `key` in the language that is shown.
export function t(key: MessageKey, parameters: Parameters = {}): string {
    const message = catalogue[key];
    return message === undefined ? key : format(message, parameters, tag);
}

/// The text of a key that is put together from what the server says, such as a code; `otherwise`
/// when the pages have no text of their own for it.
export function textFor(prefix: string, code: string, otherwise: string): string {
    const message = catalogue[`${prefix}.${code}`];
    return message === undefined ? otherwise : format(message, {}, tag);
}

export function language(): string {
    return tag;
}

/// The language of `languages` that the person chose, else the first one of the browser's that is
/// there, else English.
export function preferredLanguage(wanted: readonly string[], offered: readonly string[]): string {
    for (const one of wanted) {
        const base = one.split("-")[0]?.toLowerCase();
        const found =
            offered.find((known) => known.toLowerCase() === one.toLowerCase()) ??
            offered.find((known) => known.split("-")[0]?.toLowerCase() === base);
        if (found !== undefined) {
            return found;
        }
    }
    return "en";
}

export async function showStoredLanguage(): Promise<void> {
    const stored = localStorage.getItem(storageKey);
    const wanted = stored === null ? navigator.languages : [stored, ...navigator.languages];
    await showLanguage(preferredLanguage(wanted, languages.map((one) => one.tag)));
}

async function showLanguage(chosen: string): Promise<void> {
    const found = languages.find((one) => one.tag === chosen);
    if (found === undefined) {
        return;
    }
    catalogue = (await found.load()).default;
    tag = found.tag;
    document.documentElement.lang = tag === "zh" ? "zh-Hans" : tag;
    for (const listener of listeners) {
        listener();
    }
}

export async function chooseLanguage(chosen: string): Promise<void> {
    localStorage.setItem(storageKey, chosen);
    await showLanguage(chosen);
}

/// Calls `listener` after each change of language, until the function given back is called.
export function onLanguage(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export {languages};
