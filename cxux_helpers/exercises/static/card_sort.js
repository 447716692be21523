// Sorting cards into piles: by dragging, by picking a card and then a pile, by keyboard, or with a menu for each card.
//
// The state is one object, `placed`, from card to pile; a card that is not in it is unsorted. Python keeps it, here it is
// only shown and changed. Text only ever becomes text nodes, so nothing that a person wrote can become markup.

const UNSORTED = "Unsorted";
const NEAR = 5; // pixels before a press becomes a drag
const EDGE = 40; // pixels from the edge of the window where a drag begins to scroll
const SPEED = 12; // pixels a frame
const HELP =
  "Drag a card onto a pile. Or click a card, then the name of a pile. By keyboard: Tab leads to a list, arrow keys to a " +
  "card, its number puts it into a pile, and 0 takes it out again.";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const cardsInWords = (n) => (n === 1 ? "1 card" : `${n} cards`);
const same = (one, other) => {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
};

function render({ model, el }) {
  const texts = new Map(model.get("cards"));
  const piles = model.get("piles").map(([name]) => name);
  const id = `cxux-sort-${Math.random().toString(36).slice(2, 8)}`;
  let placed = model.get("placed");
  let picked = null; // the card that waits for a pile
  let drag = null; // { card, pointer, x, y, startX, startY, ghost, over, frame }
  let dragEnded = 0; // when; the click that follows a drag is none

  // ---- what changes -------------------------------------------------------------------------------------------

  function place(card, pile) {
    const next = { ...placed };
    if (pile === UNSORTED) delete next[card];
    else next[card] = pile;
    picked = null;
    if (same(next, placed)) {
      show();
      return;
    }
    placed = next;
    model.set("placed", placed);
    model.save_changes();
    show();
    const left = texts.size - Object.keys(placed).length;
    say(`${pile}: ${texts.get(card)} ${left ? `${cardsInWords(left)} unsorted.` : "All cards are sorted."}`);
  }

  function pick(card) {
    picked = picked === card ? null : card;
    show();
    say(picked ? `Picked up: ${texts.get(card)} Now choose a pile.` : "Put down again.");
  }

  function putPickedInto(pile) {
    if (picked) place(picked, pile);
    else say("Pick up a card first.");
  }

  // ---- the piles ----------------------------------------------------------------------------------------------

  const cards = new Map([...texts.keys()].map((card) => [card, makeCard(card)]));
  const places = new Map([UNSORTED, ...piles].map((name, number) => [name, makePile(name, number)]));

  function makeCard(card) {
    const mark = make("span", { class: "cs-mark" });
    const element = make(
      "div",
      { class: "cs-card", role: "option", tabindex: "-1", "aria-selected": "false", "data-card": card },
      make("span", {}, texts.get(card)),
      mark,
    );
    return { element, mark };
  }

  function makePile(name, number) {
    const count = make("span", { class: "cs-count" });
    const target = make(
      "button",
      { type: "button", class: "cs-target" },
      make("span", { class: "cs-number" }, number < 10 ? String(number) : ""),
      make("span", { class: "cs-name" }, name),
      count,
    );
    const list = make("div", { class: "cs-list", "aria-label": name });
    const words = Object.fromEntries(model.get("piles"))[name];
    const element = make("div", { class: "cs-pile", "data-pile": name }, target);
    if (words) element.append(make("p", { class: "cs-words" }, words));
    element.append(list);
    element.addEventListener("click", (event) => {
      if (performance.now() - dragEnded < 50) return;
      const card = event.target.closest(".cs-card");
      if (card) pick(card.dataset.card);
      else if (picked || event.target.closest(".cs-target")) putPickedInto(name);
    });
    return { element, target, count, list };
  }

  function show() {
    const focused = document.activeElement?.dataset?.card;
    const verdicts = model.get("verdicts");
    for (const [name, { element, count, list }] of places) {
      const inside = [...texts.keys()].filter((card) => (placed[card] ?? UNSORTED) === name);
      const wanted = inside.map((card) => cards.get(card).element);
      for (const child of [...list.children]) if (!wanted.includes(child)) child.remove();
      wanted.forEach((child, n) => list.children[n] !== child && list.insertBefore(child, list.children[n] ?? null));
      count.textContent = cardsInWords(inside.length);
      element.classList.toggle("cs-ready", picked !== null);
      if (inside.length) list.setAttribute("role", "listbox"); // an empty one would hold no options
      else list.removeAttribute("role");
      if (inside.length) list.setAttribute("aria-label", `${name}, ${cardsInWords(inside.length)}`);
      else list.removeAttribute("aria-label");
      const stop = wanted.find((child) => child.tabIndex === 0) ?? wanted[0];
      for (const child of wanted) child.tabIndex = child === stop ? 0 : -1;
    }
    for (const [card, { element, mark }] of cards) {
      element.setAttribute("aria-selected", String(card === picked));
      const verdict = verdicts[card];
      const known = verdict && verdict.pile === placed[card]; // a verdict speaks of one place only
      mark.textContent = known ? (verdict.fits ? " ✓ fits" : " ✗ look again") : "";
      element.classList.toggle("cs-fails", Boolean(known && !verdict.fits));
    }
    for (const [card, menu] of menus) menu.value = placed[card] ?? UNSORTED;
    const n = Object.keys(placed).length;
    counter.textContent = `${n} of ${cardsInWords(texts.size)} sorted`;
    if (focused && document.activeElement?.dataset?.card !== focused) focus(cards.get(focused).element);
  }

  // One stop of Tab for each list: the card that had the focus last.
  function focus(element) {
    for (const sibling of element.parentElement.children) sibling.tabIndex = sibling === element ? 0 : -1;
    element.focus();
  }

  // ---- keyboard -----------------------------------------------------------------------------------------------

  const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

  function onkey(event) {
    const element = event.target.closest(".cs-card");
    if (!element || event.ctrlKey || event.metaKey || event.altKey) return;
    const siblings = [...element.parentElement.children];
    const at = siblings.indexOf(element);
    const number = /^\d$/.test(event.key) ? Number(event.key) : /^(Delete|Backspace)$/.test(event.key) ? 0 : null;
    if (event.key in STEPS) {
      focus(siblings[Math.min(siblings.length - 1, Math.max(0, at + STEPS[event.key]))]);
    } else if (event.key === "Enter" || event.key === " ") {
      pick(element.dataset.card);
    } else if (event.key === "Escape") {
      if (picked) pick(picked);
    } else if (number !== null && number <= piles.length) {
      const next = siblings[at + 1] ?? siblings[at - 1] ?? element; // sorting goes on with the card below
      focus(next);
      place(element.dataset.card, [UNSORTED, ...piles][number]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // ---- dragging -----------------------------------------------------------------------------------------------

  function pileAt(x, y) {
    for (const [name, { element }] of places) {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      if (x >= left && x < right && y >= top && y < bottom) return name;
    }
    return null;
  }

  function scroller() {
    let element = el.parentElement;
    while (element && !(element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY))) {
      element = element.parentElement;
    }
    return element;
  }

  function follow() {
    drag.frame = null;
    if (drag.scroller) {
      const { top, bottom } = drag.scroller.getBoundingClientRect();
      const by = drag.y < top + EDGE ? -SPEED : drag.y > bottom - EDGE ? SPEED : 0;
      const before = drag.scroller.scrollTop;
      if (by) drag.scroller.scrollTop += by;
      if (drag.scroller.scrollTop !== before) drag.frame = requestAnimationFrame(follow);
    }
    const home = root.getBoundingClientRect();
    const left = Math.min(Math.max(drag.x - home.left - 20, 0), home.width - drag.ghost.offsetWidth);
    const top = Math.min(Math.max(drag.y - home.top - 14, 0), home.height - drag.ghost.offsetHeight);
    drag.ghost.style.transform = `translate(${left}px, ${top}px)`;
    const over = pileAt(drag.x, drag.y);
    if (over === drag.over) return;
    if (drag.over) places.get(drag.over).element.classList.remove("cs-over");
    if (over) places.get(over).element.classList.add("cs-over");
    drag.over = over;
  }

  function endDrag(keep) {
    if (!drag) return;
    const { card, ghost, over, frame } = drag;
    cancelAnimationFrame(frame);
    drag = null;
    window.removeEventListener("keydown", cancelByEscape, true);
    if (!ghost) return;
    dragEnded = performance.now();
    ghost.remove();
    cards.get(card).element.classList.remove("cs-away");
    if (over) places.get(over).element.classList.remove("cs-over");
    if (keep && over) place(card, over);
    else say("The card stays where it was.");
  }

  function cancelByEscape(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    endDrag(false);
  }

  function ondown(event) {
    const element = event.target.closest(".cs-card");
    // A finger scrolls the page; it picks a card by tapping.
    if (!element || event.button !== 0 || event.pointerType === "touch" || drag) return;
    drag = { card: element.dataset.card, pointer: event.pointerId, startX: event.clientX, startY: event.clientY };
    window.addEventListener("keydown", cancelByEscape, true);
  }

  function onmove(event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    drag.x = event.clientX;
    drag.y = event.clientY;
    if (!drag.ghost) {
      if (Math.hypot(drag.x - drag.startX, drag.y - drag.startY) < NEAR) return;
      const { element } = cards.get(drag.card);
      board.setPointerCapture(drag.pointer);
      drag.ghost = make("div", { class: "cs-ghost", "aria-hidden": "true" }, texts.get(drag.card));
      drag.ghost.style.width = `${element.offsetWidth}px`;
      element.classList.add("cs-away");
      root.append(drag.ghost);
      drag.scroller = scroller();
    }
    drag.frame ??= requestAnimationFrame(follow);
  }

  // ---- the same with native controls --------------------------------------------------------------------------

  const menus = new Map();
  const list = make("ol", { class: "cs-menus" });
  for (const [card, text] of texts) {
    const menu = make(
      "select",
      { id: `${id}-${card}`, onchange: () => place(card, menu.value) },
      ...[UNSORTED, ...piles].map((name) => make("option", { value: name }, name)),
    );
    menus.set(card, menu);
    list.append(make("li", {}, make("label", { for: menu.id }, text), menu));
  }

  function turnTo(name) {
    board.hidden = name !== "Piles";
    list.hidden = name === "Piles";
    help.hidden = board.hidden;
    for (const one of turners) one.setAttribute("aria-pressed", String(one.textContent === name));
  }

  // ---- all together -------------------------------------------------------------------------------------------

  const help = make("p", { class: "cs-help" }, HELP);
  const counter = make("span", { class: "cs-counter" });
  const turners = ["Piles", "Menus"].map((name) =>
    make("button", { type: "button", class: "cs-turn", onclick: () => turnTo(name) }, name),
  );
  const live = make("div", { class: "cs-live", role: "status" });
  const say = (text) => (live.textContent = text);
  const [unsorted, ...rest] = [...places.values()].map(({ element }) => element);
  unsorted.classList.add("cs-unsorted");
  const board = make("div", {}, unsorted, make("div", { class: "cs-piles" }, ...rest));
  board.addEventListener("keydown", onkey);
  board.addEventListener("pointerdown", ondown);
  board.addEventListener("pointermove", onmove);
  board.addEventListener("pointerup", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    if (drag.ghost) follow();
    endDrag(true);
  });
  board.addEventListener("pointercancel", () => endDrag(false));
  const choice = make("div", { class: "cs-bar", role: "group", "aria-label": "How to sort" }, ...turners);
  const root = make("div", { class: "cs-root" }, make("div", { class: "cs-bar" }, choice, counter), help, board, list, live);
  el.append(root);
  turnTo("Piles");
  show();

  const onplaced = () => {
    if (same(model.get("placed"), placed)) return;
    endDrag(false);
    placed = model.get("placed");
    picked = null;
    show();
  };
  model.on("change:placed", onplaced);
  model.on("change:verdicts", show);
  return () => {
    endDrag(false);
    model.off("change:placed", onplaced);
    model.off("change:verdicts", show);
  };
}

export default { render };
