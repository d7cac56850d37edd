import type {CaseStatus, Titled, Workflow} from "../../api/types";
import {stateLabel} from "../my-certification/move";

/// What cases are searched by, as the address of the page and GET /cases have it.
export interface CaseFilters {
    workflow: string | undefined;
    state: string[];
    task: string[];
    role: string[];
    organisation: string | undefined;
    status: CaseStatus | undefined;
    data: Record<string, string>;
}

export const statuses: readonly CaseStatus[] = ["running", "paused", "failed", "finished"];
export const several = ["state", "task", "role"] as const;
const dataPrefix = "data.";

export function filtersOf(query: URLSearchParams): CaseFilters {
    const data = [...query].filter(([name, value]) => name.startsWith(dataPrefix) && value !== "");
    return {
        workflow: query.get("workflow") ?? undefined,
        state: query.getAll("state"),
        task: query.getAll("task"),
        role: query.getAll("role"),
        organisation: query.get("organisation") ?? undefined,
        status: statuses.find((one) => one === query.get("status")),
        data: Object.fromEntries(data.map(([name, value]) => [name.slice(dataPrefix.length), value])),
    };
}

/// The address with one more filter. States, tasks and roles may be several; all of them and the data
/// belong to one workflow, and go when another is chosen.
export function withFilter(query: URLSearchParams, name: string, value: string): URLSearchParams {
    const next = name === "workflow" ? withoutWorkflow(query) : new URLSearchParams(query);
    if (several.some((one) => one === name)) {
        if (!next.getAll(name).includes(value)) {
            next.append(name, value);
        }
    } else {
        next.set(name, value);
    }
    return next;
}

function withoutWorkflow(query: URLSearchParams): URLSearchParams {
    const kept = [...query].filter(
        ([name]) =>
            name !== "workflow" && !several.some((one) => one === name) && !name.startsWith(dataPrefix),
    );
    return new URLSearchParams(kept);
}

export function withoutFilter(query: URLSearchParams, name: string, value: string): URLSearchParams {
    if (name === "workflow") {
        return withoutWorkflow(query);
    }
    return new URLSearchParams([...query].filter(([one, given]) => one !== name || given !== value));
}

/// A filter as people read it: what is asked, and for what.
export interface FilterChip {
    name: string;
    value: string;
    kind: "workflow" | "state" | "task" | "role" | "organisation" | "status" | "data";
    title: string;
    /// Of data: what the workflow calls it.
    about: string;
}

function titleIn(items: readonly Titled[], id: string): string {
    return items.find((one) => one.id === id)?.title ?? id;
}

/// The filters of the address, by the workflow's titles; an id that it does not know stands for itself.
export function chipsOf(
    filters: CaseFilters,
    workflow: Workflow | undefined,
    workflows: readonly Titled[],
    organisations: readonly Titled[],
    statusTitle: (status: CaseStatus) => string,
): FilterChip[] {
    const chips: FilterChip[] = [];
    const add = (kind: FilterChip["kind"], value: string, title: string) =>
        chips.push({name: kind, value, kind, title, about: ""});
    if (filters.workflow !== undefined) {
        add("workflow", filters.workflow, titleIn(workflows, filters.workflow));
    }
    if (filters.status !== undefined) {
        add("status", filters.status, statusTitle(filters.status));
    }
    const states = workflow?.states ?? [];
    filters.state.forEach((id) => add("state", id, stateLabel(states, id) || id));
    filters.task.forEach((id) => add("task", id, titleIn(workflow?.tasks ?? [], id)));
    filters.role.forEach((id) => add("role", id, titleIn(workflow?.roles ?? [], id)));
    if (filters.organisation !== undefined) {
        add("organisation", filters.organisation, titleIn(organisations, filters.organisation));
    }
    for (const [id, value] of Object.entries(filters.data)) {
        chips.push({
            name: dataPrefix + id,
            value,
            kind: "data",
            title: value,
            about: titleIn(workflow?.search ?? [], id),
        });
    }
    return chips;
}
