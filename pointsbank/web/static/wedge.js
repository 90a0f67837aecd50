// A USB scanner types very fast and ends with Enter. We listen on the document, not in a text box,
// because a Chinese input method swallows a scanner's keys.
const form = document.getElementById("scan-form");
const FASTEST_HAND = 60;
let keys = "";
let last = 0;

function keyOf(event) {
  // With an input method on, `key` may be "Process": the physical key still says which letter it was.
  if (event.key.length === 1) return event.key;
  const named = /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code || "");
  return named ? named[1] : "";
}

if (form) {
  const box = form.elements.text;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const now = event.timeStamp;
    if (now - last > FASTEST_HAND) keys = "";
    last = now;
    if (event.key === "Enter" || event.code === "Enter") {
      const tail = keys.slice(-27);
      if (/^[0-9A-Za-z]{27}$/.test(tail)) {
        event.preventDefault();
        box.value = tail;
        form.requestSubmit ? form.requestSubmit() : form.submit();
      }
      keys = "";
      return;
    }
    keys += keyOf(event);
  });
}
