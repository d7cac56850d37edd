import {readFileSync} from "node:fs";
import path from "node:path";
import type {Requirement, RequirementList} from "../../../source/api/types";

declare const WEB_FOLDER: string;

export type Texts = Record<string, string>;

export interface CatalogueEntry {
    number: string;
    section: string;
    title: Texts;
    guidance: Texts;
    evidence: {id: string; title: Texts}[];
    mayBeNotApplicable: boolean;
    documented: boolean;
}

export interface Catalogue {
    sections: {id: string; parent: string | null; title: Texts}[];
    requirements: CatalogueEntry[];
}

function plain(text: string): string {
    return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

function attribute(tag: string, name: string): string {
    return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
}

/// Reads our own catalogue of ISO 9001, whose form standards/check.sh guards, tag by tag: enough for
/// pages that look as they will.
export function readCatalogue(): Catalogue {
    const file = path.join(WEB_FOLDER, "../standards/iso-9001/2015.xml");
    const tags = readFileSync(file, "utf8").matchAll(/<(\/?)(section|requirement|evidence|title|guidance)\b([^>]*)>([^<]*)/g);
    const catalogue: Catalogue = {sections: [], requirements: []};
    const open: string[] = [];
    let owner: {title: Texts; guidance?: Texts} = {title: {}};
    for (const [, closing, name, rest = "", text = ""] of tags) {
        if (closing === "/") {
            if (name === "section") {
                open.pop();
            }
        } else if (name === "section") {
            const section = {id: attribute(rest, "id"), parent: open[open.length - 1] ?? null, title: {}};
            catalogue.sections.push(section);
            open.push(section.id);
            owner = section;
        } else if (name === "requirement") {
            const requirement: CatalogueEntry = {
                number: attribute(rest, "id"),
                section: open[open.length - 1] ?? "",
                title: {},
                guidance: {},
                evidence: [],
                mayBeNotApplicable: attribute(rest, "not-applicable") === "allowed",
                documented: attribute(rest, "documented") !== "",
            };
            catalogue.requirements.push(requirement);
            owner = requirement;
        } else if (name === "evidence") {
            const evidence = {id: attribute(rest, "id"), title: {}};
            catalogue.requirements[catalogue.requirements.length - 1]?.evidence.push(evidence);
            owner = evidence;
        } else if (name === "title") {
            owner.title[attribute(rest, "xml:lang")] = plain(text);
        } else if (owner.guidance !== undefined) {
            owner.guidance[attribute(rest, "xml:lang")] = plain(text);
        }
    }
    return catalogue;
}

export interface RequirementState {
    answer: Requirement["answer"];
    verdict: Requirement["verdict"];
}

export function shownRequirements(
    catalogue: Catalogue,
    language: string,
    state: (number: string) => RequirementState,
    serving: (number: string) => string[],
    sequence: number,
): RequirementList {
    return {
        sequence,
        standard: {
            key: "iso-9001:2015",
            designation: "ISO 9001:2015",
            title: language === "zh" ? "质量管理体系" : "Quality management systems",
        },
        sections: catalogue.sections.map((section) => ({
            ...section,
            title: section.title[language] ?? section.id,
        })),
        items: catalogue.requirements.map((one) => ({
            number: one.number,
            section: one.section,
            title: one.title[language] ?? "",
            guidance: one.guidance[language] ?? "",
            typical_evidence: one.evidence.map((paper) => ({
                id: paper.id,
                title: paper.title[language] ?? "",
            })),
            may_be_not_applicable: one.mayBeNotApplicable,
            documented: one.documented,
            applicable: state(one.number).answer.value !== "not_applicable",
            ...state(one.number),
            evidence: serving(one.number),
        })),
    };
}
