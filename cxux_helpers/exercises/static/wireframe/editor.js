// The editor as a whole: its parts in their order, what they share, and where the focus goes.

import { button, enable, make, newElementId, setAttribute, setText } from "../shared/dom.js";
import { makeRows } from "../shared/controls.js";
import { makePartTable } from "../shared/part_table.js";
import { activeIn, keepFocusIn, makeHelp, makeLive, sayIn, UNDO_HELP, undoByKeys } from "../shared/frame.js";
import { makeExchange } from "../shared/exchange.js";
import { makeFindings } from "../shared/findings.js";
import { makeStore } from "../shared/store.js";
import { makeActions } from "./actions.js";
import { makeCanvas } from "./canvas.js";
import { partFields } from "./part_fields.js";
import { capital, kindOf } from "./part_words.js";
import { makeProperties } from "./properties.js";
import { findPart } from "./screen_data.js";

const KEYS = [
  ["On a component", "Arrow keys move it along the grid, Shift with an arrow key makes it larger or smaller. Enter goes to its words. Delete deletes it."],
  ["Reading order", "Tab goes through the components as they are read. Page Up lets one be read earlier, Page Down later."],
  ["In the form", "What you type counts at once. Escape leads back to the screen."],
  UNDO_HELP,
  ["With a mouse or finger", "Drag a component to move it, and its lower right corner to resize it; with a finger, tap it first. Escape while dragging puts it back."],
];

const FINDINGS = {
  some: (count) => `To mend: ${count} ${count === 1 ? "thing" : "things"}`,
  none: "✓ Nothing is left that can be checked here.",
};

function renderEditor({ model, el, store }) {
  const choices = model.get("choices");
  const root = make("div", { class: "ed wf" });
  const live = makeLive("Choose a component to change it, or add one.");

  // ---- what the parts share ------------------------------------------------------------------------------------

  const view = {
    selected: null,
    numbers: true,
    say: sayIn(live),
    select(id) {
      if (!id || id === view.selected) return;
      view.selected = id;
      update();
    },
    // Moves the focus to a component, or to one of its fields; without a component, to where one can be added.
    focusOn(id, field) {
      if (!id) palette.querySelector("button").focus();
      else {
        view.select(id);
        if (asTable) table.focus(id, field ?? "label");
        else if (field) properties.focus(field);
        else canvas.focus(id);
      }
    },
    // From a button the focus does not move; it goes to what came back only if the focused thing went away.
    focusAfterUndo(id) {
      if (id && findPart(store.present, id)) view.select(id);
      if (!root.contains(activeIn(root))) view.focusOn(view.selected);
    },
    goTo: ({ id, field }) => view.focusOn(id, field),
    keepFocus: (change) => keepFocusIn(root, change),
    exchangeShown(open) {
      setAttribute(exchangeButton, "aria-expanded", String(open));
      if (!open) exchangeButton.focus();
    },
  };
  const actions = makeActions(store, choices, view);
  const shared = { model, store, choices, actions, view };
  const canvas = makeCanvas(shared);
  const properties = makeProperties(shared);
  const findings = makeFindings({ model, view, words: FINDINGS });
  const exchange = makeExchange({ ...shared, name: "wireframe", noun: "screen", longNoun: "wireframe" });
  const table = makePartTable({
    kind: "component", title: "Components in their reading order", fields: partFields(choices), store,
    nameOf: (one) => one.label.trim(),
    onchange: (id, key, value) => actions.setField(id, key, value),
    doings: (id, name) => [
      ["Earlier", `Read ${name} earlier`, () => actions.readBy(id, -1)],
      ["Later", `Read ${name} later`, () => actions.readBy(id, 1)],
      ["Duplicate", `Duplicate ${name}`, () => actions.duplicate(id)],
      ["Delete", `Delete ${name}`, () => actions.remove(id)],
    ],
  });
  table.frame.addEventListener("focusin", (event) => view.select(event.target.closest("tr")?.dataset.id));

  // ---- the parts around them -----------------------------------------------------------------------------------

  let asTable = false;
  const [title] = makeRows([{ key: "title", label: "What the screen is for", longest: 120 }], (_, value) => actions.setTitle(value));
  const undo = button("Undo", () => actions.undo());
  const redo = button("Redo", () => actions.redo());
  const order = button("Read by place", () => actions.orderByPlace(), { title: "Let the reading order follow the places" });
  const numbers = button("Hide numbers", () => {
    view.numbers = !view.numbers;
    setText(numbers, view.numbers ? "Hide numbers" : "Show numbers");
    update();
  });
  const switchView = button("Show as table", () => {
    asTable = !asTable;
    setText(switchView, asTable ? "Show as screen" : "Show as table");
    update();
  });
  const exchangeButton = button("Import or export", () => exchange.toggle(), { "aria-expanded": "false" });
  const bar = make("div", { class: "ed-buttons", role: "group", "aria-label": "The whole screen" }, undo, redo, order, numbers, switchView, exchangeButton);
  const adding = make("span", { class: "ed-chosen-name", id: newElementId() }, "Add:");
  const palette = make(
    "div",
    { class: "ed-buttons", role: "group", "aria-labelledby": adding.id },
    adding,
    ...choices.styles.map((style) => button(capital(kindOf(style)), () => actions.add(style))),
  );
  const side = make("div", { class: "wf-side" }, properties.element, findings.element);
  const work = make("div", { class: "wf-work" }, canvas.element, side);
  root.append(make("div", { class: "ed-fields" }, title.row), bar, exchange.element, palette, live, table.frame, work, makeHelp(KEYS));

  // ---- keeping all of it up to date ----------------------------------------------------------------------------

  function update() {
    const { components } = store.present;
    if (!findPart(store.present, view.selected)) view.selected = components[0]?.id ?? null;
    title.show(store.present, store.present);
    enable(undo, store.canUndo);
    enable(redo, store.canRedo);
    setAttribute(numbers, "hidden", asTable);
    setAttribute(canvas.element, "hidden", asTable);
    setAttribute(table.frame, "hidden", !asTable);
    view.keepFocus(() => {
      if (asTable) table.update(components);
      else canvas.update();
      properties.update();
    });
    if (asTable) setAttribute(properties.element, "hidden", true);
  }

  undoByKeys(root, actions);
  el.append(root);
  const stopListening = store.listen(update);
  model.on("change:findings", update);
  update();
  return () => {
    stopListening();
    model.off("change:findings", update);
    findings.close();
    exchange.close();
  };
}

// One store for each exercise, however often its view is shown.
export default () => {
  let store;
  return {
    initialize({ model }) {
      store = makeStore(model, "wireframe", "Screen");
    },
    render: ({ model, el }) => renderEditor({ model, el, store }),
  };
};
