import type {ComponentChildren} from "preact";
import {useEffect, useRef, useState} from "preact/hooks";
import type {CallProblem, FieldProblem} from "../../api/problem";
import type {Field, FormValues} from "../../api/types";
import {Problem} from "../../components/basics";
import {checkForm, cleanValues} from "../../components/form/check";
import {Fields, ProblemSummary} from "../../components/form/Fields";
import {requirementOptions, useCase, type Part} from "./context";
import {useWrite} from "./write";
import {t} from "../../messages/messages";

/// A field of a form that the pages themselves ask for, in the form of a workflow's fields.
export function field(
    id: string,
    type: Field["type"],
    required: boolean,
    label: string,
    help: string,
): Field {
    return {
        id,
        type,
        required,
        label,
        help,
        pattern: null,
        pattern_message: "",
        min: null,
        max: null,
        choices: [],
    };
}

/// What a refusal says of single fields; of one whose subject is a field, that field.
function fieldProblems(problem: CallProblem | undefined, fields: readonly Field[]): FieldProblem[] {
    if (problem === undefined || problem.problems.length > 0) {
        return problem?.problems ?? [];
    }
    const {subject, code, detail} = problem;
    return fields.some((one) => one.id === subject) ? [{field: subject, code, message: detail}] : [];
}

interface SmallFormProps {
    id: string;
    /// What of the case it changes.
    changes: readonly Part[];
    /// Those that it has, or those that it has when so much is filled in.
    fields: readonly Field[] | ((values: FormValues) => readonly Field[]);
    initial?: FormValues;
    /// Fields that must be filled given what is filled.
    needs?: (values: FormValues) => string[];
    /// What other fields hold after a change of one.
    follow?: (next: FormValues, before: FormValues) => FormValues;
    /// Said before it is sent, of what is filled in.
    note?: (values: FormValues) => ComponentChildren;
    submit: string;
    said: string;
    send: (values: FormValues, key: string) => Promise<unknown>;
    cancel: () => void;
    done: () => void;
}

/// A form with one way to end it: it opens with the focus on its first field, and its mistakes and
/// refusals are shown as those of a task are.
export function SmallForm(props: SmallFormProps) {
    const data = useCase();
    const write = useWrite(props.changes);
    const [values, setValues] = useState<FormValues>(props.initial ?? {});
    const [problems, setProblems] = useState<FieldProblem[]>([]);
    const form = useRef<HTMLFormElement>(null);
    const fields = typeof props.fields === "function" ? props.fields(values) : props.fields;
    const needs = props.needs?.(values) ?? [];

    useEffect(() => {
        form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    }, []);

    const submit = async (event: Event) => {
        event.preventDefault();
        const wrong = checkForm(fields, values, needs);
        setProblems(wrong);
        write.clear();
        if (wrong.length > 0) {
            document.getElementById(`${props.id}-${wrong[0]?.field ?? ""}`)?.focus();
            return;
        }
        const clean = cleanValues(values);
        if (await write.run(clean, (key) => props.send(clean, key), props.said)) {
            props.done();
        }
    };

    const refused = fieldProblems(write.problem, fields);
    const shown = problems.length > 0 ? problems : refused;
    return (
        <form ref={form} class="small-form" noValidate onSubmit={(event) => void submit(event)}>
            <ProblemSummary prefix={props.id} fields={fields} problems={shown} />
            <Fields
                prefix={props.id}
                fields={fields}
                values={values}
                needs={needs}
                problems={shown}
                requirements={requirementOptions(data)}
                change={(changed) => {
                    const next = props.follow?.(changed, values) ?? changed;
                    setValues(next);
                    if (problems.length > 0) {
                        setProblems(checkForm(fields, next, props.needs?.(next)));
                    }
                }}
            />
            {props.note?.(values)}
            {write.problem === undefined || refused.length > 0 ? null : (
                <Problem problem={write.problem} />
            )}
            <div class="buttons">
                <button type="submit" class="strong" disabled={write.pending}>
                    {props.submit}
                </button>
                <button type="button" onClick={props.cancel}>
                    {t("cancel")}
                </button>
            </div>
        </form>
    );
}
