// Counts down to the server's deadline without asking the server, and shows where each question stands.
// Spoken sparsely: once a minute, every ten seconds in the last minute.

const RECEIPT = "needlewise-receipt";

const words = (seconds) => {
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 1) return `${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
  return `${seconds} seconds left`;
};

const clock = (seconds) => {
  const hours = Math.floor(seconds / 3600);
  const pad = (n) => String(n).padStart(2, "0");
  const rest = `${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
};

const worthSaying = (seconds) => seconds > 0 && (seconds % 60 === 0 || (seconds < 60 && seconds % 10 === 0));

function countDown(bar, deadline, ahead, over) {
  const time = bar.querySelector(".time");
  const face = bar.querySelector(".clock");
  const spoken = bar.querySelector(".spoken");
  let last = null;
  const tick = () => {
    const left = Math.max(0, Math.ceil(deadline - (Date.now() / 1000 + ahead)));
    if (left === last) return;
    last = left;
    face.textContent = clock(left);
    time.setAttribute("aria-label", words(left));
    time.classList.toggle("short", left <= 60);
    if (worthSaying(left)) spoken.textContent = words(left);
    if (left === 0) {
      clearInterval(bar.timer);
      spoken.textContent = "Time is up. Your saved answers are being graded.";
      setTimeout(over, 800); // past the server's own deadline, not just at it
      bar.timer = setInterval(over, 5000); // and again, where the connection was down just then
    }
  };
  clearInterval(bar.timer);
  time.hidden = false;
  tick();
  bar.timer = setInterval(tick, 250);
}

function cells(list, places, current, go) {
  while (list.children.length > places.length) list.lastChild.remove();
  while (list.children.length < places.length) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(document.createElement("span"));
    const cell = document.createElement("li");
    cell.append(button);
    list.append(cell);
  }
  places.forEach((place, index) => {
    const button = list.children[index].firstChild;
    button.firstChild.textContent = index + 1;
    mark(button, place);
    if (index + 1 === current) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
    button.onclick = () => go(index + 1);
  });
}

function mark(button, [answered, flagged, checked, label]) {
  button.className = [answered && "answered", flagged && "flagged", checked && "checked"].filter(Boolean).join(" ");
  button.setAttribute("aria-label", label);
  button.title = label;
}

function toHeading(bar) {
  const heading = bar.querySelector(".place");
  heading.tabIndex = 0; // Tab goes on from it only while it is itself a stop
  heading.onblur = () => { heading.tabIndex = -1; };
  heading.focus({ preventScroll: true });
}

// A turn to another question: its top comes into view, and Tab goes on from its heading.
function turn(bar, current) {
  const turned = bar.current !== undefined && bar.current !== current;
  bar.current = current;
  if (!turned) return;
  bar.scrollIntoView({ block: "start" });
  toHeading(bar);
}

// On a telephone the cells scroll: the current one comes into view, and a fade says while more follow.
function reveal(bar, current) {
  const list = bar.querySelector("ol");
  const fade = () => list.classList.toggle("more", list.scrollTop + list.clientHeight < list.scrollHeight - 4);
  list.onscroll = fade;
  if (!bar.watch) (bar.watch = new ResizeObserver(fade)).observe(list);
  const cell = list.children[current - 1];
  if (cell && bar.shown !== current) {
    list.scrollTop += cell.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
  }
  bar.shown = current;
  fade();
}

// An answer draws its receipt again and nothing else; the receipt says what became of its cell.
function listen(bar, seq) {
  const heard = ({ detail }) => {
    if (detail.seq >= seq) {
      const [progress] = detail.cell.slice(-1);
      const button = bar.querySelector("ol").children[detail.slot]?.firstChild;
      if (button) mark(button, detail.cell);
      bar.querySelector(".progress").textContent = progress;
    }
    // A checked question takes its own button away, and with it the focus.
    if (detail.changed) setTimeout(() => document.activeElement === document.body && toHeading(bar), 200);
  };
  document.removeEventListener(RECEIPT, bar.heard);
  document.addEventListener(RECEIPT, heard);
  bar.heard = heard;
}

export default function ({ data: sent, parentElement, setTriggerValue }) {
  const bar = parentElement.querySelector(".bar");
  if (!bar || !sent) return;
  const [data] = sent;
  bar.querySelector(".title").textContent = data.title;
  bar.querySelector(".progress").textContent = data.progress;
  bar.querySelector(".place").textContent = data.heading;
  cells(bar.querySelector("ol"), data.places, data.current, (number) => setTriggerValue("go", number));
  turn(bar, data.current);
  reveal(bar, data.current);
  listen(bar, data.seq);
  if (data.deadline) {
    // The server's clock counts: remember how far it is ahead of this one.
    countDown(bar, data.deadline, data.now - Date.now() / 1000, () => setTriggerValue("over", true));
  }
  // Where the script was slow to load, the end of an older drawing comes after a newer one began: it ends nothing then.
  const drawing = (bar.drawing = {});
  return () => {
    if (bar.drawing !== drawing) return;
    clearInterval(bar.timer);
    document.removeEventListener(RECEIPT, bar.heard);
  };
}
