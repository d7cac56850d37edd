import {createServer, type IncomingMessage, type Server, type ServerResponse} from "node:http";
import {readFile} from "node:fs/promises";
import type {AddressInfo} from "node:net";
import path from "node:path";
import type {Case, Evidence, Finding, Me, RequirementList, Task, TraceStep} from "../../../source/api/types";
import {readCatalogue, shownRequirements, type RequirementState} from "./catalogue";
import {
    applied,
    applyTask,
    auditor,
    auditorAllows,
    clientAllows,
    date,
    firstFinding,
    historyItem,
    ids,
    instant,
    milestones,
    owner,
    paper,
    reviewTask,
    traceStep,
    type Say,
} from "./recorded";

/// A server that answers as Guildmark's does for one recorded case, with the policy for pages that
/// Guildmark's sends. It keeps what it is told, so that a story can be played.

const pagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const types: Record<string, string> = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
};

interface Request {
    method: string;
    path: string;
    query: URLSearchParams;
    me: Me;
    say: Say;
    language: string;
    bytes: Buffer;
    /// The body; an empty object when it is not JSON.
    body: Record<string, any>;
}

interface Reply {
    status: number;
    body?: unknown;
}

function refuse(status: number, code: string, detail: string, subject = ""): Reply {
    return {status, body: {type: `/errors/${code}`, title: code, status, code, detail, subject, problems: [], values: {}}};
}

export class MockServer {
    url = "";
    /// Makes the next write fail as if the line broke.
    breakNextWrite = false;
    /// Lets streams wait until they are opened.
    holdStreams = false;
    /// Every Idempotency-Key that came, in order.
    keys: string[] = [];
    private server: Server | undefined;
    private streams: ServerResponse[] = [];
    private held: (() => void)[] = [];
    private catalogue = readCatalogue();
    private states = new Map<string, RequirementState>();
    private evidence: Evidence[] = [
        paper(1, "Geltungsbereich.pdf", "Scope statement", ["4.3"], null),
        paper(2, "Qualitätspolitik 2026 (unterschrieben).pdf", "Quality policy 2026, signed", ["5.2.1", "5.2.2"], null),
        paper(3, "2025-11 MM-013.pdf", "Calibration certificate MM-013", ["7.1.5.2"], date(5)),
        paper(4, "Organigramm.png", "Organigramm.png", [], null),
    ];
    private response: Partial<Finding> = {};
    private submitted = false;
    private application: Task["values"] = null;
    private sequence = 9;
    private known = true;

    constructor(private readonly dist: string) {
        for (const number of ["4.1", "4.2", "4.3", "5.2.1", "7.1.5.1", "8.1"]) {
            this.states.set(number, this.stateOf("in_place", number === "4.3" ? "conforming" : "none"));
        }
        this.states.set("6.1.1", this.stateOf("partly", "none"));
    }

