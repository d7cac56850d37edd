import {useEffect, useMemo, useState} from "preact/hooks";
import type {Requirement, Section as StandardSection} from "../../api/types";
import {Empty, Section, Segments} from "../../components/basics";
import {t} from "../../messages/messages";
import {useCase} from "./context";
import {useLinked} from "./linked";
import {ReportLink} from "./Overview";
import {RequirementRow} from "./RequirementRow";

const filters = ["all", "unanswered", "uncovered", "unassessed", "nonconforming"] as const;
export type Filter = (typeof filters)[number];

export function isShown(requirement: Requirement, filter: Filter, search: string): boolean {
    const words = search.trim().toLowerCase();
    const text = `${requirement.number} ${requirement.title} ${requirement.guidance}`.toLowerCase();
    if (words !== "" && !text.includes(words)) {
        return false;
    }
    switch (filter) {
        case "all":
            return true;
        case "unanswered":
            return requirement.applicable && requirement.answer.value === "none";
        case "uncovered":
            return requirement.applicable && requirement.evidence.length === 0;
        case "unassessed":
            return requirement.verdict.value === "none";
        case "nonconforming":
            return requirement.verdict.value === "nonconforming";
    }
}

interface Group {
    sections: StandardSection[];
    items: Requirement[];
}

/// Requirements by their innermost section, each group with the headings that are new at it.
export function grouped(
    sections: readonly StandardSection[],
    requirements: readonly Requirement[],
): Group[] {
    const byId = new Map(sections.map((section) => [section.id, section]));
    const named = new Set<string>();
    const groups: Group[] = [];
    let last = "";
    for (const requirement of requirements) {
        let group = groups[groups.length - 1];
        if (group === undefined || requirement.section !== last) {
            const path: StandardSection[] = [];
            let section = byId.get(requirement.section);
            while (section !== undefined && path.length < 20) {
                path.unshift(section);
                section = section.parent === null ? undefined : byId.get(section.parent);
            }
            group = {sections: path.filter((one) => !named.has(one.id)), items: []};
            path.forEach((one) => named.add(one.id));
            groups.push(group);
            last = requirement.section;
        }
        group.items.push(requirement);
    }
    return groups;
}

export function RequirementsView() {
    const data = useCase();
    const {items, sections} = data.requirements;
    const linked = useLinked("r-");
    const [open, setOpen] = useState<ReadonlySet<string>>(new Set(linked === undefined ? [] : [linked]));
    const [filter, setFilter] = useState<Filter>("all");
    const [search, setSearch] = useState("");
    useEffect(() => {
        if (linked !== undefined) {
            setOpen((old) => new Set([...old, linked]));
        }
    }, [linked]);
    const shown = items.filter((one) => open.has(one.number) || isShown(one, filter, search));
    const groups = useMemo(() => grouped(sections, shown), [data, filter, search, open]);
    const toggle = (number: string) => {
        const next = new Set(open);
        if (!next.delete(number)) {
            next.add(number);
        }
        setOpen(next);
    };
    return (
        <Section
            id="requirements"
            title={t("requirements.title")}
            aside={<ReportLink kind="applicability" />}
        >
            <div class="filters">
                <div class="field">
                    <label for="requirements-search">{t("requirements.search")}</label>
                    <input
                        id="requirements-search"
                        type="search"
                        value={search}
                        onInput={(event) => setSearch(event.currentTarget.value)}
                    />
                </div>
                <Segments
                    name="requirements-filter"
                    legend={t("requirements.show")}
                    options={filters.map((value) => ({
                        value,
                        label: (
                            <>
                                {t(`requirements.filter.${value}`)}{" "}
                                <span class="count">
                                    {items.filter((item) => isShown(item, value, "")).length}
                                </span>
                            </>
                        ),
                    }))}
                    chosen={filter}
                    choose={setFilter}
                />
            </div>
            <button
                type="button"
                class="plain"
                onClick={() =>
                    setOpen(new Set(open.size === 0 ? shown.map((one) => one.number) : []))
                }
            >
                {open.size === 0 ? t("requirements.openall") : t("requirements.closeall")}
            </button>
            <p class="only-heard" role="status">
                {t("requirements.found", {count: shown.length})}
            </p>
            {shown.length === 0 ? <Empty>{t("requirements.none")}</Empty> : null}
            {groups.map((group) => (
                <div
                    key={group.items[0]?.number}
                    class={`requirement-group ${group.sections.length === 0 ? "apart" : ""}`}
                >
                    {group.sections.map((section) => (
                        <p
                            key={section.id}
                            class={section.parent === null ? "section-name top" : "section-name"}
                        >
                            {section.id} {section.title}
                        </p>
                    ))}
                    <ul class="requirements">
                        {group.items.map((requirement) => (
                            <RequirementRow
                                key={requirement.number}
                                requirement={requirement}
                                open={open.has(requirement.number)}
                                toggle={() => toggle(requirement.number)}
                            />
                        ))}
                    </ul>
                </div>
            ))}
        </Section>
    );
}
