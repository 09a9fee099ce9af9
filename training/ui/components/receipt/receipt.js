// Says that an answer is saved, and tells the head of the sitting, which is not drawn again for an answer.

const CLOUD = "M7 18a4 4 0 0 1 -.5 -7.97a5.5 5.5 0 0 1 10.7 1.02a3.5 3.5 0 0 1 -.2 6.95z";
const TICK = " M9 13.5l2 2l4 -4";

export default function ({ data, parentElement }) {
  const said = parentElement.querySelector(".news");
  if (!said || !data) return;
  const [slot, seq, saved, text, news, cell] = data;
  parentElement.querySelector(".text").textContent = text;
  parentElement.querySelector("path").setAttribute("d", saved ? CLOUD + TICK : CLOUD);
  // A receipt is said once, when it changes on the question that is in view.
  const changed = said.of === slot && said.news !== news;
  if (changed) said.textContent = news;
  Object.assign(said, { of: slot, news });
  document.dispatchEvent(new CustomEvent("needlewise-receipt", { detail: { slot, seq, cell, changed } }));
}
