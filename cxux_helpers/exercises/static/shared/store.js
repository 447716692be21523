// What is drawn as it is now, its history, and its twin in Python. All views of one exercise share one store.

const STEPS = 100; // that can be undone
const PAUSE = 50; // milliseconds between two messages to Python
const TOGETHER = 1500; // milliseconds within which letters typed into one field are one step

// `name` is the trait of the model, and `noun` what messages call it.
export function makeStore(model, name, noun) {
  let present = model.get(name);
  let beforeDrag = null;
  let last = { key: null, time: 0 };
  let timer = null;
  let sent = -PAUSE;
  const past = [];
  const future = [];
  const listeners = new Set();
  const tell = () => listeners.forEach((listen) => listen());

  function send() {
    clearTimeout(timer);
    timer = null;
    sent = performance.now();
    model.set(name, present);
    model.save_changes();
  }

  function show(next) {
    present = next;
    timer ??= setTimeout(send, Math.max(0, PAUSE - (performance.now() - sent)));
    tell();
  }

  function remember(step) {
    past.push(step);
    if (past.length > STEPS) past.shift();
    future.length = 0;
  }

  // Python changed it by itself: an answer set by code or loaded from another tab. An echo of ours is no change.
  model.on(`change:${name}`, () => {
    const told = model.get(name);
    if (told === present || JSON.stringify(told) === JSON.stringify(present)) return;
    clearTimeout(timer);
    timer = null;
    beforeDrag = null;
    remember({ present, message: `${noun} set from outside the editor`, place: null });
    present = told;
    tell();
  });

  function travel(from, to) {
    if (beforeDrag || !from.length) return null;
    const step = from.pop();
    to.push({ ...step, present });
    last.key = null;
    show(step.present);
    return step;
  }

  return {
    get present() {
      return present;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },

    // One step that can be undone. `place` is what it was done to; steps of the same `key` in quick succession are one.
    commit(next, message, place = null, key = null) {
      const before = beforeDrag ?? present;
      beforeDrag = null;
      const time = performance.now();
      const together = key !== null && key === last.key && time - last.time < TOGETHER;
      last = { key, time };
      if (together) future.length = 0;
      else remember({ present: before, message, place });
      show(next);
    },

    // A drag may show many states; only the last, committed, becomes a step.
    preview(next) {
      beforeDrag ??= present;
      show(next);
    },
    cancelPreview() {
      if (!beforeDrag) return;
      const before = beforeDrag;
      beforeDrag = null;
      show(before);
    },

    undo: () => travel(past, future),
    redo: () => travel(future, past),

    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
