// The curve of feelings: one point for each touchpoint, dragged up and down or moved with the arrow keys.

import { clamp, keyed, make, makeSvg, setAttribute, setChildren, setText } from "../shared/dom.js";
import { changeTouchpoint, inOrder, lanes, lowest } from "./map_data.js";
import { feeling, signed } from "./words.js";

const HEIGHT = 250;
const TOP = 46; // room for the name of a point at the best feeling
const BOTTOM = 44; // and for "lowest" below one at the worst
const BADGE = 11; // radius of a point
const CLEAR = 28; // from a point's middle to the words above it, past the ring of the focus

export const laneWidth = (count) => Math.max(228, count * 36 + 28);

export function makeScale(choices) {
  const values = choices.emotions.map(([value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const length = HEIGHT - TOP - BOTTOM;
  return {
    low,
    high,
    height: HEIGHT,
    y: (emotion) => TOP + ((high - emotion) / (high - low)) * length,
    emotion: (y) => clamp(high - ((y - TOP) / length) * (high - low), low, high),
  };
}

// Where each touchpoint's point stands from left to right, in pixels, and the edges of the columns.
export function layOut(map) {
  const x = new Map();
  const columns = [];
  let left = 0;
  for (const lane of lanes(map)) {
    const width = laneWidth(lane.touchpoints.length);
    lane.touchpoints.forEach((one, i) => x.set(one.id, left + (width * (i + 0.5)) / lane.touchpoints.length));
    columns.push({ lane, left, width });
    left += width;
  }
  return { x, columns, width: left };
}

// The line through known feelings; it breaks where nobody knows.
export function curvePath(touchpoints, x, y) {
  let pen = "M";
  return touchpoints
    .map((one) => {
      if (one.emotion === null) {
        pen = "M";
        return "";
      }
      const segment = `${pen}${x.get(one.id)} ${y(one)}`;
      pen = "L";
      return segment;
    })
    .join("");
}

export function makeCurve({ store, choices, actions, view }) {
  const scale = makeScale(choices);
  const points = new Map();
  const bands = new Map();
  const bandLayer = makeSvg("g");
  const line = makeSvg("path", { class: "jm-curve-line" });
  const pointLayer = makeSvg("g");
  const grid = choices.emotions.map(([value]) =>
    makeSvg("line", { class: value === 0 ? "jm-grid jm-neutral" : "jm-grid", x1: 0, y1: scale.y(value), y2: scale.y(value) }),
  );
  const low = makeSvg("text", { class: "jm-lowest", "text-anchor": "middle" }, "▲ lowest");
  const caption = makeSvg("text", { class: "jm-caption", "text-anchor": "middle" }, " ");
  const svg = makeSvg(
    "svg",
    { class: "jm-curve", height: HEIGHT, role: "group", "aria-label": "Curve of feelings, one slider for each touchpoint" },
    bandLayer, ...grid, line, low, caption, pointLayer,
  );
  const axis = make(
    "div",
    { class: "jm-axis", "aria-hidden": "true" },
    ...choices.emotions.map(([value, words]) =>
      make("span", { style: `top: ${scale.y(value)}px` }, make("span", { class: "jm-axis-words" }, `${words} `), signed(value)),
    ),
  );
  const element = make("div", { class: "jm-curve-row" }, axis, svg);

  let layout = layOut(store.present);
  let drag = null; // { id, pointer, start, grip, clientY, emotion, frame }

  const feltAt = (one) => (drag?.emotion != null && drag.id === one.id ? drag.emotion : one.emotion);
  const heightOf = (one) => scale.y(feltAt(one) ?? 0);

  function makePoint(id) {
    const number = makeSvg("text", { class: "jm-point-number", "text-anchor": "middle", y: 4 }, " ");
    const group = makeSvg(
      "g",
      { class: "jm-point", role: "slider", tabindex: -1, "data-id": id, "aria-orientation": "vertical",
        "aria-valuemin": scale.low, "aria-valuemax": scale.high },
      makeSvg("circle", { class: "jm-hit", r: 17 }), makeSvg("circle", { class: "jm-dot", r: BADGE }), number,
    );
    return { group, number };
  }

  function update() {
    layout = layOut(store.present);
    const order = inOrder(store.present);
    setAttribute(svg, "width", layout.width);
    const rects = keyed(bands, layout.columns.map(({ lane }) => lane.id), () => makeSvg("rect", { y: 0, height: HEIGHT }));
    rects.forEach((rect, i) => {
      setAttribute(rect, "x", layout.columns[i].left);
      setAttribute(rect, "width", layout.columns[i].width);
      setAttribute(rect, "class", i % 2 ? "jm-band jm-odd" : "jm-band");
    });
    setChildren(bandLayer, rects);
    for (const one of grid) setAttribute(one, "x2", layout.width);
    const groups = keyed(points, order.map((one) => one.id), makePoint).map(({ group, number }, i) => {
      const one = order[i];
      setText(number, one.emotion === null ? "?" : String(i + 1));
      setAttribute(group, "tabindex", one.id === view.selected ? 0 : -1);
      setAttribute(group, "class", `jm-point${one.emotion === null ? " jm-unknown" : ""}${one.id === view.selected ? " jm-selected" : ""}`);
      setAttribute(group, "aria-label", `Feeling at ${i + 1}, ${one.name.trim() || "touchpoint without a name"}`);
      setAttribute(group, "aria-valuenow", one.emotion ?? 0);
      setAttribute(group, "aria-valuetext", feeling(one.emotion, choices));
      return group;
    });
    setChildren(pointLayer, groups);
    paint(order);
  }

  // Only what moves while a point is dragged.
  function paint(order = inOrder(store.present)) {
    for (const one of order) setAttribute(points.get(one.id).group, "transform", `translate(${layout.x.get(one.id)} ${heightOf(one)})`);
    setAttribute(line, "d", curvePath(order, layout.x, heightOf));
    const worst = lowest(store.present);
    setAttribute(low, "visibility", worst ? "visible" : "hidden");
    if (worst) write(low, "▲ lowest", layout.x.get(worst.id), heightOf(worst) + CLEAR + 10);
    const chosen = order.find((one) => one.id === view.selected);
    setAttribute(caption, "visibility", chosen ? "visible" : "hidden");
    if (chosen) {
      const name = chosen.name.trim().slice(0, 40) || "No name yet";
      write(caption, `${name}: ${chosen.emotion === null ? "unknown" : signed(chosen.emotion)}`, layout.x.get(chosen.id), heightOf(chosen) - CLEAR);
    }
  }

  // Writes at a place, and nearer to the middle where the words would leave the picture; a guess of the width will do.
  function write(text, words, x, y) {
    const half = words.length * 3.8 + 4;
    setText(text, words);
    setAttribute(text, "x", clamp(x, half, Math.max(half, layout.width - half)));
    setAttribute(text, "y", y);
  }

  function follow() {
    const one = store.present.touchpoints.find(({ id }) => id === drag.id);
    drag.frame = null;
    if (!one) {
      drag = null; // taken away from outside, under the pointer
      return;
    }
    drag.emotion = scale.emotion(drag.clientY - svg.getBoundingClientRect().top - drag.grip);
    paint();
    const emotion = Math.round(drag.emotion) + 0; // + 0 makes the minus of −0 go away
    if (one.emotion !== emotion) store.preview(changeTouchpoint(store.present, drag.id, { emotion }));
  }

  function end(keep) {
    if (!drag) return;
    cancelAnimationFrame(drag.frame);
    if (keep && drag.frame) follow();
    if (!drag) return;
    const { id, emotion, start } = drag;
    drag = null;
    if (emotion == null) return;
    if (keep && Math.round(emotion) + 0 !== start) actions.setEmotion(id, Math.round(emotion) + 0, { aloud: true });
    else store.cancelPreview();
    update();
  }

  svg.addEventListener("pointerdown", (event) => {
    const group = event.target.closest(".jm-point");
    if (!group || event.button !== 0 || drag) return;
    event.preventDefault();
    const { id } = group.dataset;
    view.select(id);
    group.focus({ preventScroll: true });
    const one = store.present.touchpoints.find((touchpoint) => touchpoint.id === id);
    const grip = event.clientY - svg.getBoundingClientRect().top - heightOf(one);
    drag = { id, pointer: event.pointerId, start: one.emotion, grip, clientY: event.clientY, emotion: null, frame: null };
    svg.setPointerCapture(event.pointerId);
  });
  // A finger on a point drags it; without this, the browser would begin to scroll and take the pointer away.
  const hold = (event) => event.target.closest(".jm-point") && event.preventDefault();
  svg.addEventListener("touchstart", hold, { passive: false });
  svg.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    drag.clientY = event.clientY;
    drag.frame ??= requestAnimationFrame(follow);
  });
  svg.addEventListener("pointerup", (event) => event.pointerId === drag?.pointer && end(true));
  svg.addEventListener("pointercancel", (event) => event.pointerId === drag?.pointer && end(false));
  svg.addEventListener("focusin", (event) => view.select(event.target.closest(".jm-point")?.dataset.id));
  svg.addEventListener("dblclick", (event) => {
    const id = event.target.closest(".jm-point")?.dataset.id;
    if (id) view.open("touchpoint", id, "emotion");
  });

  svg.addEventListener("keydown", (event) => {
    const id = event.target.closest(".jm-point")?.dataset.id;
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && drag) end(false);
    else if (drag) return;
    else if (event.key === "Enter") view.open("touchpoint", id, "emotion");
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const order = inOrder(store.present).map((one) => one.id);
      const next = order[order.indexOf(id) + (event.key === "ArrowLeft" ? -1 : 1)];
      if (next) view.focusOn({ kind: "point", id: next });
    } else {
      const { emotion } = store.present.touchpoints.find((one) => one.id === id);
      const keys = {
        ArrowUp: (emotion ?? 0) + 1, ArrowDown: (emotion ?? 0) - 1, Home: scale.low, End: scale.high, Delete: null, Backspace: null,
      };
      if (!(event.key in keys)) return;
      const wanted = keys[event.key] === null ? null : clamp(keys[event.key], scale.low, scale.high);
      if (wanted !== emotion) actions.setEmotion(id, wanted, { aloud: false });
    }
    event.preventDefault();
    event.stopPropagation();
  });

  function focus(id) {
    const group = points.get(id)?.group;
    group?.focus({ preventScroll: true });
    group?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  return { element, update, focus };
}
