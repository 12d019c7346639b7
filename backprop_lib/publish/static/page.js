// Unfolds what a link points at, so that #e001-05 shows the erratum and not its closed lid.
(() => {
  "use strict";

  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  }

  addEventListener("hashchange", unfold);
  unfold();
})();
