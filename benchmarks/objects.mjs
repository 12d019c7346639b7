// Train a network of objects, one for each neuron and one for each weight, an example at a time.
//
// This is the algorithm of TensorFlow Playground, written afresh as the peer of engine.js: a neuron sums over the
// weights that enter it, keeps its own slopes, and each weight gathers its slope until a step uses it up.

const sigmoid = {
  output: (z) => 1 / (1 + Math.exp(-z)),
  slope(z) {
    const a = sigmoid.output(z);
    return a * (1 - a);
  },
};
const halfSquaredError = { slope: (a, y) => a - y };

class Neuron {
  constructor(activation) {
    this.activation = activation;
    this.incoming = [];
    this.outgoing = [];
    this.bias = this.input = this.output = 0;
    this.slopeOfOutput = this.slopeOfInput = this.gathered = this.count = 0;
  }
  fire() {
    this.input = this.bias;
    for (let j = 0; j < this.incoming.length; j++) {
      const weight = this.incoming[j];
      this.input += weight.value * weight.from.output;
    }
    this.output = this.activation.output(this.input);
  }
}

class Weight {
  constructor(from, to, value) {
    this.from = from;
    this.to = to;
    this.value = value;
    this.slope = this.gathered = this.count = 0;
    from.outgoing.push(this);
    to.incoming.push(this);
  }
}

/** Layers of neurons, with weights in the engine's layout: row = target, column = origin. */
export function objects(sizes, p) {
  const layers = sizes.map((n) => Array.from({ length: n }, () => new Neuron(sigmoid)));
  for (let l = 1; l < sizes.length; l++)
    layers[l].forEach((to, i) => {
      to.bias = p.b[l][i];
      layers[l - 1].forEach((from, j) => new Weight(from, to, p.W[l][i * sizes[l - 1] + j]));
    });
  return layers;
}

function forwards(layers, point) {
  for (let i = 0; i < layers[0].length; i++) layers[0][i].output = point[i];
  for (let l = 1; l < layers.length; l++) for (let i = 0; i < layers[l].length; i++) layers[l][i].fire();
}

function backwards(layers, target) {
  const last = layers[layers.length - 1];
  for (let k = 0; k < last.length; k++) last[k].slopeOfOutput = halfSquaredError.slope(last[k].output, target[k]);
  for (let l = layers.length - 1; l >= 1; l--) {
    for (let i = 0; i < layers[l].length; i++) {
      const neuron = layers[l][i];
      neuron.slopeOfInput = neuron.slopeOfOutput * neuron.activation.slope(neuron.input);
      neuron.gathered += neuron.slopeOfInput;
      neuron.count++;
    }
    for (let i = 0; i < layers[l].length; i++) {
      const neuron = layers[l][i];
      for (let j = 0; j < neuron.incoming.length; j++) {
        const weight = neuron.incoming[j];
        weight.slope = neuron.slopeOfInput * weight.from.output;
        weight.gathered += weight.slope;
        weight.count++;
      }
    }
    if (l === 1) continue;
    for (let i = 0; i < layers[l - 1].length; i++) {
      const neuron = layers[l - 1][i];
      neuron.slopeOfOutput = 0;
      for (let j = 0; j < neuron.outgoing.length; j++) {
        const weight = neuron.outgoing[j];
        neuron.slopeOfOutput += weight.value * weight.to.slopeOfInput;
      }
    }
  }
}

function update(layers, alpha) {
  for (let l = 1; l < layers.length; l++)
    for (let i = 0; i < layers[l].length; i++) {
      const neuron = layers[l][i];
      if (neuron.count > 0) {
        neuron.bias -= (alpha * neuron.gathered) / neuron.count;
        neuron.gathered = neuron.count = 0;
      }
      for (let j = 0; j < neuron.incoming.length; j++) {
        const weight = neuron.incoming[j];
        if (weight.count > 0) {
          weight.value -= (alpha / weight.count) * weight.gathered;
          weight.gathered = weight.count = 0;
        }
      }
    }
}

/** One step of descent on all points, an array of inputs each. */
export function stepOfObjects(layers, points, targets, alpha) {
  for (let r = 0; r < points.length; r++) {
    forwards(layers, points[r]);
    backwards(layers, targets[r]);
  }
  update(layers, alpha);
}
