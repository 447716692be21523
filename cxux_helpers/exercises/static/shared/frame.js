// What every editor has around its drawing: a line that says what happened, the focus kept, undo by keys, and help.

import { isTextField, make, setText } from "./dom.js";

export const makeLive = (words) => make("p", { class: "ed-live", role: "status", "aria-live": "polite" }, words);

// The same words are read again if they differ by a space.
export const sayIn = (live) => (message) => setText(live, live.textContent === message ? `${message}\u00a0` : message);

export const activeIn = (root) => root.getRootNode().activeElement;

// Moving an element in the page takes its focus away, so whoever had it gets it back.
export function keepFocusIn(root, change) {
  const before = root.contains(activeIn(root)) ? activeIn(root) : null;
  change();
  if (before && before !== activeIn(root) && before.isConnected && !before.closest("[hidden]")) before.focus();
}

// In a text field these keys belong to the text.
export function undoByKeys(root, actions) {
  root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTextField(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) actions.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) actions.redo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// Undo and redo as actions, with `after` told the place where something came back.
export const makeTravel = (store, say, after) => ({
  undo() {
    const done = store.undo();
    say(done ? `Undone: ${done.message}` : "There is nothing to undo.");
    if (done) after(done.place);
  },
  redo() {
    const done = store.redo();
    say(done ? `Done again: ${done.message}` : "There is nothing to do again.");
    if (done) after(done.place);
  },
});

export const makeHelp = (keys) =>
  make(
    "details",
    { class: "ed-keys" },
    make("summary", {}, "Keys and gestures"),
    make("dl", {}, ...keys.flatMap(([where, what]) => [make("dt", {}, where), make("dd", {}, what)])),
  );

export const UNDO_HELP = ["Anywhere", "Ctrl+Z undoes, Ctrl+Shift+Z or Ctrl+Y does again; in a text field these keys belong to the text."];
