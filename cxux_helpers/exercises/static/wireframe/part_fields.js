// The fields of a component: written once, for the form and for the table.

import { capital } from "./part_words.js";

const LONGEST = 200; // characters of words
const FAR = 10_000; // pixels, as Python has it
const LEVELS = [1, 2, 3, 4, 5, 6];

export function partFields(choices) {
  const sides = [["x", "Left edge, pixels", "Left"], ["y", "Upper edge, pixels", "Top"], ["width", "Width, pixels", "Width"], ["height", "Height, pixels", "Height"]];
  const colours = Object.keys(choices.colours);
  const sizes = choices.text_sizes.map(([name, pixels, bold]) => [name, `${name}: ${pixels} pixels${bold ? ", bold" : ""}`]);
  return [
    { key: "label", label: "Words", longest: LONGEST },
    { key: "kind", label: "Kind", options: () => choices.kinds.map((kind) => [kind, kind]) },
    {
      key: "emphasis", label: "Emphasis", applies: (one) => one.kind === "button",
      options: () => [["primary", "primary"], ["secondary", "secondary"], ["", "none"]],
    },
    {
      key: "level", label: "Level of the heading", short: "Level", applies: (one) => one.kind === "heading",
      options: () => [[0, "none"], ...LEVELS.map((level) => [level, String(level)])],
    },
    { key: "placeholder", label: "Placeholder inside the field", short: "Placeholder", longest: LONGEST, applies: (one) => one.kind === "field" },
    ...sides.map(([key, label, short]) => ({
      key, label, short, step: 1, least: key === "x" || key === "y" ? -FAR : 1, most: FAR,
    })),
    { key: "text_size", label: "Text size", options: known(sizes, "text_size") },
    { key: "colour", label: "Colour of the words", short: "Colour", options: known(named(colours, choices), "colour") },
    { key: "background", label: "Colour behind them", short: "Background", options: known(named(colours, choices), "background") },
  ];
}

const named = (names, choices) => names.map((name) => [name, `${name}: ${choices.colours[name]}`]);

// The system's tokens, and before them the one that a component has without the system having it.
const known = (options, key) => (_, one) =>
  options.some(([value]) => value === one[key]) ? options : [[one[key], `${capital(one[key]) || "Nothing"} – not in the system`], ...options];
