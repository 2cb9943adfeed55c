/* Gives names to parts of the theme that have none for those who hear the page, and loads what only one page needs. */
(() => {
  "use strict";
  const here = document.currentScript.src.replace(/[^/]*$/, "");
  const search = document.querySelector(".md-search[role=dialog]");
  if (search && !search.hasAttribute("aria-label")) search.setAttribute("aria-label", "Search");

  function load(names) {
    if (names.length === 0) return;
    const script = document.createElement("script");
    script.src = here + names[0];
    script.onload = () => load(names.slice(1));
    document.head.append(script);
  }
  if (document.getElementById("any-two")) load(["diff-match-patch.js", "any-two.js"]);
})();
