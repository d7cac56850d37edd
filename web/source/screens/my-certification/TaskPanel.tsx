import {useRef, useState} from "preact/hooks";
import {Link} from "wouter-preact";
import {call} from "../../api/client";
import {problemText, type FieldProblem} from "../../api/problem";
import type {FormValues, Gate, Outcome, Requirement, Task} from "../../api/types";
import {ProblemPage} from "../../components/basics";
import {Dialog} from "../../components/Dialog";
import {checkForm, cleanValues} from "../../components/form/check";
import {Fields, ProblemSummary} from "../../components/form/Fields";
import {Icon} from "../../components/Icon";
import {t, textFor} from "../../messages/messages";
import {findingAddress, requirementAddress, requirementOptions, useCase} from "./context";
import {useWrite, type Write} from "./write";

const missingShown = 12;

/// What a person has filled in so far, kept for this tab: a reload or a lost network takes nothing.
function readDraft(task: string): FormValues {
    try {
        return JSON.parse(sessionStorage.getItem(`guildmark.draft.${task}`) ?? "{}") as FormValues;
    } catch {
        return {};
    }
}

function writeDraft(task: string, values: FormValues): void {
    sessionStorage.setItem(`guildmark.draft.${task}`, JSON.stringify(values));
}

function MissingLink(props: {id: string; name: string}) {
    const {id, name} = props;
    const finding = /^(?:F|finding )(\d+)$/.exec(name)?.[1];
    const to = finding === undefined ? requirementAddress(id, name) : findingAddress(id, finding);
    return (
        <Link href={to} class="missing">
            {finding === undefined ? name : `F${finding}`}
        </Link>
    );
}

/// Requirements in the standard's order; whatever else is missing after them.
export function inOrder(requirements: readonly Requirement[], missing: readonly string[]): string[] {
    const known = requirements.map((one) => one.number).filter((one) => missing.includes(one));
    return [...known, ...missing.filter((one) => !known.includes(one))];
}

function GateRow(props: {gate: Gate}) {
    const data = useCase();
    const {gate} = props;
    const [all, setAll] = useState(false);
    const missing = inOrder(data.requirements.items, gate.missing);
    const shown = all ? missing : missing.slice(0, missingShown);
    return (
        <li class={`gate ${gate.state}`}>
            <Icon name={gate.state === "met" ? "check" : gate.state === "unmet" ? "warning" : "clock"} />
            <div>
                <p>
                    <span class="only-heard">{t(`gate.state.${gate.state}`)} </span>
                    {gate.message}
                </p>
                {gate.missing.length === 0 ? null : (
                    <p class="missing-list">
                        <span class="quiet">{t("gate.missing", {count: gate.missing.length})}</span>
                        {shown.map((name) => (
                            <MissingLink key={name} id={data.id} name={name} />
                        ))}
                        {shown.length === gate.missing.length ? null : (
                            <button type="button" class="plain" onClick={() => setAll(true)}>
                                {t("gate.more", {count: gate.missing.length - shown.length})}
                            </button>
                        )}
                    </p>
                )}
            </div>
        </li>
    );
}

function Gates(props: {outcomes: readonly Outcome[]}) {
    const gates = new Map<string, Gate>();
    for (const outcome of props.outcomes) {
        for (const gate of outcome.gates) {
            gates.set(`${gate.id} ${gate.message}`, gate);
        }
    }
    const shown = [...gates.values()].filter((gate) => gate.state !== "unknown");
    if (shown.length === 0) {
        return null;
    }
    return (
        <div class="gates">
            <h3>{t("gate.title")}</h3>
            <ul>
                {shown.map((gate) => (
                    <GateRow key={gate.id} gate={gate} />
                ))}
            </ul>
        </div>
    );
}

/// The server's refusal, with what stands in the way and where to mend it.
function Refusal(props: {write: Write; outcome: Outcome | undefined}) {
    const {problem} = props.write;
    if (problem === undefined) {
        return null;
    }
    // A condition is only known to the server, which names the gate that stayed shut.
    const stuck = (props.outcome?.gates ?? []).filter(
        (gate) => gate.state === "unmet" || gate.id === problem.subject,
    );
    return (
        <div class="refusal" role="alert" tabIndex={-1}>
            <h3>
                <Icon name="warning" /> {t("task.refused")}
            </h3>
            <p>{problemText(problem)}</p>
            {stuck.length > 0 || problem.values["reason"] === undefined ? null : (
                <p>{problem.values["reason"]}</p>
            )}
            {stuck.length === 0 ? null : (
                <ul>
                    {stuck.map((gate) => (
                        <GateRow key={gate.id} gate={gate} />
                    ))}
                </ul>
            )}
            <ProblemPage problem={problem} />
        </div>
    );
}

