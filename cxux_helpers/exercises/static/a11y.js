// Cures, for one exercise, what JupyterLab and ipywidgets leave open for people who use a keyboard or a screen reader.
//
// 1. In command mode JupyterLab takes single keys away from controls: "d d" on a checkbox would delete the cell. Each
//    focusable element that carries SHIELD keeps its keys; an ancestor that carries it is not enough.
// 2. ipywidgets names neither the handle of a slider nor a group of radio buttons.
// 3. Feedback must be announced, so its box is a live region from the start.
const SHIELD = "data-lm-suppress-shortcuts";
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";

const label = (widget) => widget.querySelector(".widget-label")?.textContent.trim() ?? "";

function tend(exercise) {
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
    radios.setAttribute("aria-label", label(radios) || radios.closest("[data-question]")?.dataset.question || "Options");
  }
  for (const box of exercise.querySelectorAll(".cxux-live")) box.setAttribute("role", "status");
}

// SHIELD would take Ctrl+S away too. The window hears a key before JupyterLab does, so it can lower the shield for it.
function letSaveThrough(event) {
  const accelerated = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const element = event.target;
  if (!accelerated || event.key.toLowerCase() !== "s" || !element.closest?.(".cxux-exercise")) return;
  element.removeAttribute(SHIELD);
  setTimeout(() => element.setAttribute(SHIELD, ""));
}

function render({ el }) {
  el.style.display = "none";
  let observer;
  let frame = requestAnimationFrame(function start() {
    const exercise = el.closest(".cxux-exercise");
    if (!exercise) {
      frame = requestAnimationFrame(start); // not attached to the page yet
      return;
    }
    tend(exercise);
    observer = new MutationObserver(() => tend(exercise));
    observer.observe(exercise, { childList: true, subtree: true });
  });
  window.addEventListener("keydown", letSaveThrough, true);
  return () => {
    cancelAnimationFrame(frame);
    observer?.disconnect();
    window.removeEventListener("keydown", letSaveThrough, true);
  };
}

export default { render };
