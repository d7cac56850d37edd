import {render} from "preact";
import {App} from "./App";
import {showStoredLanguage} from "./messages/messages";

const root = document.getElementById("app");
if (root !== null) {
    await showStoredLanguage();
    render(<App />, root);
}
