// Reads the page aloud where the browser has a Chinese voice; elsewhere nothing is offered.
const place = document.getElementById("aloud");
const button = place.querySelector("button");

function chinese() {
  return speechSynthesis.getVoices().find((voice) => /^(zh|cmn)\b/i.test(voice.lang));
}

function offer() {
  place.hidden = !chinese();
}

function turn() {
  [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
}

if ("speechSynthesis" in window && "SpeechSynthesisUtterance" in window) {
  offer();
  // Some browsers learn of their voices later.
  if (speechSynthesis.addEventListener) speechSynthesis.addEventListener("voiceschanged", offer);
  let speaking = false;
  button.addEventListener("click", () => {
    speechSynthesis.cancel();
    turn();
    speaking = !speaking;
    if (!speaking) return;
    // Sentence by sentence: long texts are cut off by some voices.
    const sentences = place.dataset.words.match(/[^。]+。?/g) || [];
    sentences.forEach((sentence, number) => {
      const said = new SpeechSynthesisUtterance(sentence);
      said.lang = "zh-CN";
      said.voice = chinese();
      said.rate = 0.9;
      if (number === sentences.length - 1) {
        said.addEventListener("end", () => {
          if (speaking) turn();
          speaking = false;
        });
      }
      speechSynthesis.speak(said);
    });
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
