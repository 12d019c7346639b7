// Train a network as `train` does in Python, as far as asked for and for as long as there is time; go back to any epoch.
//
// A run holds one number per epoch of each curve, and the weights of some epochs: those between are made again.

import { accuracyOf, judge } from "./answers.js";
import { backward as everyEquation, cost, forward, step, workspace } from "./engine.js";
import { randomState } from "./random.js";

const MOST_KEPT = 256; // when so many epochs are kept, every second one is given up
const QUICK = 5000; // weights times examples up to which a few epochs take no time

/** All parameters in one vector θ, and p whose W[l] and b[l] are parts of it. */
function inOneVector(net, p) {
  const layers = [...p.W, ...p.b].filter(Boolean);
  const theta = new Float64Array(layers.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  const part = (values) => {
    if (!values) return null;
    theta.set(values, end);
    return theta.subarray(end, (end += values.length));
  };
  return { theta, p: { W: p.W.map(part), b: p.b.map(part) } };
}

/** One state of the weights, which `descend` takes through an epoch; `forward` comes before it. */
function walker({ net, p: first, x, y, batch_size, seed, backward }) {
  const m = x.length / net.sizes[0],
    size = Math.min(batch_size || m, m);
  const { theta, p } = inOneVector(net, first);
  const whole = workspace(net, m);
  const random = size < m ? randomState(seed) : null;
  const part = (B) => ({
    net: { ...net, l2: (net.l2 * B) / m }, // a batch sees the same λ/m · W as the whole
    t: workspace(net, B),
    x: new Float64Array(net.sizes[0] * B),
    y: new Float64Array(net.sizes[net.L] * B),
  });
  const parts = random ? { [size]: part(size), [m % size || size]: part(m % size || size) } : {};

  function take(columns, from, to) {
    const B = columns.length;
    for (let i = 0; i < from.length / m; i++) for (let r = 0; r < B; r++) to[i * B + r] = from[i * m + columns[r]];
  }
  return {
    m,
    p,
    t: whole,
    theta,
    epoch: 0,
    forward: () => forward(net, p, x, whole),
    descend(alpha) {
      this.epoch++;
      if (!random) {
        backward(net, p, whole, y, alpha);
        step(p, whole, alpha, p);
        return;
      }
      const order = random.permutation(m);
      for (let start = 0; start < m; start += size) {
        const columns = order.slice(start, start + size),
          some = parts[columns.length];
        take(columns, x, some.x);
        take(columns, y, some.y);
        forward(some.net, p, some.x, some.t);
        backward(some.net, p, some.t, some.y, alpha);
        step(p, some.t, alpha, p);
      }
    },
    save: () => ({ theta: theta.slice(), random: random?.save() }),
    load(saved, epoch) {
      theta.set(saved.theta);
      random?.load(saved.random);
      this.epoch = epoch;
    },
    finite() {
      let sum = 0;
      for (let i = 0; i < theta.length; i++) sum += theta[i];
      return Number.isFinite(sum);
    },
  };
}

/**
 * A run from p: place k of `data`, `ridge` and `accuracy` is the state after k epochs, as in Python's History.
 * The learning rate is a number or a function of the epoch.  `batch_size` 0 takes all examples at once; a seed shuffles
 * them as RandomState(seed) does; `backward` is (BP1–BP4) unless another is given, which is told the rate too.
 */
export function run({ net, p, x, y, learning_rate, batch_size = 0, seed = 0, backward = everyEquation }) {
  const given = { net, p, x, y, batch_size, seed, backward };
  const head = walker(given),
    right = judge(y, net.sizes[net.L]);
  const [data, ridge, accuracy, rates] = [[], [], [], []];
  let back = null, // a second walker, for going back
    kept = [head.save()],
    stride = head.theta.length * head.m > QUICK ? 1 : 16,
    alpha = learning_rate,
    diverged = false;

  function measure() {
    head.forward();
    const c = cost(net, head.p, head.t, y);
    if (!Number.isFinite(c.total) || !head.finite()) return false;
    data.push(c.data);
    ridge.push(c.ridge);
    accuracy.push(accuracyOf(right, head.t.a[net.L], head.m));
    if (head.epoch % stride === 0) keep();
    return true;
  }
  function keep() {
    kept[head.epoch / stride] = head.save();
    if (kept.length <= MOST_KEPT) return;
    kept = kept.filter((_, i) => i % 2 === 0);
    stride *= 2;
  }
  function seek(walk, target) {
    const near = Math.min(Math.floor(target / stride), kept.length - 1) * stride;
    if (walk.epoch > target || walk.epoch < near) walk.load(kept[near / stride], near);
    while (walk.epoch < target) {
      if (!batch_size || batch_size >= walk.m) walk.forward();
      walk.descend(rates[walk.epoch]);
    }
    return walk;
  }
  diverged = !measure();

  return {
    data,
    ridge,
    accuracy,
    rates,
    /** How many epochs ended with finite numbers. */
    get epochs() {
      return data.length - 1;
    },
    /** The weights of every so many epochs are kept: going there takes no time. */
    get stride() {
      return stride;
    },
    /** Whether a number of the next epoch is not finite: the run ends at the one before. */
    get diverged() {
      return diverged;
    },
    /** Train until so many epochs are done, or for so many milliseconds; whether there is nothing left to do. */
    extend(until, milliseconds = Infinity, now = () => performance.now()) {
      const end = now() + milliseconds;
      while (data.length <= until && !diverged) {
        rates[head.epoch] = typeof alpha === "function" ? alpha(head.epoch) : alpha;
        head.descend(rates[head.epoch]);
        diverged = !measure();
        if (milliseconds < Infinity && now() >= end) break;
      }
      return diverged || data.length > until;
    },
    /** The weights after so many epochs, in arrays of their own. */
    at(epoch) {
      const target = Math.max(0, Math.min(epoch, data.length - 1));
      const { p: found } = target === head.epoch ? head : seek((back ??= walker(given)), target);
      return { W: found.W.map((w) => w && w.slice()), b: found.b.map((v) => v && v.slice()) };
    },
    /** Forget what came after an epoch, and go on from there at another learning rate. */
    change(learning_rate, epoch = data.length - 1) {
      alpha = learning_rate;
      for (const curve of [data, ridge, accuracy]) curve.length = Math.min(curve.length, epoch + 1);
      kept.length = Math.min(kept.length, Math.floor(epoch / stride) + 1);
      seek(head, data.length - 1).forward();
      rates.length = data.length - 1;
      if (back && back.epoch >= data.length) back = null;
      diverged = false;
    },
  };
}
