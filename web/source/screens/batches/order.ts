import type {BatchPreviewRequest, CaseStatus, Field, FormValues, Workflow} from "../../api/types";
import {cleanValues} from "../../components/form/check";
import {t} from "../../messages/messages";
import {showList} from "../../messages/numbers";
import {filtersOf} from "../cases/filters";
import {stateLabel} from "../my-certification/move";
import {moveFields, targetsOf} from "../my-certification/moveForm";
import {field} from "../my-certification/SmallForm";
import {shownValue} from "../my-certification/SoFar";

/// What is done to many cases, and to which: plain functions on what the address and the form hold.

export const acts = ["pause", "resume", "move", "signal", "retry", "skip"] as const;
export type Act = (typeof acts)[number];

/// The act with all that it takes, as POST /batches has it.
export type Order = Pick<BatchPreviewRequest, "action" | "signal" | "values" | "to" | "reason">;

/// Which cases: those that are named, or those that meet conditions.
export type Selection = Omit<BatchPreviewRequest, keyof Order | "after" | "size">;

/// The acts that can be chosen: signals and moves are those of one workflow, and some have no signals.
export function actsOf(workflow: Workflow | undefined): Act[] {
    return acts.filter(
        (act) =>
            (act !== "move" || workflow !== undefined) &&
            (act !== "signal" || (workflow?.signals.length ?? 0) > 0),
    );
}

/// The form that the chosen signal has; undefined when it has none.
export function signalForm(workflow: Workflow | undefined, values: FormValues) {
    return workflow?.signals.find((one) => one.id === values["signal"])?.form ?? undefined;
}

/// What is asked for an act, beside the form of a signal.
export function fieldsOf(act: Act, workflow: Workflow | undefined, values: FormValues): Field[] {
    const reason = field("reason", "long_text", true, t("reason"), t("operation.reason.help"));
    switch (act) {
        case "retry":
            return [];
        case "signal":
            return [
                {
                    ...field("signal", "choice", true, t("batch.signal"), ""),
                    choices: (workflow?.signals ?? []).map((one) => ({value: one.id, label: one.title})),
                },
            ];
        case "move":
            return workflow === undefined ? [reason] : [...moveFields(workflow, values), reason];
        default:
            return [reason];
    }
}

export function orderOf(
    act: Act,
    values: FormValues,
    signalValues: FormValues | undefined,
): Order {
    const clean = cleanValues(values);
    switch (act) {
        case "retry":
            return {action: act};
        case "signal":
            return {
                action: act,
                signal: String(clean["signal"]),
                values: signalValues === undefined ? null : cleanValues(signalValues),
            };
        case "move":
            return {action: act, to: targetsOf(clean), reason: String(clean["reason"])};
        default:
            return {action: act, reason: String(clean["reason"])};
    }
}

/// With what it is done, in the words that were shown when it was.
export interface About {
    label: string;
    value: string;
}

export function aboutOf(order: Order, workflow: Workflow | undefined): About[] {
    const states = (order.to ?? []).map((id) => stateLabel(workflow?.states ?? [], id));
    const signal = workflow?.signals.find((one) => one.id === order.signal);
    const values = (order.values ?? {}) as FormValues;
    return [
        ...(states.length === 0 ? [] : [{label: t("move.target"), value: showList(states)}]),
        ...(signal === undefined ? [] : [{label: t("batch.signal"), value: signal.title}]),
        ...(signal?.form?.fields ?? [])
            .filter((one) => one.id in values)
            .map((one) => ({label: one.label, value: shownValue(one, values[one.id] ?? "")})),
    ];
}

/// The ids that the address names.
export function namedCases(query: URLSearchParams): string[] {
    return [...new Set(query.getAll("case"))];
}

/// The conditions of the address. Without any, all cases that run.
export function selectionOf(query: URLSearchParams): Selection {
    const filters = filtersOf(query);
    const {workflow, organisation, status, data} = filters;
    const conditions: Selection = {
        ...(filters.state.length === 0 ? {} : {states: filters.state}),
        ...(filters.task.length === 0 ? {} : {tasks: filters.task}),
        ...(filters.role.length === 0 ? {} : {roles: filters.role}),
        ...(Object.keys(data).length === 0 ? {} : {data}),
        ...(organisation === undefined ? {} : {organisation}),
        ...(workflow === undefined ? {} : {workflow}),
        ...(status === undefined ? {} : {status}),
    };
    const all: {status: CaseStatus} = {status: "running"};
    return Object.keys(conditions).length === 0 ? all : conditions;
}
