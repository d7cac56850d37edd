const pressable = "a, button, summary";

/// Lets a double click on a button or link act once: what the first click brought to the place of the
/// pointer (a form, the next incident) is neither pressed nor focused by the second one.
///
/// `detail` counts clicks at one place in quick succession; keys, and clicks that scripts make, are no
/// double clicks.
export function actOncePerDoubleClick(page: EventTarget): void {
    let pressed = false;
    const first = (event: Event) => {
        pressed = event.target instanceof Element && event.target.closest(pressable) !== null;
    };
    const listen = (event: Event) => {
        if (event instanceof UIEvent && event.detail > 1) {
            if (pressed) {
                event.preventDefault();
                event.stopImmediatePropagation();
            }
        } else if (event.type === "mousedown") {
            first(event);
        }
    };
    for (const type of ["mousedown", "click"]) {
        page.addEventListener(type, listen, {capture: true});
    }
}
