import {useEffect, useState} from "preact/hooks";
import {Link} from "wouter-preact";
import {call} from "../../api/client";
import {sendEvidence} from "../../api/upload";
import type {AnswerValue, Evidence, Finding, Requirement, VerdictValue} from "../../api/types";
import {Chip, Problem, type Tone} from "../../components/basics";
import {FileDrop} from "../../components/FileDrop";
import {Icon} from "../../components/Icon";
import {t} from "../../messages/messages";
import {showDate} from "../../messages/numbers";
import {currentEvidence, findingAddress, may, useCase} from "./context";
import {RaiseFinding} from "./FindingsView";
import {GradeChip} from "./FindingCard";
import {useWrite} from "./write";

const answerTones: Record<AnswerValue, Tone> = {
    none: "plain",
    in_place: "info",
    partly: "warn",
    not_yet: "warn",
    not_applicable: "plain",
};
const verdictTones: Record<VerdictValue, Tone> = {
    none: "plain",
    conforming: "good",
    nonconforming: "bad",
    not_applicable: "plain",
};
const answers: AnswerValue[] = ["in_place", "partly", "not_yet"];
const verdicts: VerdictValue[] = ["conforming", "nonconforming", "not_applicable"];

interface ChoiceWithNoteProps<Value extends string> {
    id: string;
    legend: string;
    options: {value: Value; label: string}[];
    value: Value;
    note: string;
    noteLabel: string;
    /// The value that is only taken with a note.
    needsNote?: Value;
    due?: string | null;
    said: string;
    send: (value: Value, note: string, due: string | null, key: string) => Promise<unknown>;
}

/// One of a few values, saved with one click, and a note that is saved by its button.
function ChoiceWithNote<Value extends string>(props: ChoiceWithNoteProps<Value>) {
    const {id, options, needsNote} = props;
    const write = useWrite(["requirements"]);
    const [value, setValue] = useState(props.value);
    const [note, setNote] = useState(props.note);
    const [due, setDue] = useState(props.due ?? "");
    // What someone else saved meanwhile is shown, unless the person here has changed it too.
    useEffect(() => setValue(props.value), [props.value]);
    useEffect(() => setNote(props.note), [props.note]);
    useEffect(() => setDue(props.due ?? ""), [props.due]);
    const dirty = note !== props.note || due !== (props.due ?? "") || value !== props.value;
    const lacking = value === needsNote && note.trim() === "";
    const save = (next: Value) =>
        void write.run(
            {value: next, note, due},
            (key) => props.send(next, note.trim(), due === "" ? null : due, key),
            props.said,
        );
    const choose = (next: Value) => {
        setValue(next);
        if (next !== needsNote || note.trim() !== "") {
            save(next);
        }
    };
    return (
        <div class="choice-note">
            <fieldset class="segments">
                <legend>{props.legend}</legend>
                {options.map((option) => (
                    <label class={`segment ${option.value}`}>
                        <input
                            type="radio"
                            name={id}
                            value={option.value}
                            checked={value === option.value}
                            onChange={() => choose(option.value)}
                        />
                        <span>{option.label}</span>
                    </label>
                ))}
            </fieldset>
            <div class="note-line">
                <div class="field">
                    <label for={`${id}-note`}>{props.noteLabel}</label>
                    <textarea
                        id={`${id}-note`}
                        rows={2}
                        value={note}
                        aria-invalid={lacking}
                        aria-describedby={lacking ? `${id}-lacking` : undefined}
                        onInput={(event) => setNote(event.currentTarget.value)}
                    />
                    {lacking ? (
                        <p class="field-problem" id={`${id}-lacking`} role="status">
                            {t("answer.reason")}
                        </p>
                    ) : null}
                </div>
                {props.due !== undefined ? (
                    <div class="field">
                        <label for={`${id}-due`}>{t("answer.due")}</label>
                        <input
                            id={`${id}-due`}
                            type="date"
                            value={due}
                            onInput={(event) => setDue(event.currentTarget.value)}
                        />
                    </div>
                ) : null}
                {dirty && !lacking && (value as string) !== "none" ? (
                    <button type="button" disabled={write.pending} onClick={() => save(value)}>
                        {t("save")}
                    </button>
                ) : null}
            </div>
            {write.problem === undefined ? null : <Problem problem={write.problem} />}
        </div>
    );
}

