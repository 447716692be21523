// The screen itself. Components are dragged and resized by mouse, pen or finger without a word to Python until they are
// let go; by keyboard, arrow keys move them. Tab goes through them in their reading order.

import { keyed, make, setAttribute, setChildren } from "../shared/dom.js";
import { makeDrawn, placeStyle } from "./drawing.js";
import { draggedSize, draggedTo, findPart } from "./screen_data.js";

const NEAR = 3; // pixels before a press becomes a drag
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function makeCanvas({ model, store, choices, actions, view }) {
  const drawn = new Map();
  const paper = choices.colours.paper ?? "#ffffff";
  const screen = make("div", { class: "wf-screen", role: "application" });
  const element = make("div", { class: "wf-desk" }, screen);
  let drag = null; // { id, part, pointer, startX, startY, scale, resize, moving, changes, frame }

  function update() {
    const { title, width, height, components } = store.present;
    setAttribute(screen, "aria-label", `Screen: ${title.trim() || "without a title"}, ${width} by ${height} pixels`);
    setAttribute(screen, "class", view.numbers ? "wf-screen" : "wf-screen wf-bare");
    setAttribute(
      screen,
      "style",
      `--wf-pixel: calc(100cqw / ${width}); --wf-grid: ${choices.grid}; --wf-margin: ${choices.margin}; ` +
        `max-width: ${width}px; aspect-ratio: ${width} / ${height}; background-color: ${paper};`,
    );
    const faults = new Map();
    for (const { id } of model.get("findings")) faults.set(id, (faults.get(id) ?? 0) + 1);
    const made = keyed(drawn, components.map((one) => one.id), makeDrawn);
    setChildren(screen, made.map((one) => one.element));
    components.forEach((one, i) => {
      made[i].update(one, i, components.length, faults.get(one.id) ?? 0, one.id === view.selected, choices);
    });
    if (drag?.changes) paint();
  }

  const partAt = (event) => event.target.closest(".wf-part");
  const idAt = (event) => partAt(event)?.dataset.id;

  function paint() {
    setAttribute(drawn.get(drag.id).element, "style", placeStyle({ ...drag.part, ...drag.changes }));
  }

  function follow(event) {
    const byX = (event.clientX - drag.startX) / drag.scale;
    const byY = (event.clientY - drag.startY) / drag.scale;
    const change = drag.resize ? draggedSize : draggedTo;
    drag.changes = change(store.present, drag.part, byX, byY, choices.grid);
    drag.frame ??= requestAnimationFrame(() => {
      if (drag) {
        drag.frame = null;
        paint();
      }
    });
  }

  function end(keep) {
    if (!drag) return;
    const { id, part, changes, frame, moving } = drag;
    cancelAnimationFrame(frame);
    window.removeEventListener("keydown", onkey, true);
    drag = null;
    screen.classList.remove("wf-dragging");
    if (!moving) return;
    const moved = changes && Object.entries(changes).some(([key, value]) => part[key] !== value);
    if (keep && moved && findPart(store.present, id)) actions.place(id, changes);
    else {
      update();
      view.say("It stays where it was.");
    }
  }

  function onkey(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    end(false);
  }

  screen.addEventListener("pointerdown", (event) => {
    const id = idAt(event);
    if (!id || event.button !== 0 || drag) return;
    // A finger scrolls the page, but for the chosen component, which it drags.
    if (event.pointerType === "touch" && id !== view.selected) return;
    event.preventDefault();
    view.select(id);
    partAt(event).focus({ preventScroll: true });
    const part = findPart(store.present, id);
    const scale = screen.getBoundingClientRect().width / store.present.width;
    const resize = Boolean(event.target.closest(".wf-handle"));
    drag = { id, part, pointer: event.pointerId, startX: event.clientX, startY: event.clientY, scale, resize, moving: false, changes: null, frame: null };
    window.addEventListener("keydown", onkey, true);
  });
  screen.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    if (!drag.moving) {
      if (Math.hypot(event.clientX - drag.startX, event.clientY - drag.startY) < NEAR) return;
      drag.moving = true;
      screen.setPointerCapture(drag.pointer);
      screen.classList.add("wf-dragging");
    }
    follow(event);
  });
  screen.addEventListener("pointerup", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    if (drag.moving) follow(event);
    end(true);
  });
  screen.addEventListener("pointercancel", (event) => event.pointerId === drag?.pointer && end(false));
  // A finger on the chosen component drags it; without this, the browser would begin to scroll and take it away.
  const hold = (event) => idAt(event) === view.selected && idAt(event) && event.preventDefault();
  screen.addEventListener("touchmove", (event) => drag && event.preventDefault(), { passive: false });
  screen.addEventListener("touchstart", hold, { passive: false });
  screen.addEventListener("click", (event) => idAt(event) && focus(idAt(event)));
  screen.addEventListener("dblclick", (event) => idAt(event) && view.focusOn(idAt(event), "label"));
  screen.addEventListener("focusin", (event) => view.select(idAt(event)));

  screen.addEventListener("keydown", (event) => {
    const id = idAt(event);
    if (!id || event.ctrlKey || event.metaKey || event.altKey || drag?.moving) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) actions.growBy(id, ...arrow);
    else if (arrow) actions.stepBy(id, ...arrow);
    else if (event.key === "Enter" || event.key === "F2") view.focusOn(id, "label");
    else if (event.key === "Delete" || event.key === "Backspace") actions.remove(id);
    else if (event.key === "PageUp") actions.readBy(id, -1);
    else if (event.key === "PageDown") actions.readBy(id, 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function focus(id) {
    const part = drawn.get(id)?.element;
    part?.focus({ preventScroll: true });
    part?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  return { element, update, focus };
}
