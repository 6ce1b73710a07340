"""The two screens the product is looked at on: a phone held in one hand, and a desk."""

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