function Answer(props: {requirement: Requirement}) {
    const {requirement} = props;
    const data = useCase();
    const {answer} = requirement;
    if (!may(data, "answer_requirements")) {
        return (
            <div class="read-only">
                <h4>{t("answer.title")}</h4>
                <p>
                    <Chip tone={answerTones[answer.value]}>{t(`answer.value.${answer.value}`)}</Chip>
                </p>
                {answer.note === "" ? null : <p>{answer.note}</p>}
            </div>
        );
    }
    const offered: AnswerValue[] = requirement.may_be_not_applicable
        ? [...answers, "not_applicable"]
        : answers;
    return (
        <ChoiceWithNote
            id={`answer-${requirement.number}`}
            legend={t("answer.question")}
            options={offered.map((value) => ({value, label: t(`answer.value.${value}`)}))}
            value={answer.value}
            note={answer.note}
            noteLabel={t("answer.note")}
            needsNote="not_applicable"
            due={answer.due}
            said={t("answer.saved", {number: requirement.number})}
            send={(value, note, due, key) =>
                call("put", "/cases/{case}/requirements/{number}/answer", {
                    path: {case: data.id, number: requirement.number},
                    body: {value, note, due, owner: answer.owner?.id ?? null},
                    key,
                })
            }
        />
    );
}

function Verdict(props: {requirement: Requirement}) {
    const {requirement} = props;
    const data = useCase();
    const {verdict} = requirement;
    if (!may(data, "assess_requirements")) {
        return (
            <div class="read-only">
                <h4>{t("verdict.title")}</h4>
                <p>
                    <Chip tone={verdictTones[verdict.value]}>{t(`verdict.value.${verdict.value}`)}</Chip>{" "}
                    {verdict.assessed_at === null ? null : (
                        <span class="quiet">
                            {t("verdict.by", {
                                person: verdict.assessed_by?.name ?? "–",
                                date: showDate(verdict.assessed_at),
                            })}
                        </span>
                    )}
                </p>
                {verdict.note === "" ? null : <p>{verdict.note}</p>}
            </div>
        );
    }
    return (
        <ChoiceWithNote
            id={`verdict-${requirement.number}`}
            legend={t("verdict.question")}
            options={verdicts.map((value) => ({value, label: t(`verdict.value.${value}`)}))}
            value={verdict.value}
            note={verdict.note}
            noteLabel={t("verdict.note")}
            said={t("verdict.saved", {number: requirement.number})}
            send={(value, note, _due, key) =>
                call("put", "/cases/{case}/requirements/{number}/assessment", {
                    path: {case: data.id, number: requirement.number},
                    body: {value, note},
                    key,
                })
            }
        />
    );
}

/// Documents of the case that do not serve this requirement yet.
function UseExisting(props: {requirement: Requirement; others: Evidence[]}) {
    const {requirement, others} = props;
    const data = useCase();
    const write = useWrite(["evidence", "requirements"]);
    if (others.length === 0) {
        return null;
    }
    const id = `existing-${requirement.number}`;
    const match = (evidence: Evidence | undefined) => {
        if (evidence === undefined) {
            return;
        }
        const requirements = [...evidence.requirements, requirement.number];
        void write.run(
            {evidence: evidence.id, requirements},
            (key) =>
                call("put", "/cases/{case}/evidence/{evidence}/requirements", {
                    path: {case: data.id, evidence: evidence.id},
                    body: {requirements},
                    key,
                }),
            t("evidence.matched", {title: evidence.title}),
        );
    };
    return (
        <div class="use-existing">
            <label for={id}>{t("evidence.existing")}</label>
            <select
                id={id}
                value=""
                disabled={write.pending}
                onChange={(event) => {
                    const chosen = event.currentTarget.value;
                    event.currentTarget.value = "";
                    match(others.find((one) => one.id === chosen));
                }}
            >
                <option value="">{t("form.choose")}</option>
                {others.map((one) => (
                    <option value={one.id}>{one.title}</option>
                ))}
            </select>
            {write.problem === undefined ? null : <Problem problem={write.problem} />}
        </div>
    );
}

