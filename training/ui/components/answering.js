// What the learner did last stands until the server has heard of it: news of an earlier answer never takes it back.

const PATIENCE = 15000; // a message that was not heard of by then is lost, and the server's word counts again

function answering(root, [{ value: said, closed }, heard], setTriggerValue, draw) {
  const mine = (root.mine ??= { number: heard, waits: false, timer: 0 });
  mine.draw = draw;
  mine.said = said;
  const settle = () => {
    clearTimeout(mine.timer);
    mine.waits = false;
    mine.value = mine.said;
    mine.draw();
  };
  if (closed || !mine.waits || heard >= mine.number) settle();
  else mine.draw();
  return (value) => {
    mine.value = value;
    mine.waits = true;
    mine.number = Math.max(mine.number, heard) + 1;
    setTriggerValue("answer", { given: value, number: mine.number });
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
