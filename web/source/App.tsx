import type {ComponentChildren} from "preact";
import {useEffect, useState} from "preact/hooks";
import {Route, Switch, Link, useLocation} from "wouter-preact";
import {call} from "./api/client";
import {Icon} from "./components/Icon";
import {Toasts} from "./components/toasts";
import {useLoaded, useOnline} from "./components/hooks";
import {later} from "./components/later";
import {chooseLanguage, language, languages, onLanguage, t} from "./messages/messages";
import {CaseScreen} from "./screens/my-certification/CaseScreen";
import {CasesScreen} from "./screens/cases/CasesScreen";
import {SessionGate, useSession, type Session} from "./session";

const IncidentsScreen = later(
    async () => (await import("./screens/incidents/IncidentsScreen")).IncidentsScreen,
);
const BatchScreen = later(
    async () => (await import("./screens/batches/BatchScreen")).BatchScreen,
);
const ResultScreen = later(
    async () => (await import("./screens/batches/ResultScreen")).ResultScreen,
);

const CertificateScreen = later(
    async () => (await import("./screens/register/CertificateScreen")).CertificateScreen,
);
const RegisterScreen = later(
    async () => (await import("./screens/register/RegisterScreen")).RegisterScreen,
);

type Theme = "light" | "dark";

function shownTheme(): Theme {
    const chosen = document.documentElement.dataset["theme"];
    if (chosen === "light" || chosen === "dark") {
        return chosen;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function ThemeSwitch() {
    const [theme, setTheme] = useState(shownTheme);
    useEffect(() => {
        const media = matchMedia("(prefers-color-scheme: dark)");
        const update = () => setTheme(shownTheme());
        media.addEventListener("change", update);
        return () => media.removeEventListener("change", update);
    }, []);
    const other = theme === "dark" ? "light" : "dark";
    return (
        <button
            type="button"
            class="bar-button"
            aria-label={other === "dark" ? t("theme.dark") : t("theme.light")}
            title={other === "dark" ? t("theme.dark") : t("theme.light")}
            onClick={() => {
                document.documentElement.dataset["theme"] = other;
                localStorage.setItem("guildmark.theme", other);
                setTheme(other);
            }}
        >
            <Icon name={theme === "dark" ? "sun" : "moon"} />
        </button>
    );
}

function LanguageSwitch() {
    return (
        <select
            class="bar-select"
            aria-label={t("language")}
            value={language()}
            onChange={(event) => void chooseLanguage(event.currentTarget.value)}
        >
            {languages.map((one) => (
                <option value={one.tag} lang={one.tag}>
                    {one.name}
                </option>
            ))}
        </select>
    );
}

function Mark() {
    return (
        <svg class="mark" viewBox="0 0 32 32" width="30" height="30" aria-hidden="true" focusable="false">
            <path class="mark-body" d="M10 1h12l9 9v12l-9 9H10l-9-9V10z" />
            <path class="mark-check" d="M9.5 16.5l4.6 4.7L23 11.5" />
        </svg>
    );
}

const countMax = 99;

/// The way to what failed, with how much of it waits, for who can see to it.
function IncidentsLink() {
    const [path] = useLocation();
    const open = useLoaded(
        (signal) =>
            call("get", "/incidents", {query: {status: "open", size: countMax + 1}, signal}),
        [path],
    );
    const count = open.value?.items.length ?? 0;
    const shown = count > countMax ? `${countMax}+` : String(count);
    return (
        <Link href="/incidents" class="bar-button bar-link" title={t("incidents.title")}>
            <Icon name="warning" />
            <span class="only-heard">{t("incidents.title")}</span>
            {count === 0 ? null : <span class="count">{shown}</span>}
        </Link>
    );
}

function Bar(props: {session: Session | undefined}) {
    const {session} = props;
    return (
        <header class="bar">
            <Link href="/" class="brand">
                <Mark />
                <span>Guildmark</span>
            </Link>
            {session === undefined ? null : (
                <p class="who">
                    <strong>{session.me.name}</strong>
                    <span>{session.me.organisation.name}</span>
                </p>
            )}
            {session?.me.operates === true ? <IncidentsLink /> : null}
            <Link href="/register" class="bar-button bar-link" title={t("register.title")}>
                <Icon name="search" />
                <span class="only-heard">{t("register.title")}</span>
            </Link>
            <LanguageSwitch />
            <ThemeSwitch />
            {session === undefined ? null : (
                <button
                    type="button"
                    class="bar-button"
                    aria-label={t("signout")}
                    title={t("signout")}
                    onClick={session.signOut}
                >
                    <Icon name="out" />
                </button>
            )}
        </header>
    );
}

function NotFound() {
    return (
        <main class="page" id="content">
            <h1>{t("notfound.title")}</h1>
            <p>
                <Link href="/">{t("notfound.home")}</Link>
            </p>
        </main>
    );
}

/// What is nothing to those who keep no cases running.
function ForOperators(props: {children: ComponentChildren}) {
    return useSession().me.operates ? <>{props.children}</> : <NotFound />;
}

function Offline() {
    return useOnline() ? null : (
        <p class="offline" role="status">
            <Icon name="warning" size={18} /> {t("offline")}
        </p>
    );
}

/// A new address begins at its heading, for eyes and for screen readers.
function usePageBegin() {
    const [path] = useLocation();
    const [first, setFirst] = useState(true);
    useEffect(() => {
        if (first) {
            setFirst(false);
        } else if (location.hash === "") {
            document.querySelector<HTMLElement>("[data-page-heading]")?.focus({preventScroll: true});
        }
    }, [path]);
}

/// What only people who are signed in see.
function Private(props: {changed: (session: Session | undefined) => void}) {
    return (
        <SessionGate changed={props.changed}>
            <Switch>
                <Route path="/">
                    <CasesScreen />
                </Route>
                <Route path="/incidents">
                    <ForOperators>
                        <IncidentsScreen />
                    </ForOperators>
                </Route>
                <Route path="/batches">
                    <ForOperators>
                        <BatchScreen />
                    </ForOperators>
                </Route>
                <Route path="/batches/:key">
                    <ForOperators>
                        <ResultScreen />
                    </ForOperators>
                </Route>
                <Route path="/cases/:id/:view?">
                    {(parameters) => (
                        <CaseScreen
                            key={parameters.id}
                            id={parameters.id}
                            view={parameters.view ?? "overview"}
                        />
                    )}
                </Route>
                <Route>
                    <NotFound />
                </Route>
            </Switch>
        </SessionGate>
    );
}

export function App() {
    const [, update] = useState(0);
    const [session, setSession] = useState<Session | undefined>(undefined);
    usePageBegin();
    useEffect(() => onLanguage(() => update((old) => old + 1)), []);
    return (
        <>
            <a class="skip" href="#content">
                {t("skip")}
            </a>
            <Bar session={session} />
            <Offline />
            <Switch>
                <Route path="/register">
                    <RegisterScreen />
                </Route>
                <Route path="/c/:number">
                    <CertificateScreen />
                </Route>
                <Route>
                    <Private changed={setSession} />
                </Route>
            </Switch>
            <Toasts />
        </>
    );
}
