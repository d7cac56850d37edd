import {useState} from "preact/hooks";
import {call} from "../../api/client";
import type {Field, FormValue, Task, TaskSummary} from "../../api/types";
import {Section, Show} from "../../components/basics";
import {useLoaded} from "../../components/hooks";
import {Icon} from "../../components/Icon";
import {language, t} from "../../messages/messages";
import {showDate, showMoney} from "../../messages/numbers";
import {useSession} from "../../session";
import {useCase} from "./context";

const shownFirst = 3;

/// A value as people write it.
export function shownValue(field: Field, value: FormValue): string {
    const label = (one: string) =>
        field.choices.find((choice) => choice.value === one)?.label ?? one;
    switch (field.type) {
        case "date":
            return showDate(String(value));
        case "money":
            return showMoney(String(value));
        case "boolean":
            return value === true ? t("form.yes") : t("form.no");
        case "choice":
            return label(String(value));
        case "choices":
            return Array.isArray(value) ? value.map(label).join(", ") : String(value);
        case "country":
            return new Intl.DisplayNames([language()], {type: "region"}).of(String(value)) ?? "";
        default:
            return String(value);
    }
}

function Values(props: {task: Task}) {
    const {form, values} = props.task;
    const filled = (form?.fields ?? []).filter(
        (field) => values?.[field.id] !== undefined && values[field.id] !== null,
    );
    if (filled.length === 0) {
        return <p class="quiet">{t("sofar.empty")}</p>;
    }
    return (
        <dl class="finding-parts">
            {filled.map((field) => (
                <div key={field.id}>
                    <dt>{field.label}</dt>
                    <dd class="written">{shownValue(field, values?.[field.id] ?? "")}</dd>
                </div>
            ))}
        </dl>
    );
}

function WholeTask(props: {id: string}) {
    const loaded = useLoaded(
        (signal) =>
            call("get", "/tasks/{task}", {
                path: {task: props.id},
                query: {language: language()},
                signal,
            }),
        [props.id, language()],
    );
    return (
        <Show loaded={loaded} lines={2}>
            {(task) => <Values task={task} />}
        </Show>
    );
}

function Said(props: {task: TaskSummary; first: boolean}) {
    const {task} = props;
    const [chosen, setChosen] = useState<boolean | undefined>(undefined);
    const open = chosen ?? props.first;
    const id = `said-${task.id}`;
    return (
        <li class="other-task">
            <button
                type="button"
                class="disclosure"
                aria-expanded={open}
                aria-controls={id}
                onClick={() => setChosen(!open)}
            >
                <Icon name="down" />
                <span>
                    <strong>
                        {task.title}: {task.outcome_title}
                    </strong>
                    <span class="quiet">
                        {t("sofar.by", {
                            person: task.closed_by?.name ?? "–",
                            organisation: task.organisation.name,
                            date: task.closed_at === null ? "" : showDate(task.closed_at),
                        })}
                    </span>
                </span>
            </button>
            <div id={id} hidden={!open}>
                {open ? <WholeTask id={task.id} /> : null}
            </div>
        </li>
    );
}

/// The forms that everyone sent, newest first; the last one is open when it came from someone else,
/// for it is what the next step answers.
export function SoFar() {
    const data = useCase();
    const {me} = useSession();
    const [all, setAll] = useState(false);
    const done = data.tasks.filter((task) => task.status === "done").reverse();
    const shown = all ? done : done.slice(0, shownFirst);
    if (done.length === 0) {
        return null;
    }
    return (
        <Section id="sofar" title={t("sofar.title")}>
            <ul class="other-tasks">
                {shown.map((task, index) => (
                    <Said key={task.id} task={task} first={index === 0 && task.organisation.id !== me.organisation.id} />
                ))}
            </ul>
            {shown.length === done.length ? null : (
                <button type="button" class="plain" onClick={() => setAll(true)}>
                    {t("sofar.earlier", {count: done.length - shown.length})}
                </button>
            )}
        </Section>
    );
}
