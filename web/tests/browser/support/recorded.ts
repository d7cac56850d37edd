import type {
    Case,
    Evidence,
    Finding,
    HistoryItem,
    Me,
    Permission,
    Task,
    TaskSummary,
    TraceStep,
} from "../../../source/api/types";

/// What a server would say of one firm's case, in two languages; the types are those of
/// api/openapi.yaml, so that a change there shows here first.

export type Say = (en: string, zh: string) => string;

export const ids = {
    case: "00000000case1",
    client: "0000000firm01",
    body: "0000000b0dy01",
    owner: "000000greta01",
    auditor: "0000000anna01",
    apply: "0000000task01",
    prepare: "0000000task02",
    review: "0000000task03",
    finding: "0000000find01",
};

export const owner: Me = {
    person: ids.owner,
    name: "Greta Brenner",
    email: "greta@brenner.example",
    organisation: {id: ids.client, name: "Brenner Feinwerk GmbH", kind: "client"},
    roles: ["applicant"],
    is_administrator: false,
    operates: false,
};

export const auditor: Me = {
    person: ids.auditor,
    name: "Anna Norwell",
    email: "anna@norwell.example",
    organisation: {id: ids.body, name: "Norwell Certification", kind: "body"},
    roles: ["lead-auditor"],
    is_administrator: false,
    operates: false,
};

const stations: [string, string, string, string, string][] = [
    ["application", "Application", "申请", "You say who you are and what the certificate shall cover.", "说明企业情况和认证范围。"],
    ["review", "Application review", "申请评审", "The certification body checks what it needs to know.", "认证机构核对所需信息。"],
    ["stage1", "Readiness audit", "第一阶段审核", "The auditor looks whether you are ready.", "审核员了解准备情况。"],
    ["stage2", "Main audit", "第二阶段审核", "The auditor looks at your work itself.", "审核员查看实际工作。"],
    ["corrections", "Corrections", "整改", "You answer what the auditor found.", "针对审核发现进行整改。"],
    ["decision", "Decision", "认证决定", "Someone who did not audit decides.", "由未参加审核的人员作出决定。"],
    ["certificate", "Certificate", "证书", "It can be verified by anyone.", "任何人都可以查验。"],
    ["surveillance", "Yearly check", "年度监督", "Once a year the auditor comes again.", "审核员每年回访一次。"],
];

export function milestones(say: Say, current: number): Case["milestones"] {
    return stations.map(([id, en, zh, helpEn, helpZh], index) => ({
        id,
        title: say(en, zh),
        help: say(helpEn, helpZh),
        state: index < current ? "done" : index === current ? "current" : "ahead",
    }));
}

const day = 24 * 60 * 60 * 1000;

export function instant(days: number): string {
    return new Date(Date.now() + days * day).toISOString();
}

export function date(days: number): string {
    return instant(days).slice(0, 10);
}

function summary(say: Say, id: string, texts: [string, string, string]): TaskSummary {
    return {
        id,
        case: {id: ids.case, title: say("ISO 9001 for Brenner Feinwerk", "布伦纳精工 ISO 9001 认证")},
        task: texts[2],
        title: say(texts[0], texts[1]),
        role: "applicant",
        role_title: say("Applicant", "申请人"),
        organisation: owner.organisation,
        status: "open",
        optional: false,
        opened_at: instant(-2),
        due: instant(12),
        overdue: false,
        is_mine: true,
        closed_at: null,
        outcome: null,
        outcome_title: null,
        closed_by: null,
    };
}

export function applyTask(say: Say, missing: string[]): Task {
    const field = {required: true, pattern: null, pattern_message: "", min: null, max: null, help: "", choices: []};
    return {
        ...summary(say, ids.apply, ["Apply for certification", "提交认证申请", "apply"]),
        help: say(
            "Tell Norwell who you are and what the certificate shall cover. It takes about ten minutes.",
            "告诉认证机构企业的基本情况和认证范围，大约需要十分钟。",
        ),
        form: {
            id: "application",
            title: say("Application", "申请表"),
            help: say("You can change all of this until the audit is planned.", "在审核计划确定之前都可以修改。"),
            fields: [
                {...field, id: "scope", type: "long_text", min: "10", max: "500", label: say("What shall the certificate cover?", "认证范围是什么？"), help: say("Products, activities, addresses. This text is printed on the certificate.", "产品、活动和地址，将印在证书上。")},
                {...field, id: "personnel", type: "integer", min: "1", max: "250", label: say("How many people work in it?", "涉及多少人员？")},
                {...field, id: "tax", type: "text", pattern: "[A-Z]{2}[0-9]{9}", pattern_message: say("Two letters and nine digits, such as DE123456789.", "两个字母加九位数字，例如 DE123456789。"), label: say("Tax number", "税号")},
                {...field, id: "country", type: "country", label: say("Country", "国家或地区")},
                {...field, id: "shifts", type: "choice", label: say("How do you work?", "工作班次"), choices: [
                    {value: "one", label: say("In one shift", "单班")},
                    {value: "more", label: say("In several shifts", "多班")},
                ]},
                {...field, id: "turnover", required: false, type: "money", label: say("Yearly turnover", "年营业额")},
                {...field, id: "start", required: false, type: "date", min: "2026-01-01", label: say("Earliest audit date", "最早审核日期")},
                {...field, id: "consent", type: "boolean", label: say("May the auditor take photographs?", "审核员可以拍照吗？")},
            ],
        },
        outcomes: [
            {
                id: "submit",
                title: say("Send the application", "提交申请"),
                needs: [],
                decision: null,
                gates: [
                    {
                        id: "answered",
                        kind: "answers",
                        message: say("Answer the requirements on leadership first.", "请先回答有关领导作用的要求。"),
                        state: missing.length === 0 ? "met" : "unmet",
                        missing,
                    },
                ],
            },
            {id: "withdraw", title: say("Withdraw", "撤回申请"), needs: [], decision: null, gates: []},
        ],
        allows: ["add_evidence", "answer_requirements"],
        values: null,
        escalations: [],
    };
}

