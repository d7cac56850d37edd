import {render} from "preact";
import {App} from "./App";
import {actOncePerDoubleClick} from "./components/once";
import {showStoredLanguage} from "./messages/messages";

const root = document.getElementById("app");
if (root !== null) {
    actOncePerDoubleClick(document);
    await showStoredLanguage();
    render(<App />, root);
}
