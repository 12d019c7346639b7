// Filters the errata by source and by kind. The choice stands in the address, so that it can be a link; an address
// that names an erratum shows it, whatever is chosen.
(() => {
  "use strict";

  const form = document.querySelector(".bp-filter");
  const cards = [...document.querySelectorAll(".bp-card")];
  const lists = [...form.querySelectorAll("select")];
  const count = form.querySelector("[role=status]");

  function show() {
    const chosen = lists.filter((list) => list.value);
    for (const card of cards) card.hidden = chosen.some((list) => card.dataset[list.name] !== list.value);
    for (const part of document.querySelectorAll("article section:has(> .bp-card)")) {
      part.hidden = !part.querySelector(".bp-card:not([hidden])");
    }
    const left = cards.filter((card) => !card.hidden).length;
    count.textContent = left === cards.length ? `${left} errata` : `${left} of ${cards.length} errata`;
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const list of lists) {
      const value = asked.get(list.name) ?? "";
      list.value = [...list.options].some((option) => option.value === value) ? value : "";
    }
    show();
    if (target?.closest("[hidden]")) {
      for (const list of lists) list.value = "";
      show();
    }
    target?.scrollIntoView();
  }

  form.addEventListener("change", () => {
    const query = new URLSearchParams(lists.filter((list) => list.value).map((list) => [list.name, list.value]));
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", read);
  read();
})();