export function applied(say: Say, values: Task["values"]): Task {
    return {
        ...applyTask(say, []),
        status: "done",
        is_mine: false,
        closed_at: instant(0),
        outcome: "submit",
        outcome_title: say("Send the application", "提交申请"),
        closed_by: {id: ids.owner, name: owner.name},
        values,
    };
}

export function reviewTask(say: Say): TaskSummary {
    return {
        ...summary(say, ids.review, ["Review the application", "评审申请", "review"]),
        role: "reviewer",
        role_title: say("Application reviewer", "申请评审员"),
        organisation: auditor.organisation,
        due: instant(5),
        is_mine: false,
    };
}

export const clientAllows: Permission[] = ["add_evidence", "answer_requirements", "respond_to_findings"];
export const auditorAllows: Permission[] = ["assess_requirements", "raise_findings", "judge_findings"];

export function firstFinding(say: Say): Finding {
    return {
        id: ids.finding,
        number: 1,
        grade: "minor",
        status: "open",
        requirement: "7.1.5.2",
        requirement_title: say("Measuring equipment you can trust", "可信赖的测量设备"),
        statement: say(
            "Two of nine outside micrometers in use were past their calibration date.",
            "在用的九把外径千分尺中有两把已超过校准日期。",
        ),
        objective_evidence: say("MM-013 and MM-021, hall 2, seen with the shift leader.", "二号车间 MM-013、MM-021，与班组长共同确认。"),
        site: "Tuttlingen",
        raised_by: {id: ids.auditor, name: auditor.name},
        raised_at: instant(-3),
        due: date(27),
        overdue: false,
        responses: 0,
        correction: "",
        cause: "",
        corrective_action: "",
        judgement_note: "",
        verification_method: null,
        verified_by: null,
        verified_at: null,
    };
}

export function paper(number: number, name: string, title: string, requirements: string[], validUntil: string | null): Evidence {
    const id = `0000000evid${String(number).padStart(2, "0")}`;
    return {
        id,
        revision: 1,
        status: "current",
        title,
        name,
        media_type: "application/pdf",
        size_bytes: 48_000 + 137_000 * number,
        digest: `${"3fa9c1d0b7".repeat(6)}${String(1000 + number)}`,
        origin: "upload",
        origin_modified_at: null,
        added_at: instant(-number),
        added_by: {id: ids.owner, name: owner.name},
        owner: null,
        valid_from: null,
        valid_until: validUntil,
        requirements,
        content: `/api/v1/cases/${ids.case}/evidence/${id}/content`,
    };
}

export function historyItem(
    say: Say,
    sequence: number,
    kind: string,
    values: HistoryItem["values"],
    me: Me | null,
): HistoryItem {
    return {
        sequence,
        at: instant(-(10 - sequence) / 3),
        kind,
        text: `What the server says of ${kind}`,
        values,
        actor: {
            person: me === null ? null : {id: me.person, name: me.name},
            organisation: me?.organisation ?? null,
            role: me?.roles[0] ?? "",
            role_title: me === null ? "" : say("Applicant", "申请人"),
        },
        data: {},
        hash: "9b2e".repeat(16),
    };
}

/// A step of the case's trace; the first of its records says what was done.
export function traceStep(records: [HistoryItem, ...HistoryItem[]], more: Partial<TraceStep> = {}): TraceStep {
    const [first] = records;
    return {
        sequence: first.sequence,
        last: records[records.length - 1]?.sequence ?? first.sequence,
        at: first.at,
        kind: first.kind,
        actor: first.actor,
        before: [],
        after: [],
        caused_by: null,
        led_to: [],
        records,
        ...more,
    };
}
