// A grid by keyboard: arrows and Enter move, Ctrl+D fills down, Ctrl+Enter checks, cells copied from Excel spread over the table. Without this script it is a
// plain form. What is typed is kept in this tab until it has been entered, whatever becomes of the page.
const TICKS = new Set(["√", "✓", "✔", "☑"]);
const SHOWN = 5;
// Names and codes stand in the first columns of a list; what only counts its lines is no household and no item.
const PLACES = [0, 1, 2];
const NUMBER = /^[1-9][0-9]{0,3}$/;
const CODES = /^(户号|户编号|代码)$/;
const COUNTS = /^(序号|编号|户号|No\.?|组别|小组)$/i;
const CELL = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;

// A block as Excel copies it: a cell of several lines stands in quotes.
function readBlock(text) {
  const lines = [[]];
  CELL.lastIndex = 0;
  for (let end = "\t"; end; ) {
    const found = CELL.exec(text);
    lines.at(-1).push((found[1]?.replaceAll('""', '"') ?? found[2]).replace(/\s+/g, " ").trim());
    end = found[3];
    if (end === "\n") lines.push([]);
  }
  return lines;
}

class Grid {
  constructor(form) {
    this.form = form;
    this.table = form.querySelector("table.score-grid");
    this.rows = [...this.table.querySelectorAll("tbody tr[data-code]")];
    this.heads = [...this.table.querySelectorAll("thead th[data-code]")];
    this.cells = this.rows.map((row) => [...row.querySelectorAll("input")]);
    this.key = `grid ${form.dataset.grid}`;
    this.last = null;
    this.table.addEventListener("keydown", (event) => this.press(event));
    this.table.addEventListener("paste", (event) => this.paste(event));
    this.table.addEventListener("input", () => this.keep());
    this.table.addEventListener("focusin", (event) => {
      this.last = event.target;
      event.target.select?.();
    });
    for (const [part, act] of [["fill", () => this.fillDown(this.last)], ["clear", () => this.clear()]]) {
      const button = this.part(part);
      button.hidden = false;
      button.addEventListener("click", act);
    }
    this.part("how").hidden = false;
    this.form.addEventListener("change", () => this.count());
    this.restore();
    this.start();
  }

  part(name) {
    return this.form.querySelector(`[data-part="${name}"]`);
  }

  say(...sentences) {
    this.part("said").textContent = sentences.join("");
  }

  // The first wrong cell, or what is to be confirmed, or the first cell; on a phone that would only open its keyboard.
  start() {
    const wrong = this.table.querySelector("[aria-invalid]");
    const first = wrong ?? this.part("enter");
    if (first) {
      first.focus();
      (wrong ?? document.querySelector("#checked")).scrollIntoView({ block: wrong ? "center" : "start" });
    } else if (window.matchMedia("(min-width: 641px)").matches) {
      this.cells[0]?.[0]?.focus({ preventScroll: true });
    }
  }

  place(cell) {
    const row = this.cells.findIndex((one) => one.includes(cell));
    return row < 0 ? null : { row, column: this.cells[row].indexOf(cell) };
  }

  go(row, column) {
    const cell = this.cells[row]?.[column];
    cell?.focus();
    return Boolean(cell);
  }

