import type {ComponentChildren} from "preact";
import {useEffect, useRef, useState} from "preact/hooks";
import {allPages, call} from "../../api/client";
import type {HistoryItem, TraceLink, TraceStep} from "../../api/types";
import {Empty, More, Problem, Section, Show} from "../../components/basics";
import {useLoaded, usePages} from "../../components/hooks";
import {language, t} from "../../messages/messages";
import {showHour, showTime} from "../../messages/numbers";
import {useSession} from "../../session";
import {useCase} from "./context";
import {byDay, consequences, entryText, kindText, stateChange, type Run} from "./history";
import {ReportLink} from "./Overview";

/// So many records are gone back at a time.
const windowRecords = 200;
const pageSize = 200;
const pagesMax = 50;

/// The ways from step to step.
interface Ways {
    /// What the step did, as well as it is known.
    words: (link: TraceLink) => string;
    seek: (link: TraceLink) => void;
}

function trace(id: string, after: number | string | undefined, signal: AbortSignal) {
    return call("get", "/cases/{case}/trace", {
        path: {case: id},
        query: {size: pageSize, language: language(), after: after?.toString()},
        signal,
    });
}

/// The steps that begin before the record `before`, the newest first. The server tells them from the
/// oldest on, behind any record that is named: it is asked for what lies behind an earlier one.
async function stepsBefore(id: string, before: number, signal: AbortSignal) {
    const lower = Math.max(0, before - 1 - windowRecords);
    const {items} = await trace(id, lower, signal);
    return {
        items: items.filter((step) => step.sequence < before).reverse(),
        next: lower === 0 ? null : String(lower + 1),
    };
}

/// Who did it: "Greta Brenner · Applicant · Brenner Feinwerk".
function Who(props: {step: TraceStep}) {
    const {actor} = props.step;
    return (
        <p class="quiet">
            {actor.person === null
                ? t("history.system")
                : [actor.person.name, actor.role_title, actor.organisation?.name]
                      .filter((part) => part !== undefined && part !== "")
                      .join(" · ")}
        </p>
    );
}

function RecordNumber(props: {item: HistoryItem}) {
    return (
        <code class="record" title={t("history.hash", {hash: props.item.hash})}>
            {props.item.sequence}
        </code>
    );
}

/// Records one by one, each with its number in the chain.
function Records(props: {items: readonly HistoryItem[]; hours?: boolean}) {
    return (
        <ol class="step-records">
            {props.items.map((item) => (
                <li key={item.sequence}>
                    {props.hours === true ? (
                        <time dateTime={item.at}>{showHour(item.at)}</time>
                    ) : null}
                    <span>{entryText(item)}</span>
                    <RecordNumber item={item} />
                </li>
            ))}
        </ol>
    );
}

/// What it came from, and what came of it later.
function Links(props: {step: TraceStep; ways: Ways}) {
    const {step, ways} = props;
    const link = (one: TraceLink, text: string) => (
        <li key={one.sequence}>
            <a
                href={`#s-${one.sequence}`}
                onClick={(event) => {
                    event.preventDefault();
                    ways.seek(one);
                }}
            >
                {text}
            </a>
        </li>
    );
    const words = (one: TraceLink) => ({event: ways.words(one), time: showTime(one.at)});
    return step.caused_by === null && step.led_to.length === 0 ? null : (
        <ul class="step-links">
            {step.caused_by === null
                ? null
                : link(step.caused_by, t("history.from", words(step.caused_by)))}
            {step.led_to.map((one) => link(one, t("history.led", words(one))))}
        </ul>
    );
}

function Entry(props: {
    first: TraceStep;
    hours: ComponentChildren;
    children: ComponentChildren;
    aside: ComponentChildren;
}) {
    const {first} = props;
    return (
        <li class="entry" id={`s-${first.sequence}`} tabIndex={-1}>
            <time dateTime={first.at}>{props.hours}</time>
            <div class="step">{props.children}</div>
            {props.aside}
        </li>
    );
}

/// What somebody did, or what came due, and all that it led to.
function Step(props: {step: TraceStep; open: boolean; ways: Ways}) {
    const {step} = props;
    const first = step.records[0];
    // A move says itself from where to where.
    const change = step.kind === "case_moved" ? "" : stateChange(step);
    const led = consequences(step);
    return (
        <Entry
            first={step}
            hours={showHour(step.at)}
            aside={
                first !== undefined && step.records.length === 1 ? (
                    <RecordNumber item={first} />
                ) : null
            }
        >
            <p>{first === undefined ? kindText(step.kind) : entryText(first)}</p>
            <Who step={step} />
            {change === "" ? null : <p class="step-change">{change}</p>}
            {led.length === 0 ? null : (
                <ul class="plain-list">
                    {led.map((item) => (
                        <li key={item.sequence}>{entryText(item)}</li>
                    ))}
                </ul>
            )}
            <Links step={step} ways={props.ways} />
            {step.records.length === 1 ? null : (
                <details class="technical" open={props.open}>
                    <summary>
                        {t("history.records", {first: step.sequence, last: step.last})}
                    </summary>
                    <Records items={step.records} />
                </details>
            )}
        </Entry>
    );
}

