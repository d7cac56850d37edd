import type {ComponentChildren, JSX} from "preact";
import {useMemo} from "preact/hooks";
import {fieldProblemText, type FieldProblem} from "../../api/problem";
import type {Field, FormValue, FormValues} from "../../api/types";
import {t} from "../../messages/messages";
import {showDate, showMoney} from "../../messages/numbers";
import {countries} from "./countries";

export interface Option {
    value: string;
    label: string;
}

interface ControlProps {
    field: Field;
    id: string;
    value: FormValue | undefined;
    change: (value: FormValue) => void;
    invalid: boolean;
    describedBy: string | undefined;
    requirements: readonly Option[];
}

const currencies = ["EUR", "USD", "CNY", "JPY", "GBP", "CHF", "KRW", "INR", "BRL", "MXN"];

function shared({id, invalid, describedBy, field}: ControlProps) {
    return {
        id,
        name: field.id,
        "aria-invalid": invalid,
        "aria-describedby": describedBy,
        "aria-required": field.required,
    };
}

function textOf(value: FormValue | undefined): string {
    return value === undefined || value === null ? "" : String(value);
}

function TextControl(props: ControlProps) {
    const {field, value, change} = props;
    const modes: Partial<Record<Field["type"], JSX.HTMLAttributes["inputMode"]>> = {
        decimal: "decimal",
        email: "email",
    };
    return (
        <input
            {...shared(props)}
            type={field.type === "email" ? "email" : "text"}
            inputMode={modes[field.type]}
            value={textOf(value)}
            autocomplete={field.type === "email" ? "email" : "off"}
            onInput={(event) => {
                const text = event.currentTarget.value;
                change(field.type === "decimal" ? text.replace(",", ".") : text);
            }}
        />
    );
}

function LongTextControl(props: ControlProps) {
    return (
        <textarea
            {...shared(props)}
            rows={4}
            value={textOf(props.value)}
            onInput={(event) => props.change(event.currentTarget.value)}
        />
    );
}

function IntegerControl(props: ControlProps) {
    const {value, change} = props;
    return (
        <input
            {...shared(props)}
            class="short"
            type="text"
            inputMode="numeric"
            autocomplete="off"
            value={textOf(value)}
            onInput={(event) => {
                const text = event.currentTarget.value.trim();
                change(/^-?\d+$/.test(text) ? Number(text) : text);
            }}
        />
    );
}

function MoneyControl(props: ControlProps) {
    const {value, change, id} = props;
    const [amount = "", currency = currencies[0] as string] = textOf(value).split(" ");
    const put = (nextAmount: string, nextCurrency: string) =>
        change(nextAmount.trim() === "" ? "" : `${nextAmount.trim()} ${nextCurrency}`);
    return (
        <span class="money">
            <input
                {...shared(props)}
                type="text"
                inputMode="decimal"
                autocomplete="off"
                value={amount}
                onInput={(event) => put(event.currentTarget.value.replace(",", "."), currency)}
            />
            <select
                id={`${id}-currency`}
                aria-label={t("form.currency")}
                value={currency}
                onChange={(event) => put(amount, event.currentTarget.value)}
            >
                {currencies.map((one) => (
                    <option value={one}>{one}</option>
                ))}
            </select>
        </span>
    );
}

function DateControl(props: ControlProps) {
    return (
        <input
            {...shared(props)}
            class="short"
            type="date"
            value={textOf(props.value)}
            onInput={(event) => props.change(event.currentTarget.value)}
        />
    );
}

function SelectControl(props: ControlProps & {options: readonly Option[]}) {
    return (
        <select
            {...shared(props)}
            value={textOf(props.value)}
            onChange={(event) => props.change(event.currentTarget.value)}
        >
            <option value="">{t("form.choose")}</option>
            {props.options.map((option) => (
                <option value={option.value}>{option.label}</option>
            ))}
        </select>
    );
}

