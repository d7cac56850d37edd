import {useRef, useState} from "preact/hooks";
import {Link} from "wouter-preact";
import type {Certificate, Permission, Task, TaskSummary} from "../../api/types";
import {certificateAddress} from "../../components/addresses";
import {Chip, Due, Section} from "../../components/basics";
import {certificateTones} from "../../components/certificate";
import {Icon} from "../../components/Icon";
import {t, textFor} from "../../messages/messages";
import {showDate} from "../../messages/numbers";
import {useCase} from "./context";
import {TaskPanel} from "./TaskPanel";

/// The stamp in the corner of the card: what the house is named after.
function Stamp() {
    return (
        <svg class="hero-stamp" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
            <path d="M38 4h44l34 34v44l-34 34H38L4 82V38z" />
            <path d="M43 16h34l27 27v34l-27 27H43L16 77V43z" />
            <path d="M38 61l16 17 30-36" />
        </svg>
    );
}

const places: [Permission, string][] = [
    ["answer_requirements", "requirements"],
    ["assess_requirements", "requirements"],
    ["add_evidence", "evidence"],
    ["respond_to_findings", "findings"],
    ["raise_findings", "findings"],
    ["judge_findings", "findings"],
];

/// Links to where the work is done that is not a form.
function WorkPlaces(props: {allowed: readonly Permission[]; first?: readonly Permission[]}) {
    const data = useCase();
    const {allowed, first = []} = props;
    const found = [
        ...places.filter(([permission]) => first.includes(permission)),
        ...places.filter(([permission]) => allowed.includes(permission) && !first.includes(permission)),
    ];
    if (found.length === 0) {
        return null;
    }
    return (
        <ul class="work-places">
            {found.map(([permission, view]) => (
                <li key={permission}>
                    <Link href={`/cases/${data.id}/${view}`}>
                        {textFor("may", permission, permission)} <Icon name="arrow" size={16} />
                    </Link>
                </li>
            ))}
        </ul>
    );
}

function TaskHero(props: {task: Task}) {
    const {task} = props;
    const [open, setOpen] = useState(false);
    const body = useRef<HTMLDivElement>(null);
    const simple = task.form === null;
    const {allowed} = useCase().case;
    const begin = () => {
        setOpen(!open);
        if (!open) {
            requestAnimationFrame(() => {
                body.current?.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
            });
        }
    };
    return (
        <section class={`hero ${open || simple ? "open" : ""}`} aria-labelledby="hero-title">
            <div class="hero-head">
                <Stamp />
                <p class="eyebrow">
                    {t("next.yours")} · {task.role_title}
                </p>
                <h2 id="hero-title" tabIndex={-1}>
                    {task.title}
                </h2>
                {task.help === "" ? null : <p class="hero-help">{task.help}</p>}
                <p class="hero-due">
                    {task.due === null ? null : <Due at={task.due} overdue={task.overdue} />}
                </p>
                {simple ? null : (
                    <button
                        type="button"
                        class="hero-button"
                        aria-expanded={open}
                        aria-controls="hero-body"
                        onClick={begin}
                    >
                        {open ? t("next.close") : t("next.begin")}
                        <Icon name={open ? "close" : "arrow"} />
                    </button>
                )}
                <WorkPlaces allowed={allowed} first={task.allows} />
            </div>
            <div id="hero-body" class="hero-body" ref={body} hidden={!open && !simple}>
                {(open || simple) && task.outcomes.length > 0 ? (
                    <TaskPanel
                        key={task.id}
                        task={task}
                        ended={() => document.getElementById("hero-title")?.focus()}
                    />
                ) : null}
            </div>
        </section>
    );
}

function Waiting(props: {tasks: readonly TaskSummary[]}) {
    const [first, ...others] = props.tasks;
    const {allowed} = useCase().case;
    if (first === undefined) {
        return null;
    }
    return (
        <section class="hero waiting" aria-labelledby="hero-title">
            <div class="hero-head">
                <p class="eyebrow">{t("next.notyours")}</p>
                <h2 id="hero-title" tabIndex={-1}>
                    {t("next.waiting", {organisation: first.organisation.name})}
                </h2>
                <p class="hero-help">
                    {t("next.waitingtask", {task: first.title, role: first.role_title})}
                </p>
                {first.due === null ? null : (
                    <p class="hero-due">
                        <Due at={first.due} overdue={first.overdue} />
                    </p>
                )}
                {allowed.length === 0 ? null : (
                    <>
                        <p class="meanwhile">{t("next.meanwhile")}</p>
                        <WorkPlaces allowed={allowed} />
                    </>
                )}
                {others.length === 0 ? null : (
                    <ul class="waiting-others">
                        {others.map((task) => (
                            <li key={task.id}>
                                {task.organisation.name}: {task.title} ({task.role_title})
                            </li>
                        ))}
                    </ul>
                )}
            </div>
        </section>
    );
}