    async start(): Promise<void> {
        this.server = createServer((request, response) => void this.answer(request, response));
        await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
        this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    async stop(): Promise<void> {
        this.streams.forEach((stream) => stream.end());
        this.server?.closeAllConnections();
        await new Promise((resolve) => this.server?.close(resolve));
    }

    /// Forgets everyone who is signed in.
    endSessions(): void {
        this.known = false;
    }

    /// Another person answers a requirement.
    answerElsewhere(number: string): void {
        this.states.set(number, this.stateOf("in_place", "none"));
        this.record("requirement_answered");
    }

    openStreams(): void {
        this.holdStreams = false;
        this.held.splice(0).forEach((open) => open());
    }

    private stateOf(
        answer: RequirementState["answer"]["value"],
        verdict: RequirementState["verdict"]["value"],
    ): RequirementState {
        return {
            answer: {value: answer, note: "", owner: null, due: null},
            verdict: {value: verdict, note: "", assessed_by: null, assessed_at: verdict === "none" ? null : instant(-1)},
        };
    }

    private state(number: string): RequirementState {
        return this.states.get(number) ?? this.stateOf("none", "none");
    }

    /// A kind that pages do not know makes them fetch everything anew.
    private record(kind: string): void {
        this.sequence += 1;
        const notice = {case: ids.case, sequence: this.sequence, kind, at: instant(0)};
        for (const stream of this.streams) {
            stream.write(`id: ${this.sequence}\nevent: record\ndata: ${JSON.stringify(notice)}\n\n`);
        }
    }

    private async answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
        const url = new URL(incoming.url ?? "/", this.url);
        if (!url.pathname.startsWith("/api/")) {
            return this.page(url.pathname, outgoing);
        }
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) {
            chunks.push(chunk as Buffer);
        }
        if (this.breakNextWrite && incoming.method !== "GET") {
            this.breakNextWrite = false;
            this.keys.push(String(incoming.headers["idempotency-key"]));
            outgoing.destroy();
            return;
        }
        if (incoming.headers["idempotency-key"] !== undefined) {
            this.keys.push(String(incoming.headers["idempotency-key"]));
        }
        const bytes = Buffer.concat(chunks);
        const json = incoming.headers["content-type"] === "application/json";
        const language = url.searchParams.get("language") ?? "en";
        const cookie = /guildmark_session=(\w+)/.exec(incoming.headers.cookie ?? "")?.[1];
        const path = url.pathname.replace("/api/v1", "");
        if (path === "/session") {
            return this.session(incoming.method ?? "", bytes, outgoing);
        }
        if (cookie === undefined || !this.known) {
            return this.send(outgoing, refuse(401, "token_missing", "Sign in first."));
        }
        if (path === `/cases/${ids.case}/events`) {
            return this.follow(outgoing);
        }
        const request: Request = {
            method: incoming.method ?? "GET",
            path: decodeURIComponent(path),
            query: url.searchParams,
            me: cookie === "auditor" ? auditor : owner,
            language,
            say: (en, zh) => (language === "zh" ? zh : en),
            bytes,
            body: json ? JSON.parse(bytes.toString()) : {},
        };
        if (path.endsWith("/report")) {
            outgoing.writeHead(200, {
                "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "Content-Disposition": `attachment; filename="report-${language}.xlsx"`,
            });
            outgoing.end("PK");
            return;
        }
        this.send(outgoing, request.method === "GET" ? this.read(request) : this.write(request));
    }

    private async page(name: string, outgoing: ServerResponse): Promise<void> {
        const file = path.extname(name) === "" ? "/index.html" : name;
        try {
            const bytes = await readFile(path.join(this.dist, path.normalize(file)));
            outgoing.writeHead(200, {
                "Content-Type": types[path.extname(file)] ?? "application/octet-stream",
                "Content-Security-Policy": pagePolicy,
                "X-Content-Type-Options": "nosniff",
            });
            outgoing.end(bytes);
        } catch {
            outgoing.writeHead(404).end();
        }
    }

    private send(outgoing: ServerResponse, reply: Reply): void {
        outgoing.writeHead(reply.status, {
            "Content-Type": reply.status < 400 ? "application/json" : "application/problem+json",
        });
        outgoing.end(reply.body === undefined ? "" : JSON.stringify(reply.body));
    }

    private session(method: string, bytes: Buffer, outgoing: ServerResponse): void {
        if (method === "DELETE") {
            outgoing.setHeader("Set-Cookie", "guildmark_session=; Max-Age=0; Path=/");
            outgoing.writeHead(204).end();
            return;
        }
        const {token} = JSON.parse(bytes.toString()) as {token: string};
        if (token !== "gm_owner" && token !== "gm_auditor") {
            return this.send(outgoing, refuse(401, "token_unknown", "The token is not valid."));
        }
        const who = token.slice(3);
        outgoing.setHeader("Set-Cookie", `guildmark_session=${who}; HttpOnly; SameSite=Strict; Path=/`);
        this.send(outgoing, {status: 200, body: who === "owner" ? owner : auditor});
    }

    private follow(outgoing: ServerResponse): void {
        if (this.holdStreams) {
            this.held.push(() => this.follow(outgoing));
            return;
        }
        outgoing.writeHead(200, {"Content-Type": "text/event-stream", "Cache-Control": "no-store"});
        outgoing.write(": open\n\n");
        this.streams.push(outgoing);
    }

    private findings(say: Say): Finding[] {
        return [{...firstFinding(say), ...this.response}];
    }

    private missing(): string[] {
        return ["5.1.1", "5.3"].filter((number) => this.state(number).answer.value === "none");
    }

    private requirements({language}: Request): RequirementList {
        return shownRequirements(
            this.catalogue,
            language,
            (number) => this.state(number),
            (number) =>
                this.evidence
                    .filter((one) => one.status === "current" && one.requirements.includes(number))
                    .map((one) => one.id),
            this.sequence,
        );
    }

    private oneCase(request: Request): Case {
        const {say, me} = request;
        const items = this.requirements(request).items.filter((one) => one.applicable);
        const mine = me === owner;
        const stations = milestones(say, this.submitted ? 1 : 0);
        const finding = this.findings(say);
        const apply = applyTask(say, this.missing());
        const waiting = {...reviewTask(say), is_mine: false};
        return {
            id: ids.case,
            title: apply.case.title,
            workflow: {id: "iso-9001", version: "0".repeat(64), title: say("Management system certification", "管理体系认证")},
            standard: this.requirements(request).standard,
            parties: [
                {party: "client", title: say("Client", "客户"), organisation: owner.organisation, is_mine: mine},
                {party: "body", title: say("Certification body", "认证机构"), organisation: auditor.organisation, is_mine: !mine},
            ],
            opened_at: instant(-12),
            changed_at: instant(0),
            sequence: this.sequence,
            finished: false,
            paused: null,
            milestone: stations[this.submitted ? 1 : 0] ?? null,
            milestones_done: this.submitted ? 1 : 0,
            milestones_total: stations.length,
            open_tasks: 1,
            next_due: instant(12),
            counts: {
                applicable: items.length,
                answered: items.filter((one) => one.answer.value !== "none").length,
                covered: items.filter((one) => one.evidence.length > 0).length,
                conforming: items.filter((one) => one.verdict.value === "conforming").length,
            },
            majors_open: 0,
            minors_open: finding.length,
            incidents_open: 0,
            states: [],
            milestones: stations,
            next_action:
                mine && !this.submitted
                    ? {kind: "task", task: apply, waiting_for: []}
                    : {kind: "waiting", task: null, waiting_for: this.submitted ? [waiting] : [apply]},
            deadlines: [
                {kind: "evidence", id: this.evidence[2]?.id ?? "", title: "Calibration certificate MM-013", due: instant(5), overdue: false, is_mine: mine},
                {kind: "task", id: apply.id, title: apply.title, due: instant(12), overdue: false, is_mine: mine},
                {kind: "finding", id: ids.finding, title: `F1 ${finding[0]?.requirement_title}`, due: instant(27), overdue: false, is_mine: mine},
            ],
            findings_open: finding.filter((one) => one.status !== "verified"),
            charges: [
                {id: "000000charge1", charge: "application", title: say("Application fee", "申请费"), payer: owner.organisation, amount: "450.00 EUR", charged_at: instant(-10), is_mine: mine},
                {id: "000000charge2", charge: "audit", title: say("Readiness audit, one day", "第一阶段审核（一天）"), payer: owner.organisation, amount: "1200.00 EUR", charged_at: instant(-1), is_mine: mine},
            ],
            charges_total: ["1650.00 EUR"],
            charges_mine: mine ? ["1650.00 EUR"] : [],
            decisions: [],
            certificates: [],
            my_roles: [{id: "applicant", title: say("Applicant", "申请人")}],
            allowed: mine ? clientAllows : auditorAllows,
        };
    }

    private trace(say: Say): TraceStep[] {
        const application = [{id: "application", title: say("Application", "申请")}];
        const answered = (sequence: number, requirement: string) =>
            traceStep([historyItem(say, sequence, "requirement_answered", {requirement, answer: "in_place"}, owner)], {at: instant(-1), before: application, after: application});
        return [
            traceStep(
                [
                    historyItem(say, 1, "case_opened", {title: "Brenner Feinwerk: ISO 9001"}, null),
                    historyItem(say, 2, "chart_advanced", {states: [say("Application", "申请")]}, null),
                    historyItem(say, 3, "task_opened", {task: say("Apply for certification", "提交认证申请")}, null),
                ],
                {after: application},
            ),
            traceStep([historyItem(say, 4, "evidence_added", {title: "Scope statement"}, owner)], {before: application, after: application}),
            answered(5, "4.1"),
            answered(6, "4.2"),
            answered(7, "4.3"),
            traceStep([historyItem(say, 9, "finding_raised", {number: 1, grade: "minor", requirement: "7.1.5.2"}, auditor)], {before: application, after: application}),
        ];
    }

    private read(request: Request): Reply {
        const {path: where, say, me} = request;
        const prefix = `/cases/${ids.case}`;
        const inCase = where.startsWith(prefix) ? where.slice(prefix.length) : undefined;
        const apply = {...applyTask(say, this.missing()), is_mine: me === owner};
        const open = this.submitted ? [applied(say, this.application), reviewTask(say)] : [apply];
        const page = (items: unknown[]) => ({status: 200, body: {items, next: null, total: items.length}});
        if (inCase === "/tasks") {
            return page(open);
        }
        switch (inCase ?? where) {
            case "/me":
                return {status: 200, body: me};
            case "/cases":
                return page([this.oneCase(request)]);
            case "/tasks":
                return page(open.filter((task) => task.is_mine));
            case `/tasks/${ids.apply}`:
                return {status: 200, body: this.submitted ? applied(say, this.application) : apply};
            case "":
                return {status: 200, body: this.oneCase(request)};
            case "/requirements":
                return {status: 200, body: this.requirements(request)};
            case "/evidence":
                return page(this.evidence);
            case "/findings":
                return {status: 200, body: {sequence: this.sequence, items: this.findings(say)}};
            case "/trace":
                return page(this.trace(say).filter((step) => step.sequence > Number(request.query.get("after") ?? 0)));
            default:
                return refuse(404, "case_not_found", say("There is no such case.", "没有这个案卷。"));
        }
    }

    private write(request: Request): Reply {
        const {path: where, method, body} = request;
        const answer = /\/requirements\/([^/]+)\/answer$/.exec(where);
        const match = /\/evidence\/([^/]+)\/requirements$/.exec(where);
        if (answer !== null) {
            const state = this.state(answer[1] as string);
            this.states.set(answer[1] as string, {
                ...state,
                answer: {value: body["value"], note: body["note"] ?? "", owner: null, due: body["due"] ?? null},
            });
        } else if (match !== null) {
            this.evidence = this.evidence.map((one) =>
                one.id === match[1] ? {...one, requirements: body["requirements"]} : one,
            );
        } else if (method === "POST" && where.endsWith("/evidence")) {
            const numbers = (request.query.get("requirements") ?? "").split(",").filter((one) => one !== "");
            const name = request.query.get("name") ?? "";
            const revised = this.evidence.find((one) => one.id === request.query.get("revises"));
            if (revised !== undefined) {
                this.evidence = this.evidence.map((one) =>
                    one === revised ? {...one, status: "superseded"} : one,
                );
            }
            this.evidence = [
                {...paper(this.evidence.length + 1, name, name, numbers, null), size_bytes: request.bytes.length,
                    revision: (revised?.revision ?? 0) + 1, valid_until: request.query.get("valid-until")},
                ...this.evidence,
            ];
        } else if (where.endsWith("/responses")) {
            this.response = {...(body as Partial<Finding>), status: "responded", responses: 1};
        } else if (where.endsWith("/judgements")) {
            this.response = {...this.response, status: body["judgement"], judgement_note: body["note"] ?? ""};
        } else if (where.endsWith("/completion")) {
            if (body["outcome"] === "submit" && this.missing().length > 0) {
                return refuse(409, "gate_not_met", "Answer the requirements on leadership first. (2 missing: 5.1.1, 5.3)", "answered");
            }
            this.submitted = true;
            this.application = body["values"];
        } else {
            return refuse(404, "path_unknown", "There is nothing.");
        }
        this.record(answer === null ? "recorded" : "requirement_answered");
        return {
            status: method === "POST" ? 201 : 200,
            body: {stream: ids.case, sequence: this.sequence, position: this.sequence, created: null, repeated: false},
        };
    }
}
