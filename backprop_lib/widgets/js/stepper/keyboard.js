// Hear the keys that walk through a pass, but leave to fields, choosers and buttons the keys that are theirs.

const TYPED = "input, select, summary, textarea";

/** `keys` maps the name of a key to what it does; `way` gets the focus back if a key moved on from a dot. */
export function keyboard(root, way, keys) {
  root.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest(TYPED) && key !== "Escape") return;
    if ((key === " " || key === "Enter") && target.closest("button, a")) return;
    const act = Object.hasOwn(keys, key) && keys[key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    if (target.closest(".bp-dots")) requestAnimationFrame(way.focus);
  });
}
