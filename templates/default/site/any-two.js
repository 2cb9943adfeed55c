/* Compares two texts of one model, in this browser: sections by the model's ids, words by diff-match-patch. */
(() => {
  "use strict";

  const KEPT = { removed: "Only in the first", added: "Only in the second", reworded: "Words differ", same: "No change" };
  const here = document.currentScript.src.replace(/[^/]*$/, "");
  const place = document.getElementById("any-two");
  const texts = {};
  if (!place) return;

  window.policybookText = (file, text) => (texts[file] = text);
  window.policybookPairs = (models) => start(models.filter((model) => model.texts.length > 1));
  load("pairs/index.js");

  function load(path) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = here + path;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function element(name, said = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(said)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function start(models) {
    const box = element("div", { class: "pb pb-wide pb-any-two", id: "any-two" });
    if (models.length === 0) {
      box.append(element("p", {}, "No model has two texts yet: there is nothing to compare."));
      place.replaceWith(box);
      return;
    }
    const status = element("p", { role: "status", class: "pb-any-two-status" });
    const result = element("div");
    const model = chooser("Model", "any-two-model");
    const first = chooser("First text", "any-two-first");
    const second = chooser("Second text", "any-two-second");
    const form = element("form", { class: "pb-choices", autocomplete: "off" }, model.both, first.both, second.both);
    fill(model.select, models.map((entry, index) => [String(index), entry.title]));
    box.append(form, status, result);
    place.replaceWith(box);

    const chosen = () => models[Number(model.select.value)];
    const refill = () => {
      const options = chosen().texts.map((entry) => [entry.file, entry.label]);
      fill(first.select, options);
      fill(second.select, options);
      second.select.selectedIndex = 1;
    };
    const show = async () => {
      const [left, right] = [first.select.value, second.select.value];
      history.replaceState(null, "", "#" + [left, right].map(encodeURIComponent).join("&"));
      status.textContent = "Comparing …";
      try {
        for (const file of [left, right]) if (!texts[file]) await load("pairs/" + file + ".js");
      } catch {
        status.textContent = "One of the two texts could not be opened. Build the site again.";
        return;
      }
      if (left === first.select.value && right === second.select.value) print(texts[left], texts[right], result, status);
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
      if (event.target === model.select) refill();
      show();
    });
    refill();
    recall(models, model.select, first.select, second.select, refill);
    show();
  }

  /* The address remembers what was picked, so that it can be kept or sent. */
  function recall(models, model, first, second, refill) {
    const [left, right] = location.hash.slice(1).split("&").map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return "";
      }
    });
    const has = (entry, file) => entry.texts.some((text) => text.file === file);
    const index = models.findIndex((entry) => has(entry, left) && has(entry, right));
    if (index < 0) return;
    model.value = String(index);
    refill();
    first.value = left;
    second.value = right;
  }

  function chooser(words, id) {
    const select = element("select", { id });
    return { select, both: element("div", {}, element("label", { for: id }, words), select) };
  }

  function fill(select, options) {
    select.replaceChildren(...options.map(([value, words]) => element("option", { value }, words)));
  }

  /* Groups of sections that answer each other: the same id, or one that a section was made from. */
  function align(left, right) {
    const ids = new Map(left.map((clause, index) => [clause.id, index]));
    const formerly = new Map(left.flatMap((clause, index) => clause.formerly.map((id) => [id, index])));
    const groups = new Map();
    const ofLeft = new Map();
    right.forEach((clause, index) => {
      const found = ids.has(clause.id)
        ? [ids.get(clause.id)]
        : [...clause.formerly, clause.id].map((id) => ids.get(id) ?? formerly.get(id)).filter((one) => one !== undefined);
      if (found.length === 0) return;
      const known = found.map((one) => ofLeft.get(one)).find(Boolean) || { left: new Set(), right: [] };
      found.filter((one) => !ofLeft.has(one)).forEach((one) => (known.left.add(one), ofLeft.set(one, known)));
      known.right.push(index);
      groups.set(index, known);
    });
    return inOrder(left, right, groups, ofLeft);
  }

  /* In the order of the first text; what only the second has follows what stands before it there. */
  function inOrder(left, right, groups, ofLeft) {
    const rows = [];
    const told = new Set();
    const addOnly = (from) => {
      for (let index = from; index < right.length && !groups.has(index); index += 1) {
        if (!told.has(index)) rows.push({ left: [], right: [index] });
        told.add(index);
      }
    };
    addOnly(0);
    left.forEach((_, index) => {
      const group = ofLeft.get(index);
      if (!group) rows.push({ left: [index], right: [] });
      else if (!told.has(group)) {
        told.add(group);
        rows.push({ left: [...group.left].sort((a, b) => a - b), right: group.right });
        group.right.forEach((one) => addOnly(one + 1));
      }
    });
    return rows.map((row) => ({ left: row.left.map((one) => left[one]), right: row.right.map((one) => right[one]), at: row.right[0] }));
  }

  /* The rows that stand elsewhere in the second text: those outside the longest run that keeps its order. */
  function findMoved(rows) {
    const placed = rows.filter((row) => row.left.length && row.right.length);
    const best = placed.map(() => 1);
    const before = placed.map(() => -1);
    placed.forEach((row, index) => {
      for (let other = 0; other < index; other += 1)
        if (placed[other].at < row.at && best[other] + 1 > best[index]) [best[index], before[index]] = [best[other] + 1, other];
    });
    const kept = new Set();
    for (let index = best.indexOf(Math.max(...best)); index >= 0; index = before[index]) kept.add(placed[index]);
    return new Set(placed.filter((row) => !kept.has(row)));
  }

  /* Words, not letters, are compared: each word and each gap stands as one sign for as long as the library works. */
  function compareWords(before, after) {
    const signs = new Map();
    const words = [];
    const encode = (text) =>
      (text.match(/\s+|[\p{L}\p{N}’'-]+|./gu) || []).map((word) => {
        if (!signs.has(word)) {
          signs.set(word, String.fromCharCode(words.length + 1));
          words.push(word);
        }
        return signs.get(word);
      }).join("");
    const library = new diff_match_patch();
    const found = library.diff_main(encode(before), encode(after), false);
    library.diff_cleanupSemantic(found);
    return found.map(([kind, text]) => [kind, [...text].map((sign) => words[sign.charCodeAt(0) - 1]).join("")]);
  }

  function side(edits, kind) {
    const name = kind < 0 ? "del" : "ins";
    const said = kind < 0 ? "[deleted: " : "[added: ";
    return edits.filter(([one]) => one === 0 || one === kind).map(([one, text]) =>
      one === 0 ? document.createTextNode(text)
        : element(name, {}, element("span", { class: "pb-hidden" }, said), text, element("span", { class: "pb-hidden" }, "]")));
  }

  const textOf = (clauses) => clauses.map((clause) => clause.text).join("\n");

  function judge(row, moved) {
    const [before, after] = [textOf(row.left), textOf(row.right)];
    const kind = !row.left.length ? "added" : !row.right.length ? "removed" : before === after ? "same" : "reworded";
    const edits = kind === "reworded" ? compareWords(before, after) : [];
    return { ...row, kind, edits, moved: moved.has(row) };
  }

  function words(row, clauses, kind) {
    if (clauses.length === 0) return [element("em", {}, "not there")];
    const shown = row.kind === "reworded" ? side(row.edits, kind) : [textOf(clauses)];
    return clauses[0].heading ? [element("strong", {}, ...shown)] : shown;
  }

  function numbered(clauses, text) {
    const clause = clauses[0];
    if (!clause || !clause.number) return [];
    return [element("a", { href: here + "../../" + text.page + "#" + clause.id }, clause.number), " "];
  }

  function print(left, right, result, status) {
    const rows = align(left.clauses, right.clauses);
    const moved = findMoved(rows);
    const judged = rows.map((row) => judge(row, moved));
    const heads = [left.label, right.label, "What differs"];
    const body = judged.map((row) => {
      const last = [element("strong", {}, KEPT[row.kind]), ...(row.moved ? [element("p", {}, "Moved to another place.")] : [])];
      const cells = [[...numbered(row.left, left), ...words(row, row.left, -1)], [...numbered(row.right, right), ...words(row, row.right, 1)], last];
      const made = cells.map((inner, index) => element("td", { "data-label": heads[index], ...(index === 2 ? { "data-tone": row.kind } : {}) }, ...inner));
      return element("tr", { "data-tone": row.kind, "data-kinds": row.kind }, ...made);
    });
    const counts = new Map(Object.keys(KEPT).map((kind) => [kind, judged.filter((row) => row.kind === kind).length]));
    const caption = element("caption", { id: "any-two-caption" }, "Every section of both texts");
    const head = element("thead", {}, element("tr", {}, ...heads.map((one) => element("th", { scope: "col" }, one))));
    const table = element("table", { class: "pb-grid pb-stack" }, caption, head, element("tbody", {}, ...body));
    const scroll = element("div", { class: "pb-scroll", role: "group", "aria-labelledby": "any-two-caption" }, table);
    const set = element("div", { class: "pb-tableset" }, filterOf(counts), scroll);
    result.replaceChildren(set);
    const said = [...counts].filter(([, number]) => number).map(([kind, number]) => `${KEPT[kind].toLowerCase()}: ${number}`);
    status.textContent = `${left.label} and ${right.label}. ${judged.length} sections; ${said.join(", ")}.`;
    document.dispatchEvent(new CustomEvent("policybook:table", { detail: set }));
  }

  function filterOf(counts) {
    const boxes = [...counts].filter(([, number]) => number).map(([kind, number]) => {
      const box = element("input", { type: "checkbox", value: kind, ...(kind === "same" ? { "data-unchanged": "" } : {}) });
      box.checked = true;
      return element("label", {}, box, ` ${KEPT[kind]} `, element("span", { class: "pb-count" }, String(number)));
    });
    const presets = element("span", { class: "pb-presets" },
      element("button", { type: "button", "data-show": "changes" }, "Changes only"), " ",
      element("button", { type: "button", "data-show": "all" }, "Everything"));
    const steps = element("div", { class: "pb-steps" },
      element("button", { type: "button", "data-step": "-1" }, "Previous"),
      element("button", { type: "button", "data-step": "1" }, "Next"),
      element("p", { role: "status" }));
    const kinds = element("fieldset", { class: "pb-kinds" }, element("legend", {}, "Show"), ...boxes, presets);
    const form = element("form", { class: "pb-filter", autocomplete: "off" }, kinds, steps);
    form.hidden = true;
    return form;
  }
})();