  press(event) {
    // The keys that choose characters in an input method are not ours.
    if (event.isComposing || event.keyCode === 229) return;
    const place = this.place(event.target);
    if (!place) return;
    const { row, column } = place;
    const down = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d";
    if (down) {
      event.preventDefault();
      return this.fillDown(event.target);
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      return this.form.requestSubmit(this.part("check"));
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const whole = event.target.selectionStart === 0 && event.target.selectionEnd === event.target.value.length;
    const atStart = whole || event.target.selectionEnd === 0;
    const atEnd = whole || event.target.selectionStart === event.target.value.length;
    const steps = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      Enter: [event.shiftKey ? -1 : 1, 0],
      ArrowLeft: atStart ? [0, -1] : null,
      ArrowRight: atEnd ? [0, 1] : null,
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    // Below the last household the next item begins.
    if (!this.go(row + step[0], column + step[1]) && event.key === "Enter" && !event.shiftKey) this.go(0, column + 1);
  }

  put(cell, text) {
    const plain = text.trim();
    cell.value = TICKS.has(plain) ? "√" : plain;
    cell.classList.remove("is-invalid");
  }

  // What stands in the cell, into every empty cell below it that nobody has filled and nothing is entered for.
  fillDown(cell) {
    const place = cell && this.place(cell);
    if (!place) return this.say("先点一格，写好，再向下填满。");
    const below = this.cells.slice(place.row + 1).map((row) => row[place.column]);
    const free = below.filter((one) => !one.value && !one.parentElement.querySelector(".sub"));
    free.forEach((one) => this.put(one, cell.value));
    cell.focus();
    this.keep();
    this.say(`向下填了${free.length}格；已经写了的、已经记过的没有动。`);
  }

  clear() {
    this.cells.flat().forEach((cell) => this.put(cell, ""));
    this.keep();
    this.say("已清空，还没有录入的都没有了。");
    this.go(0, 0);
  }

  paste(event) {
    const place = this.place(event.target);
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!place || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const found = this.match(readBlock(text), place);
    const taken = new Map();
    for (const { line, row, called } of found.lines) {
      for (const { at, column } of found.columns) {
        const cell = this.cells[row]?.[column];
        if (!cell || !line[at]) continue;
        if (taken.has(cell)) {
          if (taken.get(cell) !== line[at]) found.left.add(`“${called || "同一格"}”后面的一行`);
          continue;
        }
        taken.set(cell, line[at]);
        this.put(cell, line[at]);
      }
    }
    this.keep();
    const left = [...found.left];
    const more = left.length > SHOWN ? `等${left.length}处` : "";
    this.say(`粘贴了${taken.size}格。`, found.why ?? "", left.length ? `没有填：${left.slice(0, SHOWN).join("、")}${more}。` : "");
  }

  // Where each line and column of a pasted block belongs: by names or codes, and by titles, if it has them; else from the cell where it is put.
  match(block, place) {
    const left = new Set();
    const codes = this.codesAt(block);
    const names = PLACES.find((at) => block.some((line) => this.named(line[at]).length));
    const naming = [codes, names].filter((at) => at !== undefined);
    const isNamed = (line) => this.named(line[names]).length > 0 || this.coded(line[codes]) >= 0;
    const above = naming.length ? block.slice(0, block.findIndex(isNamed)) : block.slice(0, 1);
    const titles = above.findLast((line) => line.some((text) => this.column(text, naming.length) >= 0));
    const beyond = Math.max(-1, ...naming) + 1;
    const width = Math.max(...block.map((line) => line.length));
    const rest = Array.from({ length: width }, (_, at) => at).filter((at) => !naming.includes(at) && (titles || at >= beyond));
    const columns = rest.map((at, nth) => ({ at, column: titles ? this.column(titles[at], naming.length) : place.column + nth }));
    const lines = block.slice(titles ? block.indexOf(titles) + 1 : naming.length ? above.length : 0).map((line, nth) => {
      if (!naming.length) return { line, row: (titles ? 0 : place.row) + nth };
      return { line, row: this.row(line[codes], line[names], left), called: line[names] || line[codes] };
    });
    // A heading of which nothing is known here says that the columns are others: their order proves nothing.
    const strange = titles ?? (naming.length ? above.findLast((line) => rest.some((at) => line[at])) : undefined);
    for (const { at, column } of columns) if (strange?.[at] && !(titles && column >= 0) && !COUNTS.test(strange[at])) left.add(`“${strange[at]}”`);
    if (strange && !titles) return { lines: [], columns: [], left, why: "表头和这里的条目对不上。" };
    const filled = (at) => lines.some(({ line }) => line[at]);
    if (!titles && columns.some(({ at, column }) => column >= this.heads.length && filled(at))) left.add("表右边的列");
    if (!naming.length && lines.some(({ line, row }) => row >= this.rows.length && line.some(Boolean))) left.add("表下面的行");
    return { lines, columns, left };
  }

  // A title, with or without a remark in brackets; a code that is only a number is one where names stand beside, else it may be a value.
  column(text, hasNames) {
    const plain = (text ?? "").replace(/\s/g, "");
    const bare = plain.replace(/[(（][^()（）]*[)）]$/, "");
    if (!bare) return -1;
    return this.heads.findIndex(({ dataset: { code, title } }) => {
      const known = [title, code + title].map((one) => one.replace(/\s/g, ""));
      return known.includes(plain) || known.includes(bare) || (plain === code && (hasNames || !NUMBER.test(code)));
    });
  }

  named(name) {
    const plain = (name ?? "").replace(/\s/g, "");
    return plain ? this.rows.filter(({ dataset }) => dataset.name.replace(/\s/g, "") === plain) : [];
  }

  coded(code) {
    // A spreadsheet takes 0101 for a number.
    const plain = (one) => one.replace(/^0+(?=[0-9])/, "");
    return code ? this.rows.findIndex(({ dataset }) => plain(dataset.code) === plain(code)) : -1;
  }

  // The column of codes. A mere number may be a place in the list or a value as well: it is a code below such a heading, or where all names behind it agree.
  codesAt(block) {
    return PLACES.find((at) => {
      const known = block.filter((line) => this.coded(line[at]) >= 0);
      if (!known.length) return false;
      if (known.some((line) => !NUMBER.test(line[at])) || block.some((line) => CODES.test(line[at] ?? ""))) return true;
      const names = PLACES.find((other) => other > at && known.some((line) => this.named(line[other]).length));
      return names !== undefined && known.every((line) => this.named(line[names]).includes(this.rows[this.coded(line[at])]));
    });
  }

  // A code and a name must mean the same household; a name alone only one of the table. What is not filled is noted.
  row(code, name, left) {
    const byCode = this.coded(code);
    const byName = this.named(name);
    const called = [code, name].filter(Boolean).join(" ");
    if (byCode >= 0 && (!name || byName.includes(this.rows[byCode]))) return byCode;
    if (!code && byName.length === 1) return this.rows.indexOf(byName[0]);
    if (byName.length > 1 && !code) left.add(`“${called}”（这里有${byName.length}户，请写户号）`);
    else if (called) left.add(`“${called}”`);
    return -1;
  }

  // The ticks of what was judged already change how many are entered.
  count() {
    const enter = this.part("enter");
    if (!enter) return;
    const ticked = this.form.querySelectorAll("input[name^=again-]:checked").length;
    enter.textContent = `录入${Number(enter.dataset.clear) + ticked}条`;
  }

  // Every cell of this meeting and day by its name, of who is signed in: another group, other items or a reload find again what was typed there.
  kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
    } catch {
      return {};
    }
  }

  keep() {
    const kept = this.kept();
    for (const cell of this.cells.flat()) {
      if (cell.value) kept[cell.name] = cell.value;
      else delete kept[cell.name];
    }
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Full or forbidden: the page itself still has it.
    }
  }

  restore() {
    const here = new URL(location.href);
    if (here.searchParams.has("entered")) {
      // Said once by the server: the address of the page is its own again.
      here.searchParams.delete("entered");
      history.replaceState(null, "", here);
      return this.keep();
    }
    if (this.cells.flat().some((cell) => cell.value)) return this.keep();
    const kept = this.kept();
    const back = this.cells.flat().filter((cell) => kept[cell.name]);
    back.forEach((cell) => this.put(cell, kept[cell.name]));
    if (back.length) this.say(`上次写的${back.length}格还在，还没有录入。`);
  }
}

document.querySelectorAll("form[data-grid]").forEach((form) => new Grid(form));
