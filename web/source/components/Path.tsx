import {useState} from "preact/hooks";
import type {Milestone} from "../api/types";
import {t} from "../messages/messages";
import {Icon} from "./Icon";

/// The way of a case, drawn: stations on a line that swings a little, what lies behind solid, what
/// lies ahead dotted, and a flag where it stands.

const step = 100;
const low = 34;
const high = 22;

function place(index: number): {x: number; y: number} {
    return {x: index * step + step / 2, y: index % 2 === 0 ? high : low};
}

/// A smooth line through the stations `from` to `to`, with the ends run out of the picture.
export function lineThrough(from: number, to: number): string {
    const first = place(from);
    const parts = [`M${first.x} ${first.y}`];
    for (let index = from + 1; index <= to; index += 1) {
        const before = place(index - 1);
        const here = place(index);
        const middle = (before.x + here.x) / 2;
        parts.push(`C${middle} ${before.y} ${middle} ${here.y} ${here.x} ${here.y}`);
    }
    return parts.join("");
}

/// Where the case stands: the current station, or the last one when all are behind it.
export function standing(milestones: readonly Milestone[]): number {
    const current = milestones.findIndex((one) => one.state === "current");
    if (current >= 0) {
        return current;
    }
    const done = milestones.filter((one) => one.state === "done").length;
    return Math.min(done, milestones.length - 1);
}

function Station(props: {milestone: Milestone; here: boolean; index: number}) {
    const {milestone, here, index} = props;
    return (
        <li
            class={`station ${milestone.state} ${here ? "here" : ""} ${index % 2 === 0 ? "high" : "low"}`}
            aria-current={here ? "step" : undefined}
        >
            <span class="stamp" aria-hidden="true">
                {milestone.state === "done" ? <Icon name="check" size={14} /> : index + 1}
            </span>
            <span class="station-text">
                {here ? <span class="you">{t("path.here")}</span> : null}
                <span class="station-title">{milestone.title}</span>
                <span class="only-heard">
                    {milestone.state === "done"
                        ? t("path.done")
                        : milestone.state === "current"
                          ? t("path.current")
                          : t("path.ahead")}
                </span>
            </span>
        </li>
    );
}

export function Path(props: {milestones: readonly Milestone[]}) {
    const {milestones} = props;
    const [all, setAll] = useState(false);
    if (milestones.length === 0) {
        return null;
    }
    const here = standing(milestones);
    const current = milestones[here] as Milestone;
    return (
        <section class={`path ${all ? "all" : ""}`} aria-label={t("path.title")}>
            <div class="path-drawing">
                <svg
                    class="path-line"
                    viewBox={`0 0 ${milestones.length * step} 56`}
                    preserveAspectRatio="none"
                    aria-hidden="true"
                    focusable="false"
                >
                    <path class="ahead" d={lineThrough(here, milestones.length - 1)} />
                    <path class="behind" d={lineThrough(0, here)} />
                </svg>
                <ol>
                    {milestones.map((milestone, index) => (
                        <Station
                            key={milestone.id}
                            milestone={milestone}
                            here={index === here}
                            index={index}
                        />
                    ))}
                </ol>
            </div>
            <div class="path-words">
                <p>
                    <span class="step-of">
                        {t("path.step", {step: here + 1, steps: milestones.length})}
                    </span>{" "}
                    <strong>{current.title}</strong>
                    {current.help === "" ? null : <span class="path-help"> {current.help}</span>}
                </p>
                <button
                    type="button"
                    class="plain path-all"
                    aria-expanded={all}
                    onClick={() => setAll(!all)}
                >
                    {all ? t("path.less") : t("path.all")}
                </button>
            </div>
        </section>
    );
}
