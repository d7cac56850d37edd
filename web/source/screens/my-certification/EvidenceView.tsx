import {useState} from "preact/hooks";
import {Link} from "wouter-preact";
import {call} from "../../api/client";
import {IntentKey} from "../../api/key";
import {asProblem, CallProblem, problemText} from "../../api/problem";
import {sendEvidence, uploadBytesMax} from "../../api/upload";
import type {Evidence, FormValue} from "../../api/types";
import {Chip, Due, Empty, Problem, Section} from "../../components/basics";
import {Dialog} from "../../components/Dialog";
import {FileDrop} from "../../components/FileDrop";
import {Icon} from "../../components/Icon";
import {say} from "../../components/toasts";
import {t} from "../../messages/messages";
import {showBytes, showDate} from "../../messages/numbers";
import {currentEvidence, may, requirementAddress, useCase} from "./context";
import {useLinked} from "./linked";
import {field, SmallForm} from "./SmallForm";
import {useWrite} from "./write";

interface Sending {
    number: number;
    file: File;
    part: number;
    problem: CallProblem | undefined;
    key: IntentKey;
}

let uploads = 0;

/// Files on their way, each with its progress; one that failed can be sent again under its key.
function Uploads() {
    const data = useCase();
    const [sendings, setSendings] = useState<Sending[]>([]);
    const set = (number: number, change: Partial<Sending>) =>
        setSendings((old) =>
            old.map((one) => (one.number === number ? {...one, ...change} : one)),
        );
    const remove = (number: number) =>
        setSendings((old) => old.filter((one) => one.number !== number));

    const send = async (sending: Sending) => {
        const {file, number} = sending;
        set(number, {part: 0, problem: undefined});
        try {
            const key = sending.key.for([file.name, file.size, file.lastModified]);
            await sendEvidence(data.id, {file}, key, (part) => set(number, {part}));
            remove(number);
            say(t("evidence.added", {name: file.name}));
            data.changed(["evidence", "requirements"]);
        } catch (error) {
            set(number, {problem: asProblem(error)});
        }
    };

    const take = async (files: File[]) => {
        const begun = files.map((file) => {
            uploads += 1;
            const problem =
                file.size > uploadBytesMax
                    ? new CallProblem("evidence_too_large", 413, "")
                    : undefined;
            return {number: uploads, file, part: 0, problem, key: new IntentKey()};
        });
        setSendings((old) => [...old, ...begun]);
        // One after the other: a slow line carries one file sooner than two halves.
        for (const sending of begun.filter((one) => one.problem === undefined)) {
            await send(sending);
        }
    };

    return (
        <>
            <FileDrop
                id="evidence-drop"
                title={t("evidence.choose")}
                hint={t("evidence.hint")}
                take={(files) => void take(files)}
            />
            <ul class="uploads" aria-label={t("evidence.uploading")}>
                {sendings.map((one) => (
                    <li key={one.number}>
                        <span>{one.file.name}</span>
                        {one.problem === undefined ? (
                            <progress max={1} value={one.part} aria-label={one.file.name} />
                        ) : (
                            <>
                                <span class="field-problem" role="alert">
                                    {problemText(one.problem)}
                                </span>
                                <button type="button" onClick={() => void send(one)}>
                                    {t("again")}
                                </button>
                                <button type="button" onClick={() => remove(one.number)}>
                                    {t("cancel")}
                                </button>
                            </>
                        )}
                    </li>
                ))}
            </ul>
        </>
    );
}

