// Shows the page when its type is there, so that no line moves; a quarter of a second later at the latest.
(() => {
  "use strict";

  const faces = ['1em "Source Serif 4"', '600 1em "Source Serif 4"', "1em KaTeX_Main", "italic 1em KaTeX_Math"];
  const { style } = document.documentElement;
  const show = () => style.removeProperty("visibility");

  style.visibility = "hidden";
  Promise.all(faces.map((face) => document.fonts.load(face))).then(show, show);
  setTimeout(show, 250);
})();
