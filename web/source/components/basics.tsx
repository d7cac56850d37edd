import type {ComponentChildren} from "preact";
import {problemText, type CallProblem} from "../api/problem";
import {showDate, showDue, urgency, type DueKind} from "../messages/numbers";
import {t} from "../messages/messages";
import type {Loaded, Paged} from "./hooks";
import {Icon, type IconName} from "./Icon";

export type Tone = "plain" | "good" | "warn" | "bad" | "info";

/// A word on how something stands. The tone has a shape too, so that no one needs to see colors.
export function Chip(props: {tone: Tone; icon?: IconName; children: ComponentChildren}) {
    return (
        <span class={`chip ${props.tone}`}>
            {props.icon === undefined ? null : <Icon name={props.icon} size={14} />}
            {props.children}
        </span>
    );
}

/// "due in 12 days", with the day itself.
export function Due(props: {at: string; overdue?: boolean; kind?: DueKind}) {
    const now = new Date();
    const how = props.overdue === true ? "late" : urgency(props.at, now);
    const tone: Tone = how === "late" ? "bad" : how === "soon" ? "warn" : "plain";
    return (
        <span class="due">
            <Chip tone={tone} icon={how === "late" ? "warning" : "clock"}>
                {showDue(props.at, now, props.kind ?? "due")}
            </Chip>{" "}
            <time class="quiet" dateTime={props.at}>
                {showDate(props.at)}
            </time>
        </span>
    );
}

/// A link to the page that explains a problem's code, for those who want to know more.
export function ProblemPage(props: {problem: CallProblem}) {
    const {page} = props.problem;
    return page === "" ? null : (
        <p>
            <a href={page} target="_blank" rel="noopener">
                {t("problem.page")}
            </a>
        </p>
    );
}

export function Problem(props: {problem: CallProblem; again?: () => void}) {
    const {problem, again} = props;
    return (
        <div class="notice bad" role="alert">
            <Icon name="warning" />
            <div>
                <p>{problemText(problem)}</p>
                <ProblemPage problem={problem} />
                {again === undefined ? null : (
                    <button type="button" onClick={again}>
                        {t("again")}
                    </button>
                )}
            </div>
        </div>
    );
}

export function Empty(props: {children: ComponentChildren}) {
    return <p class="empty">{props.children}</p>;
}

/// Lines in the place of what is being fetched.
export function Skeleton(props: {lines: number}) {
    return (
        <div class="skeleton" role="status">
            <span class="only-heard">{t("loading")}</span>
            {Array.from({length: props.lines}, (_, index) => (
                <div class="skeleton-line" key={index} />
            ))}
        </div>
    );
}

/// What was fetched, or that it is being fetched, or why it was not. An old value stays on the page
/// while a new one is fetched or cannot be.
export function Show<T>(props: {
    loaded: Loaded<T>;
    lines?: number;
    children: (value: T) => ComponentChildren;
}) {
    const {loaded, lines = 4, children} = props;
    return (
        <>
            {loaded.problem === undefined || loaded.problem.code === "canceled" ? null : (
                <Problem problem={loaded.problem} again={loaded.reload} />
            )}
            {loaded.value !== undefined ? (
                children(loaded.value)
            ) : loaded.loading ? (
                <Skeleton lines={lines} />
            ) : null}
        </>
    );
}

/// One of a few, side by side; what is chosen stands in the address or on the page.
export function Segments<Value extends string>(props: {
    name: string;
    legend: string;
    options: readonly {value: Value; label: ComponentChildren}[];
    chosen: Value;
    choose: (value: Value) => void;
}) {
    return (
        <fieldset class="segments">
            <legend>{props.legend}</legend>
            {props.options.map(({value, label}) => (
                <label class="segment" key={value}>
                    <input
                        type="radio"
                        name={props.name}
                        checked={props.chosen === value}
                        onChange={() => props.choose(value)}
                    />
                    <span>{label}</span>
                </label>
            ))}
        </fieldset>
    );
}

/// The way to the next page of a list; nothing at its end.
export function More(props: {paged: Paged<unknown>}) {
    const {more, loading} = props.paged;
    return more === undefined ? null : (
        <button type="button" class="more-items" disabled={loading} onClick={more}>
            {t("more")}
        </button>
    );
}

/// A heading with what belongs beside it, and a section under it.
export function Section(props: {
    id: string;
    title: string;
    aside?: ComponentChildren;
    children: ComponentChildren;
    kind?: string;
    hidden?: boolean;
}) {
    return (
        <section
            class={`section ${props.kind ?? ""}`}
            aria-labelledby={`${props.id}-title`}
            hidden={props.hidden}
        >
            <div class="section-head">
                <h2 id={`${props.id}-title`}>{props.title}</h2>
                {props.aside}
            </div>
            {props.children}
        </section>
    );
}
