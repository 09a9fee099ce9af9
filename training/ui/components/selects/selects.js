// Select boxes of the browser itself, so that every keyboard, telephone and screen reader knows them.

const OPEN = "";

function box({ label, options }) {
  const made = element("select", {}, element("option", { value: OPEN, textContent: "Choose…" }));
  for (const [id, text] of options) {
    const option = element("option", { value: id, textContent: text });
    option.text = text;
    option.dataset.text = text;
    made.append(option);
  }
  made.setAttribute("aria-label", label);
  return made;
}

function inRows(places, boxes, list) {
  list.replaceChildren(...places.map((place, number) => {
    const text = element("label", { textContent: `${number + 1}. ${place.text}`, htmlFor: (boxes[number].id = `row-${number}`) });
    boxes[number].removeAttribute("aria-label");
    return element("div", { className: "row" }, text, boxes[number]);
  }));
}

// A piece of the text is a string, a gap its number.
function inText(pieces, boxes, list) {
  const flow = element("div", { className: "flow" });
  for (const piece of pieces) {
    if (typeof piece === "string") flow.append(piece);
    else flow.append(element("span", { className: "gap" }, element("b", { textContent: piece + 1, ariaHidden: "true" }), boxes[piece]));
  }
  list.replaceChildren(flow);
}

// What is used is told in the list of options and cannot be chosen again elsewhere.
function mark(selects, value, once, bank) {
  selects.forEach((select, number) => {
    select.value = value[number];
    select.classList.toggle("given", value[number] !== OPEN);
    for (const option of [...select.options].slice(1)) {
      const elsewhere = once && value.some((id, place) => place !== number && id === option.value);
      option.disabled = elsewhere;
      option.text = option.dataset.text + (elsewhere ? " (used)" : "");
    }
  });
  for (const item of bank.children) item.classList.toggle("used", once && value.includes(item.dataset.id));
}

export default function ({ data: sent, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".selects");
  if (!root || !sent) return;
  const [{ how, bank, places, pieces, once, closed }] = sent;
  const list = root.querySelector(".places"), options = root.querySelector(".bank");
  const signature = JSON.stringify([bank, places, pieces]);
  if (root.signature !== signature) {
    root.signature = signature;
    options.replaceChildren(...bank.map(([id, letter, text]) => {
      const item = element("li", {}, element("b", { textContent: `${letter}.` }), element("span", { className: "text", textContent: text }));
      item.dataset.id = id;
      return item;
    }));
    root.boxes = places.map(box);
    if (pieces) inText(pieces, root.boxes, list);
    else inRows(places, root.boxes, list);
  }
  root.querySelector(".how").textContent = how;
  root.setAttribute("aria-label", how);
  const selects = root.boxes;
  const current = () => root.mine.value ?? selects.map(() => OPEN);
  const send = answering(root, sent, setTriggerValue, () => mark(selects, current(), once, options));
  selects.forEach((select, number) => {
    select.disabled = closed;
    select.onchange = () => {
      const given = current().map((id, place) => (place === number ? select.value : id));
      const open = given.filter((id) => id === OPEN).length;
      send(open === given.length ? null : given);
      root.querySelector(".news").textContent = open ? `${open} of ${given.length} still open.` : "All are answered.";
    };
  });
}
