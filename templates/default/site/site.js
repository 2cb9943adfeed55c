/* Gives names to parts of the theme that have none for those who hear the page. */
(() => {
  "use strict";
  const search = document.querySelector(".md-search[role=dialog]");
  if (search && !search.hasAttribute("aria-label")) search.setAttribute("aria-label", "Search");
})();
