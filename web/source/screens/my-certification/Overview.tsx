import {useState} from "preact/hooks";
import {Link} from "wouter-preact";
import {address} from "../../api/client";
import type {Case, Deadline} from "../../api/types";
import {Chip, Due, Empty, Section} from "../../components/basics";
import {Icon} from "../../components/Icon";
import {Path} from "../../components/Path";
import {language, t, textFor} from "../../messages/messages";
import {showDate, showMoney} from "../../messages/numbers";
import {findingAddress, requirementAddress, useCase} from "./context";
import {GradeChip, FindingStatusChip} from "./FindingCard";
import {Measures} from "./Measures";
import {CertificateCard, NextAction, OtherTasks} from "./NextAction";
import {SoFar} from "./SoFar";

const deadlinesShown = 6;

function deadlineAddress(id: string, deadline: Deadline, one: Case): string {
    switch (deadline.kind) {
        case "finding": {
            const finding = one.findings_open.find((open) => open.id === deadline.id);
            return findingAddress(id, finding?.number ?? "");
        }
        case "requirement":
            return requirementAddress(id, deadline.id);
        case "evidence":
            return `/cases/${id}/evidence#e-${deadline.id}`;
        case "task":
        case "certificate":
            return `/cases/${id}`;
    }
}

function Deadlines() {
    const data = useCase();
    const {deadlines} = data.case;
    const [all, setAll] = useState(false);
    const shown = all ? deadlines : deadlines.slice(0, deadlinesShown);
    return (
        <Section id="deadlines" title={t("deadlines.title")}>
            {deadlines.length === 0 ? (
                <Empty>{t("deadlines.none")}</Empty>
            ) : (
                <ul class="deadlines">
                    {shown.map((deadline) => (
                        <li key={`${deadline.kind} ${deadline.id}`}>
                            <Link href={deadlineAddress(data.id, deadline, data.case)}>
                                {deadline.title}
                            </Link>
                            <span class="deadline-how">
                                <Due
                                    at={deadline.due}
                                    overdue={deadline.overdue}
                                    kind={
                                        deadline.kind === "evidence" || deadline.kind === "certificate"
                                            ? "ends"
                                            : "due"
                                    }
                                />
                                <span class="quiet">
                                    {t(`deadlines.kind.${deadline.kind}`)}
                                    {deadline.is_mine ? ` · ${t("deadlines.mine")}` : ""}
                                </span>
                            </span>
                        </li>
                    ))}
                </ul>
            )}
            {shown.length === deadlines.length ? null : (
                <button type="button" class="plain" onClick={() => setAll(true)}>
                    {t("deadlines.more", {count: deadlines.length - shown.length})}
                </button>
            )}
        </Section>
    );
}

function OpenFindings() {
    const data = useCase();
    const open = data.case.findings_open;
    return (
        <Section
            id="open-findings"
            title={t("findings.title")}
            aside={
                <Link class="more" href={`/cases/${data.id}/findings`}>
                    {t("findings.all")}
                </Link>
            }
        >
            {open.length === 0 ? (
                <Empty>{t("findings.noneopen")}</Empty>
            ) : (
                <ul class="finding-lines">
                    {open.map((finding) => (
                        <li key={finding.id}>
                            <Link href={findingAddress(data.id, finding.number)}>
                                <span class="finding-number">F{finding.number}</span>
                                <span class="finding-line-text">{finding.statement}</span>
                            </Link>
                            <span class="chips">
                                <GradeChip grade={finding.grade} />
                                <FindingStatusChip status={finding.status} />
                                {finding.due === null ? null : (
                                    <Due at={finding.due} overdue={finding.overdue} />
                                )}
                            </span>
                        </li>
                    ))}
                </ul>
            )}
        </Section>
    );
}

function Costs() {
    const {charges, charges_mine, charges_total} = useCase().case;
    const total = charges_total.map(showMoney).join(" + ");
    // Who pays nothing here has no share, only a view of what was charged.
    const pays = charges.length === 0 || charges_mine.length > 0;
    return (
        <Section id="costs" title={pays ? t("costs.title") : t("costs.all")}>
            {charges.length === 0 ? (
                <Empty>{t("costs.none")}</Empty>
            ) : (
                <>
                    <p class="my-share">
                        <span>{pays ? t("costs.mine") : t("costs.sum")}</span>
                        <strong>{pays ? charges_mine.map(showMoney).join(" + ") : total}</strong>
                        {pays ? (
                            <span class="quiet">{t("costs.total", {amount: total})}</span>
                        ) : null}
                    </p>
                    <ul class="charges">
                        {charges.map((charge) => (
                            <li key={charge.id}>
                                <span>
                                    {charge.title}
                                    <span class="quiet">
                                        {showDate(charge.charged_at)} · {charge.payer.name}
                                    </span>
                                </span>
                                <span class="amount">{showMoney(charge.amount)}</span>
                            </li>
                        ))}
                    </ul>
                </>
            )}
        </Section>
    );
}

function Decisions() {
    const {decisions} = useCase().case;
    if (decisions.length === 0) {
        return null;
    }
    return (
        <Section id="decisions" title={t("decision.title")}>
            <ul class="decisions">
                {decisions.map((decision) => (
                    <li key={decision.id}>
                        <Chip tone={decision.kind === "refuse" ? "bad" : "good"} icon="check">
                            {textFor("decision.kind", decision.kind, decision.kind)}
                        </Chip>
                        <p>{decision.reason}</p>
                        <p class="quiet">
                            {t("decision.by", {
                                person: decision.decided_by.name,
                                date: showDate(decision.decided_at),
                                sequence: decision.on_sequence,
                            })}
                        </p>
                    </li>
                ))}
            </ul>
        </Section>
    );
}

/// What people sign comes on paper too.
const onPaper: readonly string[] = ["plan", "applicability", "audit", "dossier"];

/// To a report of the case: the one on progress when no kind is named.
export function ReportLink(props: {kind?: "plan" | "programme" | "applicability" | "audit" | "dossier" | "nonconformities"}) {
    const data = useCase();
    const title = props.kind === undefined ? t("report.download") : t(`report.${props.kind}`);
    const addressAs = (format?: "pdf") =>
        address("/cases/{case}/report", {case: data.id}, {kind: props.kind, format, language: language()});
    return (
        <>
            <a class="button" href={addressAs()} download>
                <Icon name="download" /> {title}
            </a>
            {props.kind !== undefined && onPaper.includes(props.kind) ? (
                <a class="button" href={addressAs("pdf")} download>
                    <Icon name="download" /> {t("report.on_paper")}
                </a>
            ) : null}
        </>
    );
}

export function Overview() {
    const data = useCase();
    const certificates = data.case.certificates.filter((one) => one.status !== "superseded");
    return (
        <>
            <Path milestones={data.case.milestones} />
            {certificates.map((certificate) => (
                <CertificateCard key={certificate.id} certificate={certificate} />
            ))}
            <NextAction />
            <div class="columns">
                <div>
                    {/* What the next step answers stands beside it; while others act it can wait. */}
                    {data.case.next_action.kind === "task" ? <SoFar /> : null}
                    <OtherTasks />
                    <OpenFindings />
                    <Measures />
                    {data.case.next_action.kind === "task" ? null : <SoFar />}
                </div>
                <div>
                    <Deadlines />
                    <Costs />
                    <Decisions />
                    <Section id="report" title={t("report.title")}>
                        <p class="quiet">{t("report.help")}</p>
                        <ReportLink />
                    </Section>
                </div>
            </div>
        </>
    );
}
