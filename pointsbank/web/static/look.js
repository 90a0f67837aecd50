// Changes the size of the letters where one stands: what is half typed stays. Without it the form does the same.
const form = document.getElementById("text-size");
const button = form.querySelector("button");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = form.elements.large;
  const large = chosen.value === "1";
  document.documentElement.classList.toggle("large", large);
  const body = new URLSearchParams(new FormData(form));
  // Nobody is told if this fails: the page has changed, only the next one will not remember it.
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  chosen.value = large ? "" : "1";
  [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
});
