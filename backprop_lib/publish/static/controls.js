// Joins the standard widget manager, which is loaded before this, to the page's own widgets: a slider of ipywidgets
// and a stepper that jslink ties together move each other without Python.
(() => {
  "use strict";

  // ipywidgets shows a slider's name beside it, but does not tell it to assistive technology.
  const name = (el) => {
    for (const handle of el.querySelectorAll("[role=slider]:not([aria-label])")) {
      const label = handle.closest(".widget-inline-hbox, .widget-inline-vbox")?.querySelector(".widget-label");
      if (label) handle.setAttribute("aria-label", label.textContent);
    }
  };

  /** Return what draws a control of ipywidgets; `saved` is the page's state, `find` our models, `draw` our widgets. */
  self.bpControls = async (saved, find, draw) => {
    const { HTMLManager, base } = self.bpManager;

    // The manager's twin of one of our models: each tells the other what has changed, and nothing twice.
    class AnyModel extends base.DOMWidgetModel {
      initialize(...given) {
        super.initialize(...given);
        const ours = find(this.model_id);
        for (const name of Object.keys(this.attributes)) {
          if (!ours.has(name)) continue;
          this.set(name, ours.get(name));
          ours.on(`change:${name}`, () => this.set(name, ours.get(name)));
          this.on(`change:${name}`, () => ours.set(name, this.get(name)));
        }
      }
    }

    class AnyView extends base.DOMWidgetView {
      render() {
        draw(this.el, this.model.model_id);
      }
    }

    const known = { anywidget: { AnyModel, AnyView } };
    const loader = (module) => known[module] ?? Promise.reject(new Error(`${module} is not in this book`));
    const manager = new HTMLManager({ loader });
    await manager.set_state({ version_major: 2, version_minor: 0, state: saved });
    return async (el, id) => {
      new MutationObserver(() => name(el)).observe(el, { childList: true, subtree: true }); // boxes fill later
      await manager.display_view(await manager.create_view(await manager.get_model(id)), el);
    };
  };
})();
