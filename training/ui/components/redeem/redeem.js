// Posts the ticket once. The answer sets the HttpOnly cookie; this script never sees it.
// The page is loaded again because the websocket's handshake must carry the cookie.

const redeemed = new Set();

async function redeem(ticket) {
  const answer = await fetch("/auth/redeem", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "same-origin",
    body: JSON.stringify({ ticket }),
  });
  if (answer.ok) return "";
  const said = await answer.json().catch(() => ({}));
  return said.message || "Signing in did not work. Please try again.";
}

const isLocal = (to) => to.startsWith("/") && !/^\/[/\\]/.test(to);

export default function ({ data, setTriggerValue }) {
  if (!data || !data.ticket || redeemed.has(data.ticket)) return;
  redeemed.add(data.ticket);
  redeem(data.ticket)
    .catch(() => "The server cannot be reached. Please try again.")
    .then((failed) => {
      if (failed) setTriggerValue("failed", failed);
      else if (isLocal(data.to)) window.location.replace(data.to);
      else window.location.reload();
    });
}
