// The screen as plain data, as Python's wireframe_to_json writes it. Each function returns a new one and changes none.

import { clamp } from "../shared/dom.js";

const WIDE = ["heading", "text", "field", "checkbox", "hint", "error", "button"]; // from margin to margin, when new

export const findPart = (screen, id) => screen.components.find((one) => one.id === id);

export const withParts = (screen, components) => ({ ...screen, components });

export const changePart = (screen, id, changes) =>
  withParts(screen, screen.components.map((one) => (one.id === id ? { ...one, ...changes } : one)));

export const removePart = (screen, id) => withParts(screen, screen.components.filter((one) => one.id !== id));

// Puts a part, new or already on the screen, at a place of the reading order.
export function putPart(screen, part, place) {
  const others = screen.components.filter((one) => one.id !== part.id);
  return withParts(screen, [...others.slice(0, place), part, ...others.slice(place)]);
}

// ---- places and sizes ----------------------------------------------------------------------------------------

// To the nearest line of the grid, or to the next one in a direction.
const toLine = (value, grid) => Math.round(value / grid) * grid;
const nextLine = (value, by, grid) => (by > 0 ? Math.floor(value / grid) + 1 : Math.ceil(value / grid) - 1) * grid;
const upToLine = (value, grid) => Math.ceil(value / grid) * grid;

const within = (screen, part, x, y) => ({
  x: clamp(x, 0, Math.max(0, screen.width - part.width)),
  y: clamp(y, 0, Math.max(0, screen.height - part.height)),
});

// A part moved by pixels of the screen, to the grid and not over the edge.
export const draggedTo = (screen, part, byX, byY, grid) =>
  within(screen, part, toLine(part.x + byX, grid), toLine(part.y + byY, grid));

export function draggedSize(screen, part, byX, byY, grid) {
  const side = (start, size, by, end) => clamp(toLine(start + size + by, grid) - start, grid, Math.max(grid, end - start));
  return {
    width: side(part.x, part.width, byX, screen.width),
    height: side(part.y, part.height, byY, screen.height),
  };
}

// One step of an arrow key: `byX` and `byY` are −1, 0 or 1.
export const steppedTo = (screen, part, byX, byY, grid) =>
  within(screen, part, byX ? nextLine(part.x, byX, grid) : part.x, byY ? nextLine(part.y, byY, grid) : part.y);

export function steppedSize(screen, part, byX, byY, grid) {
  const side = (start, size, by, end) => (by ? clamp(nextLine(start + size, by, grid) - start, 1, Math.max(size, end - start)) : size);
  return {
    width: side(part.x, part.width, byX, screen.width),
    height: side(part.y, part.height, byY, screen.height),
  };
}

// ---- order ---------------------------------------------------------------------------------------------------

const inOneRow = (one, other) => one.y < other.y + other.height && other.y < one.y + one.height;
const inOneColumn = (one, other) => one.x < other.x + other.width && other.x < one.x + one.width;
const overlaps = (one, other) => inOneRow(one, other) && inOneColumn(one, other);

// Whether the eye meets `one` first: above in one column, or to the left in one row. As in Python's geometry.
export function precedes(one, other) {
  const beside = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const inRow = 2 * beside >= Math.min(one.height, other.height);
  return (one.y + one.height <= other.y && inOneColumn(one, other)) || (one.x + one.width <= other.x && inRow);
}

// The reading order in which the eye meets the parts: again and again the topmost, leftmost one that none precedes.
export function orderedByPlace(screen) {
  let left = [...screen.components].sort((one, other) => one.y - other.y || one.x - other.x);
  const order = [];
  while (left.length) {
    const next = left.find((one) => !left.some((other) => other !== one && precedes(other, one))) ?? left[0];
    order.push(next);
    left = left.filter((one) => one !== next);
  }
  return withParts(screen, order);
}

// ---- what is new ---------------------------------------------------------------------------------------------

// A short id that stands nowhere on the screen yet.
export function newPartId(screen, kind) {
  let number = 1;
  while (findPart(screen, `${kind}${number}`)) number += 1;
  return `${kind}${number}`;
}

// A part in a style of the system: below all others if there is room, else in the first gap, else at the bottom.
export function newPart(screen, style, choices) {
  const { grid, margin } = choices;
  const bar = style.kind === "navigation";
  const x = bar ? 0 : margin;
  const width = bar ? screen.width : WIDE.includes(style.kind) ? screen.width - 2 * margin : upToLine(style.width, grid);
  const height = upToLine(style.height, grid);
  const part = {
    id: newPartId(screen, style.kind), kind: style.kind, label: "", x, y: 0, width, height, placeholder: "",
    emphasis: style.emphasis, level: 0, text_size: style.text_size, colour: style.colour, background: style.background,
  };
  if (part.kind === "heading") part.level = screen.components.some((one) => one.level === 1) ? 2 : 1;
  const last = screen.height - height;
  const below = upToLine(Math.max(0, ...screen.components.map((one) => one.y + one.height)) + (screen.components.length ? grid : 0), grid);
  const free = (y) => !screen.components.some((one) => overlaps({ ...part, y }, one));
  part.y = below <= last ? below : Math.max(0, last);
  for (let y = 0; below > last && y <= last; y += grid) {
    if (free(y)) {
      part.y = y;
      break;
    }
  }
  return part;
}

// Its place in the reading order: before the first part that the eye meets after it.
export function placeInOrder(screen, part) {
  const place = screen.components.findIndex((one) => one.id !== part.id && precedes(part, one));
  return place < 0 ? screen.components.length : place;
}

// What comes with another kind or emphasis: the tokens of that style, and a level for headings alone.
export function restyled(part, changes, choices) {
  const next = { ...part, ...changes };
  if (next.kind !== "button") next.emphasis = "";
  else if (!next.emphasis) next.emphasis = "secondary";
  next.level = next.kind === "heading" ? next.level || 2 : 0;
  if (next.kind !== "field") next.placeholder = "";
  const style = choices.styles.find(({ kind, emphasis }) => kind === next.kind && emphasis === next.emphasis);
  return style ? { ...next, text_size: style.text_size, colour: style.colour, background: style.background } : next;
}
