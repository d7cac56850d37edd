import {useRef, useState} from "preact/hooks";
import {t} from "../messages/messages";
import {Icon} from "./Icon";

/// A place to drop files on, or to choose them with the keyboard or a thumb.
export function FileDrop(props: {
    id: string;
    title: string;
    hint?: string;
    small?: boolean;
    take: (files: File[]) => void;
}) {
    const [over, setOver] = useState(false);
    const input = useRef<HTMLInputElement>(null);
    const take = (list: FileList | null | undefined) => {
        const files = Array.from(list ?? []);
        if (files.length > 0) {
            props.take(files);
        }
        if (input.current !== null) {
            input.current.value = "";
        }
    };
    return (
        <div
            class={`drop ${over ? "over" : ""} ${props.small === true ? "small" : ""}`}
            onDragOver={(event) => {
                event.preventDefault();
                setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
                event.preventDefault();
                setOver(false);
                take(event.dataTransfer?.files);
            }}
        >
            <input
                ref={input}
                id={props.id}
                class="only-heard"
                type="file"
                multiple
                onChange={(event) => take(event.currentTarget.files)}
            />
            <label for={props.id}>
                <Icon name="upload" size={props.small === true ? 18 : 28} />
                <span>
                    <strong>{props.title}</strong>
                    {props.small === true ? null : <span class="drop-or">{t("drop.here")}</span>}
                </span>
            </label>
            {props.hint === undefined ? null : <p class="help">{props.hint}</p>}
        </div>
    );
}
