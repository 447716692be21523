// The form for all that is known of the chosen component. What is typed counts at once; there is no Save.

import { button, make, newElementId, setAttribute, setText } from "../shared/dom.js";
import { makeRows } from "../shared/controls.js";
import { partFields } from "./part_fields.js";
import { kindOf, capital } from "./part_words.js";

export function makeProperties({ store, choices, actions, view }) {
  const heading = make("p", { class: "ed-form-title", id: newElementId() }, " ");
  const fields = partFields(choices);
  const rows = makeRows(fields, (key, value) => actions.setField(view.selected, key, value));
  const buttons = [
    ["Back to the screen", (id) => view.focusOn(id)],
    ["Read earlier", (id) => actions.readBy(id, -1)],
    ["Read later", (id) => actions.readBy(id, 1)],
    ["Duplicate", (id) => actions.duplicate(id)],
    ["Delete", (id) => actions.remove(id)],
  ].map(([label, run]) => button(label, () => run(view.selected)));
  const element = make(
    "div",
    { class: "ed-form", role: "group", "aria-labelledby": heading.id, hidden: true },
    heading,
    make("div", { class: "ed-fields wf-fields" }, ...rows.map(({ row }) => row)),
    make("div", { class: "ed-buttons" }, ...buttons),
  );

  element.addEventListener("keydown", (event) => {
    const confirmed = event.key === "Enter" && event.target.matches("input");
    if (event.key !== "Escape" && !confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    view.focusOn(view.selected);
  });

  return {
    element,
    update() {
      const { components } = store.present;
      const at = components.findIndex((one) => one.id === view.selected);
      setAttribute(element, "hidden", at < 0);
      if (at < 0) return;
      setText(heading, `Component ${at + 1} of ${components.length}: ${capital(kindOf(components[at]))}`);
      rows.forEach(({ show, row }, i) => {
        show(store.present, components[at]);
        setAttribute(row, "hidden", !(fields[i].applies?.(components[at]) ?? true));
      });
    },
    focus(key) {
      const { control } = rows.find((one) => one.key === key);
      control.focus();
      if (control.matches("input")) control.select();
    },
  };
}
