// Fields as native controls: written once, for forms and for tables.
//
// A field has a key and a label, perhaps a shorter label for the head of a column, and either options, a function that
// returns pairs of value and label, or a longest length, `long` for several lines, or `step` for whole numbers. If it
// `applies` to some parts only, it is hidden for the others.

import { make, newElementId, setAttribute, setText } from "./dom.js";

// One control. `show` patches it to the part of the whole that it edits and leaves the caret where it is.
export function makeControl(field, onchange) {
  if (field.step) return makeNumber(field, onchange);
  if (!field.options) {
    const tag = field.long ? "textarea" : "input";
    const type = field.long ? null : "text";
    const rows = field.long ? 2 : null;
    const control = make(tag, { type, rows, maxlength: field.longest, oninput: () => onchange(control.value) });
    const show = (_, part) => {
      if (control.value !== part[field.key]) control.value = part[field.key];
    };
    return { control, show };
  }
  let options = [];
  const control = make("select", { onchange: () => onchange(options[control.selectedIndex][0]) });
  const show = (whole, part) => {
    options = field.options(whole, part);
    while (control.options.length > options.length) control.lastChild.remove();
    while (control.options.length < options.length) control.append(make("option"));
    options.forEach(([value, label], i) => {
      setText(control.options[i], label);
      setAttribute(control.options[i], "value", value === null ? "" : String(value));
    });
    control.selectedIndex = options.findIndex(([value]) => value === part[field.key]);
  };
  return { control, show };
}

// What is no whole number within the bounds changes nothing; when the field is left, it shows again what counts.
function makeNumber(field, onchange) {
  let counts = "";
  const control = make("input", {
    type: "number", step: field.step, min: field.least, max: field.most,
    oninput: () => {
      const value = control.value === "" ? NaN : Number(control.value);
      if (Number.isInteger(value) && value >= field.least && value <= field.most) onchange(value);
    },
    onblur: () => {
      control.value = counts;
    },
  });
  const show = (_, part) => {
    counts = String(part[field.key]);
    if (Number(control.value) !== part[field.key] || control.value === "") control.value = counts;
  };
  return { control, show };
}

// Controls with their labels, as rows of a form.
export const makeRows = (fields, onchange) =>
  fields.map((field) => {
    const made = makeControl(field, (value) => onchange(field.key, value));
    const id = newElementId();
    setAttribute(made.control, "id", id);
    setAttribute(made.control, "data-field", field.key);
    const label = make("label", { for: id }, field.label);
    return { ...made, key: field.key, row: make("div", { class: field.long ? "ed-field ed-wide" : "ed-field" }, label, made.control) };
  });
