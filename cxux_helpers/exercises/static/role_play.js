// The stage of a role play: what was said so far, what can be said next, and the debrief at the end.
//
// It shows the `scene` that Python gives and sends what is chosen; the customer's hidden state and the rest of the
// conversation never come here. What was said becomes text nodes. Only the debrief is HTML, made and escaped by Python.
//
// The focus never leaves the stage while one scene gives way to the next. If it fell to the page for a moment, a digit
// would reach JupyterLab, which turns the cell into a heading.

const SVG = "http://www.w3.org/2000/svg";
// The mouth of a face 24 units wide, from angry to delighted.
const MOUTHS = {
  "-2": "M7.5 17.5Q12 12 16.5 17.5M6.5 7.5L10 9M17.5 7.5L14 9",
  "-1": "M8 17Q12 14.5 16 17",
  0: "M8 16H16",
  1: "M8 15Q12 18 16 15",
  2: "M7 14Q12 21 17 14Z",
};

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function face(value) {
  const drawing = document.createElementNS(SVG, "svg");
  for (const [name, text] of Object.entries({ viewBox: "0 0 24 24", class: "rp-face", "aria-hidden": "true" }))
    drawing.setAttribute(name, text);
  for (const d of ["M12 2a10 10 0 1 0 .01 0Z", "M8.5 10.2v.8M15.5 10.2v.8", MOUTHS[value]]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    drawing.append(path);
  }
  return drawing;
}

function bubble({ who, text, mood }, id) {
  const kind = { "": "rp-story", You: "rp-you" }[who] ?? "rp-customer";
  const line = make("div", { class: `rp-line ${kind}`, id });
  if (who) line.append(make("p", { class: "rp-who" }, who, ...(mood ? [", ", face(mood[0]), ` ${mood[1]}`] : [])));
  line.append(make("p", { class: "rp-says" }, text));
  return line;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  const id = `rp-${Math.random().toString(36).slice(2, 8)}`;
  let scene = { lines: [] };
  let asked = null; // the scene that was answered, until the next one comes

  const setting = make("p", { class: "rp-setting" });
  const log = make("div", { class: "rp-log", role: "log", "aria-label": "Conversation" });
  const below = make("div");
  const restart = make("button", { type: "button", class: "rp-restart" });
  const counts = make("p", { class: "rp-counts" });
  // A click on any words puts the focus here, so that digits reach the choices and not JupyterLab.
  const stage = make("div", { class: "rp-stage", tabindex: "-1" }, setting, log, below, restart, counts);

  function send(message) {
    if (asked === scene) return;
    asked = scene;
    model.send(message);
  }

  const say = (choice) => send({ type: "say", choice: choice.id, turn: scene.turn });

  function choices() {
    const last = scene.choices.length;
    const question = make("p", { class: "rp-question", id: `${id}-question` }, "What do you say? ");
    question.append(make("span", { class: "rp-hint" }, `Click, Tab and Enter, or press a number from 1 to ${last}.`));
    const group = make(
      "div",
      {
        role: "group",
        "aria-labelledby": `${id}-question`,
        "aria-describedby": `${id}-${scene.lines.length - 1}`,
      },
      question,
    );
    scene.choices.forEach((choice, i) => {
      const number = make("span", { class: "rp-number" }, String(i + 1));
      const button = make("button", { type: "button", class: "rp-choice", "aria-keyshortcuts": String(i + 1) });
      button.append(number, " ", make("span", {}, choice.text));
      button.addEventListener("click", (event) => {
        // The second click of a double click falls on a choice that nobody has read.
        if (event.detail > 1 || asked === scene) return;
        button.classList.add("rp-chosen");
        say(choice);
      });
      group.append(button);
    });
    return group;
  }

  function show() {
    const before = scene;
    scene = model.get("scene");
    const goesOn = before.lines.every((line, i) => same(line, scene.lines[i]));
    if (!goesOn) log.replaceChildren();
    setting.textContent = scene.setting;
    // Only new lines are added: a screen reader reads what is new in a log.
    for (let i = log.childElementCount; i < scene.lines.length; i += 1) log.append(bubble(scene.lines[i], `${id}-${i}`));
    const ended = scene.debrief !== "";
    const next = ended ? make("div", { class: "rp-debrief", role: "group", "aria-label": "Debrief" }) : choices();
    if (ended) next.innerHTML = scene.debrief;
    below.replaceChildren(next);
    restart.textContent = ended ? "Play again" : "Start again";
    restart.hidden = scene.turn === 0;
    counts.textContent = scene.counts;
    fit();
    // The focus follows whoever is playing; it does not come by itself when a notebook runs or code sets the answer.
    if (asked) lead(next, ended);
    asked = null;
  }

  function lead(next, ended) {
    const target = next.querySelector(ended ? ".rp-total" : "button");
    target.focus({ preventScroll: true });
    // What the customer has just said is read together with what follows: in a small window it comes first.
    if (ended) target.scrollIntoView({ block: "center" });
    else next.scrollIntoView({ block: "nearest" });
    log.lastElementChild.scrollIntoView({ block: "nearest" });
  }

  // The log scrolls by itself, and whoever has no mouse must be able to scroll it.
  function fit() {
    log.scrollTop = log.scrollHeight;
    if (log.scrollHeight > log.clientHeight + 1) log.tabIndex = 0;
    else log.removeAttribute("tabindex");
  }

  restart.addEventListener("click", () => send({ type: "restart" }));
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const choice = scene.choices[Number(event.key) - 1];
    // A key that is held down would go on through lines that nobody has read.
    if (event.repeat && (choice || (["Enter", " "].includes(event.key) && event.target.matches("button")))) {
      event.preventDefault();
      return;
    }
    if (!choice) return;
    event.preventDefault();
    say(choice);
  });

  model.on("change:scene", show);
  const resized = new ResizeObserver(fit);
  resized.observe(log);
  show();
  el.append(stage);
  return () => {
    model.off("change:scene", show);
    resized.disconnect();
  };
}

export default { render };
