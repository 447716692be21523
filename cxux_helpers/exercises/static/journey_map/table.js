// The same map as two tables of native controls, in which everything can be done that the drawn map offers.

import { make } from "../shared/dom.js";
import { makePartTable } from "../shared/part_table.js";
import { stageFields, touchpointFields } from "./fields.js";
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
    const onchange = (id, key, value) => actions.setField(kind, id, key, value);
    return makePartTable({ kind, title, fields, doings, nameOf: (part) => part.name.trim(), store, onchange });
  }

  const element = make(
    "div",
    { class: "ed-tables", hidden: true },
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
      stages.update(store.present.stages);
      touchpoints.update(inOrder(store.present));
    },
    focus: ({ kind, id, field }) => (kind === "stage" ? stages : touchpoints).focus(id, field),
  };
}
