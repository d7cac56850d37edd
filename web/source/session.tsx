import type {ComponentChildren} from "preact";
import {createContext} from "preact";
import {useContext, useEffect, useState} from "preact/hooks";
import {call, onSignedOut} from "./api/client";
import {asProblem, problemText, type CallProblem} from "./api/problem";
import type {Me} from "./api/types";
import {Problem, Skeleton} from "./components/basics";
import {Icon} from "./components/Icon";
import {t} from "./messages/messages";

interface Session {
    me: Me;
    signOut: () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
    const session = useContext(SessionContext);
    if (session === undefined) {
        throw new Error("used outside of SessionGate");
    }
    return session;
}

/// The token of a personal link, "#token=gm_…"; null when there is none.
export function tokenIn(hash: string): string | null {
    return new URLSearchParams(hash.replace(/^#/, "")).get("token");
}

/// What a person pastes: the token, or the whole link.
export function tokenFrom(pasted: string): string {
    const text = pasted.trim();
    const at = text.indexOf("#");
    return (at >= 0 ? tokenIn(text.slice(at)) : null) ?? text;
}

async function enter(token: string): Promise<Me> {
    return await call("post", "/session", {body: {token}});
}

/// Takes the token out of the address before anything else happens, so that it stays neither in the
/// history nor in what a person copies from the address bar.
function takeToken(): string | null {
    const token = tokenIn(location.hash);
    if (token !== null) {
        history.replaceState(null, "", location.pathname + location.search);
    }
    return token;
}

type State =
    | {kind: "asking"}
    | {kind: "in"; me: Me}
    | {kind: "out"; problem?: CallProblem; because?: "left" | "ended"}
    | {kind: "failed"; problem: CallProblem};

async function begin(): Promise<State> {
    const token = takeToken();
    try {
        return {kind: "in", me: token === null ? await call("get", "/me") : await enter(token)};
    } catch (error) {
        const problem = asProblem(error);
        if (problem.status === 401 || problem.status === 403) {
            return token === null ? {kind: "out"} : {kind: "out", problem};
        }
        return {kind: "failed", problem};
    }
}

const headings = {left: "signin.left", ended: "signin.ended", new: "signin.title"} as const;

function SignIn(props: {state: State & {kind: "out"}; entered: (me: Me) => void}) {
    const [text, setText] = useState("");
    const [problem, setProblem] = useState(props.state.problem);
    const send = async (event: Event) => {
        event.preventDefault();
        try {
            props.entered(await enter(tokenFrom(text)));
        } catch (error) {
            setProblem(asProblem(error));
        }
    };
    return (
        <main class="sign-in" id="content">
            <h1>{t(headings[props.state.because ?? "new"])}</h1>
            <p>{t("signin.help")}</p>
            <form onSubmit={send}>
                <div class={`field ${problem === undefined ? "" : "has-problem"}`}>
                    <label for="token">{t("signin.link")}</label>
                    <input
                        id="token"
                        type="text"
                        autocomplete="off"
                        spellcheck={false}
                        required
                        value={text}
                        aria-invalid={problem !== undefined}
                        aria-describedby={problem === undefined ? undefined : "token-problem"}
                        onInput={(event) => setText(event.currentTarget.value)}
                    />
                    {problem === undefined ? null : (
                        <p class="field-problem" id="token-problem" role="alert">
                            {problem.status === 401 ? t("signin.refused") : problemText(problem)}
                        </p>
                    )}
                </div>
                <button type="submit" class="strong">
                    {t("signin.enter")}
                    <Icon name="arrow" />
                </button>
            </form>
        </main>
    );
}

/// Shows what is inside to people who are signed in, and the way in to all others.
export function SessionGate(props: {
    children: ComponentChildren;
    changed: (session: Session | undefined) => void;
}) {
    const [state, setState] = useState<State>({kind: "asking"});
    const ask = () => {
        setState({kind: "asking"});
        void begin().then(setState);
    };
    const signOut = () => {
        call("delete", "/session").then(
            () => setState({kind: "out", because: "left"}),
            (error: unknown) => setState({kind: "failed", problem: asProblem(error)}),
        );
    };
    const session = state.kind === "in" ? {me: state.me, signOut} : undefined;
    useEffect(() => {
        ask();
        // Only who was in can be put out; at the beginning and at the way in, 401 is an answer.
        onSignedOut(() =>
            setState((old) => (old.kind === "in" ? {kind: "out", because: "ended"} : old)),
        );
        // A personal link that is opened where the pages are open already only changes the hash.
        const again = () => {
            if (tokenIn(location.hash) !== null) {
                ask();
            }
        };
        window.addEventListener("hashchange", again);
        return () => window.removeEventListener("hashchange", again);
    }, []);
    useEffect(() => props.changed(session), [state]);
    switch (state.kind) {
        case "asking":
            return (
                <main class="page" id="content">
                    <Skeleton lines={6} />
                </main>
            );
        case "failed":
            return (
                <main class="page" id="content">
                    <h1>{t("unreachable")}</h1>
                    <Problem problem={state.problem} again={ask} />
                </main>
            );
        case "out":
            return <SignIn state={state} entered={(me) => setState({kind: "in", me})} />;
        case "in":
            return (
                <SessionContext.Provider value={session}>{props.children}</SessionContext.Provider>
            );
    }
}

export type {Session};
