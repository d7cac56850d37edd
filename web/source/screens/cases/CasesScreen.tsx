import {useEffect} from "preact/hooks";
import {Link, useLocation} from "wouter-preact";
import {allPages, call} from "../../api/client";
import type {CaseSummary, TaskSummary} from "../../api/types";
import {Chip, Due, Empty, Section, Show} from "../../components/basics";
import {useLoaded} from "../../components/hooks";
import {Icon} from "../../components/Icon";
import {language, t} from "../../messages/messages";
import {showDate} from "../../messages/numbers";

const pagesMax = 10;

async function loadHome(signal: AbortSignal) {
    const query = {size: 200, language: language()};
    const [cases, tasks] = await Promise.all([
        allPages((after) => call("get", "/cases", {query: {...query, after}, signal}), pagesMax),
        allPages((after) => call("get", "/tasks", {query: {...query, after}, signal}), pagesMax),
    ]);
    return {cases, tasks};
}

function CaseCard(props: {one: CaseSummary}) {
    const {one} = props;
    const partners = one.parties.filter((party) => !party.is_mine);
    return (
        <li>
            <Link href={`/cases/${one.id}`} class="case-card">
                <span class="eyebrow">
                    {partners.map((party) => party.organisation.name).join(" · ")}
                </span>
                <strong class="case-title">{one.title}</strong>
                <span class="case-stand">
                    {one.paused === null ? null : (
                        <Chip tone="warn" icon="pause">
                            {t("paused.now")}
                        </Chip>
                    )}
                    {one.incidents_open === 0 ? null : (
                        <Chip tone="bad" icon="warning">
                            {t("incidents.open", {count: one.incidents_open})}
                        </Chip>
                    )}
                    {one.milestone === null ? null : (
                        <Chip tone="info">
                            {t("path.step", {
                                step: Math.min(one.milestones_done + 1, one.milestones_total),
                                steps: one.milestones_total,
                            })}{" "}
                            {one.milestone.title}
                        </Chip>
                    )}
                    {one.majors_open + one.minors_open === 0 ? null : (
                        <Chip tone="warn" icon="flag">
                            {t("findings.open", {count: one.majors_open + one.minors_open})}
                        </Chip>
                    )}
                </span>
                <span class="quiet">{t("cases.opened", {date: showDate(one.opened_at)})}</span>
            </Link>
        </li>
    );
}

function TaskCard(props: {task: TaskSummary}) {
    const {task} = props;
    return (
        <li>
            <Link href={`/cases/${task.case.id}`} class="task-card">
                <span>
                    <strong>{task.title}</strong>
                    <span class="quiet">
                        {task.case.title} · {task.role_title}
                    </span>
                </span>
                {task.due === null ? null : <Due at={task.due} overdue={task.overdue} />}
                <Icon name="arrow" />
            </Link>
        </li>
    );
}

/// Where a person with several cases begins: what waits for them, then the cases. With one case the
/// page is that case.
export function CasesScreen() {
    const loaded = useLoaded(loadHome, [language()]);
    const [, go] = useLocation();
    const only = loaded.value?.cases.length === 1 ? loaded.value.cases[0] : undefined;
    useEffect(() => {
        document.title = `${t("cases.title")} – Guildmark`;
        if (only !== undefined) {
            go(`/cases/${only.id}`, {replace: true});
        }
    }, [only?.id, language()]);
    return (
        <main class="page" id="content">
            <h1 tabIndex={-1} data-page-heading>
                {t("cases.title")}
            </h1>
            <Show loaded={loaded}>
                {({cases, tasks}) => (
                    <>
                        <Section id="waiting" title={t("cases.tasks")}>
                            {tasks.length === 0 ? (
                                <Empty>{t("cases.notasks")}</Empty>
                            ) : (
                                <ul class="task-cards">
                                    {tasks.map((task) => (
                                        <TaskCard key={task.id} task={task} />
                                    ))}
                                </ul>
                            )}
                        </Section>
                        <Section id="all" title={t("cases.all")}>
                            {cases.length === 0 ? (
                                <Empty>{t("cases.none")}</Empty>
                            ) : (
                                <ul class="case-cards">
                                    {cases.map((one) => (
                                        <CaseCard key={one.id} one={one} />
                                    ))}
                                </ul>
                            )}
                        </Section>
                    </>
                )}
            </Show>
        </main>
    );
}
