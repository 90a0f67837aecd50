// A visit by card leaves the screen when it is over, and Back brings nothing of it again. What somebody is writing
// stays, and the page says that it can be sent no more.
// No module: browsers of before 2017 leave a page of modules on the screen.
{
  const { closes, closed, over } = document.body.dataset;
  const until = Date.now() + closes * 1000;
  let said = false;

  function isTyped(field) {
    return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
  }

  function writes() {
    return [...document.querySelectorAll("main form input, main form textarea")].some(isTyped);
  }

  function say() {
    said = true;
    const words = document.createElement("p");
    words.className = "alert alert-warning";
    words.setAttribute("role", "alert");
    words.textContent = over;
    document.querySelector("main").prepend(words);
    for (const button of document.querySelectorAll("main form button")) button.disabled = true;
    words.scrollIntoView();
  }

  function check() {
    if (said || Date.now() < until) return;
    if (writes()) return say();
    document.body.textContent = "";
    location.replace(closed);
  }

  setInterval(check, 1000);
  document.addEventListener("visibilitychange", check);
  // Pages that are kept whole for Back are asked for anew: the server says whether they still open.
  addEventListener("pageshow", (event) => event.persisted && !writes() && location.reload());
}
