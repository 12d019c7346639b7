// Let the reader choose how to go on: by value, layer or phase, how fast when playing, and whether to predict first.

import { chooser, toggle } from "../parts/controls.js";
import { SPEEDS } from "./extras.js";
import { make } from "../parts/formula.js";

const GRAINS = [["neuron", "one value"], ["layer", "one layer"], ["phase", "one phase"]];
const BEAT = 1600; // milliseconds a step while playing at speed 1

/** Return the row of choices and what fills it; `change` is told which traits the reader moved. */
export function pace(change) {
  const grain = chooser("go by", GRAINS, (granularity) => change({ granularity }));
  const speed = chooser("play at", SPEEDS.map((n) => [n, `${n === 0.5 ? "½" : n} ×`]), (n) => change({ speed: n }));
  const predict = toggle("predict first", (on) => change({ predict: on }));
  return {
    element: make("div", "bp-pace", grain.element, speed.element, predict.element),
    parts: { pace: [grain.element, speed.element], predict: [predict.element] },
    set(v) {
      grain.set(v.granularity);
      speed.set(v.speed);
      predict.set(v.predict);
    },
  };
}

/** Return what walks on by itself: `move` is called at once and then at every beat, until `pause`. */
export function player(move, show) {
  let timer = 0, speed = 1;
  const beat = () => setInterval(move, BEAT / speed);
  return {
    toggle() {
      if (timer) return this.pause();
      timer = beat();
      show(true);
      return move();
    },
    pause() {
      clearInterval(timer);
      timer = 0;
      show(false);
    },
    setSpeed(next) {
      if (next === speed) return;
      speed = next;
      if (!timer) return;
      clearInterval(timer);
      timer = beat();
    },
  };
}
