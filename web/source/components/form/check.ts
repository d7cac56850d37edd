import type {Field, FormValue, FormValues} from "../../api/types";
import type {FieldProblem} from "../../api/problem";

/// The same checks as the server's check_form, so that a person sees a mistake before sending. The
/// server's word counts: what only it can know (such as a requirement's number) is left to it.

export function isFilled(value: FormValue | undefined): boolean {
    if (value === undefined || value === null) {
        return false;
    }
    if (typeof value === "string") {
        return value.trim() !== "";
    }
    return !Array.isArray(value) || value.length > 0;
}

const shapes: Partial<Record<Field["type"], RegExp>> = {
    decimal: /^-?\d{1,15}(\.\d{1,9})?$/,
    money: /^-?\d{1,15}(\.\d{1,4})? [A-Z]{3}$/,
    date: /^\d{4}-\d{2}-\d{2}$/,
    country: /^[A-Z]{2}$/,
    region: /^[A-Z]{2}(-?[A-Z0-9]{1,4})?$/,
    email: /^[^@\s]+@[^@\s]+$/,
};

function hasType(field: Field, value: FormValue): boolean {
    switch (field.type) {
        case "integer":
            return typeof value === "number" && Number.isSafeInteger(value);
        case "boolean":
            return typeof value === "boolean";
        case "choices":
            return Array.isArray(value);
        case "date":
            return (
                typeof value === "string" &&
                shapes.date?.test(value) === true &&
                !Number.isNaN(Date.parse(value))
            );
        default:
            return typeof value === "string" && (shapes[field.type]?.test(value) ?? true);
    }
}

function isChosenFrom(field: Field, value: FormValue): boolean {
    const known = field.choices.map((choice) => choice.value);
    if (field.type === "choice") {
        return typeof value === "string" && known.includes(value);
    }
    return field.type !== "choices" || (value as string[]).every((one) => known.includes(one));
}

/// What `min` and `max` bound: the number, amount or day itself, else a length or a count.
function measure(field: Field, value: FormValue): number {
    switch (field.type) {
        case "integer":
            return value as number;
        case "decimal":
            return Number(value);
        case "money":
            return Number.parseFloat(value as string);
        case "date":
            return Date.parse(value as string);
        case "choices":
            return (value as string[]).length;
        default:
            return [...String(value)].length;
    }
}

function bound(field: Field, text: string): number {
    if (field.type === "date") {
        return Date.parse(text);
    }
    return Number.parseFloat(text);
}

function fits(field: Field, value: FormValue): boolean {
    if (!field.pattern || (field.type !== "text" && field.type !== "long_text")) {
        return true;
    }
    try {
        return new RegExp(`^(?:${field.pattern})$`, "u").test(value as string);
    } catch {
        return true;
    }
}

/// The code of what is wrong with one field, or null.
export function checkField(
    field: Field,
    value: FormValue | undefined,
    needed: boolean,
): string | null {
    if (!isFilled(value)) {
        return needed ? "field_missing" : null;
    }
    const given = value as FormValue;
    if (!hasType(field, given)) {
        return "field_type";
    }
    if (!isChosenFrom(field, given)) {
        return "choice_unknown";
    }
    if (field.type !== "boolean" && field.type !== "choice") {
        const size = measure(field, given);
        if (field.min && size < bound(field, field.min)) {
            return "field_too_small";
        }
        if (field.max && size > bound(field, field.max)) {
            return "field_too_large";
        }
    }
    return fits(field, given) ? null : "field_pattern";
}

/// Every problem of `values`, in the order of the fields. `needs` are fields that the outcome needs
/// beside the required ones.
export function checkForm(
    fields: readonly Field[],
    values: FormValues,
    needs: readonly string[] = [],
): FieldProblem[] {
    const problems: FieldProblem[] = [];
    for (const field of fields) {
        const needed = field.required || needs.includes(field.id);
        const code = checkField(field, values[field.id], needed);
        if (code !== null) {
            problems.push({field: field.id, code, message: field.pattern_message});
        }
    }
    return problems;
}

/// What is sent: filled fields only, texts without blanks around them.
export function cleanValues(values: FormValues): FormValues {
    const clean: FormValues = {};
    for (const [id, value] of Object.entries(values)) {
        if (isFilled(value)) {
            clean[id] = typeof value === "string" ? value.trim() : value;
        }
    }
    return clean;
}
