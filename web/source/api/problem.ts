import type {components} from "../../generated/schema";
import {t, textFor} from "../messages/messages";

type Problem = components["schemas"]["Problem"];

/// One field of what was sent that the server does not take.
export interface FieldProblem {
    field: string;
    code: string;
    message: string;
}

/// Why a call was not carried out. Codes of the server, and three of our own: `offline` (nothing was
/// reached), `unreadable` (an answer that is not the server's), `canceled` (the page moved on).
export class CallProblem extends Error {
    constructor(
        readonly code: string,
        readonly status: number,
        readonly detail: string,
        readonly subject = "",
        readonly problems: FieldProblem[] = [],
        /// The page that explains the code; empty when it is one of ours.
        readonly page = "",
        /// Named values, in the language that was asked for: what the gate says that refused.
        readonly values: Readonly<Record<string, string>> = {},
    ) {
        super(`${code}: ${detail}`);
    }
}

/// Reads what the server says of a refused call.
export async function readProblem(response: Response): Promise<CallProblem> {
    try {
        return problemFrom(response.status, (await response.json()) as Partial<Problem>);
    } catch {
        return new CallProblem("unreadable", response.status, "");
    }
}

export function problemFrom(status: number, body: Partial<Problem>): CallProblem {
    return new CallProblem(
        body.code ?? "unreadable",
        status,
        body.detail ?? "",
        body.subject ?? "",
        (body.problems ?? []).map((one) => ({...one, field: one.field.replace(/^values\./, "")})),
        body.type?.startsWith("/errors/") === true ? body.type : "",
        body.values ?? {},
    );
}

export function asProblem(error: unknown): CallProblem {
    if (error instanceof CallProblem) {
        return error;
    }
    if (error instanceof DOMException && error.name === "AbortError") {
        return new CallProblem("canceled", 0, "");
    }
    return new CallProblem("offline", 0, String(error));
}

/// What a person is told of a refusal: our own words for its code, else the server's sentence.
export function refusalText(code: string, otherwise: string): string {
    return textFor("problem", code, "") || otherwise || t("problem.unreadable");
}

export function problemText(problem: CallProblem): string {
    return refusalText(problem.code, problem.detail);
}

/// What is wrong with one field, in the person's language.
export function fieldProblemText(problem: FieldProblem): string {
    return textFor("field", problem.code, "") || refusalText(problem.code, problem.message);
}
