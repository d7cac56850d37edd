import {refusalText} from "../../api/problem";
import type {HistoryItem, Titled, TraceStep} from "../../api/types";
import {t, textFor} from "../../messages/messages";
import {showDate, showList, showMoney} from "../../messages/numbers";

/// A case's history in words: what each record says, and which steps belong together. Plain functions on
/// what the server tells.

/// What it was about, made of the record's values: texts come in the person's language, names of
/// enumerations have their words here.
function subject(item: HistoryItem): string {
    const value = (name: string): string => {
        const found = item.values[name];
        return typeof found === "string" || typeof found === "number" ? String(found) : "";
    };
    const of = (about: string, detail: string) =>
        detail === "" ? about : t("history.of", {subject: about, detail});
    switch (item.kind) {
        case "chart_advanced":
            return showList(item.values["states"]);
        case "requirement_answered":
            return of(value("requirement"), textFor("answer.value", value("answer"), ""));
        case "requirement_assessed":
            return of(value("requirement"), textFor("verdict.value", value("verdict"), ""));
        case "finding_raised":
            return t("history.finding", {
                number: value("number"),
                grade: textFor("grade", value("grade"), ""),
                requirement: value("requirement"),
            });
        case "response_judged":
            return textFor("judgement", value("judgement"), "");
        case "decision_recorded":
            return textFor("decision.kind", value("decision"), value("decision"));
        case "certificate_acted":
            return of(value("number"), textFor("decision.kind", value("action"), value("action")));
        case "charge_made":
            return of(value("title"), showMoney(value("amount")));
        case "signal_received":
            return value("signal");
        case "search_values_changed":
            return showList(item.values["values"]);
        case "incident_opened":
            // Its technical detail is told where it is seen to.
            return textFor("incident.kind", String(item.data["kind"]), value("message"));
        case "incident_resolved":
            return of(textFor("incident.resolution", value("resolution"), ""), value("reason"));
        case "case_moved":
            return t("history.moved", {
                from: showList(item.values["from"]),
                to: showList(item.values["to"]),
                reason: value("reason"),
            });
        case "case_paused":
        case "case_resumed":
        case "case_migrated":
            return value("reason");
        case "command_rejected":
            return [refusalText(value("code"), value("message")), value("reason")].join(" ").trim();
        default:
            return of(value("task") || value("title"), value("outcome"));
    }
}

/// "Requirement answered: 4.1 – In place"; for kinds that the pages do not know, the server's words.
export function entryText(item: HistoryItem): string {
    const words = textFor("event", item.kind, "");
    if (words === "") {
        return item.text;
    }
    const what = subject(item);
    return what === "" ? words : t("history.entry", {event: words, subject: what});
}

/// The words for a kind of record, without what it was about.
export function kindText(kind: string): string {
    return textFor("event", kind, kind);
}

/// Records that follow by themselves and say little; they are found among the step's records.
const quietKinds = new Set([
    "chart_advanced",
    "effect_requested",
    "search_values_changed",
    "task_withdrawn",
    "timer_cancelled",
    "timer_set",
]);

/// What the step led to at once that people want to know.
export function consequences(step: TraceStep): HistoryItem[] {
    return step.records.slice(1).filter((one) => !quietKinds.has(one.kind));
}

/// States that have titles; those without serve the chart alone, unless none has one.
function titlesOf(states: readonly Titled[]): string {
    const titled = states.filter((one) => one.title !== one.id);
    return showList((titled.length === 0 ? states : titled).map((one) => one.title));
}

/// The states that were left and entered, in words; empty when the case stayed where it was.
export function stateChange(step: TraceStep): string {
    const without = (states: readonly Titled[], others: readonly Titled[]) =>
        titlesOf(states.filter((one) => !others.some(({id}) => id === one.id)));
    const from = without(step.before, step.after);
    const to = without(step.after, step.before);
    if (from !== "" && to !== "") {
        return from === to ? "" : t("history.change", {from, to});
    }
    return to !== "" ? t("history.entered", {to}) : from !== "" ? t("history.left", {from}) : "";
}

/// Steps that are told as one: nothing came of any of them, and the same person did the same.
export interface Run {
    steps: TraceStep[];
}

function leadsNowhere(step: TraceStep): boolean {
    return (
        step.records.length === 1 &&
        step.caused_by === null &&
        step.led_to.length === 0 &&
        step.kind !== "command_rejected"
    );
}

function isLike(left: TraceStep, right: TraceStep): boolean {
    return (
        leadsNowhere(left) &&
        leadsNowhere(right) &&
        left.kind === right.kind &&
        left.actor.person?.id === right.actor.person?.id &&
        left.actor.role === right.actor.role
    );
}

/// From so many on, steps that are alike are told as one.
const runMin = 3;

function runsOf(steps: readonly TraceStep[]): Run[] {
    const runs: Run[] = [];
    for (const step of steps) {
        const last = runs[runs.length - 1];
        const before = last?.steps[last.steps.length - 1];
        if (last !== undefined && before !== undefined && isLike(before, step)) {
            last.steps.push(step);
        } else {
            runs.push({steps: [step]});
        }
    }
    return runs.flatMap((run) =>
        run.steps.length < runMin ? run.steps.map((step) => ({steps: [step]})) : [run],
    );
}

export interface Day {
    day: string;
    runs: Run[];
}

/// Steps in the order given, by the day on which the reader's clock stood.
export function byDay(steps: readonly TraceStep[]): Day[] {
    const days: {day: string; steps: TraceStep[]}[] = [];
    for (const step of steps) {
        const day = showDate(step.at);
        const last = days[days.length - 1];
        if (last?.day === day) {
            last.steps.push(step);
        } else {
            days.push({day, steps: [step]});
        }
    }
    return days.map(({day, steps: own}) => ({day, runs: runsOf(own)}));
}
