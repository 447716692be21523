// The fields of a touchpoint and of a stage as native controls: written once, for the form and for the table.

import { signed, stageName } from "./words.js";
import { lanes } from "./map_data.js";

export function touchpointFields(choices) {
  const [least, most] = choices.importance;
  const importance = Array.from({ length: most - least + 1 }, (_, i) => least + i);
  const numbers = importance.map((n) => [n, n === least ? `${n} – little` : n === most ? `${n} – most` : String(n)]);
  return [
    { key: "name", label: "What happens, in the customer's words", short: "Name", longest: choices.short },
    { key: "stage", label: "Stage", options: stageOptions },
    { key: "phase", label: "Phase", options: () => choices.phases.map((phase) => [phase, `${phase} the purchase`]) },
    { key: "channel", label: "Channel", options: () => choices.channels.map((channel) => [channel, channel]) },
    {
      key: "direct", label: "Whom customers meet", short: "Contact",
      options: () => [[true, "direct: us or our product"], [false, "indirect: what others say"]],
    },
    {
      key: "controllable", label: "Who decides there", short: "Control",
      options: () => [[true, "controllable: we do"], [false, "not controllable: others do"]],
    },
    { key: "owner", label: "Owner in the company", short: "Owner", longest: choices.short },
    { key: "emotion", label: "How customers feel", short: "Emotion", options: () => withUnknown(emotions(choices)) },
    { key: "importance", label: "How much it matters to them", short: "Importance", options: () => withUnknown(numbers) },
    { key: "evidence", label: "Evidence: how we know", short: "Evidence", longest: choices.long, long: true },
  ];
}

export const stageFields = (choices) => [
  { key: "name", label: "Name of the stage", short: "Name", longest: choices.short },
  { key: "goal", label: "What the customer wants to have reached at its end", short: "Goal", longest: choices.long, long: true },
];

export const mapFields = (choices) => [
  { key: "title", label: "What is mapped", longest: choices.short },
  { key: "persona", label: "Whose journey it is, and in which situation", longest: choices.long },
];

const withUnknown = (options) => [[null, "unknown"], ...options];

const emotions = (choices) => [...choices.emotions].reverse().map(([value, words]) => [value, `${signed(value)} ${words}`]);

function stageOptions(map, touchpoint) {
  const known = map.stages.map((stage, i) => [stage.id, stageName({ stage }, i + 1)]);
  const lost = !map.stages.some((stage) => stage.id === touchpoint.stage);
  return lost ? [[touchpoint.stage, "– without a stage –"], ...known] : known;
}
