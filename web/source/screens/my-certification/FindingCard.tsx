import {useState} from "preact/hooks";
import {Link} from "wouter-preact";
import {call} from "../../api/client";
import type {Field, Finding, FormValues} from "../../api/types";
import {Chip, Due, type Tone} from "../../components/basics";
import {t} from "../../messages/messages";
import {showDate} from "../../messages/numbers";
import {currentEvidence, may, requirementAddress, useCase} from "./context";
import {SmallForm, field} from "./SmallForm";

const gradeTones: Record<Finding["grade"], Tone> = {major: "bad", minor: "warn", opportunity: "info"};
const statusTones: Record<Finding["status"], Tone> = {
    open: "warn",
    responded: "info",
    accepted: "info",
    rejected: "bad",
    verified: "good",
};

export function GradeChip(props: {grade: Finding["grade"]}) {
    return (
        <Chip tone={gradeTones[props.grade]} icon="flag">
            {t(`grade.${props.grade}`)}
        </Chip>
    );
}

export function FindingStatusChip(props: {status: Finding["status"]}) {
    return (
        <Chip
            tone={statusTones[props.status]}
            icon={props.status === "verified" ? "check" : undefined}
        >
            {t(`finding.status.${props.status}`)}
        </Chip>
    );
}

function responseFields(evidence: {id: string; title: string}[]): Field[] {
    const fields = [
        field("correction", "long_text", true, t("response.correction"), t("response.correction.help")),
        field("cause", "long_text", true, t("response.cause"), t("response.cause.help")),
        field(
            "corrective_action",
            "long_text",
            true,
            t("response.action"),
            t("response.action.help"),
        ),
    ];
    if (evidence.length > 0) {
        fields.push({
            ...field("evidence", "choices", false, t("response.evidence"), ""),
            choices: evidence.map((one) => ({value: one.id, label: one.title})),
        });
    }
    return fields;
}

function Respond(props: {finding: Finding; done: () => void}) {
    const {finding, done} = props;
    const data = useCase();
    const before: FormValues =
        finding.responses === 0
            ? {}
            : {
                  correction: finding.correction,
                  cause: finding.cause,
                  corrective_action: finding.corrective_action,
              };
    return (
        <SmallForm
            id={`respond-${finding.id}`}
            changes={["findings"]}
            fields={responseFields(currentEvidence(data))}
            initial={before}
            submit={t("response.send")}
            said={t("response.sent", {number: finding.number})}
            cancel={done}
            done={done}
            send={(values, key) =>
                call("post", "/cases/{case}/findings/{finding}/responses", {
                    path: {case: data.id, finding: finding.id},
                    body: {
                        correction: String(values["correction"]),
                        cause: String(values["cause"]),
                        corrective_action: String(values["corrective_action"]),
                        evidence: (values["evidence"] as string[] | undefined) ?? [],
                    },
                    key,
                })
            }
        />
    );
}

function Judge(props: {finding: Finding; done: () => void}) {
    const {finding, done} = props;
    const data = useCase();
    const fields: Field[] = [
        {
            ...field("judgement", "choice", true, t("judge.question"), ""),
            choices: [
                {value: "accepted", label: t("judge.accept")},
                {value: "rejected", label: t("judge.reject")},
            ],
        },
        field("note", "long_text", false, t("judge.note"), t("judge.note.help")),
    ];
    return (
        <SmallForm
            id={`judge-${finding.id}`}
            changes={["findings"]}
            fields={fields}
            needs={(values) => (values["judgement"] === "rejected" ? ["note"] : [])}
            submit={t("judge.send")}
            said={t("judge.sent", {number: finding.number})}
            cancel={done}
            done={done}
            send={(values, key) =>
                call("post", "/cases/{case}/findings/{finding}/judgements", {
                    path: {case: data.id, finding: finding.id},
                    body: {
                        judgement: values["judgement"] === "accepted" ? "accepted" : "rejected",
                        note: values["note"] === undefined ? undefined : String(values["note"]),
                    },
                    key,
                })
            }
        />
    );
}

const methods = ["documents", "onsite", "next-audit"] as const;

