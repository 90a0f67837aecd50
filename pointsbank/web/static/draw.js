// Works out on the telephone itself which entries the dice draw, by the published rule.
import { hex, sha256, utf8 } from "./sha256.js";

const form = document.getElementById("draw");

if (form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const dice = form.elements.dice.value
      .replace(/[１-６]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
      .replace(/[\s,，、-]/g, "");
    if (!/^[1-6]{10}$/.test(dice)) {
      show("wrong", "");
      return;
    }
    const { rule, digest, size, eligible, drawn } = form.dataset;
    const tickets = numbers(eligible).map((index) => [hex(sha256(utf8([rule, digest, dice, index].join("\n")))), index]);
    tickets.sort((one, other) => (one[0] < other[0] ? -1 : 1));
    const found = tickets.slice(0, Number(size)).map((one) => one[1]);
    show(found.join(" ") === drawn ? "same" : "other", found.map((index) => `第${index}条`).join("、"));
  });
}

// "3-5 9": 3, 4, 5, 9.
function numbers(ranges) {
  const every = [];
  for (const range of ranges.split(" ")) {
    const [first, last = first] = range.split("-").map(Number);
    for (let index = first; index <= last; index += 1) every.push(index);
  }
  return every;
}

function show(which, words) {
  const said = document.getElementById("draw-says");
  for (const one of said.children) {
    one.hidden = one.dataset.says !== which;
    const place = one.querySelector("[data-numbers]");
    if (place) place.textContent = words;
  }
  said.hidden = false;
  said.scrollIntoView({ block: "nearest" });
}
