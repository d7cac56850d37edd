import {useState} from "preact/hooks";
import {call} from "../../api/client";
import type {Field, Finding, FormValues} from "../../api/types";
import {Empty, Section} from "../../components/basics";
import {t} from "../../messages/messages";
import {may, useCase} from "./context";
import {FindingCard} from "./FindingCard";
import {useLinked} from "./linked";
import {ReportLink} from "./Overview";
import {SmallForm, field} from "./SmallForm";

const grades: Finding["grade"][] = ["major", "minor", "opportunity"];

function raiseFields(): Field[] {
    return [
        {
            ...field("grade", "choice", true, t("raise.grade"), ""),
            choices: grades.map((value) => ({value, label: t(`grade.${value}`)})),
        },
        field("requirement", "requirement", true, t("raise.requirement"), ""),
        field("statement", "long_text", true, t("raise.statement"), t("raise.statement.help")),
        field(
            "objective_evidence",
            "long_text",
            true,
            t("finding.evidence"),
            t("raise.evidence.help"),
        ),
        field("site", "text", false, t("finding.site"), ""),
        field("due", "date", false, t("raise.due"), t("raise.due.help")),
    ];
}

/// The auditor's form for a new finding.
export function RaiseFinding(props: {initial?: FormValues; done: () => void}) {
    const data = useCase();
    return (
        <SmallForm
            id={`raise-${String(props.initial?.["requirement"] ?? "new")}`}
            changes={["findings"]}
            fields={raiseFields()}
            initial={props.initial}
            submit={t("raise.send")}
            said={t("raise.sent")}
            cancel={props.done}
            done={props.done}
            send={(values, key) =>
                call("post", "/cases/{case}/findings", {
                    path: {case: data.id},
                    body: {
                        grade: values["grade"] as Finding["grade"],
                        requirement: String(values["requirement"]),
                        statement: String(values["statement"]),
                        objective_evidence: String(values["objective_evidence"]),
                        site: values["site"] === undefined ? undefined : String(values["site"]),
                        due: values["due"] === undefined ? undefined : String(values["due"]),
                    },
                    key,
                })
            }
        />
    );
}

export function FindingsView() {
    const data = useCase();
    const [raising, setRaising] = useState(false);
    const linked = useLinked("f-");
    const {items} = data.findings;
    return (
        <Section
            id="findings"
            title={t("findings.title")}
            aside={
                <div class="buttons">
                    {items.length === 0 ? null : <ReportLink kind="nonconformities" />}
                    {may(data, "raise_findings") && !raising ? (
                        <button type="button" class="strong" onClick={() => setRaising(true)}>
                            {t("raise.title")}
                        </button>
                    ) : null}
                </div>
            }
        >
            {raising ? <RaiseFinding done={() => setRaising(false)} /> : null}
            {items.length === 0 ? (
                <Empty>{t("findings.none")}</Empty>
            ) : (
                <ul class="findings">
                    {items.map((finding) => (
                        <FindingCard
                            key={finding.id}
                            finding={finding}
                            linked={linked === String(finding.number)}
                        />
                    ))}
                </ul>
            )}
        </Section>
    );
}
