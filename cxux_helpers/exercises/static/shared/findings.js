// What Python found wrong or missing: each with a button that leads to its place.

import { button, keyed, make, newElementId, setAttribute, setChildren, setText } from "./dom.js";

const CALM = 400; // milliseconds of rest before the list changes: nobody wants it to jump while a point is dragged
const FIRST = 5; // shown until people ask for all

// `words` say how many there are, and that there is none.
export function makeFindings({ model, view, words }) {
  const items = new Map();
  const heading = make("p", { class: "ed-form-title", id: newElementId(), "aria-live": "polite" }, " ");
  const list = make("ul", { class: "ed-findings-list" });
  const more = button(" ", () => {
    all = !all;
    update();
  });
  const element = make("div", { class: "ed-findings", role: "group", "aria-labelledby": heading.id }, heading, list, more);
  let all = false;
  let timer = null;

  function makeItem() {
    const text = make("span", { class: "ed-finding-text", id: newElementId() }, " ");
    const go = button(" ", () => view.goTo(item.finding), { "aria-describedby": text.id });
    const item = { row: make("li", {}, go, text), go, text, finding: null };
    return item;
  }

  function update() {
    const found = model.get("findings");
    const shown = all ? found : found.slice(0, FIRST);
    // The same finding at the same place keeps its button, and with it the focus.
    const seen = new Map();
    const keys = shown.map((one) => {
      const place = `${one.kind} ${one.id} ${one.rule}`;
      seen.set(place, (seen.get(place) ?? 0) + 1);
      return `${place} ${seen.get(place)}`;
    });
    const rows = keyed(items, keys, makeItem).map((item, i) => {
      item.finding = shown[i];
      setText(item.go, shown[i].place);
      setText(item.text, shown[i].text);
      return item.row;
    });
    setChildren(list, rows);
    const count = found.length;
    setText(heading, count ? words.some(count) : words.none);
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
