/** What an offer costs at this moment: the price of its deal while that runs. Pure. */
export function priceNow(offer, state) {
  return state.flash_sales.find((deal) => deal.offer_id === offer.id && deal.state === "running")?.price ?? offer.price;
}
