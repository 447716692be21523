// Parts of one kind as a table of native controls, one row each, with buttons for what else can be done to a part.

import { button, keyed, make, newElementId, setAttribute, setChildren, setText } from "./dom.js";
import { makeControl } from "./controls.js";

// `doings` returns, for an id and a name, triples of a button's words, its full name, and what it does.
export function makePartTable({ kind, title, fields, doings, nameOf, store, onchange }) {
  const rows = new Map();
  const body = make("tbody");
  const columns = ["Nr.", ...fields.map((field) => field.short ?? field.label), "Change"];
  const caption = make("caption", { id: newElementId() }, title);
  const head = make("thead", {}, make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name))));
  const frame = make(
    "div",
    { class: "ed-table-scroll", role: "group", tabindex: 0, "aria-labelledby": caption.id },
    make("table", { class: "ed-table" }, caption, head, body),
  );

  function makeRow(id) {
    const number = make("th", { scope: "row" }, " ");
    const controls = fields.map((field) => {
      const made = makeControl(field, (value) => onchange(id, field.key, value));
      setAttribute(made.control, "data-field", field.key);
      if (field.long) setAttribute(made.control, "rows", 1);
      return { ...made, field };
    });
    const buttons = doings(id, "").map(([label], i) => button(label, () => doings(id, "")[i][2](), { "data-doing": label }));
    const cells = [...controls.map(({ control }) => control), make("div", { class: "ed-row-buttons" }, ...buttons)];
    const row = make("tr", { "data-id": id }, number, ...cells.map((cell) => make("td", {}, cell)));
    return { row, number, controls, buttons };
  }

  function update(parts) {
    const made = keyed(rows, parts.map((part) => part.id), makeRow);
    parts.forEach((part, i) => {
      const { number, controls, buttons } = made[i];
      const name = `${kind} ${i + 1}${nameOf(part) ? `, ${nameOf(part)}` : ""}`;
      setText(number, String(i + 1));
      for (const { control, show, field } of controls) {
        show(store.present, part);
        setAttribute(control, "hidden", !(field.applies?.(part) ?? true));
        setAttribute(control, "aria-label", `${field.short ?? field.label} of ${kind} ${i + 1}`);
      }
      doings(part.id, name).forEach(([, label], j) => setAttribute(buttons[j], "aria-label", label));
    });
    setChildren(body, made.map(({ row }) => row));
  }

  const focus = (id, field) => {
    const row = rows.get(id);
    const control = row?.controls.find(({ control: one }) => one.dataset.field === field)?.control;
    (control ?? row?.controls[0].control)?.focus();
  };
  return { frame, update, focus };
}
