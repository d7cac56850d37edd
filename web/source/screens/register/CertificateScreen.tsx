import {useEffect} from "preact/hooks";
import {useParams, useSearchParams} from "wouter-preact";
import {address, call} from "../../api/client";
import type {CertificateStatus, PublicCertificate} from "../../api/types";
import {Chip, Empty, Section, Show} from "../../components/basics";
import {certificateTones} from "../../components/certificate";
import {useLoaded} from "../../components/hooks";
import {Icon} from "../../components/Icon";
import {language, t, textFor} from "../../messages/messages";
import {showDate, showTime} from "../../messages/numbers";

const icons = {
    active: "check",
    suspended: "pause",
    withdrawn: "close",
    expired: "clock",
    superseded: "document",
} as const;

/// What a certificate counts as today: a word, a shape and a color, and what it means to a buyer.
function Verdict(props: {certificate: PublicCertificate}) {
    const {certificate} = props;
    return (
        <div class={`verdict ${certificateTones[certificate.status]}`}>
            <Icon name={icons[certificate.status]} size={44} />
            <div>
                <p class="verdict-word">{t(`certificate.status.${certificate.status}`)}</p>
                <p>{t(`register.means.${certificate.status}`)}</p>
                <p class="quiet">{t("register.checked", {time: showTime(certificate.checked_at)})}</p>
            </div>
        </div>
    );
}

function Facts(props: {certificate: PublicCertificate}) {
    const {certificate} = props;
    const place = [certificate.country, certificate.region].filter((part) => part !== "").join(", ");
    const facts: [string, string][] = [
        [t("register.holder"), certificate.holder],
        [t("register.place"), place],
        [t("register.standard"), certificate.standard?.designation ?? ""],
        [t("register.scope"), certificate.scope],
        [
            t("register.validity"),
            t("certificate.valid", {
                from: showDate(certificate.valid_from),
                until: showDate(certificate.valid_until),
            }),
        ],
        [t("register.since"), showDate(certificate.first_granted)],
        [t("register.issuer"), certificate.issuer],
    ];
    return (
        <dl class="facts">
            {facts
                .filter(([, value]) => value !== "")
                .map(([name, value]) => (
                    <div key={name}>
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                    </div>
                ))}
        </dl>
    );
}

/// The certificate as files that prove themselves, for those who keep or pass on what they checked.
function Files(props: {certificate: PublicCertificate}) {
    const {number, status} = props.certificate;
    return (
        <div class="signed">
            {status === "active" ? (
                <>
                    <a
                        class="button"
                        href={address("/certificates/{number}/credential", {number})}
                        download={`${number}.json`}
                    >
                        <Icon name="download" /> {t("register.signed")}
                    </a>
                    <p class="quiet">{t("register.signed.help")}</p>
                </>
            ) : null}
            <a
                class="button"
                href={address("/certificates/{number}/bundle", {number})}
                download={`${number}-bundle.json`}
            >
                <Icon name="download" /> {t("register.bundle")}
            </a>
            <p class="quiet">{t("register.bundle.help")}</p>
        </div>
    );
}

/// The certificate as it is printed, in the reader's language. It opens as a page: where the body has
/// not said what stands on its certificates, the answer tells so.
function Printed(props: {number: string}) {
    return (
        <p class="printed">
            <a
                href={address("/certificates/{number}/document", props, {language: language()})}
                target="_blank"
                rel="noopener"
            >
                <Icon name="document" /> {t("register.printed")}
            </a>
        </p>
    );
}

export function standingText(status: CertificateStatus | null): string {
    return status === null ? t("register.notyet") : t(`certificate.status.${status}`);
}

/// The day stands in the address, so that the answer can be kept and sent on.
function OnDay(props: {certificate: PublicCertificate}) {
    const [query, setQuery] = useSearchParams();
    const {asked} = props.certificate;
    return (
        <div class="on-day">
            <div class="field">
                <label for="on-day">{t("register.onday")}</label>
                <input
                    id="on-day"
                    type="date"
                    value={query.get("on") ?? ""}
                    onChange={(event) => {
                        const day = event.currentTarget.value;
                        setQuery(day === "" ? {} : {on: day}, {replace: true});
                    }}
                />
            </div>
            <p role="status">
                {asked === null ? null : (
                    <>
                        {t("register.stood", {date: showDate(asked.on)})}{" "}
                        <Chip tone={asked.status === null ? "plain" : certificateTones[asked.status]}>
                            {standingText(asked.status)}
                        </Chip>
                    </>
                )}
            </p>
        </div>
    );
}

function History(props: {certificate: PublicCertificate}) {
    return (
        <ol class="acts">
            {props.certificate.history.map((act, index) => (
                <li key={index}>
                    <time dateTime={act.on}>{showDate(act.on)}</time>
                    <div>
                        <p>
                            <strong>{textFor("decision.kind", act.action, act.action)}</strong>{" "}
                            <Chip tone={certificateTones[act.status]}>
                                {t(`certificate.status.${act.status}`)}
                            </Chip>
                        </p>
                        <p class="quiet">
                            {t("certificate.valid", {
                                from: showDate(act.valid_from),
                                until: showDate(act.valid_until),
                            })}
                            {" · "}
                            {act.scope}
                        </p>
                    </div>
                </li>
            ))}
        </ol>
    );
}

/// Where a certificate's QR code leads: how it stands, for anyone.
export function CertificateScreen() {
    const {number = ""} = useParams<{number: string}>();
    const [query] = useSearchParams();
    const on = query.get("on") ?? undefined;
    const loaded = useLoaded(
        (signal) =>
            call("get", "/certificates/{number}", {path: {number}, query: {on}, signal}),
        [number, on, language()],
    );
    useEffect(() => {
        document.title = `${number} – Guildmark`;
    }, [number]);
    const missing = loaded.problem?.code === "certificate_not_found";
    return (
        <main class="page narrow" id="content">
            <p class="eyebrow">{t("certificate.title")}</p>
            <h1 tabIndex={-1} data-page-heading>
                {number}
            </h1>
            {missing ? (
                <div class="verdict bad">
                    <Icon name="warning" size={44} />
                    <div>
                        <p class="verdict-word">{t("register.unknown")}</p>
                        <p>{t("register.unknown.help")}</p>
                    </div>
                </div>
            ) : (
                <Show loaded={loaded} lines={8}>
                    {(certificate) => (
                        <>
                            <Verdict certificate={certificate} />
                            <Facts certificate={certificate} />
                            <Files certificate={certificate} />
                            <Printed number={certificate.number} />
                            <OnDay certificate={certificate} />
                            <Section id="acts" title={t("register.history")}>
                                {certificate.history.length === 0 ? (
                                    <Empty>{t("register.history.none")}</Empty>
                                ) : (
                                    <History certificate={certificate} />
                                )}
                            </Section>
                        </>
                    )}
                </Show>
            )}
        </main>
    );
}
