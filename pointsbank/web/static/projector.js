// The projector: keys turn the slides (also those of a presenter's remote), and the slide is asked for again.
const EVERY = 2000;
const keys = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next",
  ArrowLeft: "prev", ArrowUp: "prev", PageUp: "prev",
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const link = keys[event.key] && document.querySelector(`nav a[rel="${keys[event.key]}"]`);
  if (link) {
    event.preventDefault();
    location.href = link.href;
  }
});

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    // Whoever is no longer signed in is led elsewhere: what stands on the wall stays, the next page says why.
    if (answer.ok && !answer.redirected) {
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["slide", "ways"]) {
        const now = document.getElementById(id), then = drawn.getElementById(id);
        // Not while it is the same: a screen reader would say it again.
        if (then && now.innerHTML !== then.innerHTML && !now.contains(document.activeElement)) now.replaceWith(then);
      }
    }
  } catch {
    // The network is away for a moment: the slide stays.
  }
  setTimeout(look, EVERY);
}
setTimeout(look, EVERY);
