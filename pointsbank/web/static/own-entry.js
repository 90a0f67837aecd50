// Checks an entry of the household's own on its telephone: hidden words, tree, seal, poster, one after another.
import { anchorDigest, commitment, fromHex, hex, leafHash, rootOfPath, thirtyDigits, typedDigits, utf8 } from "./sha256.js";

const form = document.getElementById("own-entry");

if (form) {
  document.getElementById("no-script").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = typedDigits(form.elements.typed.value);
    if (!typed) {
      say("untyped", null);
      return;
    }
    const steps = stepsOf(form.dataset, typed);
    const inner = [steps.words, steps.tree, steps.anchor].every((fits) => fits !== false);
    say(!inner ? "broken" : steps.paper ? "fits" : "digits", steps);
  });
}

// Each step: true, false, or null where it cannot be taken.
export function stepsOf(given, typed) {
  const entry = JSON.parse(given.public);
  const content = JSON.parse(given.content);
  const words = given.private ? hex(commitment(fromHex(given.salt), utf8(given.private))) === entry.c : null;
  const path = given.path ? given.path.split(" ").map(fromHex) : [];
  const root = rootOfPath(leafHash(utf8(given.public)), Number(given.index), Number(given.size), path);
  return {
    words,
    tree: root !== null && hex(root) === content.root,
    anchor: entry.i === Number(given.index) && entry.vil === content.vil && content.size === Number(given.size),
    paper: thirtyDigits(anchorDigest(given.content)) === typed,
  };
}

function say(fit, steps) {
  const said = document.getElementById("own-says");
  for (const one of said.children) one.hidden = one.dataset.fit !== fit;
  said.hidden = false;
  const list = document.getElementById("own-steps");
  list.hidden = !steps;
  for (const [name, fits] of Object.entries(steps || {})) {
    const tag = list.querySelector(`[data-step=${name}] .tag`);
    tag.textContent = fits === null ? "没有核对" : fits ? "✓ 相符" : "✕ 不符";
    tag.className = fits === null ? "tag" : fits ? "tag tag-green" : "tag tag-due";
  }
  said.scrollIntoView({ block: "nearest" });
}
