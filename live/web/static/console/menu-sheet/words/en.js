/** English: the language model in the menu. */
export const words = Object.freeze({
  llm: {
    name: "Language model",
    asking: "Looking…",
    unknown: "How it stands is not known; the rules read on.",
    none: "Not set up: the rules read comments as always",
    off: "Off: the rules read comments as always",
    on: "On, asked {n} times tonight",
    onFor: "On, asked {n} times tonight, about ¥{yuan}",
    trouble: "It does not answer as it should ({trouble}); the rules read on",
    without: "Off with it: drafted answers, second looks, written scripts",
    turnOn: "Turn on",
    turnOff: "Turn off",
  },
});
