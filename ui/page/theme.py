"""The colours and fonts of Gradio's own parts, so that they match the panes."""

from __future__ import annotations

import gradio as gr


def theme() -> gr.themes.Base:
    """Return the theme; nothing in it is fetched."""
    sans = [gr.themes.Font(name) for name in ("system-ui", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif")]
    mono = [gr.themes.Font(name) for name in ("ui-monospace", "monospace")]
    base = gr.themes.Base(primary_hue="blue", neutral_hue="stone", radius_size="md", font=sans, font_mono=mono)
    return base.set(
        body_background_fill="#f6f5f2",
        body_background_fill_dark="#111316",
        body_text_color="#22252a",
        body_text_color_dark="#dcdfe4",
        body_text_color_subdued="#5f646c",
        body_text_color_subdued_dark="#9ba1aa",
        block_background_fill="#ffffff",
        block_background_fill_dark="#191b1f",
        block_border_color="#e2dfd8",
        block_border_color_dark="#2f333a",
        block_label_text_color="#5f646c",
        block_info_text_color="#5f646c",
        input_background_fill="#ffffff",
        input_background_fill_dark="#191b1f",
        input_placeholder_color="#6b7079",
        input_placeholder_color_dark="#9ba1aa",
        button_primary_background_fill="#2b5fb8",
        button_primary_background_fill_hover="#234f9b",
        button_primary_background_fill_dark="#2b5fb8",
        button_secondary_background_fill="#eceae4",
        button_secondary_background_fill_dark="#262a30",
        button_secondary_text_color="#22252a",
        button_secondary_text_color_dark="#dcdfe4",
    )
