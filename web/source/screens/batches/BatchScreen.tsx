import {useEffect, useRef, useState} from "preact/hooks";
import {Link, useLocation, useSearchParams} from "wouter-preact";
import {newKey} from "../../api/key";
import type {FieldProblem} from "../../api/problem";
import type {FormValues, Workflow} from "../../api/types";
import {Chip, Empty, Problem, Section, Show, Skeleton} from "../../components/basics";
import {checkForm} from "../../components/form/check";
import {Fields, ProblemSummary} from "../../components/form/Fields";
import {useLoaded} from "../../components/hooks";
import {language, t} from "../../messages/messages";
import {showTime} from "../../messages/numbers";
import {useSession} from "../../session";
import {chipText, loadChoices, type Choices} from "../cases/CaseFilters";
import {chipsOf, filtersOf} from "../cases/filters";
import {withoutOldBesides} from "../my-certification/moveForm";
import {field} from "../my-certification/SmallForm";
import {casesOf, countsOf, keepBatch, keptBatches, type KeptBatch} from "./kept";
import {OrderWords, PreviewList} from "./lists";
import {useLook, type Look, type Looking} from "./look";
import {
    aboutOf,
    actsOf,
    fieldsOf,
    namedCases,
    orderOf,
    signalForm,
    type About,
    type Act,
    type Order,
} from "./order";
import {begin} from "./run";

/// What the cases are that it is about, in the words of the search.
function Which(props: {query: URLSearchParams; choices: Choices}) {
    const {query, choices} = props;
    const named = namedCases(query).length;
    const chips = chipsOf(
        filtersOf(query),
        choices.workflow,
        choices.workflows,
        choices.organisations,
        (status) => t(`search.status.${status}`),
    );
    const search = query.toString();
    return (
        <Section id="which" title={t("batch.which")}>
            {named > 0 ? (
                <p>{t("batch.named", {count: named})}</p>
            ) : (
                <div class="batch-which">
                    <p class="chips">
                        {chips.length === 0 ? <Chip tone="info">{t("batch.running")}</Chip> : null}
                        {chips.map((chip) => (
                            <Chip tone="info" key={`${chip.name} ${chip.value}`}>
                                {chipText(chip)}
                            </Chip>
                        ))}
                    </p>
                    <p class="quiet">{t("batch.which.help")}</p>
                    <p>
                        <Link href={search === "" ? "/" : `/?${search}`}>{t("batch.change")}</Link>
                    </p>
                </div>
            )}
        </Section>
    );
}

/// What is done, with all that it takes; `ready` when it can be looked at.
function OrderForm(props: {workflow: Workflow | undefined; ready: (order: Order, about: About[]) => void}) {
    const {workflow} = props;
    const [values, setValues] = useState<FormValues>({});
    const [signalValues, setSignalValues] = useState<FormValues>({});
    const [wrong, setWrong] = useState<FieldProblem[]>([]);
    const acts = actsOf(workflow);
    const act = acts.find((one) => one === values["action"]);
    const choice = {
        ...field("action", "choice", true, t("batch.act"), t("batch.act.help")),
        choices: acts.map((one) => ({value: one, label: t(`batch.act.${one}`)})),
    };
    const fields = [choice, ...(act === undefined ? [] : fieldsOf(act, workflow, values))];
    const form = act === "signal" ? signalForm(workflow, values) : undefined;
    const inner = form?.fields ?? [];
    const submit = (event: Event) => {
        event.preventDefault();
        const own = checkForm(fields, values);
        const problems = [...own, ...checkForm(inner, signalValues)];
        setWrong(problems);
        const first = problems[0];
        if (first !== undefined) {
            const prefix = own.length > 0 ? "batch" : "batch-signal";
            document.getElementById(`${prefix}-${first.field}`)?.focus();
        } else if (act !== undefined) {
            const order = orderOf(act, values, form === undefined ? undefined : signalValues);
            props.ready(order, aboutOf(order, workflow));
        }
    };
    return (
        <form class="small-form" noValidate onSubmit={submit}>
            <ProblemSummary prefix="batch" fields={[...fields, ...inner]} problems={wrong} />
            <Fields
                prefix="batch"
                fields={fields}
                values={values}
                problems={wrong}
                change={(next) => {
                    setWrong([]);
                    setValues(withoutOldBesides(next, values));
                }}
            />
            {act === "move" ? <p class="quiet">{t("move.decision")}</p> : null}
            {act === "retry" || act === "skip" ? <p class="quiet">{t("batch.oldest")}</p> : null}
            <Fields
                prefix="batch-signal"
                fields={inner}
                values={signalValues}
                problems={wrong}
                change={(next) => {
                    setWrong([]);
                    setSignalValues(next);
                }}
            />
            {workflow === undefined ? <p class="quiet">{t("batch.scheme")}</p> : null}
            <div class="buttons">
                <button type="submit" class="strong">
                    {t("batch.look")}
                </button>
            </div>
        </form>
    );
}

