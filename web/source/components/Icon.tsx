/// Line drawings of 24 by 24, drawn in the color of the text around them.
const shapes = {
    arrow: "M5 12h14M13 6l6 6-6 6",
    check: "M5 12.5l4.5 4.5L19 7.5",
    clock: "M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
    close: "M6 6l12 12M18 6L6 18",
    document: "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
    down: "M6 9l6 6 6-6",
    download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
    flag: "M6 21V4M6 5h11l-2.5 4 2.5 4H6",
    moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
    out: "M14 4h5v16h-5M4 12h11M10 7l5 5-5 5",
    pause: "M8 5v14M16 5v14",
    person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6",
    search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
    sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
    upload: "M12 20V9M7 13.5l5-5 5 5M5 4h14",
    warning: "M12 4l9 16H3zM12 10v5M12 17.5v.5",
} as const;

export type IconName = keyof typeof shapes;

export function Icon(props: {name: IconName; size?: number}) {
    const size = props.size ?? 20;
    return (
        <svg
            class="icon"
            width={size}
            height={size}
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
        >
            <path d={shapes[props.name]} />
        </svg>
    );
}
