// One line for one entry: household, Enter, item, Enter, an amount only where the item needs one, Enter. The cursor stays in one box
// and the item stays chosen. The form below does the same without this script, and for several households at once.
const Finder = globalThis.Finder;
const AGAIN = 5000;

const STEPS = {
  household: { label: "哪一户", hint: "户号、姓名、首字母、卡号，或扫卡，按 Enter" },
  item: { label: "条目", hint: "编号、名称或首字母，按 Enter；↓ 看全部，空着按退格换一户" },
  quantity: { label: "数量", hint: "填数量，按 Enter 录入；换条目就直接输条目" },
  faults: { label: "几处有问题", hint: "填几处，没有问题直接按 Enter 录入；换条目就直接输条目" },
  points: { label: "分值", hint: "填评定的分值，按 Enter 录入；换条目就直接输条目" },
  ready: { label: "按 Enter 录入", hint: "换条目就直接输条目，按 Esc 换一户" },
};

class EntryLine extends Finder {
  constructor(form) {
    super(form.querySelector(".finder"));
    this.form = form;
    this.part = (name) => form.querySelector(`[data-part="${name}"]`);
    this.lines = document.getElementById(form.dataset.linesIn);
    this.item = null;
    this.amount = "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.enter(event);
    });
    form.elements.occurred_on.addEventListener("change", () => this.household && this.foresee(this.household.code));
    form.elements.same_deed.addEventListener("change", () => this.household && this.foresee(this.household.code));
    this.part("again").addEventListener("click", () => this.save(true));
    this.begin();
    this.reload();
    setInterval(() => document.visibilityState === "visible" && this.reload(), AGAIN);
  }

  // Nothing is saved before its last Enter, and the name is always shown before.
  leads() {
    return true;
  }

  begin() {
    this.household = null;
    this.doubt = false;
    this.offerDeeds([]);
    this.say([]);
    this.go("household");
  }

  go(step) {
    this.step = step;
    const { label, hint } = STEPS[step === "quantity" && this.mayBeEmpty ? "faults" : step];
    this.noun = step === "item" ? "条" : "户";
    this.url = step === "item" ? this.form.dataset.items : this.form.dataset.households;
    this.known = new Map();
    this.close();
    this.box.value = step === "quantity" || step === "points" ? this.amount : "";
    this.box.inputMode = step === "quantity" || step === "points" ? "decimal" : "text";
    this.form.querySelector("label[for=line]").textContent = step === "quantity" && this.unit ? `${label}（${this.unit}）` : label;
    this.part("hint").textContent = hint;
    this.part("household").textContent = this.household ? `${this.household.code} ${this.household.name}${this.household.group ? `（${this.household.group}）` : ""}` : "";
    this.part("item").textContent = this.item ? `${this.item.code} ${this.item.name}（${this.item.group}）` : "";
    this.part("doubt").hidden = !this.doubt;
    this.box.focus();
    if (this.box.value) this.box.select();
  }

  // What the household has of this day already: the entry may be the same deed, and counts once then.
  offerDeeds(deeds) {
    const select = this.form.elements.same_deed;
    const chosen = select.value;
    select.replaceChildren(select.options[0], ...deeds.map((one) => new Option(one.name, one.id)));
    select.value = deeds.some((one) => one.id === chosen) ? chosen : "";
    this.part("deed").hidden = !deeds.length;
  }

  say(sentences, isWrong = false) {
    const said = this.part("said");
    said.replaceChildren(...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.textContent = sentence;
      return line;
    }));
    said.classList.toggle("invalid-feedback", isWrong);
  }

  typed() {
    const text = this.box.value;
    const isAmount = this.step === "quantity" || this.step === "points";
    if (text && (this.step === "ready" || (isAmount && !/^[0-9.]+$/.test(text.trim())))) this.retake(text);
    if (this.step === "household" || this.step === "item") super.typed();
  }

  // The item stayed chosen, and somebody types another.
  retake(text) {
    this.item = null;
    this.amount = "";
    this.doubt = false;
    this.go("item");
    this.box.value = text;
  }

  // Of items only those that apply to such a household.
  address(text) {
    const kind = this.step === "item" && this.household ? `&kind=${encodeURIComponent(this.household.kind)}` : "";
    return super.address(text) + kind;
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const isEmpty = !this.box.value;
    if (event.key === "Backspace" && isEmpty && this.list.hidden) {
      event.preventDefault();
      this.back();
    } else if (event.key === "Escape" && this.list.hidden) {
      event.preventDefault();
      this.begin();
    } else if ((event.ctrlKey || event.metaKey) && event.key === "z" && isEmpty) {
      event.preventDefault();
      this.undoLast();
    } else if (event.key === "ArrowDown" && this.step !== "household" && this.step !== "item") {
      event.preventDefault();
    } else {
      super.key(event);
    }
  }

  back() {
    this.doubt = false;
    if (this.step === "household") return;
    if (this.step === "item") return this.begin();
    this.item = null;
    this.amount = "";
    this.say([]);
    this.go("item");
  }

  async enter(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    const text = this.box.value.trim();
    if (this.busy) return;
    if (this.step === "household") {
      if (text) await this.foresee(text);
    } else if (this.step === "item") {
      if (text) await this.takeItem(text);
    } else if (this.step === "ready" || text || this.mayBeEmpty) {
      // What was asked about is not saved by the key that saves everything else.
      if (this.doubt) return this.begin();
      this.amount = this.step === "ready" ? "" : text;
      await this.save(false);
    }
  }

  choose(one) {
    this.close();
    if (this.step === "household") this.foresee(one.code);
    else this.chosen(one);
  }

  async takeItem(text) {
    const answer = await this.look(text);
    if (!answer) return this.say(["没有连上，请再按一次 Enter。"], true);
    const one = answer.items.find((each) => each.code === answer.meant);
    if (one) return this.chosen(one);
    if (!answer.items.length) return this.say([`没有找到“${text}”，或者不适用于这一户。按 ↓ 看全部条目。`], true);
    this.offer(text, answer);
    this.say([`“${text}”不止一条：按 ↓ 选一条，再按 Enter。`], true);
  }

  chosen(one) {
    this.item = one;
    this.amount = "";
    return this.foresee(this.household.code);
  }

  // Asks what the entry would come to, and goes on to what is still needed.
  async foresee(text) {
    const { occurred_on, same_deed, note } = this.form.elements;
    const given = { codes: text, item: this.item ? this.item.code : "", occurred_on: occurred_on.value, note: note.value };
    // What was chosen is of this household: another one typed begins anew.
    given.same_deed = this.household && this.item ? same_deed.value : "";
    const answer = await this.send_to(this.form.dataset.foresee, given);
    if (!answer) return;
    if (!answer.ok) {
      const offered = answer.body.offers?.codes;
      if (offered) this.offer(this.word().text, { items: offered, more: false });
      return this.say(answer.body.sentences, true);
    }
    const found = answer.body;
    this.household = found.household;
    this.needs = found.asks;
    this.unit = found.unit;
    this.mayBeEmpty = found.may_be_empty;
    this.doubt = Boolean(found.doubt);
    this.item = found.item ? { ...this.item, ...found.item } : null;
    // Nothing can be entered for this household, whatever the item: another one is asked for.
    if (found.ended) {
      this.begin();
      return this.say([found.wrong], true);
    }
    this.offerDeeds(found.deeds);
    if (found.wrong) {
      this.item = null;
      this.go("item");
      return this.say([...found.said, found.wrong], true);
    }
    this.go(this.item ? this.needs || "ready" : "item");
    this.say(found.doubt ? [...found.said, found.doubt] : found.said, Boolean(found.doubt));
  }

  async save(confirmed) {
    const { form } = this;
    const saved = { household: this.household, item: this.item, needs: this.needs, amount: this.amount };
    if (this.step === "quantity" || this.step === "points") saved.amount = this.box.value.trim();
    const given = {
      request_id: form.elements.request_id.value,
      codes: saved.household.code,
      item: saved.item.code,
      occurred_on: form.elements.occurred_on.value,
      quantity: saved.needs === "quantity" ? saved.amount : "",
      points: saved.needs === "points" ? saved.amount : "",
      note: form.elements.note.value,
      same_deed: form.elements.same_deed.value,
      confirmed: confirmed ? "1" : "",
    };
    this.busy = true;
    const answer = await this.send_to(form.action, given);
    this.busy = false;
    if (!answer) return;
    if (!answer.ok) {
      this.doubt = answer.body.code === "rows_in_doubt";
      this.part("doubt").hidden = !this.doubt;
      return this.say(answer.body.sentences, true);
    }
    this.amount = saved.amount;
    form.elements.request_id.value = this.newId();
    form.elements.note.value = "";
    this.begin();
    this.say([answer.body.message]);
    await this.reload();
  }

  // Sends a form's fields and returns what is answered; where that is a page (signed out, stopped) it is shown as one.
  async send_to(address, given) {
    const body = new FormData();
    body.set("csrf_token", this.form.elements.csrf_token.value);
    for (const [name, value] of Object.entries(given)) body.set(name, value);
    try {
      const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!response.headers.get("Content-Type")?.includes("json")) {
        this.say(["登录已过期或者服务停了：请刷新页面，登录后再录。这一条还没有录入。"], true);
        return null;
      }
      return { ok: response.ok, body: await response.json() };
    } catch {
      // The same id is sent again: what was saved before the answer was lost is not saved twice.
      this.say(["没有连上，请再按一次 Enter。"], true);
      return null;
    }
  }

  // crypto.randomUUID is missing where a page came by plain http.
  newId() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Returns whether the lines are those of now; where not, the next try is seconds away.
  async reload() {
    try {
      const response = await fetch(this.form.dataset.lines, { headers: { Accept: "application/json" } });
      if (response.ok) this.draw_lines(await response.json());
      return response.ok;
    } catch {
      return false;
    }
  }

  draw_lines({ lines, scores, status }) {
    this.latest = lines;
    this.lines.hidden = !lines.length;
    this.lines.querySelector("[data-part=count]").textContent = `共${scores}条`;
    if (status !== "open") this.say(["这次评议会已经结束，不能再录。"], true);
    this.lines.querySelector("ul").replaceChildren(...lines.map((one) => this.drawn(one)));
  }

  drawn(one) {
    const line = document.createElement("li");
    line.className = "line";
    const main = document.createElement("span");
    main.className = "main";
    const sub = document.createElement("span");
    sub.className = "sub";
    main.textContent = `${one.name} ${one.code}`;
    sub.textContent = [`第${one.number}条`, one.title, one.remark, one.mine ? "" : one.by].filter(Boolean).join(" · ");
    main.append(sub);
    const counted = document.createElement("span");
    counted.className = "num";
    counted.textContent = one.undo ? one.counted : "已撤回";
    line.append(main, counted);
    if (one.undo) {
      const undo = document.createElement("button");
      undo.type = "button";
      undo.className = "btn btn-outline-primary";
      undo.textContent = "撤回";
      undo.setAttribute("aria-label", `撤回${one.name}的${one.title}`);
      undo.addEventListener("click", () => this.undo(one));
      line.append(undo);
    }
    return line;
  }

  // The lines are read first: right after an entry those on the page may still end with the one before it.
  async undoLast() {
    if (!(await this.reload())) return this.say(["没有连上，没有撤回，请再按一次 Ctrl+Z。"], true);
    const mine = this.latest?.find((one) => one.mine && one.undo);
    if (mine) await this.undo(mine);
    else this.say(["您在这里没有可以撤回的。"], true);
  }

  async undo(one) {
    const answer = await this.send_to(one.undo, {});
    if (!answer) return;
    await this.reload();
    const said = [`已撤回第${one.number}条：${one.name}的${one.title}。`, answer.body.message?.replace("已撤回这一条。", "")];
    this.say(answer.ok ? said.filter(Boolean) : answer.body.sentences, !answer.ok);
    this.box.focus();
  }
}

document.querySelectorAll("form[data-foresee]").forEach((form) => {
  form.hidden = false;
  // What was refused stays open with its words; else several households at once are the exception.
  document.querySelectorAll("details[data-instead]").forEach((one) => {
    one.removeAttribute("open");
    // Who is led to the form comes to what stands in its place.
    document.querySelectorAll(`a[href="#${one.id}"]`).forEach((link) => link.setAttribute("href", `#${form.querySelector(".finder input").id}`));
  });
  new EntryLine(form);
});
