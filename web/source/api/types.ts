import type {components} from "../../generated/schema";

/// What the server gives, by the names of api/openapi.yaml.
type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Case = Schemas["Case"];
export type CaseSummary = Schemas["CaseSummary"];
export type Certificate = Schemas["Certificate"];
export type Charge = Schemas["Charge"];
export type Counts = Schemas["Counts"];
export type Deadline = Schemas["Deadline"];
export type Decision = Schemas["Decision"];
export type Evidence = Schemas["Evidence"];
export type Field = Schemas["Field"];
export type Finding = Schemas["Finding"];
export type FindingList = Schemas["FindingList"];
export type Form = Schemas["Form"];
export type FormValues = Schemas["FormValues"];
export type FormValue = FormValues[string];
export type Gate = Schemas["Gate"];
export type HistoryItem = Schemas["HistoryItem"];
export type Milestone = Schemas["Milestone"];
export type Outcome = Schemas["Outcome"];
export type Permission = Schemas["Permission"];
export type Receipt = Schemas["Receipt"];
export type Requirement = Schemas["Requirement"];
export type RequirementList = Schemas["RequirementList"];
export type Section = Schemas["Section"];
export type Task = Schemas["Task"];
export type TaskSummary = Schemas["TaskSummary"];
export type AnswerValue = Schemas["AnswerValue"];
export type VerdictValue = Schemas["VerdictValue"];
