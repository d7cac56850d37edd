import type {ComponentType} from "preact";
import {useEffect} from "preact/hooks";
import {Show} from "./basics";
import {useLoaded} from "./hooks";

/// A screen whose script is fetched when it is first shown: few people see it, and the others shall not
/// wait for it.
export function later(load: () => Promise<ComponentType>): ComponentType {
    return function Later() {
        const loaded = useLoaded(async () => ({Screen: await load()}), []);
        const ready = loaded.value !== undefined;
        useEffect(() => {
            // A new address begins at its heading, which came with the script.
            if (ready && document.activeElement === document.body && location.hash === "") {
                document.querySelector<HTMLElement>("[data-page-heading]")?.focus({preventScroll: true});
            }
        }, [ready]);
        return <Show loaded={loaded}>{({Screen}) => <Screen />}</Show>;
    };
}
