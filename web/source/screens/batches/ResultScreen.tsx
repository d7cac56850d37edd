import {useEffect} from "preact/hooks";
import {Link, useParams} from "wouter-preact";
import {Problem, Section} from "../../components/basics";
import {language, t} from "../../messages/messages";
import {showTime} from "../../messages/numbers";
import {useSession} from "../../session";
import {casesOf, countsOf, standingOf, type KeptBatch} from "./kept";
import {OrderWords, ResultList} from "./lists";
import {useRun, type Run} from "./run";

/// How far it is, and what can still be done.
function Progress(props: {run: Run; batch: KeptBatch}) {
    const {run, batch} = props;
    const counts = countsOf(batch);
    const count = casesOf(batch).length;
    const answered = count - counts.waiting;
    const stopped = !run.running && counts.waiting > 0;
    return (
        <>
            <p role="status" class="batch-status">
                {run.running
                    ? t("batch.underway", {answered, count})
                    : stopped
                      ? t("batch.stopped", {answered, count})
                      : t("batch.progress", {done: counts.done, count})}
            </p>
            {run.running || stopped ? (
                <progress max={count} value={answered} aria-label={t("batch.answered")} />
            ) : null}
            {run.kept ? null : <p class="quiet">{t("batch.unkept")}</p>}
            {run.problem === undefined ? null : <Problem problem={run.problem} />}
            {stopped || (!run.running && counts.failed > 0) ? (
                <div class="buttons">
                    <button type="button" class="strong" onClick={run.goOn}>
                        {stopped ? t("batch.goon") : t("batch.again", {count: counts.failed})}
                    </button>
                </div>
            ) : null}
        </>
    );
}

/// Those that were left alone can be looked at anew: as they stand now.
const anewMax = 100;

function Anew(props: {batch: KeptBatch}) {
    const left = casesOf(props.batch).filter((one) =>
        ["changed", "refused"].includes(standingOf(one)),
    );
    const query = new URLSearchParams(
        left.slice(0, anewMax).map((one) => ["case", one.case.id]),
    ).toString();
    return left.length === 0 ? null : (
        <p>
            <Link href={`/batches?${query}`}>
                {t("batch.anew", {count: Math.min(left.length, anewMax)})}
            </Link>
        </p>
    );
}

function Result(props: {run: Run; batch: KeptBatch}) {
    const {run, batch} = props;
    return (
        <>
            <Section id="order" title={t("batch.order")}>
                <OrderWords order={batch.order} about={batch.about} />
                <p class="quiet">{t("batch.begun", {time: showTime(batch.at)})}</p>
            </Section>
            <Section id="result" title={t("batch.result")}>
                <div class="batch-preview">
                    <Progress run={run} batch={batch} />
                </div>
                <ResultList cases={casesOf(batch)} />
                <div class="batch-end">
                    {run.running ? null : <Anew batch={batch} />}
                    <p>
                        <Link href={batch.search === "" ? "/" : `/?${batch.search}`}>
                            {t("batch.back")}
                        </Link>
                    </p>
                </div>
            </Section>
        </>
    );
}

function Screen(props: {id: string}) {
    const {me} = useSession();
    const run = useRun(props.id, me.person);
    useEffect(() => {
        document.title = `${t("batch.result")} – Guildmark`;
    }, [language()]);
    return (
        <main class="page" id="content">
            <h1 tabIndex={-1} data-page-heading>
                {t("batch.title")}
            </h1>
            {run.batch === undefined ? (
                <Section id="result" title={t("batch.gone")}>
                    <p>{t("batch.gone.help")}</p>
                    <p>
                        <Link href="/">{t("notfound.home")}</Link>
                    </p>
                </Section>
            ) : (
                <Result run={run} batch={run.batch} />
            )}
        </main>
    );
}

/// What became of one act on many cases, found again by its key.
export function ResultScreen() {
    const {key} = useParams<{key: string}>();
    return <Screen key={key} id={key} />;
}
