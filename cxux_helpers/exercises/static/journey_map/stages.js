// The heads of the columns: one button for each stage, which opens its form. Together they are one stop of Tab.

import { keyed, make, setAttribute, setChildren, setText } from "../shared/dom.js";
import { lanes } from "./map_data.js";
import { laneWidth } from "./curve.js";
import { counted, stageName } from "./words.js";

export function makeStageHeads({ store, actions, view }) {
  const heads = new Map();
  const element = make("div", { class: "jm-heads", role: "toolbar", "aria-label": "Stages" });

  function makeHead(id) {
    const name = make("span", { class: "jm-stage-name" }, " ");
    const goal = make("span", { class: "jm-stage-goal" }, " ");
    const button = make("button", { type: "button", class: "jm-head", "data-id": id }, name, goal);
    return { button, name, goal };
  }

  function update() {
    const columns = lanes(store.present);
    const stop = columns.find((lane) => lane.id === view.selectedStage) ?? columns[0];
    const buttons = keyed(heads, columns.map((lane) => lane.id), makeHead).map((head, i) => {
      const { stage, touchpoints } = columns[i];
      setText(head.name, `${stage ? `${i + 1}. ` : ""}${stageName(columns[i], i + 1)}`);
      setText(head.goal, stage ? `Goal: ${stage.goal.trim() || "none yet"}` : counted(touchpoints.length, "touchpoint"));
      setAttribute(head.button, "style", `width: ${laneWidth(touchpoints.length)}px`);
      setAttribute(head.button, "tabindex", columns[i] === stop ? 0 : -1);
      setAttribute(head.button, "aria-disabled", stage ? null : "true");
      return head.button;
    });
    setChildren(element, buttons);
  }

  const stageAt = (event) => event.target.closest(".jm-head")?.dataset.id;

  element.addEventListener("click", (event) => {
    const id = stageAt(event);
    if (store.present.stages.some((stage) => stage.id === id)) view.open("stage", id, "name");
  });
  element.addEventListener("focusin", (event) => view.selectStage(stageAt(event)));
  element.addEventListener("keydown", (event) => {
    const id = stageAt(event);
    const ids = store.present.stages.map((stage) => stage.id);
    const at = ids.indexOf(id);
    if (at < 0 || event.ctrlKey || event.metaKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && event.altKey) actions.moveStageBy(id, by);
    else if (event.altKey) return;
    else if (by) focus(ids[at + by]);
    else if (event.key === "Home") focus(ids[0]);
    else if (event.key === "End") focus(ids.at(-1));
    else if (event.key === "Delete") actions.removeStage(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const focus = (id) => heads.get(id)?.button.focus();
  return { element, update, focus };
}
