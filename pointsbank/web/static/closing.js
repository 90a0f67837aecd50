// A visit by card leaves the screen when it is over, and Back brings nothing of it again. What somebody is writing
// stays: the server gives it back when it is sent.
const { closes, closed } = document.body.dataset;
const until = Date.now() + closes * 1000;

function isTyped(field) {
  return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
}

function writes() {
  return [...document.querySelectorAll("main form :is(input, textarea)")].some(isTyped);
}

function check() {
  if (Date.now() < until || writes()) return;
  document.body.replaceChildren();
  location.replace(closed);
}

setInterval(check, 1000);
document.addEventListener("visibilitychange", check);
// Pages that are kept whole for Back are asked for anew: the server says whether they still open.
addEventListener("pageshow", (event) => event.persisted && !writes() && location.reload());