function Nothing() {
    const data = useCase();
    if (data.case.certificates.some((one) => one.status === "active")) {
        return null;
    }
    return (
        <section class="hero waiting" aria-labelledby="hero-title">
            <div class="hero-head">
                <h2 id="hero-title" tabIndex={-1}>
                    {data.case.finished ? t("next.finished") : t("next.nothing")}
                </h2>
            </div>
        </section>
    );
}

/// A paused case has no next step; what is its own preparation goes on.
function Resting() {
    const {allowed} = useCase().case;
    return (
        <section class="hero waiting" aria-labelledby="hero-title">
            <div class="hero-head">
                <h2 id="hero-title" tabIndex={-1}>
                    {t("paused.next")}
                </h2>
                {places.some(([permission]) => allowed.includes(permission)) ? (
                    <>
                        <p class="meanwhile">{t("next.meanwhile")}</p>
                        <WorkPlaces allowed={allowed} />
                    </>
                ) : null}
            </div>
        </section>
    );
}

/// The one next action, large and first; or whom the case waits for.
export function NextAction() {
    const data = useCase();
    if (data.case.paused !== null) {
        return <Resting />;
    }
    const next = data.case.next_action;
    const task = data.mine.find((one) => one.id === next.task?.id);
    if (next.kind === "task" && task !== undefined) {
        return <TaskHero key={task.id} task={task} />;
    }
    return next.kind === "waiting" && next.waiting_for.length > 0 ? (
        <Waiting tasks={next.waiting_for} />
    ) : (
        <Nothing />
    );
}

function OtherTask(props: {task: Task}) {
    const {task} = props;
    const [open, setOpen] = useState(false);
    const id = `other-${task.id}`;
    return (
        <li class="other-task">
            <button
                type="button"
                class="disclosure"
                aria-expanded={open}
                aria-controls={id}
                onClick={() => setOpen(!open)}
            >
                <Icon name="down" />
                <span>
                    <strong>{task.title}</strong>
                    <span class="quiet">{task.role_title}</span>
                </span>
                {task.optional ? <Chip tone="plain">{t("task.optional")}</Chip> : null}
            </button>
            <div id={id} hidden={!open}>
                {open ? (
                    <>
                        {task.help === "" ? null : <p class="lead">{task.help}</p>}
                        <WorkPlaces allowed={task.allows} />
                        {task.outcomes.length === 0 ? null : (
                            <TaskPanel task={task} ended={() => undefined} />
                        )}
                    </>
                ) : null}
            </div>
        </li>
    );
}

/// The member's other open tasks, what may be done and what must.
export function OtherTasks() {
    const data = useCase();
    const others = data.mine.filter((task) => task.id !== data.case.next_action.task?.id);
    if (others.length === 0 || data.case.paused !== null) {
        return null;
    }
    return (
        <Section id="others" title={t("task.others")}>
            <ul class="other-tasks">
                {others.map((task) => (
                    <OtherTask key={task.id} task={task} />
                ))}
            </ul>
        </Section>
    );
}

/// A certificate: number, status, scope, validity.
export function CertificateCard(props: {certificate: Certificate}) {
    const {certificate} = props;
    return (
        <section class="certificate" aria-labelledby={`certificate-${certificate.id}`}>
            <Stamp />
            <div>
                <p class="eyebrow">{t("certificate.title")}</p>
                <h2 id={`certificate-${certificate.id}`}>
                    <Link href={certificateAddress(certificate.number)}>{certificate.number}</Link>
                </h2>
                <p>
                    <Chip tone={certificateTones[certificate.status]}>
                        {t(`certificate.status.${certificate.status}`)}
                    </Chip>{" "}
                    {t("certificate.valid", {
                        from: showDate(certificate.valid_from),
                        until: showDate(certificate.valid_until),
                    })}
                </p>
                <p>{certificate.scope}</p>
                <p class="quiet">
                    {certificate.holder.name} · {certificate.standard?.designation} ·{" "}
                    {t("certificate.by", {issuer: certificate.issuer.name})}
                </p>
            </div>
        </section>
    );
}
