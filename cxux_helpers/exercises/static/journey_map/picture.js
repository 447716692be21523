// The map as one SVG picture that stands by itself: fixed light colours, its own sizes, and the map in words inside.

import { makeSvg } from "../shared/dom.js";
import { curvePath, layOut, makeScale } from "./curve.js";
import { channelPath } from "./icons.js";
import { inOrder, lowest } from "./map_data.js";
import { capital, contact, control, evidence, feeling, importance, mapInWords, owner, signed, stageName } from "./words.js";

const FONT = "Arial, Helvetica, sans-serif";
const INK = "#1a1a1a";
const BLUE = "#1565c0";
const MARGIN = 20;
const AXIS = 96;
const LINE = 17;
const CARD_GAP = 10;
const PAD = 10;

// Breaks words into lines of a width in pixels; a word that is too long by itself is cut.
function wrap(words, width, font, most = 4) {
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = font;
  const lines = [];
  for (let word of words.split(/\s+/).filter(Boolean)) {
    while (ruler.measureText(word).width > width) word = `${word.slice(0, -2)}…`;
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && ruler.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1].replace(/…$/, "")} …`];
}

const text = (words, x, y, attributes = {}) =>
  makeSvg("text", { x, y, "font-family": FONT, "font-size": 12, fill: INK, ...attributes }, words);

function drawCard(one, number, x, y, width, choices) {
  const inner = width - 2 * PAD;
  const name = wrap(`${number}. ${one.name.trim() || "No name yet"}`, inner, `bold 13px ${FONT}`);
  const lines = [
    [capital(one.channel), 20],
    [`${capital(one.phase)} the purchase`, 0],
    [`${capital(contact(one))}, ${control(one)}`, 0],
    ...wrap(owner(one), inner, `12px ${FONT}`, 2).map((line) => [line, 0]),
    [importance(one, choices), 0],
    [capital(evidence(one)), 0],
    [capital(feeling(one.emotion, choices)), 0],
  ];
  const height = 2 * PAD + (name.length + lines.length) * LINE - 4;
  const baseline = (row) => y + PAD + 11 + row * LINE;
  const card = makeSvg(
    "g",
    {},
    makeSvg("rect", { x, y, width, height, rx: 4, fill: "#ffffff", stroke: "#616161", "stroke-dasharray": one.direct ? null : "5 3" }),
    ...name.map((line, row) => text(line, x + PAD, baseline(row), { "font-size": 13, "font-weight": "bold" })),
    ...lines.map(([line, indent], row) => text(line, x + PAD + indent, baseline(name.length + row))),
    makeSvg("path", {
      d: channelPath(one.channel), fill: "none", stroke: INK, "stroke-width": 1.2,
      transform: `translate(${x + PAD} ${baseline(name.length) - 12}) scale(.9)`,
    }),
  );
  return { card, height };
}

export function drawPicture(map, choices) {
  const scale = makeScale(choices);
  const { x, columns, width } = layOut(map);
  const order = inOrder(map);
  const inside = Math.max(width, 480);
  const parts = [];
  let y = MARGIN;
  for (const line of wrap(map.title.trim() || "Journey map", AXIS + inside, `bold 18px ${FONT}`)) {
    y += 20;
    parts.push(text(line, MARGIN, y, { "font-size": 18, "font-weight": "bold" }));
  }
  for (const line of wrap(map.persona.trim(), AXIS + inside, `13px ${FONT}`)) {
    y += 19;
    parts.push(text(line, MARGIN, y, { "font-size": 13 }));
  }
  y += 14;

  const left = MARGIN + AXIS;
  const heads = columns.map(({ lane, width: w }, i) => [
    ...wrap(`${lane.stage ? `${i + 1}. ` : ""}${stageName(lane, i + 1)}`, w - 16, `bold 14px ${FONT}`, 3).map((line) => [line, "bold"]),
    ...wrap(lane.stage?.goal.trim() ? `Goal: ${lane.stage.goal.trim()}` : "", w - 16, `12px ${FONT}`, 4).map((line) => [line, "normal"]),
  ]);
  const headHeight = Math.max(0, ...heads.map((lines) => lines.length)) * LINE + 12;
  const top = y + headHeight;
  const cardTop = top + scale.height + 12;
  const bottoms = columns.map(({ lane, left: from, width: w }) => {
    let bottom = cardTop;
    for (const one of lane.touchpoints) {
      const { card, height } = drawCard(one, order.indexOf(one) + 1, left + from + 8, bottom, w - 16, choices);
      parts.push(card);
      bottom += height + CARD_GAP;
    }
    return bottom;
  });
  const height = Math.max(cardTop, ...bottoms) + MARGIN - CARD_GAP;

  const bands = columns.map(({ left: from, width: w }, i) =>
    makeSvg("rect", { x: left + from, y, width: w, height: height - y - MARGIN / 2, fill: i % 2 ? "#ffffff" : "#f1f3f6" }),
  );
  columns.forEach(({ left: from }, i) =>
    heads[i].forEach(([line, weight], row) =>
      parts.push(text(line, left + from + 8, y + 16 + row * LINE, { "font-weight": weight, "font-size": weight === "bold" ? 14 : 12 })),
    ),
  );
  const heightOf = (one) => top + scale.y(one.emotion ?? 0);
  const at = new Map([...x].map(([id, value]) => [id, left + value]));
  for (const [value, words] of choices.emotions) {
    const level = top + scale.y(value);
    parts.push(makeSvg("line", { x1: left, x2: left + width, y1: level, y2: level, stroke: "#9e9e9e", "stroke-dasharray": value ? "2 4" : null }));
    parts.push(text(`${words} ${signed(value)}`, left - 8, level + 4, { "text-anchor": "end" }));
  }
  parts.push(makeSvg("path", { d: curvePath(order, at, heightOf), fill: "none", stroke: BLUE, "stroke-width": 2.5 }));
  order.forEach((one, i) => {
    const [cx, cy] = [at.get(one.id), heightOf(one)];
    const dash = one.emotion === null ? "3 3" : null;
    parts.push(makeSvg("circle", { cx, cy, r: 11, fill: "#ffffff", stroke: dash ? "#616161" : BLUE, "stroke-width": 2, "stroke-dasharray": dash }));
    parts.push(text(one.emotion === null ? "?" : String(i + 1), cx, cy + 4, { "text-anchor": "middle", "font-size": 11, "font-weight": "bold" }));
  });
  const worst = lowest(map);
  if (worst) parts.push(text("▲ lowest", at.get(worst.id), heightOf(worst) + 28, { "text-anchor": "middle", "font-weight": "bold" }));

  const full = 2 * MARGIN + AXIS + inside;
  return makeSvg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width: full, height, viewBox: `0 0 ${full} ${height}`, role: "img", "aria-labelledby": "jm-title jm-desc" },
    makeSvg("title", { id: "jm-title" }, map.title.trim() || "Journey map"),
    makeSvg("desc", { id: "jm-desc" }, mapInWords(map, choices)),
    makeSvg("rect", { width: full, height, fill: "#ffffff" }),
    ...bands,
    ...parts,
  );
}
