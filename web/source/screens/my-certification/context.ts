import {createContext} from "preact";
import {useContext} from "preact/hooks";
import {allPages, call} from "../../api/client";
import type {
    Case,
    Evidence,
    FindingList,
    Permission,
    Requirement,
    RequirementList,
    Section,
    Task,
    TaskSummary,
} from "../../api/types";
import {language} from "../../messages/messages";

/// What of a case is fetched by itself. The case's own page and the member's open tasks, whose gates
/// look at everything, are fetched each time.
export type Part = "tasks" | "requirements" | "evidence" | "findings";

export const allParts: readonly Part[] = ["tasks", "requirements", "evidence", "findings"];

/// What the page of a case shows: nothing of it is older than the case's last record about it.
export interface CaseData {
    id: string;
    case: Case;
    tasks: TaskSummary[];
    /// The member's own open tasks, with their forms.
    mine: Task[];
    requirements: RequirementList;
    evidence: Evidence[];
    findings: FindingList;
    /// Fetches anew what a write has changed.
    changed: (parts: readonly Part[]) => void;
}

export type Fetched = Omit<CaseData, "changed">;

const pagesMax = 25;

/// Fetches `parts` of the case, and takes the others from what is `held`.
export async function loadCase(
    id: string,
    parts: ReadonlySet<Part>,
    held: Fetched | undefined,
    signal: AbortSignal,
): Promise<Fetched> {
    const path = {case: id};
    const query = {language: language()};
    const page = {...query, size: 200};
    const kept = <P extends Part>(part: P): Fetched[P] | undefined =>
        parts.has(part) ? undefined : held?.[part];
    const [one, tasks, requirements, evidence, findings] = await Promise.all([
        call("get", "/cases/{case}", {path, query, signal}),
        kept("tasks") ??
            allPages(
                  (after) =>
                      call("get", "/cases/{case}/tasks", {path, query: {...page, after}, signal}),
                  pagesMax,
              ),
        kept("requirements") ??
            call("get", "/cases/{case}/requirements", {path, query, signal}),
        kept("evidence") ??
            allPages(
                  (after) =>
                      call("get", "/cases/{case}/evidence", {
                          path,
                          query: {size: 200, after},
                          signal,
                      }),
                  pagesMax,
              ),
        kept("findings") ??
            call("get", "/cases/{case}/findings", {path, query, signal}),
    ]);
    const mine = await Promise.all(
        tasks
            .filter((task) => task.is_mine && task.status === "open")
            .map((task) => call("get", "/tasks/{task}", {path: {task: task.id}, query, signal})),
    );
    return {id, case: one, tasks, mine, requirements, evidence, findings};
}

const CaseContext = createContext<CaseData | undefined>(undefined);
export const CaseProvider = CaseContext.Provider;

export function useCase(): CaseData {
    const data = useContext(CaseContext);
    if (data === undefined) {
        throw new Error("used outside of CaseScreen");
    }
    return data;
}

export function may(data: CaseData, permission: Permission): boolean {
    return data.case.allowed.includes(permission);
}

/// Evidence that counts: the newest revision of what was not withdrawn.
export function currentEvidence(data: CaseData): Evidence[] {
    return data.evidence.filter((one) => one.status === "current");
}

export function requirementOptions(data: CaseData): {value: string; label: string}[] {
    return data.requirements.items.map((one) => ({
        value: one.number,
        label: `${one.number} ${one.title}`,
    }));
}

export function requirementAddress(id: string, number: string): string {
    return `/cases/${id}/requirements#r-${number}`;
}

export function findingAddress(id: string, number: number | string): string {
    return `/cases/${id}/findings#f-${number}`;
}

/// How far the requirements under one of the standard's main sections are, by each of the three
/// measures that are kept apart.
export interface SectionMeasures {
    section: Section;
    applicable: number;
    answered: number;
    covered: number;
    conforming: number;
}

function topSection(sections: ReadonlyMap<string, Section>, id: string): Section | undefined {
    let section = sections.get(id);
    // A catalogue is a few levels deep; the bound keeps a circle of parents from hanging the page.
    for (let depth = 0; depth < 20 && section !== undefined && section.parent !== null; depth += 1) {
        section = sections.get(section.parent);
    }
    return section;
}

export function sectionMeasures(
    sections: readonly Section[],
    requirements: readonly Requirement[],
): SectionMeasures[] {
    const byId = new Map(sections.map((section) => [section.id, section]));
    const measures = new Map<string, SectionMeasures>();
    for (const requirement of requirements) {
        const section = topSection(byId, requirement.section);
        if (section === undefined || !requirement.applicable) {
            continue;
        }
        const row = measures.get(section.id) ?? {
            section,
            applicable: 0,
            answered: 0,
            covered: 0,
            conforming: 0,
        };
        row.applicable += 1;
        row.answered += requirement.answer.value === "none" ? 0 : 1;
        row.covered += requirement.evidence.length === 0 ? 0 : 1;
        row.conforming += requirement.verdict.value === "conforming" ? 1 : 0;
        measures.set(section.id, row);
    }
    return [...measures.values()];
}
