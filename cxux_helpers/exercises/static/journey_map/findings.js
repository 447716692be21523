// What the map still lacks, as Python found it: each with a button that leads to its place.

import { button, keyed, make, newElementId, setAttribute, setChildren, setText } from "./dom.js";

const CALM = 400; // milliseconds of rest before the list changes: nobody wants it to jump while a point is dragged
const FIRST = 5; // shown until people ask for all

export function makeFindings({ model, view }) {
  const items = new Map();
  const heading = make("p", { class: "jm-form-title", id: newElementId() }, " ");
  const list = make("ul", { class: "jm-findings-list" });
  const more = button(" ", () => {
    all = !all;
    update();
  });
  const element = make("div", { class: "jm-findings", role: "group", "aria-labelledby": heading.id }, heading, list, more);
  let all = false;
  let timer = null;

  function makeItem() {
    const text = make("span", { class: "jm-finding-text", id: newElementId() }, " ");
    const go = button(" ", () => view.goTo(item.finding), { "aria-describedby": text.id });
    const item = { row: make("li", {}, go, text), go, text, finding: null };
    return item;
  }

  function update() {
    const found = model.get("findings");
    const shown = all ? found : found.slice(0, FIRST);
    // The same finding at the same place keeps its button, and with it the focus.
    const keys = shown.map((one, i) => `${one.kind} ${one.id} ${one.rule} ${one.kind === "map" ? i : ""}`);
    const rows = keyed(items, keys, makeItem).map((item, i) => {
      item.finding = shown[i];
      setText(item.go, shown[i].place);
      setText(item.text, shown[i].text);
      return item.row;
    });
    setChildren(list, rows);
    const count = found.length;
    setText(heading, count ? `What the map still lacks: ${count} ${count === 1 ? "thing" : "things"}` : "✓ The map lacks nothing that can be checked here.");
    setText(more, all ? "Show fewer" : `Show all ${count}`);
    setAttribute(more, "hidden", count <= FIRST);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => view.keepFocus(update), CALM);
  }

  model.on("change:findings", later);
  update();
  return {
    element,
    close() {
      clearTimeout(timer);
      model.off("change:findings", later);
    },
  };
}