function RequirementEvidence(props: {requirement: Requirement}) {
    const {requirement} = props;
    const data = useCase();
    const write = useWrite(["evidence", "requirements"]);
    const [part, setPart] = useState<number | undefined>(undefined);
    const current = currentEvidence(data);
    const serving = current.filter((one) => requirement.evidence.includes(one.id));
    const take = async (files: File[]) => {
        for (const file of files) {
            setPart(0);
            await write.run(
                {name: file.name, size: file.size, number: requirement.number},
                (key) =>
                    sendEvidence(data.id, {file, requirements: [requirement.number]}, key, setPart),
                t("evidence.added", {name: file.name}),
            );
        }
        setPart(undefined);
    };
    return (
        <div class="requirement-evidence">
            <h4>{t("evidence.title")}</h4>
            {serving.length === 0 ? (
                <p class="quiet">{t("evidence.nonehere")}</p>
            ) : (
                <ul class="papers">
                    {serving.map((one) => (
                        <li key={one.id}>
                            <Icon name="document" size={18} />
                            <a href={one.content} download>
                                {one.title}
                            </a>
                        </li>
                    ))}
                </ul>
            )}
            {may(data, "add_evidence") ? (
                <>
                    <FileDrop
                        id={`drop-${requirement.number}`}
                        title={t("evidence.attach")}
                        small
                        take={(files) => void take(files)}
                    />
                    {part === undefined ? null : (
                        <progress max={1} value={part} aria-label={t("evidence.uploading")} />
                    )}
                    <UseExisting
                        requirement={requirement}
                        others={current.filter((one) => !serving.includes(one))}
                    />
                    {write.problem === undefined ? null : <Problem problem={write.problem} />}
                </>
            ) : null}
        </div>
    );
}

function RaiseHere(props: {requirement: Requirement}) {
    const data = useCase();
    const [open, setOpen] = useState(false);
    if (!may(data, "raise_findings")) {
        return null;
    }
    return open ? (
        <RaiseFinding
            initial={{requirement: props.requirement.number}}
            done={() => setOpen(false)}
        />
    ) : (
        <button type="button" onClick={() => setOpen(true)}>
            <Icon name="flag" size={18} /> {t("raise.title")}
        </button>
    );
}

function Details(props: {requirement: Requirement; findings: Finding[]}) {
    const {requirement, findings} = props;
    const data = useCase();
    return (
        <div class="requirement-body">
            <div class="guidance">
                <p>{requirement.guidance}</p>
                {requirement.typical_evidence.length === 0 ? null : (
                    <>
                        <h4>{t("requirement.typical")}</h4>
                        <ul>
                            {requirement.typical_evidence.map((one) => (
                                <li key={one.id}>{one.title}</li>
                            ))}
                        </ul>
                    </>
                )}
            </div>
            <div class="requirement-work">
                <Answer requirement={requirement} />
                <RequirementEvidence requirement={requirement} />
                <Verdict requirement={requirement} />
                {findings.length === 0 ? null : (
                    <ul class="chips">
                        {findings.map((finding) => (
                            <li key={finding.id}>
                                <Link href={findingAddress(data.id, finding.number)}>
                                    F{finding.number}
                                </Link>{" "}
                                <GradeChip grade={finding.grade} />
                            </li>
                        ))}
                    </ul>
                )}
                <RaiseHere requirement={requirement} />
            </div>
        </div>
    );
}

export function RequirementRow(props: {
    requirement: Requirement;
    open: boolean;
    toggle: () => void;
}) {
    const {requirement, open, toggle} = props;
    const data = useCase();
    const findings = data.findings.items.filter((one) => one.requirement === requirement.number);
    const id = `r-${requirement.number}`;
    return (
        <li class={`requirement ${open ? "open" : ""}`}>
            <h3>
                <button
                    type="button"
                    id={id}
                    class="disclosure"
                    aria-expanded={open}
                    aria-controls={`${id}-body`}
                    onClick={toggle}
                >
                    <Icon name="down" />
                    <span class="requirement-number">{requirement.number}</span>
                    <span class="requirement-title">
                        {requirement.title}
                        {requirement.documented ? (
                            <span class="documented">
                                <Icon name="document" size={14} /> {t("requirement.documented")}
                            </span>
                        ) : null}
                    </span>
                    <span class="marks">
                        <span class={`mark-of answered ${requirement.answer.value}`}>
                            {t(`answer.value.${requirement.answer.value}`)}
                        </span>
                        <span
                            class={`mark-of covered ${requirement.evidence.length === 0 ? "none" : ""}`}
                        >
                            {t("evidence.count", {count: requirement.evidence.length})}
                        </span>
                        <span class={`mark-of conforming ${requirement.verdict.value}`}>
                            {t(`verdict.value.${requirement.verdict.value}`)}
                        </span>
                    </span>
                </button>
            </h3>
            <div id={`${id}-body`} hidden={!open}>
                {open ? <Details requirement={requirement} findings={findings} /> : null}
            </div>
        </li>
    );
}
