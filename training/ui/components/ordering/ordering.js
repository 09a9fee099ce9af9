// A list to bring into order. Dragging is one way of three: each step has buttons, and its grip takes arrow keys.

const DRAWN = {
  grip: "M9 5v.01M9 12v.01M9 19v.01M15 5v.01M15 12v.01M15 19v.01",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
};

function drawn(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", DRAWN[name]);
  svg.append(path);
  return svg;
}

function row(id, text) {
  const button = (name) => element("button", { type: "button", className: name }, drawn(name));
  const made = element("li", {}, button("grip"), element("span", { className: "place" }),
    element("span", { className: "text", textContent: text }), button("up"), button("down"));
  made.dataset.id = id;
  return made;
}

function label(item, text, place, count) {
  item.querySelector(".place").textContent = `${place}.`;
  const grip = item.querySelector(".grip"), up = item.querySelector(".up"), down = item.querySelector(".down");
  grip.setAttribute("aria-label", `${text}: place ${place} of ${count}. Move it with the arrow keys`);
  up.setAttribute("aria-label", `Move up: ${text}`);
  down.setAttribute("aria-label", `Move down: ${text}`);
  up.title = "Move up";
  down.title = "Move down";
  // Not disabled: at the end of the list the button keeps the focus.
  up.setAttribute("aria-disabled", String(place === 1));
  down.setAttribute("aria-disabled", String(place === count));
}

// The one that is dragged follows the pointer, the others make room; the list itself changes on dropping.
function drag(list, item, start, drop) {
  const items = [...list.children], from = items.indexOf(item);
  const boxes = items.map((each) => each.getBoundingClientRect());
  const room = boxes[from].height + 6.4;
  let to = from;
  const follow = (event) => {
    const by = event.clientY - start.clientY, middle = boxes[from].top + boxes[from].height / 2 + by;
    item.style.transform = `translateY(${by}px)`;
    to = boxes.filter((box, place) => place !== from && box.top + box.height / 2 < middle).length;
    items.forEach((each, place) => {
      if (place === from) return;
      const shift = place > from && place <= to ? -room : place < from && place >= to ? room : 0;
      each.style.transform = shift ? `translateY(${shift}px)` : "";
    });
  };
  const end = (dropped) => {
    for (const [name, heard] of listening) window.removeEventListener(name, heard);
    items.forEach((each) => { each.style.transform = ""; });
    item.classList.remove("moving");
    list.classList.remove("moving");
    if (dropped && to !== from) drop(to);
  };
  const listening = [
    ["pointermove", follow], ["pointerup", () => end(true)], ["pointercancel", () => end(false)],
    ["keydown", (event) => event.key === "Escape" && end(false)],
  ];
  item.classList.add("moving");
  list.classList.add("moving");
  for (const [name, heard] of listening) window.addEventListener(name, heard);
}

function listen(item, move) {
  const { id } = item.dataset, list = item.parentElement;
  const grip = item.querySelector(".grip");
  const here = () => [...list.children].indexOf(item);
  item.querySelector(".up").onclick = () => move(id, here() - 1, ".up");
  item.querySelector(".down").onclick = () => move(id, here() + 1, ".down");
  grip.onkeydown = (event) => {
    const wanted = { ArrowUp: here() - 1, ArrowDown: here() + 1, Home: 0, End: list.children.length - 1 }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    move(id, wanted, ".grip");
  };
  item.onpointerdown = (event) => {
    const held = event.target.closest(".grip") || (event.pointerType === "mouse" && !event.target.closest("button"));
    if (!held || event.button !== 0) return;
    event.preventDefault();
    grip.focus({ focusVisible: false });
    drag(list, item, event, (to) => move(id, to, ".grip"));
  };
}

export default function ({ data: sent, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".order");
  if (!root || !sent) return;
  const [{ how, steps, closed, keep }] = sent;
  const list = root.querySelector("ol"), news = root.querySelector(".news"), kept = root.querySelector(".keep");
  const texts = new Map(steps), shown = steps.map(([id]) => id);

  const order = () => root.mine.value ?? shown;
  const draw = () => {
    const items = new Map([...list.children].map((item) => [item.dataset.id, item]));
    const wanted = order().map((id) => items.get(id) ?? row(id, texts.get(id)));
    if (wanted.some((item, place) => list.children[place] !== item)) list.replaceChildren(...wanted);
    wanted.forEach((item, place) => {
      item.classList.toggle("given", root.mine.value !== null);
      label(item, texts.get(item.dataset.id), place + 1, wanted.length);
      if (closed) item.onpointerdown = null;
      else listen(item, move);
    });
    kept.hidden = closed || root.mine.value !== null;
  };
  const move = (id, to, from) => {
    const now = [...order()];
    if (to < 0 || to >= now.length) {
      news.textContent = `${texts.get(id)} is ${to < 0 ? "the first" : "the last"} already.`;
      return;
    }
    now.splice(now.indexOf(id), 1);
    now.splice(to, 0, id);
    send(now);
    news.textContent = `${texts.get(id)}: now place ${to + 1} of ${now.length}.`;
    list.children[to].querySelector(from).focus();
  };

  root.querySelector(".how").textContent = how;
  root.classList.toggle("closed", closed);
  kept.textContent = keep;
  const focus = root.getRootNode().activeElement;
  const send = answering(root, sent, setTriggerValue, draw);
  kept.onclick = () => {
    send(shown);
    news.textContent = "The order shown is your answer.";
    list.querySelector(".grip").focus();
  };
  if (focus && root.contains(focus) && root.getRootNode().activeElement !== focus) focus.focus();
}
