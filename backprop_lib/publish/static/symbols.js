// A tap on a letter of a formula says what it is: the entry of the line under the page, shown beside the letter.
(() => {
  "use strict";

  const rows = new Map();
  for (const link of document.querySelectorAll(".bp-symbols a")) {
    for (const glyph of link.dataset.glyphs.split(" ")) rows.set(glyph, link);
  }
  if (!rows.size) return;
  document.documentElement.classList.add("bp-letters");
  let note = null;

  function close() {
    note?.remove();
    note = null;
  }

  // KaTeX sets one element per letter; what is attached to the letter follows in one more.
  function rowOf(target) {
    if (!target.closest(".katex") || target.closest("a, button, .text")) return undefined;
    const glyph = target.textContent.trim();
    const attached = (target.nextElementSibling?.textContent ?? "").replace(/[^\p{L}\p{N}()]/gu, "");
    return (/^[a-z]{2}$/.test(attached) && rows.get(`${glyph}ij`)) || rows.get(glyph);
  }

  function open(row, letter) {
    const box = letter.getBoundingClientRect();
    const link = row.cloneNode(true);
    const said = document.createElement("p");
    said.append(row.title, row.title && row.nextElementSibling ? "; " : "");
    if (row.nextElementSibling) said.append("shape ", row.nextElementSibling.cloneNode(true));
    link.removeAttribute("title");
    note = document.createElement("div");
    note.className = "bp-symbol";
    note.setAttribute("role", "status");
    document.body.append(note);
    note.append(link, said);
    const room = document.documentElement.clientWidth - note.offsetWidth - 8;
    note.style.left = `${Math.max(8, Math.min(box.left, room))}px`;
    note.style.top = `${box.bottom + scrollY + 6}px`;
  }

  addEventListener("click", (event) => {
    if (note?.contains(event.target)) return;
    close();
    const row = event.target instanceof Element && rowOf(event.target);
    if (row && getSelection().isCollapsed) open(row, event.target);
  });
  addEventListener("keydown", (event) => event.key === "Escape" && close());
})();
