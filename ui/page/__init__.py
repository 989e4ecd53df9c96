"""The page itself: its layout in Gradio, its script and style, its words in French and English."""
