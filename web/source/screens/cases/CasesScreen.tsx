import {useEffect, useRef} from "preact/hooks";
import {Link, useLocation, useSearchParams} from "wouter-preact";
import {address, allPages, call} from "../../api/client";
import type {CaseSummary, TaskSummary} from "../../api/types";
import {Chip, Due, Empty, More, Section, Show} from "../../components/basics";
import {useLoaded, usePages} from "../../components/hooks";
import {Icon} from "../../components/Icon";
import {language, t} from "../../messages/messages";
import {showDate} from "../../messages/numbers";
import {useSession} from "../../session";
import {CaseFilters} from "./CaseFilters";
import {filtersOf} from "./filters";

const pagesMax = 10;
const pageSize = 50;

async function loadTasks(signal: AbortSignal) {
    const query = {size: 200, language: language()};
    return await allPages(
        (after) => call("get", "/tasks", {query: {...query, after}, signal}),
        pagesMax,
    );
}

/// A page of what the address asks for. A search may find nothing on a page and go on: the next ones are
/// looked through as well, some of them.
async function loadCases(search: string, after: string | undefined, signal: AbortSignal) {
    const filters = filtersOf(new URLSearchParams(search));
    const query = {...filters, size: pageSize, language: language()};
    let found = await call("get", "/cases", {query: {...query, after}, signal});
    for (let page = 1; page < pagesMax && found.items.length === 0 && found.next !== null; page += 1) {
        found = await call("get", "/cases", {query: {...query, after: found.next}, signal});
    }
    return found;
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

/// The way to one act on all cases that are shown, for those who keep cases running.
function BatchLink(props: {search: string}) {
    return useSession().me.operates ? (
        <p class="list-acts">
            <Link href={props.search === "" ? "/batches" : `/batches?${props.search}`}>
                {t("batch.link")}
            </Link>
        </p>
    ) : null;
}

const registers = {
    body: ["nonconformities", "certificates", "competence"],
    client: ["nonconformities"],
    group: ["nonconformities"],
    operator: ["nonconformities"],
} as const;

/// To the registers of one's own organisation.
function Registers() {
    const {organisation} = useSession().me;
    return (
        <Section id="registers" title={t("registers.title")}>
            <p class="lead">{t("registers.help")}</p>
            <p class="buttons">
                {registers[organisation.kind].map((kind) => (
                    <a
                        key={kind}
                        class="button"
                        href={address(
                            "/organisations/{organisation}/report",
                            {organisation: organisation.id},
                            {kind, language: language()},
                        )}
                        download
                    >
                        <Icon name="download" /> {t(`report.${kind}`)}
                    </a>
                ))}
            </p>
        </Section>
    );
}

/// Where a person with several cases begins: what waits for them, then the cases. With one case the
/// page is that case.
export function CasesScreen() {
    const [query, setQuery] = useSearchParams();
    const search = query.toString();
    const tasks = useLoaded(loadTasks, [language()]);
    const cases = usePages((after, signal) => loadCases(search, after, signal), [search, language()]);
    const [, go] = useLocation();
    // Who has searched, and found one or taken the search back, wants the list.
    const searched = useRef(search !== "");
    const only =
        cases.value?.length === 1 && cases.more === undefined && !searched.current
            ? cases.value[0]
            : undefined;
    const change = (next: URLSearchParams) => {
        searched.current = true;
        setQuery(next);
    };
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
            <Section id="waiting" title={t("cases.tasks")}>
                <Show loaded={tasks}>
                    {(items) =>
                        items.length === 0 ? (
                            <Empty>{t("cases.notasks")}</Empty>
                        ) : (
                            <ul class="task-cards">
                                {items.map((task) => (
                                    <TaskCard key={task.id} task={task} />
                                ))}
                            </ul>
                        )
                    }
                </Show>
            </Section>
            <Section id="all" title={t("cases.all")}>
                {search === "" && (cases.value?.length ?? 0) < 2 ? null : (
                    <CaseFilters query={query} change={change} />
                )}
                <Show loaded={cases}>
                    {(items) => (
                        <>
                            <p class="only-heard" role="status">
                                {t("search.found", {count: items.length})}
                            </p>
                            {items.length === 0 ? null : <BatchLink search={search} />}
                            {items.length === 0 ? (
                                <Empty>{search === "" ? t("cases.none") : t("search.none")}</Empty>
                            ) : (
                                <ul class="case-cards">
                                    {items.map((one) => (
                                        <CaseCard key={one.id} one={one} />
                                    ))}
                                </ul>
                            )}
                        </>
                    )}
                </Show>
                <More paged={cases} />
            </Section>
            {search === "" && cases.value?.length === 0 ? null : <Registers />}
        </main>
    );
}
