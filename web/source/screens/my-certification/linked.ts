import {useEffect, useState} from "preact/hooks";

/// What the address points to ("#r-7.1.5" under the prefix "r-"), brought into view and focused
/// once, so that a link from elsewhere ends where its words promise.
export function useLinked(prefix: string): string | undefined {
    const read = () => {
        const hash = decodeURIComponent(location.hash.slice(1));
        return hash.startsWith(prefix) ? hash.slice(prefix.length) : undefined;
    };
    const [linked, setLinked] = useState(read);
    useEffect(() => {
        const update = () => setLinked(read());
        window.addEventListener("hashchange", update);
        return () => window.removeEventListener("hashchange", update);
    }, []);
    useEffect(() => {
        if (linked !== undefined) {
            const target = document.getElementById(prefix + linked);
            target?.scrollIntoView({block: "start"});
            target?.focus({preventScroll: true});
        }
    }, [linked]);
    return linked;
}
