// Measures the page as it is drawn: what is too small, too near, too pale or cut off, one sentence each.
(need) => {
  const found = [];
  const told = (element) => {
    const words = (element.innerText || element.value || element.name || "").trim().replace(/\s+/g, " ").slice(0, 24);
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}"> ${words}`;
  };
  const shown = (element) => {
    if (!element.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > 0;
  };
  const ancestors = function* (element) {
    for (let one = element; one; one = one.parentElement) yield one;
  };
  const colour = (text) => {
    const parts = text.match(/[\d.]+/g).map(Number);
    return parts.length < 4 ? [...parts, 1] : parts;
  };
  const over = (top, below) => top.slice(0, 3).map((part, i) => part * top[3] + below[i] * (1 - top[3]));
  const ground = (element) => {
    const layers = [];
    for (const one of ancestors(element)) {
      const layer = colour(getComputedStyle(one).backgroundColor);
      if (layer[3] > 0) layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (words, below) => {
    const [dark, light] = [luminance(over(words, below)), luminance(below)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const lined = (element, style, size) => {
    const line = style.lineHeight === "normal" ? 1.2 * size : parseFloat(style.lineHeight);
    if (line < 1.3 * size - 0.05) found.push(`lines ${(line / size).toFixed(2)} apart: ${told(element)}`);
  };
  const readable = (element, style, kind) => {
    const size = parseFloat(style.fontSize);
    const main = element.closest("h1, .btn-primary, .btn-wide, .tile strong");
    const least = main ? need.main : need.text;
    if (size < least - 0.05) found.push(`${kind} of ${size}px, not ${least}: ${told(element)}`);
    // A list shows one line, which the browser sets by itself.
    if (kind !== "a hint" && element.tagName !== "SELECT") lined(element, style, size);
    if (element.closest(":disabled")) return;
    const words = colour(style.color);
    for (const one of ancestors(element)) words[3] *= parseFloat(getComputedStyle(one).opacity);
    const ratio = contrast(words, ground(element));
    if (ratio < 4.5) found.push(`contrast of ${kind} ${ratio.toFixed(2)}: ${told(element)}`);
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const read = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const said = walker.currentNode.nodeValue.trim();
    if (!said || read.has(element) || !shown(element) || element.closest("script, .skip, [aria-hidden=true]")) continue;
    read.add(element);
    readable(element, getComputedStyle(element), "words");
  }
  for (const box of document.querySelectorAll("input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea")) {
    if (!shown(box)) continue;
    readable(box, getComputedStyle(box), "a field");
    if (box.placeholder) readable(box, getComputedStyle(box, "::placeholder"), "a hint");
  }

  for (const target of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!shown(target) || target.matches(".skip") || target.closest(":disabled")) continue;
    const style = getComputedStyle(target);
    // A link in the middle of a sentence is as high as its line.
    const beside = [...target.parentElement.childNodes].some((one) => one !== target && one.nodeType === 3 && one.nodeValue.trim());
    if (target.tagName === "A" && style.display === "inline" && beside) continue;
    let box = target.getBoundingClientRect();
    // What lies over its row is touched anywhere on it.
    const laid = getComputedStyle(target, "::after");
    if (laid.content !== "none" && laid.position === "absolute") {
      const row = [...ancestors(target.parentElement)].find((one) => getComputedStyle(one).position !== "static");
      box = row.getBoundingClientRect();
    }
    if (target.matches("[type=checkbox], [type=radio]")) {
      const label = target.id && document.querySelector(`label[for="${target.id}"]`);
      const other = label ? label.getBoundingClientRect() : box;
      const [left, top] = [Math.min(box.left, other.left), Math.min(box.top, other.top)];
      box = { width: Math.max(box.right, other.right) - left, height: Math.max(box.bottom, other.bottom) - top };
    }
    if (box.width < need.touch - 0.5 || box.height < need.touch - 0.5) {
      found.push(`touched at ${box.width.toFixed(0)} × ${box.height.toFixed(0)}, not ${need.touch}: ${told(target)}`);
    }
  }

  // Words of which each stands on a line of its own.
  for (const one of document.querySelectorAll(".main, .sub, p, td, dd, li")) {
    if (!shown(one) || one.innerText.trim().length < 8) continue;
    const size = parseFloat(getComputedStyle(one).fontSize);
    if (one.clientWidth && one.clientWidth < 3 * size && one.clientHeight > 6 * size) found.push(`${one.clientWidth} px for its words: ${told(one)}`);
  }

  const acts = [...document.querySelectorAll("main .btn-primary")].filter((one) => shown(one) && !one.closest("details"));
  if (acts.length > 1 && !document.querySelector(".swatch")) found.push(`${acts.length} main acts: ${acts.map((one) => one.innerText.trim()).join(", ").slice(0, 60)}`);

  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    found.push(`${root.scrollWidth} px wide`);
    for (const one of document.querySelectorAll("body *")) {
      if (shown(one) && one.getBoundingClientRect().right > root.clientWidth + 0.5 && !one.closest(".tabs")) found.push(`sticks out: ${told(one)}`);
    }
  }
  for (const one of document.querySelectorAll("body *")) {
    const style = getComputedStyle(one);
    if (!shown(one) || one.closest("svg, .tabs, .table-box") || one.matches("input, select, textarea")) continue;
    if (style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1) found.push(`cut off: ${told(one)}`);
  }

  for (const one of document.querySelectorAll("a, button, summary, .tag, .num")) {
    if (!shown(one) || getComputedStyle(one).display === "inline") continue;
    if (one.scrollWidth > one.clientWidth + 1) found.push(`words stick out of their box: ${told(one)}`);
  }

  // What stands under a button, a form or a list keeps its distance.
  const blocks = "form, .list, .table-box, .empty, .sheet, .alert, .refused, .mistakes, .figures, .tiles, .btn, .receipt";
  for (const below of document.querySelectorAll(".list, .course, .table-box, .empty, .sheet, .alert, .refused, .mistakes, .figures, .tiles, p.form-text")) {
    const above = below.previousElementSibling;
    if (!shown(below) || !above || !shown(above)) continue;
    const ends = [above, ...above.querySelectorAll(blocks)].filter((one) => one.matches(blocks) && shown(one));
    const [top, end] = [below.getBoundingClientRect(), Math.max(...ends.map((one) => one.getBoundingClientRect().bottom))];
    const side = above.getBoundingClientRect();
    const least = below.matches(".form-text") ? 4 : 8;
    if (ends.length && side.left < top.right && top.left < side.right && side.top < top.top && top.top - end < least) {
      found.push(`${(top.top - end).toFixed(0)} px under what stands above: ${told(below)}`);
    }
  }
  return [...new Set(found)];
}
