import {useEffect, useState} from "preact/hooks";
import {Link, useLocation, useSearchParams} from "wouter-preact";
import {call} from "../../api/client";
import {certificateAddress} from "../../components/addresses";
import {Chip, Empty, More, Section, Show} from "../../components/basics";
import {certificateTones} from "../../components/certificate";
import {usePages} from "../../components/hooks";
import {Icon} from "../../components/Icon";
import {language, t} from "../../messages/messages";
import {showDate} from "../../messages/numbers";
import {BulkCheck} from "./BulkCheck";

const filters = ["holder", "standard", "country", "region"] as const;

/// Who has a certificate in the hand has its number.
function NumberForm() {
    const [, navigate] = useLocation();
    const [number, setNumber] = useState("");
    return (
        <form
            class="field register-number"
            onSubmit={(event) => {
                event.preventDefault();
                navigate(certificateAddress(number.trim()));
            }}
        >
            <label for="register-number">{t("register.number")}</label>
            <div class="with-button">
                <input
                    id="register-number"
                    type="text"
                    required
                    pattern=".*\S.*"
                    spellcheck={false}
                    autocomplete="off"
                    value={number}
                    onInput={(event) => setNumber(event.currentTarget.value)}
                />
                <button type="submit" class="strong">
                    {t("register.check")}
                    <Icon name="arrow" />
                </button>
            </div>
        </form>
    );
}

/// What is asked for stands in the address.
function SearchForm() {
    const [query, setQuery] = useSearchParams();
    const search = (event: Event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget as HTMLFormElement);
        const wanted = filters.map((name) => [name, String(given.get(name) ?? "").trim()]);
        setQuery(wanted.filter(([, value]) => value !== "") as [string, string][]);
    };
    return (
        <form class="search-choices" role="search" onSubmit={search} key={query.toString()}>
            {filters.map((name) => (
                <div class="field" key={name}>
                    <label for={`register-${name}`}>{t(`register.by.${name}`)}</label>
                    <input
                        id={`register-${name}`}
                        name={name}
                        type="text"
                        spellcheck={false}
                        defaultValue={query.get(name) ?? ""}
                    />
                </div>
            ))}
            <button type="submit">
                <Icon name="search" /> {t("search.title")}
            </button>
        </form>
    );
}

function Found() {
    const [query] = useSearchParams();
    const wanted = Object.fromEntries(
        filters.map((name) => [name, query.get(name) ?? undefined] as const),
    );
    const paged = usePages(
        (after, signal) => call("get", "/register", {query: {...wanted, after}, signal}),
        [query.toString(), language()],
    );
    return (
        <>
            <Show loaded={paged}>
                {(items) =>
                    items.length === 0 ? (
                        <Empty>{t("register.none")}</Empty>
                    ) : (
                        <ul class="register-list">
                            {items.map((item) => (
                                <li key={item.number}>
                                    <Link href={certificateAddress(item.number)}>{item.number}</Link>
                                    <Chip tone={certificateTones[item.status]}>
                                        {t(`certificate.status.${item.status}`)}
                                    </Chip>
                                    <span>
                                        <strong>{item.holder}</strong>
                                        <span class="quiet">
                                            {" "}
                                            {[item.country, item.region]
                                                .filter((part) => part !== "")
                                                .join(", ")}
                                        </span>
                                        <br />
                                        {item.scope}
                                    </span>
                                    <span class="quiet">
                                        {item.standard?.designation}
                                        <br />
                                        {t("register.until", {date: showDate(item.valid_until)})}
                                    </span>
                                </li>
                            ))}
                        </ul>
                    )
                }
            </Show>
            <More paged={paged} />
        </>
    );
}

/// The public register: for buyers, without signing in.
export function RegisterScreen() {
    useEffect(() => {
        document.title = `${t("register.title")} – Guildmark`;
    }, [language()]);
    return (
        <main class="page" id="content">
            <h1 tabIndex={-1} data-page-heading>
                {t("register.title")}
            </h1>
            <p>{t("register.help")}</p>
            <NumberForm />
            <Section id="register" title={t("register.search")}>
                <SearchForm />
                <Found />
            </Section>
            <Section id="bulk" title={t("register.bulk")}>
                <BulkCheck />
            </Section>
        </main>
    );
}
