// Draws anywidgets on a page that has no kernel: the state stands in the page, the code in self.backpropSources.
(() => {
  "use strict";

  const HERE = document.currentScript.src;
  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
  const experimental = { invoke: () => Promise.reject(new Error("no Python behind this page")) };
  const bytes = (base64) => new DataView(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer);

  class Model {
    #traits;
    #listeners = new Map();

    constructor(traits, find) {
      this.#traits = traits;
      this.widget_manager = { get_model: async (id) => find(id) };
      this.find = find;
    }

    get(name) {
      const value = this.#traits[name];
      return typeof value === "string" && value.startsWith("IPY_MODEL_") ? this.find(value.slice(10)) : value;
    }

    has(name) {
      return name in this.#traits;
    }

    // Listeners hear of a change at once, as in Jupyter; save_changes would tell Python, which is not here.
    set(name, value) {
      const changes = typeof name === "string" ? { [name]: value } : name;
      const changed = Object.keys(changes).filter((key) => !Object.is(this.#traits[key], changes[key]));
      Object.assign(this.#traits, changes);
      for (const key of changed) this.#emit(`change:${key}`, changes[key]);
      if (changed.length) this.#emit("change");
    }

    save_changes() {}
    send() {}

    on(names, listener) {
      for (const name of names.split(" ")) {
        this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
      }
    }

    off(names, listener) {
      for (const name of names ? names.split(" ") : [...this.#listeners.keys()]) {
        this.#listeners.set(name, (this.#listeners.get(name) ?? []).filter((f) => listener && f !== listener));
      }
    }

    #emit(name, value) {
      for (const listener of this.#listeners.get(name) ?? []) listener(this, value);
    }
  }

  // One module per distinct source, one definition per module, one initialize per model.
  const once = (make) => {
    const made = new Map();
    return (key) => made.get(key) ?? made.set(key, make(key)).get(key);
  };

  const load = once(async (key) => {
    const url = URL.createObjectURL(new Blob([self.backpropSources[key]], { type: "text/javascript" }));
    const { default: definition } = await import(url);
    return typeof definition === "function" ? definition() : definition;
  });

  const models = (saved) => {
    const find = once((id) => {
      const { state, buffers = [] } = saved[id];
      for (const { path, data } of buffers) {
        path.slice(0, -1).reduce((at, key) => at[key], state)[path.at(-1)] = bytes(data);
      }
      return new Model(state, find);
    });
    return find;
  };

  const script = (name) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(name, HERE);
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${name} is missing`));
      document.head.append(element);
    });

  function start(saved) {
    const find = models(saved);
    const cleanups = [];
    const page = new AbortController();
    const ready = once(async (id) => {
      const widget = await load(find(id).get("_esm"));
      cleanups.push(await widget.initialize?.({ model: find(id), experimental, signal: page.signal }));
      return widget;
    });

    async function ours(el, id) {
      const widget = await ready(id);
      cleanups.push(await widget.render?.({ model: find(id), el, experimental, signal: page.signal }));
    }

    // Controls of ipywidgets need the standard manager, which comes when the first of them comes near.
    const controls = once(async () => {
      await script("ipywidgets/manager.js");
      await script("controls.js");
      return self.bpControls(structuredClone(saved), find, ours);
    });

    async function draw(host) {
      try {
        const el = document.createElement("div");
        host.append(el);
        const show = "late" in host.dataset ? await controls() : ours;
        await show(el, host.dataset.model);
        host.dataset.drawn = "";
      } catch (error) {
        const note = document.createElement("p");
        note.className = "bp-widget-note";
        note.setAttribute("role", "alert");
        note.textContent = `This part of the page could not be drawn: ${error.message}`;
        host.replaceChildren(note);
        console.error(error);
      }
    }

    // What is in view is drawn at once, the rest when there is nothing else to do or when it comes near.
    const idle = self.requestIdleCallback ?? ((work) => setTimeout(work, 50));
    const drawOnce = once(draw);
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) drawOnce(target);
        else if (!("late" in target.dataset)) idle(() => drawOnce(target));
      }
    }, { rootMargin: "25%" });
    Promise.resolve(self.bpShown).then(() => {
      for (const host of document.querySelectorAll(".bp-widget")) near.observe(host);
    });

    addEventListener("pagehide", (event) => {
      if (event.persisted) return;
      near.disconnect();
      page.abort();
      for (const cleanup of cleanups) cleanup?.();
    });
  }

  const saved = document.querySelector(STATE);
  if (saved) start(JSON.parse(saved.textContent));
})();