/// Which requirements a document serves: boxes, with a search above them.
function Match(props: {evidence: Evidence; close: () => void}) {
    const {evidence, close} = props;
    const data = useCase();
    const write = useWrite(["evidence", "requirements"]);
    const [chosen, setChosen] = useState<string[]>(evidence.requirements);
    const [search, setSearch] = useState("");
    const words = search.trim().toLowerCase();
    const shown = data.requirements.items.filter(
        (one) =>
            words === "" ||
            chosen.includes(one.number) ||
            `${one.number} ${one.title}`.toLowerCase().includes(words),
    );
    const save = async () => {
        const requirements = data.requirements.items
            .map((one) => one.number)
            .filter((number) => chosen.includes(number));
        const done = await write.run(
            {evidence: evidence.id, requirements},
            (key) =>
                call("put", "/cases/{case}/evidence/{evidence}/requirements", {
                    path: {case: data.id, evidence: evidence.id},
                    body: {requirements},
                    key,
                }),
            t("evidence.matched", {title: evidence.title}),
        );
        if (done) {
            close();
        }
    };
    return (
        <Dialog title={t("evidence.serves")} close={close}>
            <p>
                <strong>{evidence.title}</strong>
            </p>
            <div class="field">
                <label for="match-search">{t("requirements.search")}</label>
                <input
                    id="match-search"
                    type="search"
                    value={search}
                    onInput={(event) => setSearch(event.currentTarget.value)}
                />
            </div>
            <fieldset class="match-list">
                <legend>{t("evidence.chosen", {count: chosen.length})}</legend>
                {shown.map((one) => (
                    <label class="choice" key={one.number}>
                        <input
                            type="checkbox"
                            checked={chosen.includes(one.number)}
                            onChange={() =>
                                setChosen((old) =>
                                    old.includes(one.number)
                                        ? old.filter((number) => number !== one.number)
                                        : [...old, one.number],
                                )
                            }
                        />
                        <span>
                            <span class="requirement-number">{one.number}</span> {one.title}
                        </span>
                    </label>
                ))}
            </fieldset>
            {write.problem === undefined ? null : <Problem problem={write.problem} />}
            <div class="buttons">
                <button
                    type="button"
                    class="strong"
                    disabled={write.pending}
                    onClick={() => void save()}
                >
                    {t("save")}
                </button>
                <button type="button" onClick={close}>
                    {t("cancel")}
                </button>
            </div>
        </Dialog>
    );
}

function Withdraw(props: {evidence: Evidence; close: () => void}) {
    const {evidence, close} = props;
    const data = useCase();
    return (
        <Dialog title={t("evidence.withdraw")} close={close}>
            <p>{t("evidence.withdraw.help", {title: evidence.title})}</p>
            <SmallForm
                id="withdraw"
                changes={["evidence", "requirements"]}
                fields={[field("reason", "long_text", true, t("reason"), "")]}
                submit={t("evidence.withdraw")}
                said={t("evidence.withdrawnsaid", {title: evidence.title})}
                cancel={close}
                done={close}
                send={(values, key) =>
                    call("post", "/cases/{case}/evidence/{evidence}/withdrawal", {
                        path: {case: data.id, evidence: evidence.id},
                        body: {reason: String(values["reason"])},
                        key,
                    })
                }
            />
        </Dialog>
    );
}

/// A new revision: its file, and what people read of it.
function Revise(props: {evidence: Evidence; close: () => void}) {
    const {evidence, close} = props;
    const data = useCase();
    const [file, setFile] = useState<File | undefined>(undefined);
    const [part, setPart] = useState<number | undefined>(undefined);
    const text = (value: FormValue | undefined) => (value === undefined ? undefined : String(value));
    return (
        <Dialog title={t("evidence.revise")} close={close}>
            <p>{t("evidence.revise.help", {title: evidence.title})}</p>
            <div class="field">
                <label for="revise-file">{t("evidence.file")}</label>
                <input
                    id="revise-file"
                    type="file"
                    onChange={(event) => setFile(event.currentTarget.files?.[0])}
                />
            </div>
            {file === undefined ? (
                <div class="buttons">
                    <button type="button" onClick={close}>
                        {t("cancel")}
                    </button>
                </div>
            ) : (
                <SmallForm
                    id="revise"
                    changes={["evidence", "requirements"]}
                    fields={[
                        field("title", "text", true, t("evidence.shown"), ""),
                        field("validFrom", "date", false, t("evidence.from"), ""),
                        field("validUntil", "date", false, t("evidence.until"), ""),
                    ]}
                    initial={{title: evidence.title === evidence.name ? file.name : evidence.title}}
                    submit={t("evidence.revise")}
                    said={t("evidence.revised", {title: evidence.title})}
                    cancel={close}
                    done={close}
                    send={(values, key) =>
                        sendEvidence(
                            data.id,
                            {
                                file,
                                title: text(values["title"]),
                                validFrom: text(values["validFrom"]),
                                validUntil: text(values["validUntil"]),
                                requirements: evidence.requirements,
                                revises: evidence.id,
                            },
                            key,
                            setPart,
                        )
                    }
                />
            )}
            {part === undefined ? null : (
                <progress max={1} value={part} aria-label={t("evidence.uploading")} />
            )}
        </Dialog>
    );
}

