/** Faults of the service (`{field: "offers[2].price", message}`), each brought to its place on the form. Pure. */

const OFFER = /^(?:start\.)?offers\[(\d+)\](?:\.(.*))?$/u;
const PLACES = Object.freeze([
  ["cycle.cutoff_at", "cutoff"],
  ["cycle.pickup_at", "pickup"],
  ["cycle.pickup_points", "points"],
  ["cycle", "pickup"],
  ["title", "title"],
  ["hosts", "hosts"],
  ["offers", "goods"],
  ["policy", "policy"],
  ["script", "script"],
]);

/** `{offers: Map(n → [{field, message}]), places: {cutoff: [message]}, rest: [message], count}`. */
export function placed(faults) {
  const found = { offers: new Map(), places: {}, rest: [], count: faults.length };
  for (const { field, message } of faults) {
    const offer = OFFER.exec(field);
    const place = PLACES.find(([path]) => field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`))?.[1];
    if (offer) add(found.offers, Number(offer[1]), { field: offer[2] ?? "", message });
    else if (place) (found.places[place] ??= []).push(message);
    else found.rest.push(message);
  }
  return found;
}

function add(map, key, value) {
  map.set(key, [...(map.get(key) ?? []), value]);
}

/** What a fault of an offer says with its field's own name: "限量：必须填写"; `words` have `fields` and `mends`, words of the form's own. */
export function said({ field, message }, { fields, mends }) {
  const key = field.split(/[.[]/u)[0];
  const what = mends[key] ?? message;
  return fields[key] ? `${fields[key]}：${what}` : what;
}
