import {useState} from "preact/hooks";
import {allPages, call} from "../../api/client";
import type {FormValues, Incident, Overdue, Workflow} from "../../api/types";
import {Empty, Problem, Section, Show} from "../../components/basics";
import {useLoaded} from "../../components/hooks";
import {Icon} from "../../components/Icon";
import {IncidentCard} from "../../components/IncidentCard";
import {language, t} from "../../messages/messages";
import {showDate, showList} from "../../messages/numbers";
import {allParts, useCase} from "./context";
import {useLinked} from "./linked";
import {moveEffects} from "./move";
import {moveFields, targetsOf, withoutOldBesides} from "./moveForm";
import {SmallForm, field} from "./SmallForm";
import {useWrite} from "./write";

const pagesMax = 25;

/// After an act its button is gone: the heading of its section takes the focus.
function toHeading(section: string): void {
    requestAnimationFrame(() => {
        const heading = document.getElementById(`${section}-title`);
        heading?.setAttribute("tabindex", "-1");
        heading?.focus();
    });
}

/// The workflow with which the case goes on, which need not be the one of new cases.
function useWorkflow() {
    const data = useCase();
    const {id, version} = data.case.workflow;
    return useLoaded(
        (signal) =>
            call("get", "/cases/{case}/workflow", {
                path: {case: data.id},
                query: {language: language()},
                signal,
            }),
        [data.id, id, version, language()],
    );
}

/// What becomes of due times in a pause, by what the workflow says: of the open tasks one by one, and of
/// all else.
function PauseWords(props: {workflow: Workflow}) {
    const {workflow} = props;
    const data = useCase();
    const rules = new Map(workflow.tasks.map((task) => [task.id, task.overdue]));
    const due = data.tasks.filter((task) => task.status === "open" && task.due !== null);
    return (
        <div class="aside-words">
            <h3>{t("pause.what")}</h3>
            <ul class="plain-list">
                {due.map((task) => (
                    <li key={task.id}>
                        {t(`pause.task.${rules.get(task.task) ?? workflow.overdue}`, {
                            task: task.title,
                            date: showDate(task.due ?? ""),
                        })}
                    </li>
                ))}
                <li>{t(`pause.rule.${workflow.overdue satisfies Overdue}`)}</li>
                <li>{t("pause.fixed")}</li>
            </ul>
        </div>
    );
}

interface ActProps {
    workflow: Workflow;
    done: () => void;
}

function Pause(props: ActProps) {
    const data = useCase();
    return (
        <>
            <p>{t("pause.help")}</p>
            <PauseWords workflow={props.workflow} />
            <SmallForm
                id="pause"
                changes={["tasks"]}
                fields={[field("reason", "long_text", true, t("reason"), t("pause.reason.help"))]}
                submit={t("pause.send")}
                said={t("pause.sent")}
                cancel={props.done}
                done={props.done}
                send={(values, key) =>
                    call("post", "/cases/{case}/pause", {
                        path: {case: data.id},
                        body: {reason: String(values["reason"])},
                        key,
                    })
                }
            />
        </>
    );
}

function Resume(props: ActProps) {
    const data = useCase();
    return (
        <>
            <PauseWords workflow={props.workflow} />
            <SmallForm
                id="resume"
                changes={["tasks"]}
                fields={[field("reason", "long_text", true, t("reason"), t("operation.reason.help"))]}
                submit={t("resume.send")}
                said={t("resume.sent")}
                cancel={props.done}
                done={props.done}
                send={(values, key) =>
                    call("post", "/cases/{case}/resumption", {
                        path: {case: data.id},
                        body: {reason: String(values["reason"])},
                        key,
                    })
                }
            />
        </>
    );
}

