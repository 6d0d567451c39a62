// Brings the ticket of a page that has just signed somebody in or out to the server, which answers with the cookie.
export default function ({ data }) {
  if (data && data.ticket) {
    fetch(new URL("phien", document.baseURI), { method: "POST", body: data.ticket, credentials: "same-origin" });
  }
}