/// Many steps that are alike, told as one.
function Alike(props: {run: Run; open: boolean}) {
    const {steps} = props.run;
    const newest = steps[0] as TraceStep;
    const oldest = steps[steps.length - 1] as TraceStep;
    return (
        <Entry first={newest} hours={showHour(newest.at)} aside={null}>
            <p>{t("history.alike", {event: kindText(newest.kind), count: steps.length})}</p>
            <Who step={newest} />
            <details class="technical" open={props.open}>
                <summary>
                    {t("history.records", {first: oldest.sequence, last: newest.last})}
                </summary>
                <Records items={steps.flatMap((step) => step.records)} hours />
            </details>
        </Entry>
    );
}

function Steps(props: {steps: readonly TraceStep[]; open: boolean; ways: Ways}) {
    return (
        <>
            {byDay(props.steps).map(({day, runs}) => (
                <div class="day" key={day}>
                    <h3>{day}</h3>
                    <ol class="entries">
                        {runs.map((run) => {
                            const step = run.steps[0] as TraceStep;
                            return run.steps.length > 1 ? (
                                <Alike key={step.sequence} run={run} open={props.open} />
                            ) : (
                                <Step
                                    key={step.sequence}
                                    step={step}
                                    open={props.open}
                                    ways={props.ways}
                                />
                            );
                        })}
                    </ol>
                </div>
            ))}
        </>
    );
}

/// The steps of the case, the newest first. What is added while they are read comes on top, and what is
/// shown stays.
function useSteps() {
    const data = useCase();
    const [end] = useState(data.case.sequence);
    const older = usePages(
        (before, signal) =>
            stepsBefore(data.id, before === undefined ? end + 1 : Number(before), signal),
        [data.id, end, language()],
    );
    const newer = useLoaded(
        async (signal) =>
            data.case.sequence <= end
                ? []
                : (await allPages((after) => trace(data.id, after ?? end, signal), pagesMax)).reverse(),
        [data.id, end, data.case.sequence, language()],
    );
    return {older, newer, steps: [...(newer.value ?? []), ...(older.value ?? [])]};
}

/// Goes to a step, and first back to where it is told.
function useSeek(steps: readonly TraceStep[], more: (() => void) | undefined, loading: boolean): Ways["seek"] {
    const [sought, setSought] = useState<number | undefined>(undefined);
    const asked = useRef(0);
    useEffect(() => {
        if (sought === undefined || loading) {
            return;
        }
        const target = document.getElementById(`s-${sought}`);
        if (target !== null || more === undefined || asked.current >= pagesMax) {
            setSought(undefined);
            target?.scrollIntoView({block: "start"});
            target?.focus({preventScroll: true});
        } else {
            asked.current += 1;
            more();
        }
    }, [sought, loading, steps.length]);
    return (link) => {
        asked.current = 0;
        setSought(link.sequence);
    };
}

/// Who did what, when, in which state, and what it led to.
export function HistoryView() {
    const {older, newer, steps} = useSteps();
    const [open, setOpen] = useState(false);
    const isOfBody = useSession().me.organisation.kind === "body";
    const seek = useSeek(steps, older.more, older.loading);
    const firsts = new Map(steps.map((step) => [step.sequence, step.records[0]]));
    const words = (link: TraceLink) => {
        const first = firsts.get(link.sequence);
        return first === undefined ? kindText(link.kind) : entryText(first);
    };
    return (
        <Section
            id="history"
            title={t("history.title")}
            aside={
                <div class="buttons">
                    {isOfBody ? <ReportLink kind="dossier" /> : null}
                    <ReportLink kind="programme" />
                    <ReportLink kind="plan" />
                    <ReportLink kind="audit" />
                    <ReportLink />
                </div>
            }
        >
            <p class="lead">{t("history.help")}</p>
            <button type="button" class="plain flush" aria-pressed={open} onClick={() => setOpen(!open)}>
                {t("history.all")}
            </button>
            {newer.problem === undefined || newer.problem.code === "canceled" ? null : (
                <Problem problem={newer.problem} again={newer.reload} />
            )}
            <Show loaded={older} lines={10}>
                {() =>
                    steps.length === 0 ? (
                        <Empty>{t("history.none")}</Empty>
                    ) : (
                        <Steps steps={steps} open={open} ways={{words, seek}} />
                    )
                }
            </Show>
            <More paged={older} />
        </Section>
    );
}
