// Steppers and a running total; without this script the same form works with typed numbers.
const form = document.getElementById("basket");
const total = document.getElementById("total");
const boxes = [...form.querySelectorAll("input.pieces:not([disabled])")];

function pieces(box) {
  return /^[0-9]{1,4}$/.test(box.value) ? Number(box.value) : 0;
}

function shown(hundredths) {
  const sign = hundredths < 0 ? "−" : "";
  const amount = Math.abs(hundredths);
  const rest = String(amount % 100).padStart(2, "0").replace(/0+$/, "");
  return sign + Math.floor(amount / 100) + (rest ? "." + rest : "");
}

function count() {
  const sum = boxes.reduce((all, box) => all + pieces(box) * Number(box.dataset.price), 0);
  const left = Number(form.dataset.balance) - sum;
  total.textContent = sum ? `合计 ${shown(sum)}，剩余 ${shown(left)}` : "";
  total.classList.toggle("minus", left < 0);
  boxes.forEach((box) => box.closest(".goods").classList.toggle("chosen", pieces(box) > 0));
}

function step(box, by) {
  const next = Math.max(0, pieces(box) + by);
  box.value = next ? String(next) : "";
  count();
}

function button(words, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-outline-primary step";
  made.textContent = words;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

for (const box of boxes) {
  box.before(button("−", "少一件", () => step(box, -1)));
  box.after(button("＋", "多一件", () => step(box, 1)));
  box.addEventListener("input", count);
}
count();
