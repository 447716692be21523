// The map as plain data, as Python's journey_to_json writes it. Each function returns a new map and changes none.

export const touchpointsOf = (map, stage) => map.touchpoints.filter((touchpoint) => touchpoint.stage === stage);

// The columns: each stage with its touchpoints, and, if some stand in no stage of the map, one more for those.
export function lanes(map) {
  const listed = map.stages.map((stage) => ({ id: stage.id, stage, touchpoints: touchpointsOf(map, stage.id) }));
  const known = new Set(map.stages.map((stage) => stage.id));
  const lost = map.touchpoints.filter((touchpoint) => !known.has(touchpoint.stage));
  return lost.length ? [...listed, { id: lost[0].stage, stage: null, touchpoints: lost }] : listed;
}

export const inOrder = (map) => lanes(map).flatMap((lane) => lane.touchpoints);

// Where a touchpoint stands: its lane, the lane's number and its place there, both from 0.
export function placeOf(map, id) {
  for (const [number, lane] of lanes(map).entries()) {
    const place = lane.touchpoints.findIndex((touchpoint) => touchpoint.id === id);
    if (place >= 0) return { lane, number, place, touchpoint: lane.touchpoints[place] };
  }
  return null;
}

export const changeTouchpoint = (map, id, changes) => ({
  ...map,
  touchpoints: map.touchpoints.map((one) => (one.id === id ? { ...one, ...changes } : one)),
});

export const changeStage = (map, id, changes) => ({
  ...map,
  stages: map.stages.map((one) => (one.id === id ? { ...one, ...changes } : one)),
});

export const removeTouchpoint = (map, id) => ({ ...map, touchpoints: map.touchpoints.filter((one) => one.id !== id) });

// Puts a touchpoint, new or already on the map, at a place of a stage.
export function putTouchpoint(map, touchpoint, stage, place) {
  const others = lanes(removeTouchpoint(map, touchpoint.id));
  const put = { ...touchpoint, stage };
  const touchpoints = others.flatMap((lane) => {
    if (lane.id !== stage) return lane.touchpoints;
    return [...lane.touchpoints.slice(0, place), put, ...lane.touchpoints.slice(place)];
  });
  return { ...map, touchpoints: touchpoints.includes(put) ? touchpoints : [...touchpoints, put] };
}

export const addStage = (map, stage, place) => ({
  ...map,
  stages: [...map.stages.slice(0, place), stage, ...map.stages.slice(place)],
});

export function moveStage(map, id, place) {
  const stage = map.stages.find((one) => one.id === id);
  const stages = map.stages.filter((one) => one.id !== id);
  const moved = { ...map, stages: [...stages.slice(0, place), stage, ...stages.slice(place)] };
  return { ...moved, touchpoints: inOrder(moved) };
}

// Takes a stage away; its touchpoints go to the stage before, or else to the one after. Without either they stay.
export function removeStage(map, id) {
  const place = map.stages.findIndex((one) => one.id === id);
  const neighbour = map.stages[place - 1] ?? map.stages[place + 1];
  const touchpoints = inOrder(map).map((one) => (neighbour && one.stage === id ? { ...one, stage: neighbour.id } : one));
  return { map: { ...map, stages: map.stages.filter((one) => one.id !== id), touchpoints }, neighbour };
}

// A short id that stands nowhere on the map yet.
export function newId(map, letter) {
  const taken = new Set([...map.stages, ...map.touchpoints].flatMap((one) => [one.id, one.stage]));
  let number = 1;
  while (taken.has(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}

// The touchpoint at which customers feel worst, the first of several; null if nobody knows any feeling.
export function lowest(map) {
  const known = inOrder(map).filter((touchpoint) => touchpoint.emotion !== null);
  const worst = Math.min(...known.map((touchpoint) => touchpoint.emotion));
  return known.find((touchpoint) => touchpoint.emotion === worst) ?? null;
}
