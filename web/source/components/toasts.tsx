import {useEffect, useState} from "preact/hooks";
import {t} from "../messages/messages";
import {Icon} from "./Icon";

interface Toast {
    number: number;
    text: string;
}

const shownMs = 7_000;

let toasts: Toast[] = [];
let count = 0;
let listener: (() => void) | undefined;

function set(next: Toast[]) {
    toasts = next;
    listener?.();
}

/// Says for a few seconds, to eyes and screen readers, that something was done.
export function say(text: string): void {
    count += 1;
    const toast = {number: count, text};
    set([...toasts.slice(-2), toast]);
    setTimeout(() => set(toasts.filter((one) => one !== toast)), shownMs);
}

export function Toasts() {
    const [, update] = useState(0);
    useEffect(() => {
        listener = () => update((old) => old + 1);
        return () => {
            listener = undefined;
        };
    }, []);
    return (
        <div class="toasts" role="status" aria-live="polite">
            {toasts.map((toast) => (
                <div class="toast" key={toast.number}>
                    <Icon name="check" />
                    <span>{toast.text}</span>
                    <button
                        type="button"
                        class="plain"
                        aria-label={t("close")}
                        onClick={() => set(toasts.filter((one) => one !== toast))}
                    >
                        <Icon name="close" size={16} />
                    </button>
                </div>
            ))}
        </div>
    );
}