function CountryControl(props: ControlProps) {
    const options = useMemo(() => countries(), []);
    return <SelectControl {...props} options={options} />;
}

/// Radio buttons or boxes, one under the other, each with a target that a thumb can hit.
function ChoiceControl(props: ControlProps & {several: boolean}) {
    const {field, id, value, change, several} = props;
    const chosen = several ? ((value as string[] | undefined) ?? []) : [textOf(value)];
    const toggle = (one: string) => {
        if (!several) {
            change(one);
        } else {
            const next = chosen.includes(one)
                ? chosen.filter((other) => other !== one)
                : field.choices.map((c) => c.value).filter((v) => v === one || chosen.includes(v));
            change(next);
        }
    };
    return (
        <div class="choices">
            {field.choices.map((choice, index) => (
                <label class="choice">
                    <input
                        id={index === 0 ? id : `${id}-${index}`}
                        type={several ? "checkbox" : "radio"}
                        name={id}
                        value={choice.value}
                        checked={chosen.includes(choice.value)}
                        aria-describedby={props.describedBy}
                        onChange={() => toggle(choice.value)}
                    />
                    <span>{choice.label}</span>
                </label>
            ))}
        </div>
    );
}

function BooleanControl(props: ControlProps) {
    const {id, value, change, field} = props;
    const options = [
        {value: true, label: t("form.yes")},
        {value: false, label: t("form.no")},
    ];
    return (
        <div class="choices in-line">
            {options.map((option, index) => (
                <label class="choice">
                    <input
                        id={index === 0 ? id : `${id}-${index}`}
                        type="radio"
                        name={`${id}-${field.id}`}
                        checked={value === option.value}
                        aria-describedby={props.describedBy}
                        onChange={() => change(option.value)}
                    />
                    <span>{option.label}</span>
                </label>
            ))}
        </div>
    );
}

function Control(props: ControlProps) {
    const {field} = props;
    switch (field.type) {
        case "long_text":
            return <LongTextControl {...props} />;
        case "integer":
            return <IntegerControl {...props} />;
        case "money":
            return <MoneyControl {...props} />;
        case "date":
            return <DateControl {...props} />;
        case "boolean":
            return <BooleanControl {...props} />;
        case "choice":
            return field.choices.length > 7 ? (
                <SelectControl {...props} options={field.choices} />
            ) : (
                <ChoiceControl {...props} several={false} />
            );
        case "choices":
            return <ChoiceControl {...props} several={true} />;
        case "country":
            return <CountryControl {...props} />;
        case "requirement":
            return <SelectControl {...props} options={props.requirements} />;
        case "text":
        case "decimal":
        case "region":
        case "email":
            return <TextControl {...props} />;
    }
}

function isGroup(field: Field): boolean {
    return (
        field.type === "boolean" ||
        field.type === "choices" ||
        (field.type === "choice" && field.choices.length <= 7)
    );
}

/// What min and max bound depends on the type, and so do the words for it.
function boundText(field: Field, code: "field_too_small" | "field_too_large"): string {
    const small = code === "field_too_small";
    const bound = (small ? field.min : field.max) ?? "";
    switch (field.type) {
        case "date":
            return t(small ? "form.earliest" : "form.latest", {bound: showDate(bound)});
        case "money":
            return t(small ? "form.least" : "form.most", {bound: showMoney(bound)});
        case "integer":
        case "decimal":
            return t(small ? "form.least" : "form.most", {bound});
        case "choices":
            return t(small ? "form.fewer" : "form.more", {count: Number(bound)});
        default:
            return t(small ? "form.shorter" : "form.longer", {count: Number(bound)});
    }
}

/// What a person reads of a problem: for a pattern the form's own words, else ours.
function shownProblem(field: Field, problem: FieldProblem): string {
    if (problem.code === "field_pattern" && field.pattern_message !== "") {
        return field.pattern_message;
    }
    if (problem.code === "field_too_small" || problem.code === "field_too_large") {
        return boundText(field, problem.code);
    }
    return fieldProblemText(problem);
}

