// Offers households, or items of the rules, below a box while somebody types: a combobox with a listbox, as WAI-ARIA has it. Without this
// script the server asks the same question once the form was sent.
const PAUSE = 120;
const SCANNED = /[0-9A-Za-z]{27}\s*$/;
const BETWEEN = /[\s，,、；;]+/;

class Finder {
  constructor(field) {
    this.box = field.querySelector("input, textarea");
    this.url = field.dataset.find;
    // one: a box for one household; go: it is sent once one is chosen; many: for several; filter: several are an
    // answer too; open: it leads to the file.
    this.mode = field.dataset.mode;
    this.noun = field.dataset.noun ?? "户";
    this.known = new Map();
    this.options = [];
    this.active = -1;
    this.draw(field);
    this.box.addEventListener("input", (event) => event.isComposing || this.typed());
    this.box.addEventListener("compositionend", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.close());
    if (this.box.value && !this.leads()) this.lookAll();
  }

  draw(field) {
    const id = `${this.box.id}-found`;
    this.list = document.createElement("ul");
    this.list.id = id;
    this.list.className = "found";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "可能是");
    this.state = document.createElement("p");
    this.state.className = "form-text meant";
    this.state.setAttribute("role", "status");
    const row = this.box.closest(".inline");
    (row && field.contains(row) ? row : this.box).after(this.list);
    field.querySelectorAll(".meant").forEach((old) => old.remove());
    if (!this.leads()) field.append(this.state);
    // A box of several lines is a text box to WAI-ARIA whatever is offered below it: it neither opens nor closes.
    this.combobox = this.box.matches("input");
    const opens = this.combobox ? { role: "combobox", "aria-expanded": "false" } : {};
    const roles = { ...opens, "aria-autocomplete": "list", "aria-controls": id };
    for (const [name, value] of Object.entries(roles)) this.box.setAttribute(name, value);
    // The list must stay open while it is touched, although the box loses the focus by that.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const place = [...this.list.children].indexOf(event.target.closest("li"));
      if (place >= 0) this.choose(this.options[place]);
    });
  }

  // Whether the box only leads somewhere: then nothing is saved by it, and no name need be shown before.
  leads() {
    return this.mode === "filter" || this.mode === "open";
  }

  // What is typed at the moment: all of it, or of several the word where the cursor stands, with its place.
  word() {
    const all = this.box.value;
    if (this.mode !== "many") return { text: all.trim(), from: 0, to: all.length };
    const at = this.box.selectionEnd ?? all.length;
    let [from, to] = [at, at];
    while (from > 0 && !BETWEEN.test(all[from - 1])) from -= 1;
    while (to < all.length && !BETWEEN.test(all[to])) to += 1;
    return { text: all.slice(from, to), from, to };
  }

  typed() {
    clearTimeout(this.timer);
    const { text } = this.word();
    this.show();
    if (!text || SCANNED.test(text)) return this.close();
    this.timer = setTimeout(() => this.look(text).then((answer) => this.offer(text, answer)), PAUSE);
  }

  address(text) {
    return `${this.url}?q=${encodeURIComponent(text)}`;
  }

  async look(text) {
    if (this.known.has(text)) return this.known.get(text);
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const response = await fetch(this.address(text), { signal: this.asked.signal });
      if (!response.ok) return null;
      const answer = await response.json();
      this.known.set(text, answer);
      return answer;
    } catch {
      return null;
    }
  }

  async lookAll() {
    const words = this.mode === "many" ? this.box.value.split(BETWEEN).filter(Boolean) : [this.box.value.trim()];
    for (const word of words.slice(0, 12)) await this.look(word);
    this.show();
  }

  offer(text, answer) {
    if (this.word().text !== text) return;
    this.show();
    this.options = answer ? answer.items : [];
    this.active = -1;
    this.list.replaceChildren(...this.options.map((one, place) => this.option(one, place)));
    if (answer?.more) this.list.append(this.note("还有更多，请再输几个字"));
    this.open(this.options.length > 0);
  }

  // Every item: there are some dozens, and who does not know what they are called looks them through.
  async all() {
    const answer = await this.look("");
    this.options = answer ? answer.items : [];
    this.list.replaceChildren(...this.options.map((one, place) => this.option(one, place)));
    this.open(this.options.length > 0);
    if (this.options.length) this.mark(0);
  }

  option(one, place) {
    const made = document.createElement("li");
    made.id = `${this.list.id}-${place}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    const name = document.createElement("strong");
    name.textContent = one.name;
    made.append(name, ` ${one.code}${one.group ? ` · ${one.group}` : ""}`);
    return made;
  }

  note(words) {
    const made = document.createElement("li");
    made.className = "soft";
    made.setAttribute("role", "presentation");
    made.textContent = words;
    return made;
  }

  open(really) {
    this.list.hidden = !really;
    if (this.combobox) this.box.setAttribute("aria-expanded", String(really));
    if (!really) this.mark(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.open(false);
  }

  mark(place) {
    this.active = place;
    [...this.list.children].forEach((one, at) => {
      if (one.getAttribute("role") === "option") one.setAttribute("aria-selected", String(at === place));
    });
    const marked = this.list.children[place];
    if (marked) this.box.setAttribute("aria-activedescendant", marked.id);
    else this.box.removeAttribute("aria-activedescendant");
    marked?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    // The keys that choose characters in an input method are not ours.
    if (event.isComposing || event.keyCode === 229) return;
    const isOpen = !this.list.hidden;
    if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" && this.noun === "条" && !isOpen) {
      event.preventDefault();
      this.all();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.options.length) {
      event.preventDefault();
      if (!isOpen) this.open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = this.options.length;
      this.mark(this.active < 0 && step < 0 ? places - 1 : (this.active + step + places) % places);
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    } else if (event.key === "Enter" && this.mode !== "filter") {
      this.enter(event);
    }
  }

  // Sends the form where it is clear who is meant and the name has been shown; else it waits for an answer.
  async enter(event) {
    const { text } = this.word();
    const before = this.known.get(text);
    if (!text || SCANNED.test(text) || (before && this.isClear(before))) {
      if (text && this.mode === "open" && before?.meant) {
        event.preventDefault();
        window.location.assign(before.items[0].href);
      } else if (this.box.tagName === "TEXTAREA" && !event.shiftKey) {
        // A box of several lines does not send its form by itself.
        event.preventDefault();
        this.send();
      }
      return;
    }
    event.preventDefault();
    clearTimeout(this.timer);
    const answer = await this.look(text);
    this.offer(text, answer);
    if (!answer || this.isClear(answer)) this.send();
    else this.state.textContent = `“${text}”不止一${this.noun}：按 ↓ 选一${this.noun}，再按 Enter。`;
  }

  // Who means nobody is told so by the server, beside the field.
  isClear(answer) {
    return Boolean(answer.meant) || !answer.items.length || this.mode === "open";
  }

  send() {
    this.box.form.requestSubmit(this.box.form.querySelector("[type=submit]"));
  }

  choose(one) {
    if (this.mode === "open") return window.location.assign(one.href);
    const { from, to } = this.word();
    const all = this.box.value;
    const rest = all.slice(to);
    this.known.set(one.code, { items: [one], more: false, meant: one.code });
    const written = `${all.slice(0, from)}${one.code}${this.mode === "many" && !rest ? " " : ""}`;
    this.box.value = written + rest;
    this.box.setSelectionRange(written.length, written.length);
    this.close();
    this.show();
    this.box.focus();
    if (this.mode === "go") this.send();
  }

  // Says whose codes stand in the box, so that everybody sees it before anything is saved.
  show() {
    if (this.leads()) return;
    const words = this.mode === "many" ? this.box.value.split(BETWEEN) : [this.box.value.trim()];
    const names = words.map((word) => this.known.get(word)).filter((answer) => answer?.meant).map((answer) => {
      const one = answer.items.find((each) => each.code === answer.meant) ?? answer.items[0];
      return `${one.code} ${one.name}${one.group ? `（${one.group}）` : ""}`;
    });
    this.state.textContent = names.join("、");
  }
}

// For the scripts that come after it: to import it would load it a second time, under an address without its digest.
globalThis.Finder = Finder;
document.querySelectorAll("[data-find]").forEach((field) => new Finder(field));