type Asking = "match" | "revise" | "withdraw" | undefined;

function EvidenceRow(props: {evidence: Evidence}) {
    const {evidence} = props;
    const data = useCase();
    const [asking, setAsking] = useState<Asking>(undefined);
    const close = () => setAsking(undefined);
    const mayChange = may(data, "add_evidence") && evidence.status === "current";
    return (
        <li id={`e-${evidence.id}`} class={`paper ${evidence.status}`} tabIndex={-1}>
            <Icon name="document" size={22} />
            <div class="paper-text">
                <p class="paper-title">
                    <a href={evidence.content} download>
                        {evidence.title}
                    </a>{" "}
                    {evidence.status === "current" ? null : (
                        <Chip tone="plain">{t(`evidence.status.${evidence.status}`)}</Chip>
                    )}
                </p>
                <p class="quiet">
                    {evidence.name === evidence.title ? "" : `${evidence.name} · `}
                    {showBytes(evidence.size_bytes)} ·{" "}
                    {t("evidence.revision", {revision: evidence.revision})} ·{" "}
                    {t("evidence.by", {
                        person: evidence.added_by?.name ?? evidence.origin,
                        date: showDate(evidence.added_at),
                    })}{" "}
                    · <code title={evidence.digest}>{evidence.digest.slice(0, 10)}</code>
                </p>
                {evidence.valid_until === null ? null : (
                    <p>
                        {t("evidence.until")} <Due at={evidence.valid_until} kind="ends" />
                    </p>
                )}
                {evidence.requirements.length === 0 ? (
                    <p class="unmatched">
                        <Icon name="warning" size={16} /> {t("evidence.unmatched")}
                    </p>
                ) : (
                    <p class="serves">
                        {evidence.requirements.map((number) => (
                            <Link class="number-link" href={requirementAddress(data.id, number)}>
                                {number}
                            </Link>
                        ))}
                    </p>
                )}
            </div>
            {mayChange ? (
                <div class="paper-acts">
                    <button type="button" onClick={() => setAsking("match")}>
                        {t("evidence.match")}
                    </button>
                    <button type="button" class="plain" onClick={() => setAsking("revise")}>
                        {t("evidence.revise")}
                    </button>
                    <button type="button" class="plain" onClick={() => setAsking("withdraw")}>
                        {t("evidence.withdraw")}
                    </button>
                </div>
            ) : null}
            {asking === "match" ? <Match evidence={evidence} close={close} /> : null}
            {asking === "revise" ? <Revise evidence={evidence} close={close} /> : null}
            {asking === "withdraw" ? <Withdraw evidence={evidence} close={close} /> : null}
        </li>
    );
}

export function EvidenceView() {
    const data = useCase();
    const [all, setAll] = useState(false);
    useLinked("e-");
    const current = currentEvidence(data);
    const shown = all ? data.evidence : current;
    const hidden = data.evidence.length - current.length;
    return (
        <Section id="evidence" title={t("evidence.title")}>
            {may(data, "add_evidence") ? <Uploads /> : null}
            {shown.length === 0 ? (
                <Empty>{t("evidence.none")}</Empty>
            ) : (
                <ul class="paper-list">
                    {shown.map((evidence) => (
                        <EvidenceRow key={`${evidence.id} ${evidence.revision}`} evidence={evidence} />
                    ))}
                </ul>
            )}
            {hidden === 0 ? null : (
                <button type="button" class="plain" aria-pressed={all} onClick={() => setAll(!all)}>
                    {all ? t("evidence.onlycurrent") : t("evidence.old", {count: hidden})}
                </button>
            )}
        </Section>
    );
}
