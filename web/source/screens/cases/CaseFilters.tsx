import {useState} from "preact/hooks";
import {allPages, call} from "../../api/client";
import type {Titled, Workflow} from "../../api/types";
import {Show} from "../../components/basics";
import {useLoaded} from "../../components/hooks";
import {Icon} from "../../components/Icon";
import {language, t} from "../../messages/messages";
import {moveTargets} from "../my-certification/move";
import {chipsOf, filtersOf, statuses, withFilter, withoutFilter, type FilterChip} from "./filters";

const pagesMax = 10;

export interface Choices {
    workflows: Titled[];
    organisations: Titled[];
    /// The one that is chosen; the only one when none is.
    workflow: Workflow | undefined;
}

export async function loadChoices(chosen: string | undefined, signal: AbortSignal): Promise<Choices> {
    const query = {language: language()};
    const [workflows, organisations] = await Promise.all([
        call("get", "/workflows", {query, signal}),
        allPages(
            (after) => call("get", "/organisations", {query: {size: 200, after}, signal}),
            pagesMax,
        ),
    ]);
    const only = workflows.items.length === 1 ? workflows.items[0]?.id : undefined;
    const id = workflows.items.find((one) => one.id === chosen)?.id ?? only;
    const workflow =
        id === undefined
            ? undefined
            : await call("get", "/workflows/{workflow}", {path: {workflow: id}, query, signal});
    return {
        workflows: workflows.items,
        organisations: organisations.map((one) => ({id: one.id, title: one.name})),
        workflow,
    };
}

/// A choice that becomes a chip.
function Pick(props: {
    name: string;
    label: string;
    options: readonly Titled[];
    pick: (value: string) => void;
}) {
    const id = `search-${props.name}`;
    return (
        <div class="field">
            <label for={id}>{props.label}</label>
            <select
                id={id}
                value=""
                onChange={(event) => {
                    const {value} = event.currentTarget;
                    // The choice is a chip now; the next one begins anew.
                    event.currentTarget.value = "";
                    if (value !== "") {
                        props.pick(value);
                    }
                }}
            >
                <option value="">{t("form.choose")}</option>
                {props.options.map((one) => (
                    <option key={one.id} value={one.id}>
                        {one.title}
                    </option>
                ))}
            </select>
        </div>
    );
}

function DataValue(props: {about: Titled; pick: (value: string) => void}) {
    const {about} = props;
    const [value, setValue] = useState("");
    const id = `search-data-${about.id}`;
    return (
        <form
            class="field"
            onSubmit={(event) => {
                event.preventDefault();
                if (value.trim() !== "") {
                    props.pick(value.trim());
                    setValue("");
                }
            }}
        >
            <label for={id}>{about.title}</label>
            <span class="with-button">
                <input
                    id={id}
                    type="text"
                    autocomplete="off"
                    value={value}
                    onInput={(event) => setValue(event.currentTarget.value)}
                />
                <button type="submit">{t("search.add")}</button>
            </span>
        </form>
    );
}

export function chipText(chip: FilterChip): string {
    const about = chip.kind === "data" ? chip.about : t(`search.${chip.kind}`);
    return t("search.chip", {about, value: chip.title});
}

/// The filters of the list of cases: what is chosen as chips, each of which can be taken away, and what
/// can be chosen. They stand in the address, so that a search is a link.
export function CaseFilters(props: {
    query: URLSearchParams;
    change: (query: URLSearchParams) => void;
}) {
    const {query, change} = props;
    const filters = filtersOf(query);
    const [open, setOpen] = useState(false);
    const loaded = useLoaded(
        (signal) => loadChoices(filters.workflow, signal),
        [filters.workflow, language()],
    );
    const choices = loaded.value;
    const chips = chipsOf(
        filters,
        choices?.workflow,
        choices?.workflows ?? [],
        choices?.organisations ?? [],
        (status) => t(`search.status.${status}`),
    );
    const pick = (name: string) => (value: string) => change(withFilter(query, name, value));
    /// What belongs to a workflow takes it into the address, so that the link says which.
    const pickOf = (workflow: Workflow, name: string) => (value: string) =>
        change(
            withFilter(
                query.get("workflow") === null ? withFilter(query, "workflow", workflow.id) : query,
                name,
                value,
            ),
        );
    return (
        <div class="search">
            <div class="chips">
                <button
                    type="button"
                    aria-expanded={open}
                    aria-controls="search-choices"
                    onClick={() => setOpen(!open)}
                >
                    <Icon name="search" size={18} /> {t("search.title")}
                </button>
                {chips.map((chip) => (
                    <button
                        type="button"
                        class="chip-button"
                        key={`${chip.name} ${chip.value}`}
                        aria-label={t("search.remove", {filter: chipText(chip)})}
                        onClick={() => change(withoutFilter(query, chip.name, chip.value))}
                    >
                        {chipText(chip)} <Icon name="close" size={14} />
                    </button>
                ))}
                {chips.length < 2 ? null : (
                    <button type="button" class="plain" onClick={() => change(new URLSearchParams())}>
                        {t("search.clear")}
                    </button>
                )}
            </div>
            {chips.length < 2 ? null : <p class="quiet">{t("search.all")}</p>}
            <div id="search-choices" hidden={!open}>
                {open ? (
                    <Show loaded={loaded} lines={3}>
                        {({workflow, workflows, organisations}) => (
                            <div class="search-choices">
                                <Pick
                                    name="status"
                                    label={t("search.status")}
                                    options={statuses.map((id) => ({id, title: t(`search.status.${id}`)}))}
                                    pick={pick("status")}
                                />
                                {organisations.length === 0 ? null : (
                                    <Pick
                                        name="organisation"
                                        label={t("search.organisation")}
                                        options={organisations}
                                        pick={pick("organisation")}
                                    />
                                )}
                                {workflows.length < 2 ? null : (
                                    <Pick
                                        name="workflow"
                                        label={t("search.workflow")}
                                        options={workflows}
                                        pick={pick("workflow")}
                                    />
                                )}
                                {workflow === undefined ? (
                                    <p class="quiet">{t("search.first")}</p>
                                ) : (
                                    <>
                                        <Pick
                                            name="state"
                                            label={t("search.state")}
                                            options={moveTargets(workflow)}
                                            pick={pickOf(workflow, "state")}
                                        />
                                        <Pick
                                            name="task"
                                            label={t("search.task")}
                                            options={workflow.tasks}
                                            pick={pickOf(workflow, "task")}
                                        />
                                        <Pick
                                            name="role"
                                            label={t("search.role")}
                                            options={workflow.roles}
                                            pick={pickOf(workflow, "role")}
                                        />
                                        {workflow.search.map((about) => (
                                            <DataValue
                                                key={about.id}
                                                about={about}
                                                pick={pickOf(workflow, `data.${about.id}`)}
                                            />
                                        ))}
                                    </>
                                )}
                            </div>
                        )}
                    </Show>
                ) : null}
            </div>
        </div>
    );
}