function Confirm(props: {outcome: Outcome; sequence: number; yes: () => void; no: () => void}) {
    const {outcome} = props;
    return (
        <Dialog title={t("decision.confirm")} close={props.no}>
            <p>
                {t("decision.what", {
                    decision: textFor("decision.kind", outcome.decision ?? "", outcome.title),
                    sequence: props.sequence,
                })}
            </p>
            <p class="quiet">{t("decision.forever")}</p>
            <div class="buttons">
                <button type="button" class="strong" onClick={props.yes}>
                    {outcome.title}
                </button>
                <button type="button" onClick={props.no}>
                    {t("cancel")}
                </button>
            </div>
        </Dialog>
    );
}

/// Where there are several ways to end a task, which of them needs which field.
function neededFor(outcomes: readonly Outcome[]): Map<string, string> {
    const names = new Map<string, string[]>();
    for (const outcome of outcomes.length > 1 ? outcomes : []) {
        for (const id of outcome.needs) {
            names.set(id, [...(names.get(id) ?? []), outcome.title]);
        }
    }
    return new Map([...names].map(([id, titles]) => [id, titles.join(" / ")]));
}

interface Sending {
    outcome: Outcome;
    confirmed: boolean;
}

/// A task's form and the ways in which it may end. Checks before sending; shows what the server
/// refuses and why.
export function TaskPanel(props: {task: Task; ended: () => void}) {
    const {task, ended} = props;
    const data = useCase();
    const write = useWrite(["tasks"]);
    const [values, setValues] = useState<FormValues>(() => readDraft(task.id));
    const [problems, setProblems] = useState<FieldProblem[]>([]);
    const [tried, setTried] = useState<Outcome | undefined>(undefined);
    const [asked, setAsked] = useState<Outcome | undefined>(undefined);
    const panel = useRef<HTMLFormElement>(null);
    const fields = task.form?.fields ?? [];
    const prefix = `task-${task.id}`;

    const change = (next: FormValues) => {
        setValues(next);
        writeDraft(task.id, next);
        if (problems.length > 0) {
            setProblems(checkForm(fields, next, tried?.needs));
        }
    };

    const show = (selector: string) =>
        requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>(selector)?.focus());

    const send = async ({outcome, confirmed}: Sending) => {
        const wrong = checkForm(fields, values, outcome.needs);
        setProblems(wrong);
        setTried(outcome);
        write.clear();
        if (wrong.length > 0) {
            show(`#${CSS.escape(`${prefix}-${wrong[0]?.field ?? ""}`)}`);
            return;
        }
        if (outcome.decision !== null && !confirmed) {
            setAsked(outcome);
            return;
        }
        const body = {
            outcome: outcome.id,
            values: task.form === null ? null : cleanValues(values),
        };
        const done = await write.run(
            {task: task.id, body},
            (key) =>
                call("post", "/tasks/{task}/completion", {
                    path: {task: task.id},
                    body,
                    key,
                    // A decision applies to the exact state that the person has seen.
                    seen: outcome.decision === null ? undefined : data.case.sequence,
                }),
            t("task.done", {task: task.title}),
        );
        if (done) {
            sessionStorage.removeItem(`guildmark.draft.${task.id}`);
            ended();
        } else {
            show(".refusal");
        }
    };

    const refusedFields = (write.problem?.problems ?? []).filter((one) =>
        fields.some((field) => field.id === one.field),
    );
    const shownProblems = problems.length > 0 ? problems : refusedFields;
    const triedNow = task.outcomes.find((one) => one.id === tried?.id);
    return (
        <form
            ref={panel}
            class="task-form"
            noValidate
            aria-label={task.form?.title ?? task.title}
            onSubmit={(event) => event.preventDefault()}
        >
            <ProblemSummary prefix={prefix} fields={fields} problems={shownProblems} />
            {task.form === null || task.form.help === "" ? null : (
                <p class="lead">{task.form.help}</p>
            )}
            <Fields
                prefix={prefix}
                fields={fields}
                values={values}
                needs={task.outcomes.length === 1 ? (task.outcomes[0]?.needs ?? []) : tried?.needs}
                neededFor={neededFor(task.outcomes)}
                problems={shownProblems}
                requirements={requirementOptions(data)}
                change={change}
            />
            {refusedFields.length > 0 ? null : <Refusal write={write} outcome={triedNow} />}
            {write.problem === undefined ? <Gates outcomes={task.outcomes} /> : null}
            <div class="buttons">
                {task.outcomes.map((outcome, index) => (
                    <button
                        type="button"
                        key={outcome.id}
                        class={index === 0 ? "strong" : ""}
                        disabled={write.pending}
                        aria-busy={write.pending}
                        onClick={() => void send({outcome, confirmed: false})}
                    >
                        {outcome.title}
                    </button>
                ))}
            </div>
            {asked === undefined ? null : (
                <Confirm
                    outcome={asked}
                    sequence={data.case.sequence}
                    no={() => setAsked(undefined)}
                    yes={() => {
                        setAsked(undefined);
                        void send({outcome: asked, confirmed: true});
                    }}
                />
            )}
        </form>
    );
}
