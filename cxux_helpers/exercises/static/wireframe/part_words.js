// What the editor says of a component, for labels and announcements.

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const kindOf = (one) => [one.emphasis, one.kind].filter(Boolean).join(" ");

export const quoted = (one) => (one.label.trim() ? `“${one.label.trim()}”` : `the ${kindOf(one)} without words`);

export const placeOf = (one) => `${one.x} from the left, ${one.y} from the top`;
export const sizeOf = (one) => `${one.width} wide, ${one.height} high`;

export function partInWords(one, number, count, faults) {
  const level = one.level ? ` of level ${one.level}` : "";
  const found = faults ? `. ${faults} ${faults === 1 ? "finding" : "findings"}` : "";
  const words = one.label.trim() || "no words";
  return `${number} of ${count}, ${kindOf(one)}${level}: ${words}. ${capital(placeOf(one))}, ${sizeOf(one)}${found}`;
}