function Verify(props: {finding: Finding; done: () => void}) {
    const {finding, done} = props;
    const data = useCase();
    const fields: Field[] = [
        {
            ...field("method", "choice", true, t("verify.method"), ""),
            choices: methods.map((value) => ({value, label: t(`verify.by.${value}`)})),
        },
        field("note", "long_text", false, t("verify.note"), ""),
    ];
    return (
        <SmallForm
            id={`verify-${finding.id}`}
            changes={["findings"]}
            fields={fields}
            submit={t("verify.send")}
            said={t("verify.sent", {number: finding.number})}
            cancel={done}
            done={done}
            send={(values, key) =>
                call("post", "/cases/{case}/findings/{finding}/verification", {
                    path: {case: data.id, finding: finding.id},
                    body: {
                        method: values["method"] as (typeof methods)[number],
                        note: values["note"] === undefined ? undefined : String(values["note"]),
                    },
                    key,
                })
            }
        />
    );
}

type Act = "respond" | "judge" | "verify";

/// What the member may do with a finding now, by its status and the member's permissions.
export function actsOn(
    finding: Finding,
    allowed: {respond: boolean; judge: boolean},
): Act[] {
    const acts: Act[] = [];
    if (allowed.respond && (finding.status === "open" || finding.status === "rejected")) {
        acts.push("respond");
    }
    if (allowed.judge && finding.status === "responded") {
        acts.push("judge");
    }
    if (allowed.judge && finding.status === "accepted") {
        acts.push("verify");
    }
    return acts;
}

function Part(props: {title: string; text: string}) {
    return props.text === "" ? null : (
        <>
            <dt>{props.title}</dt>
            <dd>{props.text}</dd>
        </>
    );
}

export function FindingCard(props: {finding: Finding; linked: boolean}) {
    const {finding} = props;
    const data = useCase();
    const [act, setAct] = useState<Act | undefined>(undefined);
    const acts = actsOn(finding, {
        respond: may(data, "respond_to_findings"),
        judge: may(data, "judge_findings"),
    });
    const done = () => setAct(undefined);
    return (
        <li
            id={`f-${finding.number}`}
            class={`finding ${finding.grade} ${props.linked ? "linked" : ""}`}
            tabIndex={-1}
        >
            <div class="finding-head">
                <h3>
                    <span class="finding-number">F{finding.number}</span>{" "}
                    <Link href={requirementAddress(data.id, finding.requirement)}>
                        {finding.requirement} {finding.requirement_title}
                    </Link>
                </h3>
                <span class="chips">
                    <GradeChip grade={finding.grade} />
                    <FindingStatusChip status={finding.status} />
                    {finding.due === null || finding.status === "verified" ? null : (
                        <Due at={finding.due} overdue={finding.overdue} />
                    )}
                </span>
            </div>
            <p class="statement">{finding.statement}</p>
            <dl class="finding-parts">
                <Part title={t("finding.evidence")} text={finding.objective_evidence} />
                <Part title={t("finding.site")} text={finding.site} />
                <Part title={t("response.correction")} text={finding.correction} />
                <Part title={t("response.cause")} text={finding.cause} />
                <Part title={t("response.action")} text={finding.corrective_action} />
                <Part title={t("judge.note")} text={finding.judgement_note} />
            </dl>
            <p class="quiet">
                {t("finding.raised", {
                    person: finding.raised_by?.name ?? "–",
                    date: showDate(finding.raised_at),
                })}
                {finding.verified_at === null
                    ? ""
                    : ` · ${t("finding.verified", {
                          person: finding.verified_by?.name ?? "–",
                          date: showDate(finding.verified_at),
                      })}`}
            </p>
            {act === undefined && acts.length > 0 ? (
                <div class="buttons">
                    {acts.map((one) => (
                        <button type="button" class="strong" key={one} onClick={() => setAct(one)}>
                            {t(`finding.act.${one}`)}
                        </button>
                    ))}
                </div>
            ) : null}
            {act === "respond" ? <Respond finding={finding} done={done} /> : null}
            {act === "judge" ? <Judge finding={finding} done={done} /> : null}
            {act === "verify" ? <Verify finding={finding} done={done} /> : null}
        </li>
    );
}
