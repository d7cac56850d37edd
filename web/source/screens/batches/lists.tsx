import {Fragment, type ComponentChildren} from "preact";
import {useState} from "preact/hooks";
import {refusalText} from "../../api/problem";
import type {BatchPreviewItem} from "../../api/types";
import {Chip, Segments, type Tone} from "../../components/basics";
import type {IconName} from "../../components/Icon";
import {t, textFor} from "../../messages/messages";
import {showList} from "../../messages/numbers";
import {standingOf, standings, type KeptCase, type Standing} from "./kept";
import type {About, Order} from "./order";

const titlesOf = (items: readonly {title: string}[] | undefined) =>
    showList((items ?? []).map((one) => one.title));

function Line(props: {
    id: string;
    title: string;
    chip: ComponentChildren;
    children: ComponentChildren;
}) {
    return (
        <li class="batch-line">
            <div>
                <a href={`/cases/${props.id}`} target="_blank" rel="noopener">
                    {props.title || props.id}
                </a>
                {props.children}
            </div>
            {props.chip}
        </li>
    );
}

/// A list of which a part can be shown, each part with its count; those without any are left out.
function Parts<Item, Part extends string>(props: {
    name: string;
    items: readonly Item[];
    parts: readonly Part[];
    partOf: (item: Item) => Part;
    titleOf: (part: Part) => string;
    children: (item: Item) => ComponentChildren;
}) {
    const {items, partOf} = props;
    const [chosen, setChosen] = useState<Part | "all">("all");
    const counted = props.parts
        .map((part) => ({part, count: items.filter((one) => partOf(one) === part).length}))
        .filter(({count}) => count > 0);
    const shown = counted.some(({part}) => part === chosen) ? chosen : "all";
    const label = (title: string, count: number) => (
        <>
            {title} <span class="count">{count}</span>
        </>
    );
    return (
        <>
            {counted.length < 2 ? null : (
                <div class="filters">
                    <Segments<Part | "all">
                        name={props.name}
                        legend={t("requirements.show")}
                        options={[
                            {value: "all", label: label(t("batch.all"), items.length)},
                            ...counted.map(({part, count}) => ({
                                value: part,
                                label: label(props.titleOf(part), count),
                            })),
                        ]}
                        chosen={shown}
                        choose={setChosen}
                    />
                </div>
            )}
            <ul class="batch-lines">
                {items
                    .filter((one) => shown === "all" || partOf(one) === shown)
                    .map((one) => props.children(one))}
            </ul>
        </>
    );
}

function Foreseen(props: {item: BatchPreviewItem}) {
    const {item} = props;
    const tasks = titlesOf(item.tasks);
    return (
        <>
            <p class="quiet">
                {item.finished === true
                    ? t("batch.then.finished")
                    : t("batch.then.states", {states: titlesOf(item.states)})}
            </p>
            {tasks === "" ? null : <p class="quiet">{t("batch.then.tasks", {tasks})}</p>}
            {item.paused === true ? <p class="quiet">{t("batch.then.paused")}</p> : null}
        </>
    );
}

/// What would become of each case.
export function PreviewList(props: {items: readonly BatchPreviewItem[]}) {
    return (
        <Parts
            name="batch-preview"
            items={props.items}
            parts={["accepted", "refused"] as const}
            partOf={(item) => (item.accepted ? "accepted" : "refused")}
            titleOf={(part) => t(`batch.part.${part}`)}
        >
            {(item) => (
                <Line
                    key={item.case.id}
                    id={item.case.id}
                    title={item.case.title}
                    chip={
                        <Chip
                            tone={item.accepted ? "good" : "bad"}
                            icon={item.accepted ? "check" : "close"}
                        >
                            {t(item.accepted ? "batch.chip.accepted" : "batch.chip.refused")}
                        </Chip>
                    }
                >
                    {item.accepted ? (
                        <Foreseen item={item} />
                    ) : (
                        <p class="quiet">{refusalText(item.code ?? "", item.message ?? "")}</p>
                    )}
                </Line>
            )}
        </Parts>
    );
}

const looks: Record<Standing, {tone: Tone; icon: IconName}> = {
    done: {tone: "good", icon: "check"},
    refused: {tone: "bad", icon: "close"},
    changed: {tone: "warn", icon: "warning"},
    failed: {tone: "warn", icon: "warning"},
    waiting: {tone: "plain", icon: "clock"},
};

function whyNot(one: KeptCase): string {
    switch (standingOf(one)) {
        case "changed":
            return t("batch.changed.help");
        case "refused":
        case "failed":
            return refusalText(one.answer?.code ?? "", one.answer?.message ?? "");
        default:
            return "";
    }
}

/// What became of each case.
export function ResultList(props: {cases: readonly KeptCase[]}) {
    return (
        <Parts
            name="batch-result"
            items={props.cases}
            parts={standings}
            partOf={standingOf}
            titleOf={(part) => t(`batch.standing.${part}`)}
        >
            {(one) => {
                const standing = standingOf(one);
                const why = whyNot(one);
                return (
                    <Line
                        key={one.case.id}
                        id={one.case.id}
                        title={one.case.title}
                        chip={
                            <Chip tone={looks[standing].tone} icon={looks[standing].icon}>
                                {t(`batch.standing.${standing}`)}
                            </Chip>
                        }
                    >
                        {why === "" ? null : <p class="quiet">{why}</p>}
                    </Line>
                );
            }}
        </Parts>
    );
}

/// What is done, with what, and for which reason.
export function OrderWords(props: {order: Order; about: readonly About[]}) {
    const {order} = props;
    return (
        <dl class="finding-parts">
            <dt>{t("batch.act")}</dt>
            <dd>{textFor("batch.act", order.action, order.action)}</dd>
            {props.about.map((one) => (
                <Fragment key={one.label}>
                    <dt>{one.label}</dt>
                    <dd>{one.value}</dd>
                </Fragment>
            ))}
            {order.reason === undefined ? null : (
                <>
                    <dt>{t("reason")}</dt>
                    <dd class="written">{order.reason}</dd>
                </>
            )}
        </dl>
    );
}