interface FieldRowProps extends Omit<ControlProps, "invalid" | "describedBy"> {
    needed: boolean;
    neededFor: string;
    problem: FieldProblem | undefined;
}

function FieldRow(props: FieldRowProps) {
    const {field, id, needed, problem} = props;
    const described = [
        field.help === "" ? "" : `${id}-help`,
        problem === undefined ? "" : `${id}-problem`,
    ].filter((one) => one !== "");
    const label = (
        <>
            {field.label}
            {needed ? null : (
                <span class="optional">
                    {props.neededFor === ""
                        ? t("form.optional")
                        : t("form.neededfor", {outcome: props.neededFor})}
                </span>
            )}
        </>
    );
    const inside: ComponentChildren = (
        <>
            {field.help === "" ? null : (
                <p class="help" id={`${id}-help`}>
                    {field.help}
                </p>
            )}
            <Control
                {...props}
                invalid={problem !== undefined}
                describedBy={described.length === 0 ? undefined : described.join(" ")}
            />
            {problem === undefined ? null : (
                <p class="field-problem" id={`${id}-problem`}>
                    {shownProblem(field, problem)}
                </p>
            )}
        </>
    );
    const kind = `field ${problem === undefined ? "" : "has-problem"}`;
    return isGroup(field) ? (
        <fieldset class={kind}>
            <legend>{label}</legend>
            {inside}
        </fieldset>
    ) : (
        <div class={kind}>
            <label for={id}>{label}</label>
            {inside}
        </div>
    );
}

export interface FieldsProps {
    prefix: string;
    fields: readonly Field[];
    values: FormValues;
    /// Fields that are needed beside the required ones.
    needs?: readonly string[];
    /// Fields that some ways to end the task need, with the names of those ways.
    neededFor?: ReadonlyMap<string, string>;
    problems: readonly FieldProblem[];
    requirements?: readonly Option[];
    change: (values: FormValues) => void;
}

/// The fields of a form, each with its label, help, control and, when it is wrong, the reason.
export function Fields(props: FieldsProps) {
    const {prefix, fields, values, needs = [], problems, requirements = [], change} = props;
    return (
        <>
            {fields.map((field) => (
                <FieldRow
                    key={field.id}
                    field={field}
                    id={`${prefix}-${field.id}`}
                    value={values[field.id]}
                    needed={field.required || needs.includes(field.id)}
                    neededFor={props.neededFor?.get(field.id) ?? ""}
                    problem={problems.find((one) => one.field === field.id)}
                    requirements={requirements}
                    change={(value) => change({...values, [field.id]: value})}
                />
            ))}
        </>
    );
}

/// Names every field that is wrong, with a link to it. It is an alert: a screen reader says it when
/// it appears.
export function ProblemSummary(props: {
    prefix: string;
    fields: readonly Field[];
    problems: readonly FieldProblem[];
}) {
    const {prefix, fields, problems} = props;
    if (problems.length === 0) {
        return null;
    }
    return (
        <div class="problem-summary" role="alert" tabIndex={-1}>
            <p>{t("form.problems", {count: problems.length})}</p>
            <ul>
                {problems.map((problem) => {
                    const field = fields.find((one) => one.id === problem.field);
                    const id = `${prefix}-${problem.field}`;
                    return (
                        <li>
                            <a
                                href={`#${id}`}
                                onClick={(event) => {
                                    event.preventDefault();
                                    document.getElementById(id)?.focus();
                                }}
                            >
                                {field?.label ?? problem.field}
                            </a>
                            {": "}
                            {field === undefined
                                ? fieldProblemText(problem)
                                : shownProblem(field, problem)}
                        </li>
                    );
                })}
            </ul>
        </div>
    );
}
