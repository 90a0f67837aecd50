// Says on the telephone itself that digits fit nothing. Whether they fit is asked of the server, which holds the
// log itself against them; a photo is made smaller and read there too.
import { anchorDigest, thirtyDigits, typedDigits } from "./sha256.js";

const LONGEST_SIDE = 1100;
const FEW_BYTES = 100 * 1024;

for (const form of document.querySelectorAll("form[data-content]")) {
  form.addEventListener("submit", (event) => {
    const photo = form.querySelector("input[type=file]");
    if (photo && photo.files.length) {
      if (photo.files[0].size > FEW_BYTES && !form.dataset.shrunk) {
        event.preventDefault();
        shrink(form, photo);
      }
      return;
    }
    const fit = fitOf(form, form.elements.typed.value);
    if (!fit) return;
    event.preventDefault();
    show(form, fit);
  });
}

// A slip's code opens the page with the proof behind the sign, which no browser sends by itself.
const slip = /^#[0-9]{204,4080}$/.exec(location.hash);
const asked = slip && document.querySelector("form[data-content]");
if (asked) {
  // Going back leads to the page, not here once more.
  history.replaceState(null, "", location.pathname);
  asked.elements.typed.value = slip[0].slice(1);
  asked.submit();
}

// Which sentence holds; null where the server has to say.
function fitOf(form, written) {
  // Wide letters and digits as Chinese keyboards give them; a copied text is broken into lines.
  const typed = written.normalize("NFKC").replace(/\s/g, "");
  const digits = typedDigits(typed);
  if (!digits || digits === thirtyDigits(anchorDigest(form.dataset.content))) return null;
  return form.dataset.others.split(" ").includes(digits) ? null : "fits_nothing";
}

function show(form, fit) {
  const said = document.getElementById("poster-says");
  for (const one of said.children) one.hidden = one.dataset.fit !== fit;
  said.hidden = false;
  said.scrollIntoView({ block: "nearest" });
}

// A stranger may send 128 KB; a telephone's photo has some megabytes.
async function shrink(form, photo) {
  form.dataset.shrunk = "1";
  try {
    const picture = await drawn(photo.files[0]);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.filter = "grayscale(1)";
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.7, 0.5, 0.3]) {
      const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (small.size > FEW_BYTES && quality > 0.3) continue;
      const files = new DataTransfer();
      files.items.add(new File([small], "poster.jpg", { type: "image/jpeg" }));
      photo.files = files.files;
      break;
    }
  } finally {
    form.submit();
  }
}

function drawn(file) {
  return new Promise((done, failed) => {
    const picture = new Image();
    picture.onload = () => done(picture);
    picture.onerror = failed;
    const reader = new FileReader();
    reader.onload = () => {
      picture.src = reader.result;
    };
    reader.onerror = failed;
    reader.readAsDataURL(file);
  });
}