/// What the move passes over, before it is made.
function MoveWarning(props: {workflow: Workflow; targets: readonly string[]}) {
    const {workflow, targets} = props;
    const data = useCase();
    if (targets.length === 0) {
        return null;
    }
    const effects = moveEffects(workflow, data.case, targets);
    const open = data.tasks.filter((task) => task.status === "open").map((task) => task.title);
    const titles = (items: readonly {title: string}[]) => showList(items.map((one) => one.title));
    return (
        <div class="notice warn" role="status">
            <Icon name="warning" />
            <div>
                <h3>{t("move.warning")}</h3>
                <ul class="plain-list">
                    {effects.ends ? <li>{t("move.ends")}</li> : null}
                    {effects.passed.length === 0 ? null : (
                        <li>{t("move.passed", {steps: titles(effects.passed)})}</li>
                    )}
                    {effects.skipped.length === 0 ? null : (
                        <li>{t("move.skipped", {tasks: titles(effects.skipped)})}</li>
                    )}
                    {effects.again.length === 0 ? null : (
                        <li>{t("move.again", {steps: titles(effects.again)})}</li>
                    )}
                    {open.length === 0 ? null : (
                        <li>{t("move.withdrawn", {tasks: showList(open)})}</li>
                    )}
                    <li>{t("move.decision")}</li>
                </ul>
            </div>
        </div>
    );
}

function Move(props: ActProps) {
    const {workflow} = props;
    const data = useCase();
    const now = new Set(data.case.states.map((state) => state.id));
    const reason = field("reason", "long_text", true, t("reason"), t("operation.reason.help"));
    return (
        <SmallForm
            id="move"
            changes={allParts}
            fields={(values) => [...moveFields(workflow, values, now), reason]}
            follow={withoutOldBesides}
            note={(values) => <MoveWarning workflow={workflow} targets={targetsOf(values)} />}
            submit={t("move.send")}
            said={t("move.sent")}
            cancel={props.done}
            done={props.done}
            send={(values, key) =>
                call("post", "/cases/{case}/move", {
                    path: {case: data.id},
                    body: {states: targetsOf(values), reason: String(values["reason"])},
                    key,
                    seen: data.case.sequence,
                })
            }
        />
    );
}

/// The name of the choice among the fields of the chosen signal's form, which no field of a form can have.
const chosenSignal = "gm:signal";

/// A signal that the workflow names, with what its form asks.
function Signal(props: ActProps) {
    const {signals} = props.workflow;
    const data = useCase();
    const choice = {
        ...field(chosenSignal, "choice", true, t("batch.signal"), ""),
        choices: signals.map((one) => ({value: one.id, label: one.title})),
    };
    const chosen = (values: FormValues) => signals.find((one) => one.id === values[chosenSignal]);
    return (
        <SmallForm
            id="signal"
            changes={allParts}
            initial={signals.length === 1 ? {[chosenSignal]: signals[0]?.id ?? null} : {}}
            fields={(values) => [choice, ...(chosen(values)?.form?.fields ?? [])]}
            follow={(next, before) =>
                next[chosenSignal] === before[chosenSignal]
                    ? next
                    : {[chosenSignal]: next[chosenSignal] ?? null}
            }
            note={(values) => {
                const help = chosen(values)?.help ?? "";
                return help === "" ? null : <p class="quiet">{help}</p>;
            }}
            submit={t("signal.send")}
            said={t("signal.sent")}
            cancel={props.done}
            done={props.done}
            send={({[chosenSignal]: signal, ...values}, key) =>
                call("post", "/cases/{case}/signals", {
                    path: {case: data.id},
                    body: {
                        signal: String(signal),
                        values: signals.find((one) => one.id === signal)?.form ? values : null,
                    },
                    key,
                })
            }
        />
    );
}

type Act = "pause" | "resume" | "move" | "signal";

const forms = {pause: Pause, resume: Resume, move: Move, signal: Signal};

function actsOf(paused: boolean, workflow: Workflow | undefined): Act[] {
    const hears = (workflow?.signals.length ?? 0) > 0;
    return [paused ? "resume" : "pause", "move", ...(hears ? (["signal"] as const) : [])];
}

