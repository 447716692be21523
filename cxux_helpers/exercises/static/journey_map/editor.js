// The editor as a whole: its parts in their order, what they share, where the focus goes, and the keys for all.

import { button, enable, make, newElementId, setAttribute, setText } from "../shared/dom.js";
import { makeRows } from "../shared/controls.js";
import { activeIn, keepFocusIn, makeHelp, makeLive, sayIn, UNDO_HELP, undoByKeys } from "../shared/frame.js";
import { makeActions } from "./actions.js";
import { makeCards } from "./cards.js";
import { makeCurve } from "./curve.js";
import { makeDetails } from "./details.js";
import { makeExchange } from "../shared/exchange.js";
import { mapFields } from "./fields.js";
import { makeFindings } from "../shared/findings.js";
import { inOrder } from "./map_data.js";
import { drawPicture } from "./picture.js";
import { makeStageHeads } from "./stages.js";
import { makeStore } from "../shared/store.js";
import { makeTable } from "./table.js";

const KEYS = [
  ["On a card", "Arrow keys go to other cards. Enter opens its details. Alt with an arrow key moves it. Delete deletes it."],
  ["On a point", "Up and down change the feeling. Left and right go to other points. Delete makes the feeling unknown."],
  ["On a stage", "Left and right go to other stages. Enter opens its form. Alt with left or right moves it. Delete deletes it."],
  UNDO_HELP,
  ["With a mouse or finger", "Drag points up and down. Drag cards to another place; with a finger, take the dots at the card's corner."],
];

const FINDINGS = {
  some: (count) => `What the map still lacks: ${count} ${count === 1 ? "thing" : "things"}`,
  none: "✓ The map lacks nothing that can be checked here.",
};

