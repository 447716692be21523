// Making and patching elements. Text only ever becomes text nodes, so nothing that a person wrote can become markup.

const SVG = "http://www.w3.org/2000/svg";

export function make(tag, attributes = {}, ...children) {
  return finish(document.createElement(tag), attributes, children);
}

export function makeSvg(tag, attributes = {}, ...children) {
  return finish(document.createElementNS(SVG, tag), attributes, children);
}

function finish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else setAttribute(element, name, value);
  }
  element.append(...children);
  return element;
}

// Sets what differs; true is an attribute without a value, and false or null none at all.
export function setAttribute(element, name, value) {
  if (value === false || value == null) element.removeAttribute(name);
  else {
    const text = value === true ? "" : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

// Changes the text node in place: a new node would wake everyone who watches the children, at each move of a pointer.
export function setText(element, text) {
  const node = element.firstChild;
  if (!node) element.append(text);
  else if (node.data !== text) node.data = text;
}

// Makes these the children, in this order, and moves only what stands elsewhere.
export function setChildren(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, place) => {
    if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] ?? null);
  });
}

// Keeps one item for each key: makes the new ones and forgets the old ones. Returns them in the order of the keys.
export function keyed(items, keys, create) {
  for (const key of [...items.keys()]) if (!keys.includes(key)) items.delete(key);
  return keys.map((key) => {
    if (!items.has(key)) items.set(key, create(key));
    return items.get(key);
  });
}

export const button = (label, onclick, attributes = {}) =>
  make("button", { type: "button", class: "ed-button", onclick, ...attributes }, label);

// A button that has nothing to do stays focusable: were it disabled, the focus would fall to nowhere.
export const enable = (element, enabled) => setAttribute(element, "aria-disabled", enabled ? null : "true");

export const isTextField = (element) => element.matches("textarea, input:not([type=file])");

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

let made = 0;
export const newElementId = () => `ed-${(made += 1)}-${Math.random().toString(36).slice(2, 8)}`;
