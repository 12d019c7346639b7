// Stands in the page itself, before the stylesheets. Without layout until type.js calls show, the page is parsed while
// they come, and laid out once, in its own type. A link into the page needs every height above its target.
(() => {
  "use strict";

  const root = document.documentElement;
  let shown;
  self.bpShown = new Promise((resolve) => (shown = resolve));
  self.bpShow = () => {
    root.style.removeProperty("display");
    shown();
  };

  root.classList.remove("no-js");
  root.classList.toggle("bp-whole", location.hash.length > 1);
  root.style.display = "none";
  setTimeout(self.bpShow, 3000);

  new MutationObserver((changes, observer) => {
    if (!document.body) return;
    document.body.dataset.theme = localStorage.getItem("theme") || "auto";
    observer.disconnect();
  }).observe(root, { childList: true });
})();
