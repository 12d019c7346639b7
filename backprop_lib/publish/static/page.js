// Small courtesies: code can be copied, what is wider than its place can be scrolled by keyboard, and a link to
// something folded unfolds it.
(() => {
  "use strict";

  for (const block of document.querySelectorAll(".cell_input .highlight, .literal-block-wrapper .highlight")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "bp-copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(block.querySelector("pre").textContent);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Press Ctrl+C";
        getSelection().selectAllChildren(block.querySelector("pre"));
      }
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    block.append(button);
  }

  const WIDE = "pre, .bp-formula, .table-wrapper, .text_html, .text_html > div, .bp-entry code";
  const wide = new ResizeObserver((places) => {
    for (const { target } of places) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const place of document.querySelector("article").querySelectorAll(WIDE)) wide.observe(place);

  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView({ behavior: "instant" }); // a slow way there would miss what moves meanwhile
  }

  addEventListener("hashchange", unfold);
  Promise.resolve(self.bpShown).then(unfold); // what has no layout yet cannot be scrolled to
  addEventListener("load", unfold);
})();
