// Drawings in from a file or from pasted text, and out as JSON, and as SVG and PNG where there is a picture. All of it
// is made in the browser, except that Python reads what comes in: it knows what is right and says what is wrong.

import { button, make, newElementId, setAttribute, setText } from "./dom.js";

const SHARPNESS = 2; // pixels of a PNG for each pixel of the picture
const LARGEST_SIDE = 16_000; // browsers draw no larger canvas
const ANSWER_WITHIN = 10_000; // milliseconds for Python

// `name` is the trait of the model; messages call it `noun` and, in full, `longNoun`. `draw` makes an SVG of it, if given.
export function makeExchange({ model, store, choices, actions, view, name, noun, longNoun, draw = null }) {
  const id = newElementId();
  const file = make("input", { type: "file", accept: ".json,application/json", id: `${id}-file` });
  const pasted = make("textarea", { rows: 3, id: `${id}-text`, spellcheck: "false" });
  const problem = make("p", { class: "ed-problem", role: "alert" });
  const heading = make("p", { class: "ed-form-title", id }, "Import and export");
  const element = make(
    "div",
    { class: "ed-form", role: "group", "aria-labelledby": id, hidden: true },
    heading,
    make(
      "div",
      { class: "ed-fields" },
      make("div", { class: "ed-field ed-wide ed-buttons" },
        button("Download JSON", () => save(toJson(), "application/json", "json")),
        ...(draw ? [button("Download SVG", () => save(toSvg(), "image/svg+xml", "svg")), button("Download PNG", () => savePng())] : [])),
      make("div", { class: "ed-field ed-wide" }, make("label", { for: `${id}-file` }, `Import a ${noun} from a JSON file`), file),
      make("div", { class: "ed-field ed-wide" }, make("label", { for: `${id}-text` }, "Or paste its JSON here"), pasted),
      make("div", { class: "ed-field ed-wide ed-buttons" }, button("Import pasted JSON", () => ask(pasted.value)), button("Done", () => show(false))),
    ),
    problem,
  );
  let waiting = null;

  function show(open) {
    setAttribute(element, "hidden", !open);
    view.exchangeShown(open);
    if (open) element.querySelector("button").focus();
  }

  const toJson = () => `${JSON.stringify(store.present, null, 2)}\n`;
  const toSvg = () => new XMLSerializer().serializeToString(draw());

  function save(content, type, ending) {
    const url = URL.createObjectURL(new Blob([content], { type }));
    make("a", { href: url, download: `${model.get("file_name")}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    view.say(`The ${noun} was exported as ${ending.toUpperCase()}.`);
  }

  async function savePng() {
    const drawn = draw();
    const [width, height] = ["width", "height"].map((side) => Number(drawn.getAttribute(side)));
    const scale = Math.min(SHARPNESS, LARGEST_SIDE / width, LARGEST_SIDE / height);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
    await image.decode();
    const canvas = make("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.drawImage(image, 0, 0);
    canvas.toBlob((blob) => save(blob, "image/png", "png"));
  }

  function ask(words) {
    setText(problem, " ");
    if (!words.trim()) refuse(`There is no text to import. Paste the JSON of a ${noun} first.`);
    else if (words.length > choices.largest) refuse(`This is longer than ${choices.largest / 1024} KiB, so it is no ${longNoun}.`);
    else {
      clearTimeout(waiting);
      waiting = setTimeout(() => refuse("Python did not answer. Run the cells of the notebook, then try again."), ANSWER_WITHIN);
      model.send({ type: "import", text: words });
    }
  }

  function refuse(reason) {
    clearTimeout(waiting);
    waiting = null;
    setText(problem, `✗ Not imported, and your ${noun} stays as it was. ${reason}`);
  }

  function receive(message) {
    if (!waiting) return; // another view of this exercise asked
    if (message.type === "refused") refuse(message.message);
    if (message.type !== "imported") return;
    clearTimeout(waiting);
    waiting = null;
    pasted.value = "";
    actions.replaceAll(message[name]);
  }

  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    if (chosen.size > choices.largest) refuse(`The file is larger than ${choices.largest / 1024} KiB, so it is no ${longNoun}.`);
    else ask(await chosen.text());
    file.value = ""; // the same file can be chosen again once it is mended
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    show(false);
  });
  model.on("msg:custom", receive);

  return {
    element,
    toggle: () => show(element.hidden),
    close() {
      clearTimeout(waiting);
      model.off("msg:custom", receive);
    },
  };
}
