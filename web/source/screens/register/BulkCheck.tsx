import {useState} from "preact/hooks";
import {Link} from "wouter-preact";
import {call} from "../../api/client";
import {asProblem, type CallProblem} from "../../api/problem";
import type {CertificateChecks} from "../../api/types";
import {certificateAddress} from "../../components/addresses";
import {Chip, Problem} from "../../components/basics";
import {certificateTones} from "../../components/certificate";
import {Icon} from "../../components/Icon";
import {t} from "../../messages/messages";
import {showDate} from "../../messages/numbers";
import {standingText} from "./CertificateScreen";
import {checksToCsv, numbersIn, numbersMax} from "./numbers";
import {firstCellsOf} from "./workbook";

type Check = CertificateChecks["items"][number];

function Standing(props: {check: Check}) {
    const {check} = props;
    if (!check.found) {
        return (
            <Chip tone="bad" icon="warning">
                {t("register.unknown")}
            </Chip>
        );
    }
    const status = check.status ?? null;
    return (
        <Chip tone={status === null ? "plain" : certificateTones[status]}>{standingText(status)}</Chip>
    );
}

function Results(props: {checks: CertificateChecks}) {
    const {checks} = props;
    const good = checks.items.filter((item) => item.status === "active").length;
    const file = `data:text/csv;charset=utf-8,${encodeURIComponent(checksToCsv(checks))}`;
    return (
        <>
            <p role="status">
                {t("register.bulk.result", {
                    count: good,
                    all: checks.items.length,
                    date: showDate(checks.on),
                })}
            </p>
            <p>
                <a class="button" href={file} download={`certificates-${checks.on}.csv`}>
                    <Icon name="download" /> {t("register.bulk.save")}
                </a>
            </p>
            <ul class="register-list">
                {checks.items.map((item) => (
                    <li key={item.number}>
                        <Link href={certificateAddress(item.number)}>{item.number}</Link>
                        <Standing check={item} />
                        <span>{item.holder}</span>
                        <span class="quiet">{item.standard?.designation}</span>
                    </li>
                ))}
            </ul>
        </>
    );
}

/// Numbers a line each: the first cells of a workbook, which a ZIP archive is, or the file as it is.
async function textOfFile(file: File): Promise<string> {
    const bytes = await file.arrayBuffer();
    const begin = new Uint8Array(bytes.slice(0, 2));
    const isArchive = begin[0] === 0x50 && begin[1] === 0x4b;
    return isArchive ? firstCellsOf(bytes) : new TextDecoder().decode(bytes);
}

/// A buyer's list of suppliers: how each of their certificates stands.
export function BulkCheck() {
    const [text, setText] = useState("");
    const [day, setDay] = useState("");
    const [checks, setChecks] = useState<CertificateChecks | undefined>(undefined);
    const [problem, setProblem] = useState<CallProblem | undefined>(undefined);
    const [busy, setBusy] = useState(false);
    const [unreadable, setUnreadable] = useState(false);
    const numbers = numbersIn(text);
    const tooMany = numbers.length > numbersMax;
    const take = async (file: File | undefined) => {
        if (file === undefined) return;
        try {
            setText(await textOfFile(file));
            setUnreadable(false);
        } catch {
            setUnreadable(true);
        }
    };
    const send = async (event: Event) => {
        event.preventDefault();
        setBusy(true);
        try {
            const body = {numbers, ...(day === "" ? {} : {on: day})};
            setChecks(await call("post", "/register/checks", {body}));
            setProblem(undefined);
        } catch (error) {
            setProblem(asProblem(error));
        }
        setBusy(false);
    };
    return (
        <form class="bulk" onSubmit={(event) => void send(event)}>
            <div class={`field ${tooMany ? "has-problem" : ""}`}>
                <label for="bulk-numbers">{t("register.bulk.numbers")}</label>
                <textarea
                    id="bulk-numbers"
                    rows={5}
                    required
                    spellcheck={false}
                    value={text}
                    aria-describedby="bulk-help"
                    aria-invalid={tooMany}
                    onInput={(event) => setText(event.currentTarget.value)}
                />
                <p class="quiet" id="bulk-help">
                    {tooMany
                        ? t("register.bulk.many", {count: numbersMax})
                        : t("register.bulk.help")}
                </p>
            </div>
            <div class="bulk-row">
                <div class={`field ${unreadable ? "has-problem" : ""}`}>
                    <label for="bulk-file">{t("register.bulk.file")}</label>
                    <input
                        id="bulk-file"
                        type="file"
                        accept=".csv,.txt,.xlsx,text/csv,text/plain"
                        aria-invalid={unreadable}
                        aria-describedby={unreadable ? "bulk-unreadable" : undefined}
                        onChange={(event) => void take(event.currentTarget.files?.[0])}
                    />
                    {unreadable ? (
                        <p class="quiet" id="bulk-unreadable" role="alert">
                            {t("register.bulk.unreadable")}
                        </p>
                    ) : null}
                </div>
                <div class="field">
                    <label for="bulk-day">{t("register.bulk.day")}</label>
                    <input
                        id="bulk-day"
                        type="date"
                        value={day}
                        onInput={(event) => setDay(event.currentTarget.value)}
                    />
                </div>
            </div>
            <button type="submit" class="strong" disabled={busy || tooMany || numbers.length === 0}>
                {t("register.bulk.send", {count: numbers.length})}
            </button>
            {problem === undefined ? null : <Problem problem={problem} />}
            {checks === undefined ? null : <Results checks={checks} />}
        </form>
    );
}
