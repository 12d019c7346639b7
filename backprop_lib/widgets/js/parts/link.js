// Keep the state in the page's address, so that a picture is a link; say so where a link cannot be read.

import { make } from "./formula.js";
import { address } from "./record.js";

/** The link of the widget called `key`, whose usual state `home` needs none; messages go into `note`. */
export function linkTo(key, { read, write }, home, note) {
  return {
    /** The state that this page's address holds; null where it holds none that can be read. */
    open() {
      const text = new URLSearchParams(location.search).get(key);
      const state = text === null ? null : read(text);
      if (text !== null && !state)
        note.textContent = "The state in this link could not be read, so this is the chapter’s own state.";
      return state;
    },

    /** Show a state in the address bar. */
    show(state) {
      try {
        history.replaceState(
          history.state,
          "",
          address(location.href, key, write(state) === write(home) ? "" : write(state)),
        );
      } catch {
        // A browser may refuse (too many changes at once, or a page without an origin); the copied link still works.
      }
    },

    /** Copy the link to a state, or offer it for copying by hand. */
    async copy(state) {
      const link = address(location.href, key, write(state));
      try {
        await navigator.clipboard.writeText(link);
        note.textContent = "Link copied: it opens this very picture.";
      } catch {
        const field = Object.assign(make("input", "bp-link"), { value: link, readOnly: true });
        field.setAttribute("aria-label", "Link to this picture");
        note.replaceChildren("Copy this link: ", field);
        field.select();
      }
    },
  };
}