function renderEditor({ model, el, store }) {
  const choices = model.get("choices");
  const root = make("div", { class: "ed jm" });
  const live = makeLive("Choose a card or a point to change it.");

  // ---- what the parts share ------------------------------------------------------------------------------------

  const view = {
    selected: null,
    selectedStage: null,
    say: sayIn(live),
    select(id) {
      if (!id || id === view.selected) return;
      view.selected = id;
      details.followTo(id);
      update();
    },
    selectStage(id) {
      if (!id || id === view.selectedStage) return;
      view.selectedStage = id;
      heads.update();
    },
    // Opens the form of a part, or goes to its row while the table is shown.
    open(kind, id, field) {
      if (kind === "touchpoint") view.select(id);
      if (asTable) table.focus({ kind, id, field });
      else details.show(kind, id, field);
    },
    // Moves the focus to a part of the map, or to one of its fields.
    focusOn({ kind, id, field }) {
      if (kind === "add") add.focus();
      else if (kind === "add stage") addStage.focus();
      else if (kind === "map") mapControls.find(({ key }) => key === field)?.control.focus();
      else if (field || asTable) view.open(kind === "point" ? "touchpoint" : kind, id, field ?? (kind === "point" ? "emotion" : "name"));
      else if (kind === "stage") heads.focus(id);
      else (kind === "point" ? curve : cards).focus(id);
    },
    // From a button the focus does not move; from the map it goes to what came back, if the focused thing went away.
    focusAfterUndo(place) {
      if (root.contains(activeIn(root))) return;
      const exists = [...store.present.touchpoints, ...store.present.stages].some(({ id }) => id === place?.id);
      if (exists) view.focusOn({ kind: place.kind, id: place.id });
      else (view.selected ? cards : add).focus(view.selected);
    },
    goTo({ kind, id, field, rule }) {
      if (kind !== "map") view.open(kind, id, field);
      else if (field) view.focusOn({ kind: "map", field });
      else view.focusOn({ kind: rule === "few-stages" ? "add stage" : "add" });
    },
    keepFocus: (change) => keepFocusIn(root, change),
    exchangeShown(open) {
      setAttribute(exchangeButton, "aria-expanded", String(open));
      if (!open) exchangeButton.focus();
    },
  };
  const actions = makeActions(store, choices, view);
  const shared = { model, store, choices, actions, view };
  const naming = { name: "journey", noun: "map", longNoun: "journey map", draw: () => drawPicture(store.present, choices) };
  const [heads, curve, cards, details, table] = [makeStageHeads, makeCurve, makeCards, makeDetails, makeTable].map(
    (makePart) => makePart(shared),
  );
  const findings = makeFindings({ model, view, words: FINDINGS });
  const exchange = makeExchange({ ...shared, ...naming });

  // ---- the parts around them -----------------------------------------------------------------------------------

  const mapControls = makeRows(mapFields(choices), (key, value) => actions.setField("map", "", key, value));

  let asTable = false;
  const undo = button("Undo", () => actions.undo());
  const redo = button("Redo", () => actions.redo());
  const addStage = button("Add stage", () => actions.addStage());
  const add = button("Add touchpoint", () => actions.addTouchpoint());
  const switchView = button("Show as table", () => {
    asTable = !asTable;
    setText(switchView, asTable ? "Show as map" : "Show as table");
    update();
  });
  const exchangeButton = button("Import or export", () => exchange.toggle(), { "aria-expanded": "false" });
  const bar = make("div", { class: "ed-buttons", role: "group", "aria-label": "The whole map" }, undo, redo, addStage, add, switchView, exchangeButton);

  const chosenName = make("span", { class: "ed-chosen-name", id: newElementId() }, " ");
  const forChosen = [
    ["Edit details", (id) => view.open("touchpoint", id, "name")],
    ["Move up", (id) => actions.moveWithin(id, -1)],
    ["Move down", (id) => actions.moveWithin(id, 1)],
    ["To stage before", (id) => actions.moveAcross(id, -1)],
    ["To stage after", (id) => actions.moveAcross(id, 1)],
    ["Duplicate", (id) => actions.duplicate(id)],
    ["Delete", (id) => actions.removeTouchpoint(id)],
  ].map(([label, run]) => button(label, () => view.selected && run(view.selected)));
  const chosen = make("div", { class: "ed-buttons", role: "group", "aria-labelledby": chosenName.id }, chosenName, ...forChosen);

  const map = make(
    "div",
    { class: "jm-scroll", role: "group", tabindex: 0, "aria-label": "Journey map; scrolls sideways" },
    make("div", { class: "jm-lanes" }, heads.element, curve.element, cards.element),
  );
  const empty = make("p", { class: "ed-empty" }, "The map is empty. Add its first stage, then touchpoints.");
  root.append(
    make("div", { class: "ed-fields" }, ...mapControls.map(({ row }) => row)),
    bar, exchange.element, chosen, live, empty, map, table.element, details.element, findings.element, makeHelp(KEYS),
  );

  // ---- keeping all of it up to date ----------------------------------------------------------------------------

  function update() {
    const order = inOrder(store.present);
    if (!order.some((one) => one.id === view.selected)) view.selected = order[0]?.id ?? null;
    const at = order.findIndex((one) => one.id === view.selected);
    for (const { show } of mapControls) show(store.present, store.present);
    enable(undo, store.canUndo);
    enable(redo, store.canRedo);
    enable(add, store.present.stages.length > 0);
    setAttribute(chosen, "hidden", at < 0 || asTable);
    if (at >= 0) setText(chosenName, `Touchpoint ${at + 1}, ${order[at].name.trim() || "no name yet"}:`);
    const bare = !order.length && !store.present.stages.length;
    setAttribute(empty, "hidden", !bare || asTable);
    setAttribute(map, "hidden", bare || asTable);
    setAttribute(table.element, "hidden", !asTable);
    setAttribute(details.element, "data-off", asTable);
    view.keepFocus(() => {
      if (asTable) table.update();
      else for (const part of [heads, curve, cards]) part.update();
      details.update();
    });
  }

  undoByKeys(root, actions);
  el.append(root);
  const stopListening = store.listen(update);
  update();
  return () => {
    stopListening();
    findings.close();
    exchange.close();
  };
}

// One store for each exercise, however often its view is shown.
export default () => {
  let store;
  return {
    initialize({ model }) {
      store = makeStore(model, "journey", "Map");
    },
    render: ({ model, el }) => renderEditor({ model, el, store }),
  };
};
