import type {ComponentChildren} from "preact";
import {useEffect, useRef} from "preact/hooks";
import {t} from "../messages/messages";
import {Icon} from "./Icon";

/// A question that must be answered first. The browser's own dialog keeps the focus inside and
/// closes on Escape.
export function Dialog(props: {
    title: string;
    close: () => void;
    children: ComponentChildren;
}) {
    const element = useRef<HTMLDialogElement>(null);
    useEffect(() => {
        const before = document.activeElement;
        element.current?.showModal();
        return () => {
            // While it is open, nothing outside of it can take the focus.
            element.current?.close();
            if (before instanceof HTMLElement && before.isConnected) {
                before.focus();
            }
        };
    }, []);
    return (
        <dialog
            ref={element}
            aria-labelledby="dialog-title"
            onCancel={(event) => {
                event.preventDefault();
                props.close();
            }}
        >
            <div class="dialog-head">
                <h2 id="dialog-title">{props.title}</h2>
                <button type="button" class="plain" aria-label={t("close")} onClick={props.close}>
                    <Icon name="close" />
                </button>
            </div>
            {props.children}
        </dialog>
    );
}
