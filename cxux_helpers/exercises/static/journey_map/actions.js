// Everything that can be done to a map, once for mouse, keyboard, forms and table: change it, say so, keep the focus.

import {
  addStage, changeStage, changeTouchpoint, inOrder, lanes, moveStage, newId, placeOf, putTouchpoint, removeStage,
  removeTouchpoint, touchpointsOf,
} from "./map_data.js";
import { makeTravel } from "../shared/frame.js";
import { capital, counted, feeling, quoted, stageName } from "./words.js";

const SPOKEN = { direct: "contact", controllable: "control" }; // the others are called what they are

// `view` tells what happened (`say`), moves the focus (`focusOn`) and knows which touchpoint is chosen (`selected`).
export function makeActions(store, choices, view) {
  function step(next, message, place, key) {
    store.commit(next, message, place, key);
    view.say(message);
  }

  const nameOfLane = (map, number) => `stage “${stageName(lanes(map)[number], number + 1)}”`;

  function moveTo(id, stage, place) {
    const from = placeOf(store.present, id);
    if (from.lane.id === stage && from.place === place) return;
    const next = putTouchpoint(store.present, from.touchpoint, stage, place);
    const to = placeOf(next, id);
    const where = `${nameOfLane(next, to.number)}, place ${to.place + 1} of ${to.lane.touchpoints.length}`;
    step(next, `${capital(quoted(from.touchpoint, "touchpoint"))} moved to ${where}.`, { kind: "touchpoint", id });
  }

  function insert(touchpoint, stage, place, message) {
    step(putTouchpoint(store.present, touchpoint, stage, place), message, { kind: "touchpoint", id: touchpoint.id });
    view.focusOn({ kind: "touchpoint", id: touchpoint.id, field: "name" });
  }

  const actions = {
    // A field of the map (kind "map"), a stage or a touchpoint. Letters typed into one field are one step.
    setField(kind, id, key, value) {
      const { present: map } = store;
      const place = { kind, id, field: key };
      const typed = typeof value === "string" && !["stage", "phase", "channel"].includes(key);
      const merge = typed ? `${kind} ${id} ${key}` : null;
      if (kind === "map") store.commit({ ...map, [key]: value }, `The map's ${key} changed.`, place, merge);
      else if (kind === "stage") {
        store.commit(changeStage(map, id, { [key]: value }), `The ${key} of a stage changed.`, place, merge);
      } else if (key === "stage") {
        const { touchpoint } = placeOf(map, id);
        const next = putTouchpoint(map, touchpoint, value, touchpointsOf(map, value).length);
        step(next, `${capital(quoted(touchpoint, "touchpoint"))} moved to ${nameOfLane(next, placeOf(next, id).number)}.`, place);
      } else {
        const message = `The ${SPOKEN[key] ?? key} of ${quoted(placeOf(map, id).touchpoint, "touchpoint")} changed.`;
        store.commit(changeTouchpoint(map, id, { [key]: value }), message, place, merge);
      }
    },

    // A slider speaks its value itself, so a change by keys is not said a second time.
    setEmotion(id, emotion, { aloud }) {
      const { touchpoint } = placeOf(store.present, id);
      const message = `${capital(quoted(touchpoint, "touchpoint"))}: ${feeling(emotion, choices)}.`;
      store.commit(changeTouchpoint(store.present, id, { emotion }), message, { kind: "point", id });
      if (aloud) view.say(message);
    },

    moveTo,
    moveWithin(id, by) {
      const { lane, number, place, touchpoint } = placeOf(store.present, id);
      const to = place + by;
      if (to >= 0 && to < lane.touchpoints.length) moveTo(id, lane.id, to);
      else {
        const end = by < 0 ? "first" : "last";
        view.say(`${capital(quoted(touchpoint, "touchpoint"))} is the ${end} in ${nameOfLane(store.present, number)} already.`);
      }
    },
    moveAcross(id, by) {
      const { number, place, touchpoint } = placeOf(store.present, id);
      const lane = lanes(store.present)[number + by];
      if (lane?.stage) moveTo(id, lane.id, Math.min(place, lane.touchpoints.length));
      else view.say(`There is no stage ${by < 0 ? "before" : "after"} that of ${quoted(touchpoint, "touchpoint")}.`);
    },

    addTouchpoint() {
      const { present: map } = store;
      if (!map.stages.length) {
        view.say("Add a stage first: touchpoints stand in stages.");
        return;
      }
      const after = view.selected && placeOf(map, view.selected);
      const stage = (after?.lane.stage ?? map.stages[map.stages.length - 1]).id;
      const place = after?.lane.stage ? after.place + 1 : touchpointsOf(map, stage).length;
      actions.addTouchpointTo(stage, place);
    },
    addTouchpointTo(stage, place = touchpointsOf(store.present, stage).length) {
      const { present: map } = store;
      const neighbour = touchpointsOf(map, stage)[place - 1] ?? inOrder(map).at(-1);
      const touchpoint = {
        id: newId(map, "t"), name: "", stage, phase: neighbour?.phase ?? choices.phases[0],
        channel: neighbour?.channel ?? choices.channels[0], direct: true, controllable: true, owner: "", emotion: null,
        importance: null, evidence: "",
      };
      const number = map.stages.findIndex((one) => one.id === stage);
      insert(touchpoint, stage, place, `Touchpoint added to ${nameOfLane(map, number)}.`);
    },
    duplicate(id) {
      const { lane, place, touchpoint } = placeOf(store.present, id);
      const copy = { ...touchpoint, id: newId(store.present, "t"), name: `${touchpoint.name} (copy)` };
      insert(copy, lane.id, place + 1, `${capital(quoted(touchpoint, "touchpoint"))} duplicated.`);
    },
    removeTouchpoint(id) {
      const order = inOrder(store.present).map((one) => one.id);
      const at = order.indexOf(id);
      const { touchpoint } = placeOf(store.present, id);
      const message = `${capital(quoted(touchpoint, "touchpoint"))} deleted. Undo brings it back.`;
      step(removeTouchpoint(store.present, id), message, { kind: "touchpoint", id });
      const neighbour = order[at + 1] ?? order[at - 1];
      view.focusOn(neighbour ? { kind: "touchpoint", id: neighbour } : { kind: "add" });
    },

    addStage() {
      const { present: map } = store;
      const stage = { id: newId(map, "s"), name: "", goal: "" };
      step(addStage(map, stage, map.stages.length), `Stage ${map.stages.length + 1} added.`, { kind: "stage", id: stage.id });
      view.focusOn({ kind: "stage", id: stage.id, field: "name" });
    },
    moveStageBy(id, by) {
      const { stages } = store.present;
      const from = stages.findIndex((one) => one.id === id);
      const to = from + by;
      const name = capital(quoted(stages[from], "stage"));
      if (to < 0 || to >= stages.length) view.say(`${name} is the ${by < 0 ? "first" : "last"} stage already.`);
      else step(moveStage(store.present, id, to), `${name} is now stage ${to + 1} of ${stages.length}.`, { kind: "stage", id });
    },
    removeStage(id) {
      const { stages } = store.present;
      const at = stages.findIndex((one) => one.id === id);
      const count = touchpointsOf(store.present, id).length;
      const { map, neighbour } = removeStage(store.present, id);
      const home = neighbour ? `now in ${quoted(neighbour, "stage")}` : "now without a stage";
      const moved = count ? `; ${count === 1 ? "its touchpoint is" : `its ${counted(count, "touchpoint")} are`} ${home}` : "";
      step(map, `${capital(quoted(stages[at], "stage"))} deleted${moved}. Undo takes this back.`, { kind: "stage", id });
      view.focusOn(neighbour ? { kind: "stage", id: neighbour.id } : { kind: "add stage" });
    },

    replaceAll(map) {
      const size = `${counted(map.stages.length, "stage")} and ${counted(map.touchpoints.length, "touchpoint")}`;
      step(map, `Map imported: ${size}. Undo brings back the one before.`, null);
    },
    ...makeTravel(store, (message) => view.say(message), (place) => view.focusAfterUndo(place)),
  };
  return actions;
}
