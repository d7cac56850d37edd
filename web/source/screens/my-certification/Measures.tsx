import {Link} from "wouter-preact";
import {Section} from "../../components/basics";
import {t} from "../../messages/messages";
import {showNumber} from "../../messages/numbers";
import {sectionMeasures, useCase, type SectionMeasures} from "./context";

type Measure = "answered" | "covered" | "conforming";
const measures: Measure[] = ["answered", "covered", "conforming"];

/// A part of a whole as a bar; the numbers beside it say the same in words.
function Bar(props: {measure: Measure; part: number; whole: number}) {
    const {measure, part, whole} = props;
    const width = whole === 0 ? 0 : (100 * part) / whole;
    return (
        <svg class={`bar-of ${measure}`} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="whole" width="100" height="8" />
            <rect class="part" width={width} height="8" />
        </svg>
    );
}

function Cell(props: {measure: Measure; row: SectionMeasures}) {
    const {measure, row} = props;
    return (
        <td data-label={t(`measure.${measure}`)}>
            <span class="bar-words">
                {t("measures.of", {part: row[measure], whole: row.applicable})}
            </span>
            <Bar measure={measure} part={row[measure]} whole={row.applicable} />
        </td>
    );
}

/// What the firm says, what documents show and what the auditor found: three measures, side by side
/// for each clause and never added up, for only the last one is conformity.
export function Measures() {
    const data = useCase();
    const {counts} = data.case;
    const rows = sectionMeasures(data.requirements.sections, data.requirements.items);
    if (rows.length === 0) {
        return null;
    }
    return (
        <Section
            id="measures"
            title={t("measures.title")}
            aside={
                <Link class="more" href={`/cases/${data.id}/requirements`}>
                    {t("measures.all")}
                </Link>
            }
        >
            <dl class="totals">
                {measures.map((measure) => (
                    <div class={`total ${measure}`} key={measure}>
                        <dt>{t(`measure.${measure}`)}</dt>
                        <dd>
                            <strong>{showNumber(counts[measure])}</strong>
                            <span> / {showNumber(counts.applicable)}</span>
                        </dd>
                        <dd class="total-help">{t(`measure.${measure}.help`)}</dd>
                    </div>
                ))}
            </dl>
            <table class="measures">
                <caption class="only-heard">{t("measures.caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("measures.clause")}</th>
                        {measures.map((measure) => (
                            <th scope="col" key={measure}>
                                <span class={`key ${measure}`} aria-hidden="true" />
                                {t(`measure.${measure}`)}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row) => (
                        <tr key={row.section.id}>
                            <th scope="row">
                                <span class="clause">
                                    <span class="clause-number">{row.section.id}</span>{" "}
                                    <span>{row.section.title}</span>
                                </span>
                            </th>
                            {measures.map((measure) => (
                                <Cell key={measure} measure={measure} row={row} />
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </Section>
    );
}
