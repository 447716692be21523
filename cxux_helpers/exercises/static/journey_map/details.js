// The form for all that is known of one touchpoint or one stage. What is typed counts at once; there is no Save.

import { button, make, newElementId, setAttribute, setChildren, setText } from "../shared/dom.js";
import { makeRows } from "../shared/controls.js";
import { stageFields, touchpointFields } from "./fields.js";
import { inOrder } from "./map_data.js";

export function makeDetails({ store, choices, actions, view }) {
  const heading = make("p", { class: "ed-form-title", id: newElementId() }, " ");
  const element = make("div", { class: "ed-form", role: "group", "aria-labelledby": heading.id, hidden: true }, heading);
  let open = null; // { kind, id }

  function makeForm(kind, fields, buttons) {
    const controls = makeRows(fields, (key, value) => actions.setField(kind, open.id, key, value));
    const row = make("div", { class: "ed-buttons ed-wide" }, ...buttons);
    const body = make("div", { class: "ed-fields" }, ...controls.map(({ row: one }) => one), row);
    return { kind, controls, body };
  }

  const done = () => button("Done", () => close());
  const forms = {
    touchpoint: makeForm("touchpoint", touchpointFields(choices), [done()]),
    stage: makeForm("stage", stageFields(choices), [
      done(),
      button("Add touchpoint here", () => actions.addTouchpointTo(open.id)),
      button("Move stage left", () => actions.moveStageBy(open.id, -1)),
      button("Move stage right", () => actions.moveStageBy(open.id, 1)),
      button("Delete stage", () => actions.removeStage(open.id)),
    ]),
  };

  const parts = () => (open?.kind === "stage" ? store.present.stages : inOrder(store.present));

  function update() {
    const at = open ? parts().findIndex((part) => part.id === open.id) : -1;
    if (at < 0) open = null;
    setAttribute(element, "hidden", !open);
    if (!open) return;
    const part = parts()[at];
    setText(heading, `${open.kind === "stage" ? "Stage" : "Touchpoint"} ${at + 1}: ${part.name.trim() || "no name yet"}`);
    const { controls, body } = forms[open.kind];
    setChildren(element, [heading, body]);
    for (const { show } of controls) show(store.present, part);
  }

  function close() {
    const { kind, id } = open;
    open = null;
    update();
    view.focusOn({ kind, id });
  }

  element.addEventListener("keydown", (event) => {
    const confirmed = event.key === "Enter" && event.target.matches("input");
    if (event.key !== "Escape" && !confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });

  return {
    element,
    update,
    get open() {
      return open;
    },
    // Shows a part; with a field, the focus goes there.
    show(kind, id, field) {
      open = { kind, id };
      update();
      if (!open || !field) return;
      const { control } = forms[kind].controls.find((one) => one.key === field);
      control.focus();
      if (control.matches("input")) control.select();
    },
    // Goes along when another touchpoint is chosen.
    followTo(id) {
      if (open?.kind !== "touchpoint" || open.id === id) return;
      open = { kind: "touchpoint", id };
      update();
    },
  };
}
