"""What leaves the shop: posts of group robots and signed webhooks. Orders never wait for any of it."""
