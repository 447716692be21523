// How a component is drawn. The drawing is for the eye alone; its words for others are the label of its element.

import { make, setAttribute, setText } from "../shared/dom.js";
import { partInWords } from "./part_words.js";

const MARKS = { back: "‹ ", error: "! " };
const UNKNOWN = { pixels: 16, ink: "#000000", paper: "#ffffff" }; // for tokens that the system does not have

// Pixels of the screen as a length of CSS; the canvas says how long one of them is.
export const cssLength = (pixels) => `calc(${pixels} * var(--wf-pixel))`;

export const placeStyle = ({ x, y, width, height }) =>
  `left: ${cssLength(x)}; top: ${cssLength(y)}; width: ${cssLength(width)}; height: ${cssLength(height)};`;

export function makeDrawn(id) {
  const [label, inside, number, mark] = ["label", "inside", "number", "mark"].map((name) => make("span", { class: `wf-${name}` }, " "));
  const box = make("span", { class: "wf-box" }, inside);
  const look = make("span", { class: "wf-look", "aria-hidden": "true" }, label, box);
  const badges = make("span", { class: "wf-badges", "aria-hidden": "true" }, number, mark);
  const handle = make("span", { class: "wf-handle", "aria-hidden": "true" });
  const element = make("div", { class: "wf-part", role: "button", tabindex: 0, "data-id": id }, look, badges, handle);

  function update(one, i, count, faults, chosen, choices) {
    const [, pixels, bold] = choices.text_sizes.find(([name]) => name === one.text_size) ?? ["", UNKNOWN.pixels, false];
    const words = one.label.trim() || (one.kind === "field" ? "" : `(${one.kind})`);
    setText(label, (MARKS[one.kind] ?? "") + words);
    setText(inside, one.placeholder);
    setText(number, String(i + 1));
    setText(mark, faults ? "!" : "");
    setAttribute(mark, "hidden", !faults);
    setAttribute(element, "data-kind", one.kind);
    setAttribute(element, "class", chosen ? "wf-part wf-chosen" : "wf-part");
    setAttribute(element, "aria-current", chosen ? "true" : null);
    setAttribute(element, "aria-label", partInWords(one, i + 1, count, faults));
    setAttribute(element, "style", placeStyle(one));
    const ink = choices.colours[one.colour] ?? UNKNOWN.ink;
    const paper = choices.colours[one.background] ?? UNKNOWN.paper;
    const ground = one.background === "paper" ? "transparent" : paper; // it must not cover the grid, or a neighbour
    setAttribute(look, "style", `color: ${ink}; background-color: ${ground}; font-size: ${cssLength(pixels)}; font-weight: ${bold ? 700 : 400};`);
  }
  return { element, update };
}
