import type {Field, FormValues, Workflow} from "../../api/types";
import {t} from "../../messages/messages";
import {besides, moveTargets} from "./move";
import {field} from "./SmallForm";

/// What a move by hand asks: where to, and what stands beside it. The states of `now` say that the case
/// stands there.
export function moveFields(
    workflow: Workflow,
    values: FormValues,
    now: ReadonlySet<string> = new Set(),
): Field[] {
    const target = {
        ...field("states", "choice", true, t("move.target"), t("move.target.help")),
        choices: moveTargets(workflow).map(({id, title}) => ({
            value: id,
            label: now.has(id) ? t("move.now", {state: title}) : title,
        })),
    };
    const others = typeof values["states"] === "string" ? besides(workflow, values["states"]) : [];
    const beside = {
        ...field("besides", "choices", false, t("move.besides"), t("move.besides.help")),
        choices: others.map(({id, title}) => ({value: id, label: title})),
    };
    return others.length === 0 ? [target] : [target, beside];
}

/// The states that the form names: where to, and what stands beside it.
export function targetsOf(values: FormValues): string[] {
    const target = values["states"];
    const others = values["besides"];
    const chosen = typeof target === "string" && target !== "" ? [target] : [];
    return [...chosen, ...(Array.isArray(others) ? others : [])];
}

/// What stands beside a state belongs to it, and goes when another one is chosen.
export function withoutOldBesides(next: FormValues, before: FormValues): FormValues {
    return next["states"] === before["states"] ? next : {...next, besides: []};
}
