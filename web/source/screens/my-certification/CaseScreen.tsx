import type {ComponentType} from "preact";
import {useEffect, useRef} from "preact/hooks";
import {Link} from "wouter-preact";
import type {Connection} from "../../api/events";
import type {Case, Permission} from "../../api/types";
import {Chip, Problem, Skeleton} from "../../components/basics";
import {Icon} from "../../components/Icon";
import {operationAddress} from "../../components/addresses";
import {later} from "../../components/later";
import {language, t, type MessageKey} from "../../messages/messages";
import {showDate} from "../../messages/numbers";
import {CaseProvider, may, type CaseData} from "./context";
import {EvidenceView} from "./EvidenceView";
import {FindingsView} from "./FindingsView";
import {useFreshCase} from "./fresh";
import {Overview} from "./Overview";
import {RequirementsView} from "./RequirementsView";

const HistoryView = later(async () => (await import("./HistoryView")).HistoryView);
const OperationView = later(async () => (await import("./OperationView")).OperationView);

interface View {
    name: string;
    title: MessageKey;
    /// Who may not do this has no such view.
    permission?: Permission;
    count: (data: CaseData) => number | undefined;
    content: ComponentType;
}

const views: View[] = [
    {name: "overview", title: "view.overview", count: () => undefined, content: Overview},
    {
        name: "requirements",
        title: "view.requirements",
        count: (data) => data.requirements.items.length,
        content: RequirementsView,
    },
    {
        name: "findings",
        title: "view.findings",
        count: (data) => data.case.findings_open.length,
        content: FindingsView,
    },
    {
        name: "evidence",
        title: "view.evidence",
        count: (data) => data.evidence.filter((one) => one.status === "current").length,
        content: EvidenceView,
    },
    {name: "history", title: "view.history", count: () => undefined, content: HistoryView},
    {
        name: "operation",
        title: "view.operation",
        permission: "operate",
        count: (data) => data.case.incidents_open,
        content: OperationView,
    },
];

function isOpenTo(view: View, one: Case): boolean {
    return view.permission === undefined || one.allowed.includes(view.permission);
}

function Tabs(props: {data: CaseData; view: string}) {
    const {data, view} = props;
    const list = useRef<HTMLUListElement>(null);
    useEffect(() => {
        list.current
            ?.querySelector("[aria-current]")
            ?.scrollIntoView({block: "nearest", inline: "center"});
    }, [view]);
    return (
        <nav class="tabs" aria-label={t("views")}>
            <ul ref={list}>
                {views.filter((one) => isOpenTo(one, data.case)).map((one) => {
                    const count = one.count(data);
                    const href =
                        one.name === "overview" ? `/cases/${data.id}` : `/cases/${data.id}/${one.name}`;
                    return (
                        <li key={one.name}>
                            <Link href={href} aria-current={one.name === view ? "page" : undefined}>
                                {t(one.title)}
                                {count === undefined || count === 0 ? null : (
                                    <span class="count">{count}</span>
                                )}
                            </Link>
                        </li>
                    );
                })}
            </ul>
        </nav>
    );
}

/// The firm first, for the case is its own.
function rank(party: string): number {
    return party === "client" ? 0 : 1;
}

function Head(props: {data: CaseData; connection: Connection}) {
    const one = props.data.case;
    return (
        <div class="case-head">
            <p class="eyebrow">
                {[...one.parties]
                    .sort((left, right) => rank(left.party) - rank(right.party))
                    .map((party) => party.organisation.name)
                    .join(" · ")}
            </p>
            <h1 tabIndex={-1} data-page-heading>
                {one.title}
            </h1>
            <p class="case-line">
                {one.paused === null ? null : (
                    <Chip tone="warn" icon="pause">
                        {t("paused.now")}
                    </Chip>
                )}
                {one.standard === null ? one.workflow.title : one.standard.designation}
                <span class={`live ${props.connection}`} role="status">
                    {props.connection === "live" ? t("live.on") : t("live.off")}
                </span>
            </p>
        </div>
    );
}

function PauseNotice(props: {data: CaseData; view: string}) {
    const {paused} = props.data.case;
    return paused === null ? null : (
        <section class="notice warn paused" aria-labelledby="paused-title">
            <Icon name="pause" />
            <div>
                <h2 id="paused-title">{t("paused.title")}</h2>
                <p>
                    {t("paused.by", {
                        day: showDate(paused.since),
                        name: paused.by?.name ?? "–",
                        reason: paused.reason,
                    })}
                </p>
                <p>{t("paused.help")}</p>
                {may(props.data, "operate") && props.view !== "operation" ? (
                    <p>
                        <Link href={operationAddress(props.data.id)}>{t("paused.resume")}</Link>
                    </p>
                ) : null}
            </div>
        </section>
    );
}

/// That something failed, to who can see to it; others read that somebody does.
function IncidentNotice(props: {data: CaseData; view: string}) {
    const {data, view} = props;
    const count = data.case.incidents_open;
    if (count === 0 || view === "operation") {
        return null;
    }
    return (
        <div class="notice">
            <Icon name="warning" />
            <div>
                <p>{t("incidents.open", {count})}</p>
                {may(data, "operate") ? (
                    <p>
                        <Link href={operationAddress(data.id)}>{t("incidents.see")}</Link>
                    </p>
                ) : (
                    <p>{t("incidents.others")}</p>
                )}
            </div>
        </div>
    );
}

/// One case, for whoever has a part in it.
export function CaseScreen(props: {id: string; view: string}) {
    const {id} = props;
    const loaded = useFreshCase(id);
    const {reload, connection, changed} = loaded;
    const named = views.find((one) => one.name === props.view);
    const held = loaded.value?.case;
    const view = named !== undefined && (held === undefined || isOpenTo(named, held)) ? named : undefined;
    const title = loaded.value?.case.title;
    useEffect(() => {
        const where = view === undefined ? t("notfound.title") : t(view.title);
        document.title = `${where} – ${title ?? "Guildmark"}`;
    }, [title, view, language()]);

    if (loaded.value === undefined || view === undefined) {
        return (
            <main class="page" id="content">
                {loaded.problem !== undefined || view === undefined ? (
                    <>
                        <h1 tabIndex={-1} data-page-heading>
                            {t("notfound.title")}
                        </h1>
                        {loaded.problem === undefined ? null : (
                            <Problem problem={loaded.problem} again={reload} />
                        )}
                        <p>
                            <Link href="/">{t("notfound.home")}</Link>
                        </p>
                    </>
                ) : (
                    <Skeleton lines={10} />
                )}
            </main>
        );
    }
    const data: CaseData = {...loaded.value, changed};
    const Content = view.content;
    return (
        <CaseProvider value={data}>
            <div class="case-band">
                <Head data={data} connection={connection} />
                <Tabs data={data} view={view.name} />
            </div>
            <main class="page" id="content">
                {loaded.problem === undefined || loaded.problem.code === "canceled" ? null : (
                    <Problem problem={loaded.problem} again={reload} />
                )}
                <PauseNotice data={data} view={view.name} />
                <IncidentNotice data={data} view={view.name} />
                <Content />
            </main>
        </CaseProvider>
    );
}
