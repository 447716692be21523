// Everything that can be done to a screen, once for mouse, keyboard, form and table: change it, say so, keep the focus.

import {
  changePart, findPart, newPart, newPartId, orderedByPlace, placeInOrder, putPart, removePart, restyled, steppedSize,
  steppedTo,
} from "./screen_data.js";
import { makeTravel } from "../shared/frame.js";
import { capital, kindOf, placeOf, quoted, sizeOf } from "./part_words.js";

const RESTYLING = ["kind", "emphasis"];
const SPOKEN = { label: "words", text_size: "text size", x: "left edge", y: "upper edge" };
const TYPED = ["label", "placeholder", "x", "y", "width", "height"];
const MOST = 60; // components of a screen, as Python has it

// `view` tells what happened (`say`), moves the focus (`focusOn`) and knows which component is chosen (`selected`).
export function makeActions(store, choices, view) {
  function step(next, message, id, key = null) {
    store.commit(next, message, id, key);
    view.say(message);
  }
  const part = (id) => findPart(store.present, id);
  const placeInReading = (id) => store.present.components.findIndex((one) => one.id === id);

  function insert(one, place, message) {
    if (store.present.components.length >= MOST) {
      view.say(`A screen has at most ${MOST} components. Make two screens of it.`);
      return;
    }
    step(putPart(store.present, one, place), message, one.id);
    view.select(one.id);
    view.focusOn(one.id, "label");
  }

  return {
    setTitle: (title) => store.commit({ ...store.present, title }, "The title changed.", null, "title"),
    setField(id, key, value) {
      const before = part(id);
      const changes = RESTYLING.includes(key) ? restyled(before, { [key]: value }, choices) : { [key]: value };
      const message = `The ${SPOKEN[key] ?? key} of ${quoted(before)} changed.`;
      store.commit(changePart(store.present, id, changes), message, id, TYPED.includes(key) ? `${id} ${key}` : null);
    },

    // Where a drag ended.
    place(id, changes) {
      const now = { ...part(id), ...changes };
      const what = "width" in changes ? `is now ${sizeOf(now)}` : `moved to ${placeOf(now)}`;
      step(changePart(store.present, id, changes), `${capital(quoted(now))} ${what}.`, id);
    },
    // Steps in quick succession are undone together.
    stepBy(id, byX, byY) {
      const before = part(id);
      const to = steppedTo(store.present, before, byX, byY, choices.grid);
      if (to.x === before.x && to.y === before.y) view.say(`${capital(quoted(before))} is at the edge of the screen already.`);
      else step(changePart(store.present, id, to), `${capital(quoted(before))}: ${placeOf(to)}.`, id, `move ${id}`);
    },
    growBy(id, byX, byY) {
      const before = part(id);
      const to = steppedSize(store.present, before, byX, byY, choices.grid);
      if (to.width === before.width && to.height === before.height) view.say(`${capital(quoted(before))} cannot go further.`);
      else step(changePart(store.present, id, to), `${capital(quoted(before))}: ${sizeOf(to)}.`, id, `size ${id}`);
    },

    add(style) {
      const one = newPart(store.present, style, choices);
      insert(one, placeInOrder(store.present, one), `${capital(kindOf(one))} added at ${placeOf(one)}.`);
    },
    duplicate(id) {
      const one = part(id);
      const { x, y } = newPart(store.present, one, choices);
      const copy = { ...one, id: newPartId(store.present, one.kind), x: one.kind === "navigation" ? x : one.x, y };
      insert(copy, placeInOrder(store.present, copy), `${capital(quoted(one))} duplicated.`);
    },
    remove(id) {
      const at = placeInReading(id);
      const message = `${capital(quoted(part(id)))} deleted. Undo brings it back.`;
      step(removePart(store.present, id), message, id);
      view.focusOn((store.present.components[at] ?? store.present.components[at - 1])?.id ?? null);
    },

    readBy(id, by) {
      const to = placeInReading(id) + by;
      const { length } = store.present.components;
      const name = capital(quoted(part(id)));
      if (to < 0 || to >= length) view.say(`${name} is read ${by < 0 ? "first" : "last"} already.`);
      else step(putPart(store.present, part(id), to), `${name} is now read ${to + 1} of ${length}.`, id);
    },
    orderByPlace() {
      const next = orderedByPlace(store.present);
      const same = next.components.every((one, i) => one === store.present.components[i]);
      if (same) view.say("The reading order follows the places already.");
      else step(next, "The reading order now follows the places, from the top left.", null);
    },

    replaceAll(screen) {
      step(screen, `Screen imported, with ${screen.components.length} components. Undo brings back the one before.`, null);
    },
    ...makeTravel(store, (message) => view.say(message), (id) => view.focusAfterUndo(id)),
  };
}
