/** The choice of a pickup point: a group of radio buttons with their addresses. */
import { h } from "../shared/dom.js";

export function pointChoice(points, chosen, label) {
  const options = points.map((point) =>
    h("label", { class: "button plain point" },
      h("input", { type: "radio", name: "point", value: point.id, ...(point.id === chosen ? { checked: true } : {}) }),
      h("span", {}, h("strong", {}, point.name), point.address ? h("small", {}, point.address) : null)),
  );
  return h("fieldset", { class: "points" }, h("legend", {}, label), ...options);
}

/** The id of the point that is chosen in a group; null where none is. */
export function chosenPoint(group) {
  return group?.querySelector("input:checked")?.value ?? null;
}
