import {allPages, call} from "../../api/client";
import type {HistoryItem} from "../../api/types";
import {Empty, Section, Show} from "../../components/basics";
import {useLoaded} from "../../components/hooks";
import {language, t} from "../../messages/messages";
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

function Entry(props: {item: HistoryItem}) {
    const {item} = props;
    const {actor} = item;
    return (
        <li class="entry">
            <time dateTime={item.at}>{showHour(item.at)}</time>
            <div>
                <p>{item.text}</p>
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
            <Show loaded={loaded} lines={10}>
                {(items) =>
                    items.length === 0 ? (
                        <Empty>{t("history.none")}</Empty>
                    ) : (
                        byDay(items).map(({day, items: entries}) => (
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
