// A USB scanner types very fast and ends with Enter. We listen on the document, not in a text box,
// because a Chinese input method swallows a scanner's keys.
const form = document.querySelector("[data-scan]") || document.getElementById("scan-form");
const FASTEST_HAND = 60;
const A_BARCODE = 6;
let keys = "";
let last = 0;
let box = null;
let before = "";

function keyOf(event) {
  // With an input method on, `key` may be "Process": the physical key still says which letter it was.
  if (event.key.length === 1) return event.key;
  const named = /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code || "");
  return named ? named[1] : "";
}

function isText(target) {
  return target instanceof HTMLInputElement && !["button", "submit", "checkbox", "radio", "file"].includes(target.type);
}

// What a scanner typed into a field by the way, such as a number of pieces, was never meant for it.
function putBack() {
  if (!box || box.value === before) return;
  box.value = before;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

if (form) {
  const field = form.elements[form.dataset.scan || "text"];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const now = event.timeStamp;
    if (now - last > FASTEST_HAND || !keys) {
      keys = "";
      box = isText(event.target) ? event.target : null;
      before = box ? box.value : "";
    }
    last = now;
    if (event.key === "Enter" || event.code === "Enter") {
      const tail = keys.slice(-27);
      if (/^[0-9A-Za-z]{27}$/.test(tail)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        putBack();
        field.value = tail;
        form.requestSubmit ? form.requestSubmit() : form.submit();
      } else if (keys.length >= A_BARCODE && !isText(event.target)) {
        // Something else was scanned while a button has the focus: that is no press of the button.
        event.preventDefault();
      }
      keys = "";
      return;
    }
    keys += keyOf(event);
  }, true);
}

// A photo is sent as soon as it is taken; without this script a button beside it sends it.
for (const photo of document.querySelectorAll("input[data-sends]")) {
  photo.closest(".camera").classList.toggle("at-once", true);
  photo.addEventListener("change", () => photo.files.length && photo.form.requestSubmit());
}
