// What the map says in words, for labels, announcements and the picture's description.

import { inOrder, lanes } from "./map_data.js";

export const signed = (number) => (number > 0 ? `+${number}` : number < 0 ? `−${-number}` : "0");

export const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

export const quoted = (part, kind) => (part.name.trim() ? `“${part.name.trim()}”` : `the ${kind} without a name`);

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const stageName = (lane, number) =>
  lane.stage ? lane.stage.name.trim() || `Stage ${number}, without a name` : "Without a stage";

export function feeling(emotion, choices) {
  if (emotion === null) return "feeling unknown";
  return `feels ${choices.emotions.find(([value]) => value === emotion)[1]} (${signed(emotion)})`;
}

export const contact = (touchpoint) => (touchpoint.direct ? "direct" : "indirect");
export const control = (touchpoint) => (touchpoint.controllable ? "controllable" : "not controllable");
export const owner = (touchpoint) => (touchpoint.owner.trim() ? `Owner: ${touchpoint.owner.trim()}` : "No owner");
export const importance = (touchpoint, choices) =>
  touchpoint.importance === null
    ? "Importance unknown"
    : `Importance ${touchpoint.importance} of ${choices.importance[1]}`;
export const evidence = (touchpoint) => (touchpoint.evidence.trim() ? "✓ evidence" : "✗ no evidence");

export function touchpointInWords(touchpoint, choices) {
  return [
    touchpoint.name.trim() || "No name yet",
    touchpoint.channel,
    `${touchpoint.phase} the purchase`,
    contact(touchpoint),
    control(touchpoint),
    owner(touchpoint).toLowerCase().startsWith("no") ? "no owner" : owner(touchpoint),
    feeling(touchpoint.emotion, choices),
    importance(touchpoint, choices).toLowerCase(),
    touchpoint.evidence.trim() ? "with evidence" : "no evidence",
  ].join(", ");
}

export function mapInWords(map, choices) {
  const numbers = new Map(inOrder(map).map((touchpoint, i) => [touchpoint.id, i + 1]));
  const stages = lanes(map).map((lane, i) => {
    const goal = lane.stage?.goal.trim() ? ` Goal: ${lane.stage.goal.trim()}.` : "";
    const touchpoints = lane.touchpoints.map((one) => `${numbers.get(one.id)}: ${touchpointInWords(one, choices)}.`);
    const name = lane.stage ? `Stage ${i + 1}, ${lane.stage.name.trim() || "without a name"}.` : "Without a stage.";
    return [name + goal, ...touchpoints].join(" ");
  });
  const persona = map.persona.trim() ? `Persona: ${map.persona.trim()}.` : "";
  return [persona, `${counted(map.stages.length, "stage")}, ${counted(map.touchpoints.length, "touchpoint")}.`, ...stages]
    .filter(Boolean)
    .join(" ");
}
