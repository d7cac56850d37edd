import {useState} from "preact/hooks";
import {allPages, call} from "../../api/client";
import type {HistoryItem} from "../../api/types";
import {Empty, Section, Show} from "../../components/basics";
import {useLoaded} from "../../components/hooks";
import {language, t, textFor} from "../../messages/messages";
import {showDate, showHour} from "../../messages/numbers";
import {useCase} from "./context";
import {ReportLink} from "./Overview";

const pagesMax = 50;

/// Newest first, by the day on which the reader's clock stood.
export function byDay(items: readonly HistoryItem[]): {day: string; items: HistoryItem[]}[] {
    const days: {day: string; items: HistoryItem[]}[] = [];
    for (const item of [...items].reverse()) {
        const day = showDate(item.at);
        const last = days[days.length - 1];
        if (last?.day === day) {
            last.items.push(item);
        } else {
            days.push({day, items: [item]});
        }
    }
    return days;
}

/// Records that follow by themselves from what people did.
const quietKinds = new Set([
    "effect_closed",
    "effect_requested",
    "task_opened",
    "task_withdrawn",
    "timer_cancelled",
    "timer_set",
]);

function word(item: HistoryItem, name: string): string {
    const value = item.data[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/// What it was about, in the person's language where the record itself holds only names.
function subject(item: HistoryItem): string {
    switch (item.kind) {
        case "requirement_answered":
            return `${word(item, "requirement")} – ${textFor("answer.value", word(item, "answer"), "")}`;
        case "requirement_assessed":
            return `${word(item, "requirement")} – ${textFor("verdict.value", word(item, "verdict"), "")}`;
        case "decision_recorded":
            return textFor("decision.kind", word(item, "kind"), word(item, "kind"));
        default: {
            const at = item.text.indexOf(": ");
            return at < 0 ? "" : item.text.slice(at + 2);
        }
    }
}

/// "Requirement answered: 4.1 – In place"; for kinds that the pages do not know, the server's words.
export function entryText(item: HistoryItem): string {
    const words = textFor("event", item.kind, "");
    if (words === "") {
        return item.text;
    }
    const what = subject(item);
    return what === "" ? words : t("history.entry", {event: words, subject: what});
}

function Entry(props: {item: HistoryItem}) {
    const {item} = props;
    const {actor} = item;
    return (
        <li class="entry">
            <time dateTime={item.at}>{showHour(item.at)}</time>
            <div>
                <p>{entryText(item)}</p>
                <p class="quiet">
                    {actor.person === null
                        ? t("history.system")
                        : [actor.person.name, actor.role_title, actor.organisation?.name]
                              .filter((part) => part !== undefined && part !== "")
                              .join(" · ")}
                </p>
            </div>
            <code class="record" title={t("history.hash", {hash: item.hash})}>
                {item.sequence}
            </code>
        </li>
    );
}

/// Who did what, and when: every record of the case.
export function HistoryView() {
    const data = useCase();
    const [all, setAll] = useState(false);
    const loaded = useLoaded(
        (signal) =>
            allPages(
                (after) =>
                    call("get", "/cases/{case}/history", {
                        path: {case: data.id},
                        query: {size: 200, language: language(), after},
                        signal,
                    }),
                pagesMax,
            ),
        [data.id, data.case.sequence, language()],
    );
    return (
        <Section id="history" title={t("history.title")} aside={<ReportLink />}>
            <p class="lead">{t("history.help")}</p>
            <label class="choice switch">
                <input type="checkbox" checked={all} onChange={() => setAll(!all)} />
                <span>{t("history.all")}</span>
            </label>
            <Show loaded={loaded} lines={10}>
                {(items) =>
                    items.length === 0 ? (
                        <Empty>{t("history.none")}</Empty>
                    ) : (
                        byDay(items.filter((item) => all || !quietKinds.has(item.kind))).map(({day, items: entries}) => (
                            <div class="day" key={day}>
                                <h3>{day}</h3>
                                <ol class="entries" reversed>
                                    {entries.map((item) => (
                                        <Entry key={item.sequence} item={item} />
                                    ))}
                                </ol>
                            </div>
                        ))
                    )
                }
            </Show>
        </Section>
    );
}
