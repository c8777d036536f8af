/** Fill `{name}` places: `fill("还剩 {n} {unit}", {n: 12, unit: "箱"})`. */
export function fill(words, values) {
  return words.replace(/\{(\w+)\}/gu, (_place, name) => String(values[name] ?? ""));
}
