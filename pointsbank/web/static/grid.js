// A grid by keyboard: arrows and Enter move, Ctrl+D fills down, Ctrl+Enter checks, cells copied from Excel spread over the table. Without this script it is a
// plain form. What is typed is kept in this tab until it has been entered, whatever becomes of the page.
const TICKS = new Set(["√", "✓", "✔", "☑"]);
const SHOWN = 5;

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
      first.scrollIntoView({ block: "center" });
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
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!place || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const block = text.split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));
    const { rows, columns, strangers } = this.match(block, place);
    let filled = 0;
    for (const { from, row } of rows) {
      for (const { at, column } of columns) {
        const cell = this.cells[row]?.[column];
        const given = block[from][at] ?? "";
        if (!cell || !given) continue;
        this.put(cell, given);
        filled += 1;
      }
    }
    this.keep();
    const more = strangers.length > SHOWN ? `等${strangers.length}个` : "";
    const left = strangers.length ? `这里没有${strangers.slice(0, SHOWN).map((one) => `“${one}”`).join("、")}${more}，没有填。` : "";
    this.say(`粘贴了${filled}格。`, left);
  }

  // Where each row and column of a pasted block belongs: by names or codes and titles if it has them, else from the cell where it is put.
  match(block, place) {
    const strangers = [];
    const titled = block[0].some((cell) => this.column(cell) >= 0);
    const lines = block.map((_, from) => from).slice(titled ? 1 : 0);
    const naming = [0, 1, 2].filter((at) => lines.some((from) => this.row([block[from][at] ?? ""]) >= 0));
    const width = Math.max(...block.map((line) => line.length));
    const rest = Array.from({ length: width }, (_, at) => at).filter((at) => !naming.includes(at));
    const columns = titled
      ? rest.map((at) => ({ at, column: this.column(block[0][at] ?? "") }))
      : rest.map((at, nth) => ({ at, column: place.column + nth }));
    if (titled) strangers.push(...columns.filter(({ at, column }) => column < 0 && block[0][at]).map(({ at }) => block[0][at]));
    const rows = lines.map((from, nth) => {
      if (!naming.length) return { from, row: (titled ? 0 : place.row) + nth };
      return { from, row: this.row(naming.map((at) => block[from][at] ?? "")) };
    });
    if (naming.length) {
      strangers.push(...rows.filter(({ row }) => row < 0).map(({ from }) => naming.map((at) => block[from][at]).filter(Boolean).join(" ")).filter(Boolean));
    }
    // What would lie beside the table is said too.
    const beside = !titled && columns.some(({ at, column }) => column >= this.heads.length && lines.some((from) => block[from][at]));
    const under = !naming.length && rows.some(({ row }) => row >= this.rows.length);
    if (beside) strangers.push("表右边的列");
    if (under) strangers.push("表下面的行");
    return { rows, columns, strangers };
  }

  column(text) {
    const plain = text.trim();
    if (!plain) return -1;
    return this.heads.findIndex(({ dataset }) => dataset.code === plain || dataset.title === plain || plain === `${dataset.code} ${dataset.title}`);
  }

  // By code first; by name only where one household of the table has it.
  row(words) {
    const given = words.map((one) => one.trim()).filter(Boolean);
    const byCode = this.rows.findIndex(({ dataset }) => given.includes(dataset.code));
    if (byCode >= 0) return byCode;
    const named = this.rows.filter(({ dataset }) => given.includes(dataset.name));
    return named.length === 1 ? this.rows.indexOf(named[0]) : -1;
  }

  // The ticks of what was judged already change how many are entered.
  count() {
    const enter = this.part("enter");
    if (!enter) return;
    const ticked = this.form.querySelectorAll("input[name^=again-]:checked").length;
    enter.textContent = `录入${Number(enter.dataset.clear) + ticked}条`;
  }

  // Every cell of this meeting and day by its name: another group, other items or a reload find again what was typed there.
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
