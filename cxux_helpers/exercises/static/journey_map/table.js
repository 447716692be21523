// The same map as two tables of native controls, in which everything can be done that the drawn map offers.

import { button, keyed, make, newElementId, setAttribute, setChildren, setText } from "./dom.js";
import { makeControl, stageFields, touchpointFields } from "./fields.js";
import { inOrder } from "./map_data.js";

export function makeTable({ store, choices, actions, view }) {
  const stages = makePart("stage", "Stages", stageFields(choices), (id, name) => [
    [`Earlier`, `Move ${name} earlier`, () => actions.moveStageBy(id, -1)],
    [`Later`, `Move ${name} later`, () => actions.moveStageBy(id, 1)],
    [`Delete`, `Delete ${name}`, () => actions.removeStage(id)],
  ]);
  const touchpoints = makePart("touchpoint", "Touchpoints", touchpointFields(choices), (id, name) => [
    [`Earlier`, `Move ${name} earlier in its stage`, () => actions.moveWithin(id, -1)],
    [`Later`, `Move ${name} later in its stage`, () => actions.moveWithin(id, 1)],
    [`Duplicate`, `Duplicate ${name}`, () => actions.duplicate(id)],
    [`Delete`, `Delete ${name}`, () => actions.removeTouchpoint(id)],
  ]);

  function makePart(kind, title, fields, doings) {
    const rows = new Map();
    const body = make("tbody");
    const columns = ["Nr.", ...fields.map((field) => field.short ?? field.label), "Change"];
    const caption = make("caption", { id: newElementId() }, title);
    const head = make("thead", {}, make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name))));
    const frame = make(
      "div",
      { class: "jm-table-scroll", role: "group", tabindex: 0, "aria-labelledby": caption.id },
      make("table", { class: "jm-table" }, caption, head, body),
    );

    function makeRow(id) {
      const number = make("th", { scope: "row" }, " ");
      const controls = fields.map((field) => {
        const made = makeControl(field, (value) => actions.setField(kind, id, field.key, value));
        setAttribute(made.control, "data-field", field.key);
        if (field.long) setAttribute(made.control, "rows", 1);
        return { ...made, field };
      });
      const buttons = doings(id, "").map(([label], i) => button(label, () => doings(id, "")[i][2](), { "data-doing": label }));
      const cells = [...controls.map(({ control }) => control), make("div", { class: "jm-row-buttons" }, ...buttons)];
      const row = make("tr", { "data-id": id }, number, ...cells.map((cell) => make("td", {}, cell)));
      return { row, number, controls, buttons };
    }

    function update(parts) {
      const made = keyed(rows, parts.map((part) => part.id), makeRow);
      parts.forEach((part, i) => {
        const { number, controls, buttons } = made[i];
        const name = `${kind} ${i + 1}${part.name.trim() ? `, ${part.name.trim()}` : ""}`;
        setText(number, String(i + 1));
        for (const { control, show, field } of controls) {
          show(store.map, part);
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

  const element = make(
    "div",
    { class: "jm-tables", hidden: true },
    stages.frame,
    touchpoints.frame,
  );

  element.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr[data-id]");
    if (row && touchpoints.frame.contains(row)) view.select(row.dataset.id);
  });

  return {
    element,
    update() {
      stages.update(store.map.stages);
      touchpoints.update(inOrder(store.map));
    },
    focus: ({ kind, id, field }) => (kind === "stage" ? stages : touchpoints).focus(id, field),
  };
}
