// Cures, for one exercise, what JupyterLab and ipywidgets leave open for people who use a keyboard or a screen reader.
//
// 1. In command mode JupyterLab takes single keys away from controls: "d d" on a checkbox would delete the cell. Each
//    focusable element that carries SHIELD keeps its keys; an ancestor that carries it is not enough.
// 2. ipywidgets names neither the handle of a slider nor a group of radio buttons, leaves radio buttons ungrouped, so
//    that arrow keys do not move between them, and gives labels without a tooltip the tooltip "null".
// 3. Feedback must be announced, so its box is a live region from the start.
// 4. A table too wide for the window scrolls, and whoever has no mouse must be able to scroll it.
// 5. JupyterLab forbids line breaks and undoing in every text field inside a cell, ours included.
const SHIELD = "data-lm-suppress-shortcuts";
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";

const label = (widget) => widget.querySelector(".widget-label")?.textContent.trim() ?? "";

function tend(exercise) {
  const title = exercise.querySelector(".cxux-title")?.textContent ?? "Exercise";
  exercise.setAttribute("role", "group");
  exercise.setAttribute("aria-label", title);
  for (const element of exercise.querySelectorAll('[title="null"]')) element.removeAttribute("title");
  for (const content of exercise.querySelectorAll(".widget-html-content")) {
    if (content.scrollWidth > content.clientWidth) content.tabIndex = 0;
    else content.removeAttribute("tabindex");
  }
  for (const element of exercise.querySelectorAll(FOCUSABLE)) element.setAttribute(SHIELD, "");
  for (const slider of exercise.querySelectorAll(".widget-slider")) {
    const handles = slider.querySelectorAll("[role=slider]");
    handles.forEach((handle, i) => {
      const end = handles.length > 1 ? [" from", " to"][i] : "";
      handle.setAttribute("aria-label", label(slider) + end);
    });
    const readout = slider.querySelector(".widget-readout");
    readout?.setAttribute("role", "textbox");
    readout?.setAttribute("aria-label", `${label(slider)}, type a value`);
  }
  for (const radios of exercise.querySelectorAll(".widget-radio")) {
    radios.setAttribute("role", "radiogroup");
    radios.setAttribute("aria-label", label(radios) || title);
    const buttons = radios.querySelectorAll("input");
    const group = buttons[0]?.name || `cxux-${Math.random()}`;
    for (const button of buttons) button.name = group;
  }
  for (const box of exercise.querySelectorAll(".cxux-live")) box.setAttribute("role", "status");
}

// SHIELD would take Ctrl+S away too, and so would ipywidgets' text fields. The window hears a key before they do, so it
// can hand this one to the notebook around the exercise.
function letSaveThrough(event) {
  const accelerated = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const exercise = event.target.closest?.(".cxux-exercise");
  if (!accelerated || event.key.toLowerCase() !== "s" || !exercise) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  // A text field tells what was typed when it is left; who saves wants it kept now.
  if (event.target.matches("input, textarea")) event.target.dispatchEvent(new Event("change", { bubbles: true }));
  exercise.parentElement.dispatchEvent(new KeyboardEvent("keydown", event));
}

// JupyterLab forbids these at the text field itself, so they are kept from coming there; the browser still does them.
function letEdit(event) {
  if (["insertLineBreak", "historyUndo", "historyRedo"].includes(event.inputType)) event.stopPropagation();
}

function render({ el }) {
  el.style.display = "none";
  let observer, resized;
  let frame = requestAnimationFrame(function start() {
    const exercise = el.closest(".cxux-exercise");
    if (!exercise) {
      frame = requestAnimationFrame(start); // not attached to the page yet
      return;
    }
    tend(exercise);
    exercise.addEventListener("beforeinput", letEdit, true);
    observer = new MutationObserver(() => tend(exercise));
    observer.observe(exercise, { childList: true, subtree: true });
    resized = new ResizeObserver(() => tend(exercise));
    resized.observe(exercise);
  });
  window.addEventListener("keydown", letSaveThrough, true);
  return () => {
    cancelAnimationFrame(frame);
    observer?.disconnect();
    resized?.disconnect();
    window.removeEventListener("keydown", letSaveThrough, true);
  };
}

export default { render };
