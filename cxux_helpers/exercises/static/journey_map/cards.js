// The cards: a list of options in one group for each stage. One stop of Tab; arrow keys go from card to card.

import { keyed, make, setAttribute, setChildren, setText } from "../shared/dom.js";
import { inOrder, lanes, placeOf } from "./map_data.js";
import { laneWidth } from "./curve.js";
import { channelIcon } from "./icons.js";
import { enableCardDrag } from "./card_drag.js";
import {
  capital, contact, control, evidence, feeling, importance, owner, stageName, touchpointInWords,
} from "./words.js";

export function makeCards({ store, choices, actions, view }) {
  const columns = new Map();
  const cards = new Map();
  const element = make("div", { class: "jm-columns", role: "listbox", "aria-label": "Touchpoints, stage by stage" });

  const makeColumn = (id) => make("div", { class: "jm-column", role: "group", "data-id": id });

  function makeCard(id) {
    const { icon, show } = channelIcon();
    const part = (name) => make("span", { class: `jm-${name}` }, " ");
    const [number, name, where, when, who, owned, matters, proof, felt] = [
      "number", "name", "where", "when", "who", "owner", "matters", "proof", "felt",
    ].map(part);
    const grip = make("span", { class: "jm-grip" }, "⠿");
    const card = make(
      "div",
      { class: "jm-card", role: "option", tabindex: -1, "data-id": id },
      make("div", { class: "jm-card-head" }, number, name, grip),
      make("div", { class: "jm-line" }, icon, where),
      make("div", { class: "jm-line" }, when),
      make("div", { class: "jm-line" }, who),
      make("div", { class: "jm-line" }, owned),
      make("div", { class: "jm-line jm-apart" }, matters, proof),
      felt,
    );
    return { card, show, number, name, where, when, who, owned, matters, proof, felt };
  }

  function updateCard(parts, one, number, place, lane, laneNumber) {
    setText(parts.number, String(number));
    setText(parts.name, one.name.trim() || "No name yet");
    parts.show(one.channel);
    setText(parts.where, capital(one.channel));
    setText(parts.when, `${capital(one.phase)} the purchase`);
    setText(parts.who, `${capital(contact(one))}, ${control(one)}`);
    setText(parts.owned, owner(one));
    setText(parts.matters, importance(one, choices));
    setText(parts.proof, evidence(one));
    setText(parts.felt, capital(feeling(one.emotion, choices)));
    const chosen = one.id === view.selected;
    const { card } = parts;
    setAttribute(card, "class", `jm-card${one.direct ? "" : " jm-indirect"}${chosen ? " jm-selected" : ""}`);
    setAttribute(card, "tabindex", chosen ? 0 : -1);
    setAttribute(card, "aria-selected", String(chosen));
    const where = `${stageName(lane, laneNumber + 1)}, place ${place + 1} of ${lane.touchpoints.length}`;
    setAttribute(card, "aria-label", `${number}. ${touchpointInWords(one, choices)}. Stage: ${where}.`);
  }

  function update() {
    const listed = lanes(store.present);
    const made = keyed(cards, inOrder(store.present).map((one) => one.id), makeCard);
    const groups = keyed(columns, listed.map((lane) => lane.id), makeColumn);
    let number = 0;
    listed.forEach((lane, i) => {
      setAttribute(groups[i], "aria-label", `Stage ${i + 1}: ${stageName(lane, i + 1)}`);
      setAttribute(groups[i], "class", i % 2 ? "jm-column jm-odd" : "jm-column");
      setAttribute(groups[i], "style", `width: ${laneWidth(lane.touchpoints.length)}px`);
      const own = lane.touchpoints.map((one, place) => {
        updateCard(made[number], one, number + 1, place, lane, i);
        number += 1;
        return made[number - 1].card;
      });
      setChildren(groups[i], own);
    });
    setChildren(element, groups);
  }

  const idAt = (event) => event.target.closest(".jm-card")?.dataset.id;

  function focus(id) {
    const card = cards.get(id)?.card;
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest", inline: "nearest" }); // whole, and not just its edge
  }

  // The card that an arrow key leads to: within its stage, or at the same height in the next stage that has any.
  function neighbour(id, key) {
    const { lane, number, place } = placeOf(store.present, id);
    const order = inOrder(store.present);
    if (key === "Home") return order[0];
    if (key === "End") return order.at(-1);
    if (key === "ArrowUp") return lane.touchpoints[place - 1];
    if (key === "ArrowDown") return lane.touchpoints[place + 1];
    const full = lanes(store.present).map((one, i) => ({ ...one, i })).filter((one) => one.touchpoints.length);
    const next = key === "ArrowLeft" ? full.findLast(({ i }) => i < number) : full.find(({ i }) => i > number);
    return next?.touchpoints[Math.min(place, next.touchpoints.length - 1)];
  }

  element.addEventListener("focusin", (event) => view.select(idAt(event)));
  element.addEventListener("dblclick", (event) => idAt(event) && view.open("touchpoint", idAt(event), "name"));
  element.addEventListener("keydown", (event) => {
    const id = idAt(event);
    if (!id || event.ctrlKey || event.metaKey || drag.active) return;
    const arrows = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
    const by = event.key === "ArrowUp" || event.key === "ArrowLeft" ? -1 : 1;
    if (event.altKey && arrows.includes(event.key)) {
      if (event.key === "ArrowUp" || event.key === "ArrowDown") actions.moveWithin(id, by);
      else actions.moveAcross(id, by);
    } else if (event.altKey) return;
    else if (event.key === "Enter" || event.key === "F2") view.open("touchpoint", id, "name");
    else if (event.key === "Delete" || event.key === "Backspace") actions.removeTouchpoint(id);
    else if ([...arrows, "Home", "End"].includes(event.key)) {
      const next = neighbour(id, event.key);
      if (next) focus(next.id);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const drag = enableCardDrag({ element, columns, store, actions, view });
  return { element, update, focus };
}
