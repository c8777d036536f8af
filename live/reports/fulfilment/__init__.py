"""From the reservations of an order cycle to what the shop prints: purchase orders, pick lists, labels."""
