"""The web page: paste a French text or drop a file, read original, English and summary side by side.

``build`` makes the page, ``launch`` serves it from this machine alone: nothing is loaded from elsewhere, nothing
is sent or counted, and no text is kept on disk.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api

from panes.html import assets
from summarize import Summarizer
from translate import Translator
from ui.desk import LENGTHS, Desk, Work, remarks, status

_HIDDEN: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def build(translator: Translator, summarizer: Summarizer) -> gr.Blocks:
    """Return the page as Gradio blocks; ``translator`` and ``summarizer`` do its work, for all its visitors."""
    desk = Desk(translator, summarizer)
    blocks = gr.Blocks(title="Passerelle", analytics_enabled=False, delete_cache=(600, 600), fill_width=True)
    with blocks:
        gr.HTML(
            "<header><h1>Passerelle</h1>"
            "<p>French in, English and a summary out. Everything stays on this machine.</p></header>",
            elem_id="masthead",
            apply_default_css=False,
            head=_head(),
        )
        with gr.Row(equal_height=True, elem_id="input"):
            text = gr.Textbox(
                label="French text",
                placeholder="Paste a French text here, or drop a .txt or .md file beside it.",
                lines=4,
                max_lines=4,
                autoscroll=False,
                scale=5,
                elem_id="french",
                html_attributes=gr.InputHTMLAttributes(lang="fr", spellcheck=False),
            )
            upload = gr.File(
                label="French file, .txt or .md",
                show_label=False,
                file_types=[".txt", ".md"],
                height=110,
                scale=1,
                min_width=200,
                elem_id="upload",
            )
        with gr.Row(elem_id="controls"):
            go = gr.Button("Translate", variant="primary", elem_id="translate", min_width=120, scale=0)
            halt = gr.Button("Stop", elem_id="stop", min_width=80, scale=0)
            length = gr.Radio(
                [(name.capitalize(), name) for name in LENGTHS],
                value="medium",
                label="Length of the summary",
                elem_id="length",
                container=False,
                scale=0,
                min_width=330,
            )
            line = gr.HTML(status("Ready."), elem_id="status", apply_default_css=False)
            save_text = gr.Button("Download .txt", elem_id="save-text", size="sm", min_width=110, scale=0)
            save_page = gr.Button("Download .html", elem_id="save-page", size="sm", min_width=110, scale=0)
        notices = gr.HTML("", elem_id="notices", apply_default_css=False)
        panes = gr.HTML(
            Work().panes(),
            elem_id="panes",
            apply_default_css=False,
            js_on_load="watch('value', () => document.dispatchEvent(new Event('passerelle:changed')))",
        )
        examples = _examples()
        gr.Examples(
            [[example] for example in examples.values()],
            inputs=[text],
            label="Examples",
            example_labels=list(examples),
            elem_id="examples",
            api_visibility="private",
        )
        gr.HTML(_about(translator, summarizer), elem_id="about", apply_default_css=False)
        work, saved = gr.State(Work(), time_to_live=86_400), gr.Textbox(visible="hidden", container=False)

        # One text at a time: two would only share the same cores.
        model: dict[str, Any] = {"concurrency_id": "model", "concurrency_limit": 1}
        shown: dict[str, Any] = {
            "outputs": [panes, line, notices, work, text, upload],
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        turn: dict[str, Any] = {**model, **shown, "trigger_mode": "multiple"}
        go.click(desk.enter, None, [line], **_HIDDEN).then(desk.paste, [text, length], **turn)
        upload.upload(desk.enter, None, [line], **_HIDDEN).then(desk.drop, [upload, length], **turn)
        halt.click(desk.stop, js="() => window.passerelleStopping()", **_HIDDEN)
        blocks.unload(desk.leave)
        for button, written in ((save_text, Work.text_file), (save_page, Work.page_file)):
            written_event = button.click(written, [work], [saved], **_HIDDEN)
            written_event.success(None, [saved], js="(file) => window.passerelleSave(file)", api_visibility="private")
        api(desk.translate, api_name="translate", **model)
        api(desk.summarize, api_name="summarize", **model)
    blocks.queue(max_size=32)
    return blocks


def launch(
    host: str = "127.0.0.1",
    port: int | None = None,
    *,
    translator: Translator | None = None,
    summarizer: Summarizer | None = None,
    block: bool = True,
) -> gr.Blocks:
    """Serve the page on ``host`` and ``port`` (None: the first free one from 7860 on) and return its blocks.

    With ``block`` it returns when interrupted; without, at once, and ``close()`` on the result ends it.  Raises
    OSError where the port is taken.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Monitoring is off, so the table that Gradio would draw up for it after every event is never drawn up.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    own = {"localhost", "127.0.0.1", host}
    for name in ("NO_PROXY", "no_proxy"):  # Gradio asks its own address whether it is up, which no proxy knows.
        os.environ[name] = ",".join(sorted(own.union(filter(None, os.environ.get(name, "").split(",")))))
    blocks = build(translator or Translator(), summarizer or Summarizer())
    blocks.launch(
        server_name=host,
        server_port=port,
        share=False,
        inbrowser=False,
        prevent_thread_lock=True,
        quiet=True,
        show_error=False,
        strict_cors=True,
        enable_monitoring=False,
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size="20mb",
        allowed_paths=[],
        footer_links=["api"],
        theme=_theme(),
    )
    sys.stderr.write(f"Passerelle is at {blocks.local_url} (Ctrl+C ends it)\n")
    if block:
        blocks.block_thread()
    return blocks


def _theme() -> gr.themes.Base:
    sans = [gr.themes.Font(name) for name in ("system-ui", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif")]
    mono = [gr.themes.Font(name) for name in ("ui-monospace", "monospace")]
    theme = gr.themes.Base(primary_hue="blue", neutral_hue="stone", radius_size="md", font=sans, font_mono=mono)
    return theme.set(
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
        input_background_fill="#ffffff",
        input_background_fill_dark="#191b1f",
        input_placeholder_color="#6b7079",
        input_placeholder_color_dark="#9ba1aa",
        button_primary_background_fill="#2b5fb8",
        button_primary_background_fill_hover="#234f9b",
        button_primary_background_fill_dark="#2b5fb8",
    )


def _head() -> str:
    own = Path(__file__).parent / "assets"
    style, script = ((own / name).read_text(encoding="utf-8") for name in ("web.css", "web.js"))
    return f"{assets()}<style>{style}</style><script>{script}</script>"


def _examples() -> dict[str, str]:
    """Example texts by their first words: the seeds of a checkout, and those that are packaged."""
    here = Path(__file__)
    found = [*sorted(here.parents[1].glob("seeds/*.txt")), *sorted(here.parent.glob("assets/examples/*.txt"))]
    texts = [path.read_text(encoding="utf-8") for path in found]
    return {f"{' '.join(text.split()[:6])} …": text for text in texts}


def _about(translator: Translator, summarizer: Summarizer) -> str:
    models = (("Translation", translator.model), ("Summary", summarizer.model))
    notices = dict.fromkeys(notice for _, model in models for notice in model.checkpoint.notices)
    return remarks([*(f"{name}: {model!r}" for name, model in models), *notices])
