// One simple drawing for each channel, beside its name. Strokes on a square of 16; unknown channels get a ring.

import { makeSvg, setAttribute } from "../shared/dom.js";

const PATHS = {
  website: "M1.5 3h13v10h-13zM1.5 6h13M3.5 4.5h.1M5.5 4.5h.1",
  app: "M4.5 1.5h7v13h-7zM7.5 12.5h1",
  email: "M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5",
  chat: "M1.5 2.5h13v8h-7l-3 3v-3h-3z",
  "social media": "M4 8l7-4M4 8l7 4M4 6.2a1.8 1.8 0 1 0 .1 0M12 2.2a1.8 1.8 0 1 0 .1 0M12 10.2a1.8 1.8 0 1 0 .1 0",
  "review site": "M8 1.8l1.9 4 4.3.6-3.1 3 .8 4.3L8 11.6l-3.9 2.1.8-4.3-3.1-3 4.3-.6z",
  "in person": "M8 1.8a2.7 2.7 0 1 0 .1 0M2.5 14.5c0-7 11-7 11 0",
  phone: "M3 2.5l2.5-.8 1.5 3.5-1.7 1.3c.8 1.8 2 3 3.8 3.8l1.3-1.7 3.5 1.5-.8 2.5c-5 1.5-11.6-5.1-10.1-10.1z",
  mail: "M2 6.5h8.5a3 3 0 0 1 3 3v4h-9v-4a2.5 2.5 0 0 0-5 0v4h5M10.5 6.5v-4h3",
  advertisement: "M1.5 6.5v3h3l7 3.5v-10l-7 3.5zM4.5 9.5l1 4h2l-1-3M13.5 6.5c1 1 1 2 0 3",
  product: "M8 1.5l6 3v7l-6 3-6-3v-7zM2 4.5l6 3 6-3M8 7.5v7",
  "word of mouth": "M1.5 2h8v6h-4l-2.5 2.5v-2.5h-1.5zM11 5.5h3.5v6h-1v2.5l-2.5-2.5h-4v-2",
};
const RING = "M8 3a5 5 0 1 0 .1 0";

export const channelPath = (channel) => PATHS[channel] ?? RING;

export function channelIcon() {
  const path = makeSvg("path", { d: RING });
  const icon = makeSvg("svg", { class: "jm-icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, path);
  return { icon, show: (channel) => setAttribute(path, "d", channelPath(channel)) };
}
