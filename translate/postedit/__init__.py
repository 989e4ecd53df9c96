"""What is changed in the model's English before it is checked: numbers and capitals."""
