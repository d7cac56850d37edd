// Runs before the page is painted, so that a person who chose dark never sees a white flash.
const chosen = localStorage.getItem("guildmark.theme");
if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
}
