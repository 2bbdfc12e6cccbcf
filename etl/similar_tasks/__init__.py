"""Items → groups of similar tasks, why they are groups, and what people decided about them."""
