// Putting items in order with two buttons for each, or with Alt and an arrow key. Python keeps the order.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function render({ model, el }) {
  const texts = new Map(model.get("items"));
  const live = make("div", { class: "or-live", role: "status" });
  const list = make("ol", { class: "or-list" });
  const rows = new Map([...texts].map(([item, words]) => [item, makeRow(item, words)]));
  let order = model.get("order");

  function makeRow(item, words) {
    const row = make("li", { class: "or-row" });
    const buttons = [["↑", "up", -1], ["↓", "down", 1]].map(([sign, name, by]) => {
      const button = make("button", { type: "button", class: "or-move", "aria-label": `Move ${item} ${name}` }, sign);
      button.addEventListener("click", () => move(item, by, button));
      return button;
    });
    const text = make("div", { class: "or-text" }, make("strong", {}, item));
    if (words) text.append(` ${words}`);
    row.append(text, make("div", { class: "or-buttons" }, ...buttons));
    row.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      move(item, by, event.target);
    });
    return { row, buttons };
  }

  function move(item, by, focused) {
    const from = order.indexOf(item);
    const to = from + by;
    if (to < 0 || to >= order.length) {
      live.textContent = `${item} is ${by < 0 ? "first" : "last"} already.`;
      return;
    }
    const next = [...order];
    [next[from], next[to]] = [next[to], next[from]];
    order = next;
    model.set("order", order);
    model.save_changes();
    show();
    focused.focus(); // what is moved in the page loses it
    live.textContent = `${item} is now ${to + 1} of ${order.length}.`;
  }

  function show() {
    order.forEach((item, at) => {
      const { row, buttons } = rows.get(item);
      if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
      // Still focusable: were it disabled, the focus would fall to nowhere.
      buttons[0].setAttribute("aria-disabled", String(at === 0));
      buttons[1].setAttribute("aria-disabled", String(at === order.length - 1));
    });
  }

  el.append(
    make("p", { class: "or-help" }, "Move items with their buttons. By keyboard: Alt with an arrow key moves the item in focus."),
    list,
    live,
  );
  show();
  const onorder = () => {
    const told = model.get("order");
    if (told.join("\n") === order.join("\n")) return;
    order = told;
    show();
  };
  model.on("change:order", onorder);
  return () => model.off("change:order", onorder);
}

export default { render };
