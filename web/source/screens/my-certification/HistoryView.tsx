import {useState} from "preact/hooks";
import {allPages, call} from "../../api/client";
import {refusalText} from "../../api/problem";
import type {HistoryItem} from "../../api/types";
import {Empty, Section, Show} from "../../components/basics";
import {useLoaded} from "../../components/hooks";
import {language, t, textFor} from "../../messages/messages";
import {showDate, showHour, showList, showMoney} from "../../messages/numbers";
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

/// What it was about, made of the record's values: texts come in the person's language, names of
/// enumerations have their words here.
function subject(item: HistoryItem): string {
    const value = (name: string): string => {
        const found = item.values[name];
        return typeof found === "string" || typeof found === "number" ? String(found) : "";
    };
    const of = (about: string, detail: string) =>
        detail === "" ? about : t("history.of", {subject: about, detail});
    switch (item.kind) {
        case "chart_advanced":
            return showList(item.values["states"]);
        case "requirement_answered":
            return of(value("requirement"), textFor("answer.value", value("answer"), ""));
        case "requirement_assessed":
            return of(value("requirement"), textFor("verdict.value", value("verdict"), ""));
        case "finding_raised":
            return t("history.finding", {
                number: value("number"),
                grade: textFor("grade", value("grade"), ""),
                requirement: value("requirement"),
            });
        case "response_judged":
            return textFor("judgement", value("judgement"), "");
        case "decision_recorded":
            return textFor("decision.kind", value("decision"), value("decision"));
        case "certificate_acted":
            return of(value("number"), textFor("decision.kind", value("action"), value("action")));
        case "charge_made":
            return of(value("title"), showMoney(value("amount")));
        case "incident_opened":
            return of(value("where"), value("message"));
        case "incident_resolved":
            return of(textFor("incident.resolution", value("resolution"), ""), value("reason"));
        case "case_moved":
            return t("history.moved", {
                from: showList(item.values["from"]),
                to: showList(item.values["to"]),
                reason: value("reason"),
            });
        case "case_paused":
        case "case_resumed":
        case "case_migrated":
            return value("reason");
        case "command_rejected":
            return [refusalText(value("code"), value("message")), value("reason")].join(" ").trim();
        default:
            return of(value("task") || value("title"), value("outcome"));
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