/// The batch as it is to be carried out: the accepted cases of each portion.
function batchOf(look: Look, person: string, search: string): KeptBatch {
    return {
        key: newKey(),
        person,
        at: new Date().toISOString(),
        search,
        order: look.order,
        about: look.about,
        portions: look.portions
            .map(({digest, items}) => ({
                digest,
                cases: items
                    .filter((item) => item.accepted)
                    .map(({case: one, sequence, incident}) => ({
                        case: one,
                        sequence,
                        incident,
                        answer: null,
                    })),
            }))
            .filter(({cases}) => cases.length > 0),
    };
}

function Rest(props: {looking: Looking; look: Look}) {
    const {look, looking} = props;
    if (look.next === null) {
        return null;
    }
    return (
        <>
            <p>{t("batch.rest")}</p>
            <div class="buttons">
                <button type="button" disabled={look.loading} onClick={() => looking.more("next")}>
                    {t("batch.more")}
                </button>
                <button type="button" disabled={look.loading} onClick={() => looking.more("all")}>
                    {t("batch.more.all")}
                </button>
            </div>
        </>
    );
}

function Preview(props: {looking: Looking; look: Look; send: () => void}) {
    const {look, looking} = props;
    const heading = useRef<HTMLDivElement>(null);
    useEffect(() => heading.current?.focus(), []);
    const items = look.portions.flatMap((portion) => portion.items);
    const accepted = items.filter((item) => item.accepted).length;
    return (
        <Section id="preview" title={t("batch.preview")}>
            <div ref={heading} tabIndex={-1} class="batch-preview">
                <p class="lead">{t("batch.preview.help")}</p>
                <OrderWords order={look.order} about={look.about} />
                <p role="status">
                    {look.loading
                        ? t("loading")
                        : t("batch.looked", {count: items.length, accepted})}
                </p>
            </div>
            {look.problem === undefined ? null : <Problem problem={look.problem} />}
            {items.length === 0 ? (
                look.loading ? (
                    <Skeleton lines={4} />
                ) : look.problem === undefined ? (
                    <Empty>{t("batch.none")}</Empty>
                ) : null
            ) : (
                <PreviewList items={items} />
            )}
            <div class="batch-end">
                <Rest looking={looking} look={look} />
                {items.length > 0 && accepted === 0 ? <p>{t("batch.nothing")}</p> : null}
                <div class="buttons">
                    {accepted === 0 ? null : (
                        <button
                            type="button"
                            class="strong"
                            disabled={look.loading}
                            onClick={props.send}
                        >
                            {t(`batch.send.${look.order.action}`, {count: accepted})}
                        </button>
                    )}
                    <button type="button" onClick={looking.forget}>
                        {t("batch.edit")}
                    </button>
                </div>
            </div>
        </Section>
    );
}

/// What was done from this browser, to come back to.
function Earlier(props: {batches: readonly KeptBatch[]}) {
    return props.batches.length === 0 ? null : (
        <Section id="earlier" title={t("batch.earlier")}>
            <ul class="batch-lines">
                {props.batches.map((batch) => (
                    <li class="batch-line" key={batch.key}>
                        <div>
                            <Link href={`/batches/${batch.key}`}>
                                {t(`batch.act.${batch.order.action as Act}`)}
                            </Link>
                            <p class="quiet">{showTime(batch.at)}</p>
                        </div>
                        <span class="quiet">
                            {t("batch.progress", {
                                done: countsOf(batch).done,
                                count: casesOf(batch).length,
                            })}
                        </span>
                    </li>
                ))}
            </ul>
        </Section>
    );
}

/// One act on many cases: which, what, and what would become of each, before anything is done.
export function BatchScreen() {
    const [query] = useSearchParams();
    const {me} = useSession();
    const [, go] = useLocation();
    const filters = filtersOf(query);
    const search = query.toString();
    const choices = useLoaded(
        (signal) => loadChoices(filters.workflow, signal),
        [filters.workflow, language()],
    );
    const looking = useLook(query);
    const [earlier] = useState(() => keptBatches(localStorage, me.person));
    useEffect(() => {
        document.title = `${t("batch.title")} – Guildmark`;
    }, [language()]);
    const {look} = looking;
    const send = () => {
        if (look !== undefined) {
            const batch = batchOf(look, me.person, search);
            begin(batch, keepBatch(localStorage, batch));
            go(`/batches/${batch.key}`);
        }
    };
    return (
        <main class="page" id="content">
            <h1 tabIndex={-1} data-page-heading>
                {t("batch.title")}
            </h1>
            <Show loaded={choices}>
                {(value) => (
                    <>
                        <Which query={query} choices={value} />
                        {/* What was filled in stays while it is looked at. */}
                        <Section
                            id="act"
                            title={t("batch.act")}
                            hidden={look !== undefined}
                        >
                            <p class="lead">{t("batch.act.lead")}</p>
                            <OrderForm workflow={value.workflow} ready={looking.begin} />
                        </Section>
                    </>
                )}
            </Show>
            {look === undefined ? (
                <Earlier batches={earlier} />
            ) : (
                <Preview looking={looking} look={look} send={send} />
            )}
        </main>
    );
}
