import type {Case, Titled, Workflow, WorkflowState, WorkflowTask} from "../../api/types";

/// Moves of a case by hand: where it can be moved, and what a move passes over. Plain functions on
/// what the server tells of the workflow that the case keeps.

type States = readonly WorkflowState[];

function stateOf(states: States, id: string): WorkflowState | undefined {
    return states.find((one) => one.id === id);
}

/// The state and those around it, the innermost first.
export function withParents(states: States, id: string): string[] {
    const path: string[] = [];
    let next = stateOf(states, id);
    // A chart is a few levels deep; the bound keeps a circle from hanging the page.
    for (let depth = 0; depth < 50 && next !== undefined; depth += 1) {
        path.push(next.id);
        next = next.parent === null ? undefined : stateOf(states, next.parent);
    }
    return path;
}

/// Whether both can be active at once, neither within the other: they part in a parallel state.
export function standTogether(states: States, left: string, right: string): boolean {
    const lefts = withParents(states, left);
    const rights = withParents(states, right);
    if (lefts.includes(right) || rights.includes(left)) {
        return false;
    }
    const common = lefts.find((one) => rights.includes(one));
    return common !== undefined && stateOf(states, common)?.kind === "parallel";
}

/// A state that people have a name for. What only divides the chart into parts has none.
function isNamed(state: WorkflowState): boolean {
    return state.kind !== "history" && (state.title !== state.id || isLeaf(state));
}

function isLeaf(state: WorkflowState): boolean {
    return state.kind === "atomic" || state.kind === "final";
}

/// "Findings › The firm answers": the state's title, after those of what is around it. The outermost
/// state around all others says nothing, and is left out.
export function stateLabel(states: States, id: string): string {
    const outer = states.filter((one) => one.parent === null && !isLeaf(one));
    const path = withParents(states, id).map((one) => stateOf(states, one) as WorkflowState);
    return path
        .filter(
            (one) => one.id === id || (isNamed(one) && !(outer.length === 1 && outer[0]?.id === one.id)),
        )
        .map((one) => one.title)
        .reverse()
        .join(" › ");
}

/// Where a case can be moved, in the order of the chart.
export function moveTargets(workflow: Workflow): Titled[] {
    return workflow.states
        .filter(isNamed)
        .map((one) => ({id: one.id, title: stateLabel(workflow.states, one.id)}));
}

/// What can stand beside `target`, in other parts of the same parallel state.
export function besides(workflow: Workflow, target: string): Titled[] {
    return workflow.states
        .filter((one) => isLeaf(one) && standTogether(workflow.states, target, one.id))
        .map((one) => ({id: one.id, title: stateLabel(workflow.states, one.id)}));
}

/// What a move leaves out or takes back, for those who are asked whether they mean it.
export interface MoveEffects {
    /// Milestones between where the case stands and where it goes, not done.
    passed: Titled[];
    /// Tasks of those, which nobody is asked to do.
    skipped: WorkflowTask[];
    /// Milestones that were reached already and come again.
    again: Titled[];
    /// The case ends there.
    ends: boolean;
}

function milestoneIndexes(workflow: Workflow, active: ReadonlySet<string>): number[] {
    return workflow.milestones.flatMap((one, index) =>
        one.states.some((state) => active.has(state)) ? [index] : [],
    );
}

/// Whether the task stands in one of `places` or within.
function isWithin(states: States, task: WorkflowTask, places: ReadonlySet<string>): boolean {
    return withParents(states, task.state).some((one) => places.has(one));
}

export function moveEffects(workflow: Workflow, one: Case, targets: readonly string[]): MoveEffects {
    const {states} = workflow;
    const around = (ids: readonly string[]) => new Set(ids.flatMap((id) => withParents(states, id)));
    const from = milestoneIndexes(workflow, around(one.states.map((state) => state.id)));
    const to = milestoneIndexes(workflow, around(targets));
    const ends = targets.some((id) => {
        const state = stateOf(states, id);
        return state?.kind === "final" && state.parent === null;
    });
    if (to.length === 0 || from.length === 0) {
        return {passed: [], skipped: [], again: [], ends};
    }
    const here = Math.max(...from);
    const there = Math.min(...to);
    const passed = workflow.milestones.filter((_, index) => index >= here && index < there);
    const places = new Set(passed.flatMap((milestone) => milestone.states));
    return {
        passed,
        skipped: workflow.tasks.filter((task) => !task.optional && isWithin(states, task, places)),
        again: workflow.milestones.filter((_, index) => index >= there && index < here),
        ends,
    };
}
