import type {ComponentChildren} from "preact";
import {Link} from "wouter-preact";
import type {Incident} from "../api/types";
import {operationAddress} from "./addresses";
import {Chip} from "./basics";
import {t, textFor} from "../messages/messages";
import {showTime} from "../messages/numbers";

/// Why something failed, in plain words: by its cause when the pages know it, else by its kind.
export function incidentCause(incident: Incident): string {
    return textFor("incident.cause", incident.code, "") || t(`incident.why.${incident.kind}`);
}

function Technical(props: {incident: Incident}) {
    const {incident} = props;
    return (
        <details class="technical">
            <summary>{t("incident.technical")}</summary>
            <dl class="finding-parts">
                <dt>{t("incident.code")}</dt>
                <dd>
                    <code>{incident.code}</code>
                </dd>
                <dt>{t("incident.message")}</dt>
                <dd>
                    <code>{incident.message}</code>
                </dd>
                <dt>{t("incident.where")}</dt>
                <dd>
                    <code>{incident.where}</code>
                </dd>
            </dl>
        </details>
    );
}

function Resolution(props: {incident: Incident}) {
    const {incident} = props;
    if (incident.resolved_at === null) {
        return null;
    }
    return (
        <p class="quiet">
            {t("incident.resolvedby", {
                how: textFor("incident.resolution", incident.resolution ?? "", ""),
                person: incident.resolved_by?.name ?? "–",
                time: showTime(incident.resolved_at),
            })}
            {incident.reason === null ? null : ` ${incident.reason}`}
        </p>
    );
}

/// What failed, where, and why; `children` are what can be done about it.
export function IncidentCard(props: {
    incident: Incident;
    /// Where its case is named too: a list over all cases.
    ofMany?: boolean;
    linked?: boolean;
    children?: ComponentChildren;
}) {
    const {incident} = props;
    const open = incident.status === "open";
    return (
        <li
            id={`i-${incident.id}`}
            class={`finding ${open ? "major" : "opportunity"} ${props.linked === true ? "linked" : ""}`}
            tabIndex={-1}
        >
            <div class="finding-head">
                <h3>
                    {props.ofMany === true ? (
                        <Link href={operationAddress(incident.case.id, incident.id)}>
                            {incident.case.title}
                        </Link>
                    ) : (
                        t(`incident.kind.${incident.kind}`)
                    )}
                </h3>
                <span class="chips">
                    <Chip tone={open ? "bad" : "good"} icon={open ? "warning" : "check"}>
                        {t(`incident.status.${incident.status}`)}
                    </Chip>
                    <time class="quiet" dateTime={incident.opened_at}>
                        {showTime(incident.opened_at)}
                    </time>
                </span>
            </div>
            {props.ofMany === true ? <p>{t(`incident.kind.${incident.kind}`)}</p> : null}
            <p>{incidentCause(incident)}</p>
            <Technical incident={incident} />
            <Resolution incident={incident} />
            {props.children}
        </li>
    );
}
