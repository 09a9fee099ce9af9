// What the learner did last stands until the server says the same: older news never takes back a newer answer.

const PATIENCE = 5000; // after that the server's word counts again: it refused, or another window answered

function answering(root, { value: said, closed }, setTriggerValue, draw) {
  const mine = (root.mine ??= { sent: undefined, timer: 0 });
  mine.draw = draw;
  mine.said = said;
  const settle = () => {
    clearTimeout(mine.timer);
    mine.sent = undefined;
    mine.value = mine.said;
    mine.draw();
  };
  if (closed || mine.sent === undefined || mine.sent === JSON.stringify(said)) settle();
  else mine.draw();
  return (value) => {
    mine.value = value;
    mine.sent = JSON.stringify(value);
    setTriggerValue("answer", { given: value });
    clearTimeout(mine.timer);
    mine.timer = setTimeout(settle, PATIENCE);
    mine.draw();
  };
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
