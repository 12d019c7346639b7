// Shows the page when it is parsed and its type is there, so that no line moves; a quarter of a second later at the
// latest. Sections far below are laid out after that, one at a time, whenever there is nothing else to do.
(() => {
  "use strict";

  const text = '1em "Source Serif 4"';
  const faces = [text, `italic ${text}`, `600 ${text}`, "1em KaTeX_Main", "italic 1em KaTeX_Math"];
  const idle = self.requestIdleCallback ?? ((work) => setTimeout(work, 50));

  function lay([section, ...others]) {
    if (!section) return;
    section.style.contentVisibility = "visible";
    idle(() => lay(others));
  }

  Promise.all(faces.map((face) => document.fonts.load(face))).then(self.bpShow, self.bpShow);
  setTimeout(self.bpShow, 250);
  self.bpShown.then(() => setTimeout(() => idle(() => lay([...document.querySelectorAll("article section section")])), 1000));
})();
