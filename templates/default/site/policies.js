/* Filters a table by kind of change and steps from change to change. Without this script the whole table is shown. */
(() => {
  "use strict";

  const kindsOf = (row) => (row.dataset.kinds || "").split(" ").filter(Boolean);

  function serveFilter(form) {
    const set = form.parentElement;
    const rows = [...set.querySelectorAll("tbody > tr")];
    const boxes = [...form.querySelectorAll("input[type=checkbox]")];
    const only = Object.fromEntries([...form.querySelectorAll("select")].map((field) => [field.dataset.only, field]));
    const steps = form.querySelector(".pb-steps");
    const status = form.querySelector("[role=status]");
    const unchanged = new Set(boxes.filter((box) => "unchanged" in box.dataset).map((box) => box.value));
    const column = () => (only.column && only.column.value ? Number(only.column.value) : -1);
    const toneAt = (row, index) => [row.cells[index].dataset.tone || ""].filter(Boolean);
    const shownKinds = (row) => (column() < 0 ? kindsOf(row) : toneAt(row, column()));
    const isChange = (row) => shownKinds(row).some((kind) => !unchanged.has(kind));
    let columnShown = -1;
    let current = null;

    function shownChanges() {
      return rows.filter((row) => !row.hidden && isChange(row));
    }

    function point(row) {
      if (current) current.classList.remove("pb-current");
      current = row;
      if (current) current.classList.add("pb-current");
    }

    function say(text, more) {
      const hidden = document.createElement("span");
      hidden.className = "pb-hidden";
      hidden.textContent = more ? ": " + more : "";
      status.replaceChildren(text, hidden);
    }

    function filter() {
      const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      for (const row of rows) {
        const kinds = shownKinds(row);
        const elsewhere = only.group && only.group.value && row.dataset.group !== only.group.value;
        row.hidden = elsewhere || (kinds.length > 0 && !kinds.some((kind) => wanted.has(kind)));
      }
      showColumn(column());
      if (current && current.hidden) point(null);
      const shown = rows.filter((row) => !row.hidden).length;
      say(shown === rows.length ? `All ${shown} rows` : `${shown} of ${rows.length} rows`);
      for (const button of form.querySelectorAll("[data-step]")) button.disabled = shownChanges().length === 0;
    }

    /* One school alone beside the model: the other schools' columns go. */
    function showColumn(wanted) {
      if (wanted === columnShown) return;
      columnShown = wanted;
      const others = new Set([...only.column.options].map((option) => Number(option.value)).filter((index) => index && index !== wanted));
      for (const row of set.querySelectorAll("tr"))
        [...row.cells].forEach((cell, index) => (cell.hidden = wanted >= 0 && others.has(index)));
    }

    function step(by) {
      const changes = shownChanges();
      if (changes.length === 0) return;
      const at = current ? changes.indexOf(current) : by > 0 ? -1 : 0;
      const next = (at + by + changes.length) % changes.length;
      point(changes[next]);
      current.scrollIntoView({ block: "center" });
      const cells = [current.cells[0], current.cells[current.cells.length - 1]];
      say(`Change ${next + 1} of ${changes.length}`, cells.map((cell) => cell.textContent.trim()).join(", "));
    }

    function show(which) {
      const hides = { all: () => false, changes: (box) => "unchanged" in box.dataset, matters: (box) => !("matters" in box.dataset) };
      for (const box of boxes) box.checked = !hides[which](box);
      if (which === "all") for (const field of Object.values(only)) field.value = "";
      filter();
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", filter);
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.step) step(Number(button.dataset.step));
      else show(button.dataset.show);
    });
    // A link to a row that the filter hides must still arrive.
    window.addEventListener("hashchange", () => {
      const row = rows.find((found) => found.id && "#" + found.id === decodeURIComponent(location.hash));
      if (row && row.hidden) {
        show("all");
        row.scrollIntoView({ block: "center" });
      }
    });
    // Paper opens nothing.
    window.addEventListener("beforeprint", () => set.querySelectorAll("details").forEach((one) => (one.open = true)));
    window.addEventListener("beforeprint", filter); // on paper, how many rows are shown matters, not which is current
    form.hidden = false;
    filter();
    new ResizeObserver(() => set.style.setProperty("--pb-bar", steps.offsetHeight + "px")).observe(steps);
  }

  /* Only a table that scrolls needs a stop of its own on the way through the page. */
  function serveScroll(box) {
    new ResizeObserver(() => {
      const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }).observe(box);
  }

  function serve(root) {
    root.querySelectorAll("form.pb-filter").forEach(serveFilter);
    root.querySelectorAll(".pb-scroll").forEach(serveScroll);
  }

  serve(document);
  // A table that another script has just made says so.
  document.addEventListener("policybook:table", (event) => serve(event.detail));
})();
