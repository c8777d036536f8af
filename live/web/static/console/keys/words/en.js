/** English */
export const words = Object.freeze({
  keys: {
    title: "Keyboard shortcuts",
    accept: "Accept the first that waits",
    edit: "Edit the first that waits",
    dismiss: "Dismiss the first that waits",
    undo: "Undo the last tap",
    pin: "Show the offer of this number",
    next: "Show the next offer",
    prompt: "Call for a 1, or end the call",
    flash: "Flash deal on what is shown",
    restock: "Restock what is shown",
    live: "Live activities",
    filter: "Next filter of comments",
    pause: "Hold the comments, or go on",
    before: "Section before",
    after: "Next section",
    menu: "More",
    help: "These shortcuts",
  },
});
