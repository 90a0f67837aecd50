// A person's data leave the screen of a counter a minute after the last touch, and nothing of them stays in the
// browser's memory of pages. What is left open is said on the page that waits for the next.
// No module: browsers of before 2017 leave a page of modules on the screen.
{
  const { idle, typed, after, before } = document.body.dataset;
  const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchstart", "input"];
  // A telephone's camera covers the page: what is behind it is on no screen.
  const LONGEST_PHOTO = 300;
  let last = Date.now();
  let warned = null;
  let choosing = false;
  let gone = false;

  function isTyped(field) {
    if (field.type === "hidden" || field.disabled) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return "defaultValue" in field && field.value !== field.defaultValue;
  }

  function leave() {
    if (gone) return;
    gone = true;
    const words = [...document.querySelectorAll("form input, form textarea")].some(isTyped);
    document.body.textContent = "";
    location.replace(words ? typed : idle);
  }

  function warn() {
    warned = document.createElement("p");
    warned.className = "alert alert-warning clearing-soon";
    warned.setAttribute("role", "alert");
    warned.textContent = `没有人动，${before}秒后收起这一户的资料。点一下屏幕就接着办。`;
    document.body.append(warned);
  }

  function check() {
    const still = (Date.now() - last) / 1000;
    if (still >= (choosing && document.hidden ? LONGEST_PHOTO : after)) leave();
    else if (still >= after - before && !warned) warn();
  }

  function touched() {
    last = Date.now();
    choosing = false;
    if (warned) warned.remove();
    warned = null;
  }

  for (const each of TOUCHES) document.addEventListener(each, touched, { capture: true, passive: true });
  document.addEventListener("click", (event) => {
    const near = event.target.closest && event.target.closest("label, input");
    const field = near && near.matches("label") ? near.control : near;
    choosing = Boolean(field && field.type === "file");
  }, true);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && choosing && (Date.now() - last) / 1000 < LONGEST_PHOTO) touched();
    else check();
  });
  setInterval(check, 1000);

  // Pages that are kept whole for Back are emptied, and asked for anew: the server says whether they still open.
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) document.body.textContent = "";
  });
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
