// Steppers and a running total; without this script the same form works with typed numbers. What cannot be had is
// grey before it is chosen: the server says how many pieces of each, here only what is chosen already is taken off.
const form = document.getElementById("basket");
const total = document.getElementById("total");
const boxes = [...form.querySelectorAll("input.pieces:not([disabled])")];
const next = form.querySelector("[type=submit]");
const entry = form.elements.entry;
const { spendable, alone, balance } = form.dataset;
const closed = next.disabled;

function pieces(box) {
  return /^[0-9]{1,4}$/.test(box.value) ? Number(box.value) : 0;
}

function shown(hundredths) {
  const sign = hundredths < 0 ? "−" : "";
  const amount = Math.abs(hundredths);
  const rest = String(amount % 100).padStart(2, "0").replace(/0+$/, "");
  return sign + Math.floor(amount / 100) + (rest ? "." + rest : "");
}

function words(sum) {
  if (!sum) return "";
  if (sum > Number(spendable)) return `合计 ${shown(sum)}，超出 ${shown(sum - Number(spendable))}`;
  const second = sum > Number(alone) ? "，要再有人确认" : "";
  return `合计 ${shown(sum)}，剩余 ${shown(Number(balance) - sum)}${second}`;
}

const first = total.textContent;

function count() {
  const sum = boxes.reduce((all, box) => all + pieces(box) * Number(box.dataset.price), 0);
  const left = Number(spendable) - sum;
  total.textContent = words(sum) || first;
  total.classList.toggle("minus", left < 0);
  let fits = left >= 0;
  for (const box of boxes) {
    const row = box.closest(".goods");
    const more = pieces(box) < Number(box.dataset.most) && Number(box.dataset.price) <= left;
    row.classList.toggle("chosen", pieces(box) > 0);
    row.classList.toggle("out-of-stock", !pieces(box) && !more);
    row.querySelector("[data-step=more]").disabled = !more;
    fits = fits && pieces(box) <= Number(box.dataset.most);
  }
  next.disabled = closed || !fits || !(sum || (entry && entry.value.trim()));
}

function step(box, by) {
  const now = Math.max(0, pieces(box) + by);
  box.value = now ? String(now) : "";
  count();
}

function drawing(lines) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of [["class", "icon"], ["viewBox", "0 0 24 24"], ["aria-hidden", "true"]]) made.setAttribute(name, value);
  path.setAttribute("d", lines);
  made.append(path);
  return made;
}

function button(lines, label, kind, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-outline-primary step";
  made.dataset.step = kind;
  made.append(drawing(lines));
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

for (const box of boxes) {
  box.before(button("M5 12h14", "少一件", "less", () => step(box, -1)));
  box.after(button("M12 5v14M5 12h14", "多一件", "more", () => step(box, 1)));
  box.addEventListener("input", count);
}
entry?.addEventListener("input", count);
// Back from the next step opens this address anew: it takes along what was chosen, as the way by the link there does.
form.addEventListener("submit", () => {
  const address = new URL(location.href);
  for (const box of boxes) {
    const price = form.elements[box.name.replace("q-", "p-")];
    for (const one of [box, price]) {
      if (box.value && one) address.searchParams.set(one.name, one.value);
      else if (one) address.searchParams.delete(one.name);
    }
  }
  history.replaceState(history.state, "", address);
});
// A hand on a keyboard begins at once; a phone is not made to open its keyboard.
if (entry && "first" in entry.dataset && matchMedia("(hover: hover) and (pointer: fine)").matches) entry.focus();
count();
