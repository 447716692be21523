// Dragging a card to another place with a mouse, a pen or a finger. A finger takes the grip: elsewhere it scrolls.

import { make } from "../shared/dom.js";

const NEAR = 5; // pixels before a press becomes a drag
const EDGE = 40; // pixels from the edge of the map where it begins to scroll
const SPEED = 12; // pixels a frame

export function enableCardDrag({ element, columns, store, actions, view }) {
  const marker = make("div", { class: "jm-marker", "aria-hidden": "true" });
  let drag = null; // { card, pointer, x, y, startX, startY, scrolled, moving, target, frame }

  const scroller = () => element.closest(".jm-scroll");

  // The column under the pointer and the place in it, counted without the card itself.
  function targetAt(x, y) {
    const stages = new Set(store.present.stages.map((stage) => stage.id));
    let best = null;
    for (const [id, column] of columns) {
      if (!stages.has(id)) continue;
      const { left, right } = column.getBoundingClientRect();
      const distance = Math.max(left - x, x - right, 0);
      if (!best || distance < best.distance) best = { id, column, distance };
    }
    if (!best) return null;
    const others = [...best.column.children].filter((child) => child !== drag.card);
    const place = others.filter((other) => {
      const { top, height } = other.getBoundingClientRect();
      return y > top + height / 2;
    }).length;
    return { id: best.id, column: best.column, others, place };
  }

  function follow() {
    drag.frame = null;
    const frame = scroller();
    const { left, right } = frame.getBoundingClientRect();
    const by = drag.x < left + EDGE ? -SPEED : drag.x > right - EDGE ? SPEED : 0;
    const before = frame.scrollLeft;
    if (by) frame.scrollLeft += by;
    const target = targetAt(drag.x, drag.y);
    drag.target = target;
    if (target) {
      const inside = marker.parentElement.getBoundingClientRect();
      const column = target.column.getBoundingClientRect();
      const next = target.others[target.place]?.getBoundingClientRect().top;
      const last = target.others.at(-1)?.getBoundingClientRect().bottom;
      const y = next !== undefined ? next - 5 : last !== undefined ? last + 3 : column.top + 4;
      marker.style.width = `${column.width - 16}px`;
      marker.style.transform = `translate(${column.left - inside.left + 8}px, ${y - inside.top}px)`;
    }
    const scrolled = frame.scrollLeft - drag.scrolled;
    drag.card.style.transform = `translate(${drag.x - drag.startX + scrolled}px, ${drag.y - drag.startY}px)`;
    if (frame.scrollLeft !== before) drag.frame = requestAnimationFrame(follow);
  }

  function end(keep) {
    if (!drag) return;
    const { card, moving, target } = drag;
    cancelAnimationFrame(drag.frame);
    card.classList.remove("jm-dragged");
    card.style.transform = "";
    marker.remove();
    window.removeEventListener("keydown", onkey, true);
    drag = null;
    if (!moving) return;
    if (keep && target) actions.moveTo(card.dataset.id, target.id, target.place);
    else view.say("The card stays where it was.");
  }

  function onkey(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    end(false);
  }

  element.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".jm-card");
    if (!card || event.button !== 0 || drag) return;
    if (event.pointerType === "touch" && !event.target.closest(".jm-grip")) return;
    const { clientX: x, clientY: y } = event;
    drag = { card, pointer: event.pointerId, x, y, startX: x, startY: y, scrolled: scroller().scrollLeft, moving: false, target: null, frame: null };
    window.addEventListener("keydown", onkey, true);
  });
  element.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    drag.x = event.clientX;
    drag.y = event.clientY;
    if (!drag.moving) {
      if (Math.hypot(drag.x - drag.startX, drag.y - drag.startY) < NEAR) return;
      drag.moving = true;
      element.setPointerCapture(drag.pointer);
      drag.card.classList.add("jm-dragged");
      element.parentElement.append(marker);
    }
    drag.frame ??= requestAnimationFrame(follow);
  });
  element.addEventListener("pointerup", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    if (drag.moving) follow();
    end(true);
  });
  element.addEventListener("pointercancel", (event) => event.pointerId === drag?.pointer && end(false));

  return {
    get active() {
      return drag?.moving ?? false;
    },
  };
}