function Running() {
    const data = useCase();
    const [act, setAct] = useState<Act | undefined>(undefined);
    const workflow = useWorkflow();
    const acts = actsOf(data.case.paused !== null, workflow.value);
    const done = () => {
        setAct(undefined);
        toHeading("running");
    };
    return (
        <Section id="running" title={t("operation.running")}>
            <dl class="finding-parts">
                <dt>{t("operation.states")}</dt>
                <dd>{showList(data.case.states.map((state) => state.title))}</dd>
            </dl>
            {data.case.finished ? (
                <Empty>{t("operation.finished")}</Empty>
            ) : act === undefined ? (
                <>
                    <p class="lead">{t("operation.help")}</p>
                    <div class="buttons">
                        {acts.map((one) => (
                            <button
                                type="button"
                                key={one}
                                class={one === acts[0] ? "strong" : ""}
                                onClick={() => setAct(one)}
                            >
                                {t(`operation.act.${one}`)}
                            </button>
                        ))}
                    </div>
                </>
            ) : (
                <div class="act">
                    <h3>{t(`operation.act.${act}`)}</h3>
                    <Show loaded={workflow} lines={3}>
                        {(value) => {
                            const Form = forms[act];
                            return <Form workflow={value} done={done} />;
                        }}
                    </Show>
                </div>
            )}
        </Section>
    );
}

/// Doing again what failed, or leaving it as it is.
function IncidentActs(props: {incident: Incident}) {
    const {incident} = props;
    const data = useCase();
    const write = useWrite(allParts);
    const [skipping, setSkipping] = useState(false);
    const path = {case: data.id, incident: incident.id};
    const done = () => toHeading("incidents");
    const retry = async () => {
        const send = (key: string) =>
            call("post", "/cases/{case}/incidents/{incident}/retry", {path, key});
        if (await write.run({retry: incident.id}, send, t("incident.retried"))) {
            done();
        }
    };
    if (skipping) {
        return (
            <SmallForm
                id={`skip-${incident.id}`}
                changes={allParts}
                fields={[field("reason", "long_text", true, t("reason"), t("operation.reason.help"))]}
                submit={t("incident.act.skip")}
                said={t("incident.skipped")}
                cancel={() => setSkipping(false)}
                done={done}
                send={(values, key) =>
                    call("post", "/cases/{case}/incidents/{incident}/skip", {
                        path,
                        body: {reason: String(values["reason"])},
                        key,
                    })
                }
            />
        );
    }
    return (
        <>
            {write.problem === undefined ? null : <Problem problem={write.problem} />}
            <div class="buttons">
                <button
                    type="button"
                    class="strong"
                    disabled={write.pending}
                    onClick={() => void retry()}
                >
                    {t("incident.act.retry")}
                </button>
                <button type="button" disabled={write.pending} onClick={() => setSkipping(true)}>
                    {t("incident.act.skip")}
                </button>
            </div>
            {incident.kind === "effect" ? null : <p class="quiet">{t("incident.ormove")}</p>}
        </>
    );
}

/// Those that wait first.
function IncidentList(props: {items: readonly Incident[]}) {
    const linked = useLinked("i-");
    const sorted = [...props.items].sort((left, right) => left.status.localeCompare(right.status));
    return (
        <ul class="findings">
            {sorted.map((incident) => (
                <IncidentCard
                    key={incident.id}
                    incident={incident}
                    linked={linked === incident.id}
                >
                    {incident.status === "open" ? <IncidentActs incident={incident} /> : null}
                </IncidentCard>
            ))}
        </ul>
    );
}

function Incidents() {
    const data = useCase();
    const loaded = useLoaded(
        (signal) =>
            allPages(
                (after) =>
                    call("get", "/cases/{case}/incidents", {
                        path: {case: data.id},
                        query: {size: 200, after},
                        signal,
                    }),
                pagesMax,
            ),
        [data.id, data.case.sequence, language()],
    );
    return (
        <Section id="incidents" title={t("incidents.title")}>
            <Show loaded={loaded}>
                {(items) =>
                    items.length === 0 ? (
                        <Empty>{t("incidents.nonehere")}</Empty>
                    ) : (
                        <IncidentList items={items} />
                    )
                }
            </Show>
        </Section>
    );
}

/// What keeps a case running: its incidents, pausing and resuming it, moving it by hand. For who may
/// operate.
export function OperationView() {
    return (
        <>
            <Incidents />
            <Running />
        </>
    );
}
