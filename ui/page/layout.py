"""How the page is laid out: Gradio's text box, buttons and choices around the panes that the script fills."""

from __future__ import annotations

import re
from html import escape
from pathlib import PurePath
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from passerelle.panes import Column, render
from passerelle.seq2seq.model import Model
from passerelle.translate.lexicon import dictionary
from passerelle.ui.page.assets import examples
from passerelle.ui.page.theme import theme
from passerelle.ui.server.engine.service import Service
from passerelle.ui.server.http.gradio_api import GradioApi

LENGTHS = [("Short", "short"), ("Medium", "medium"), ("Long", "long"), ("Sentences", "sentences")]
STYLES = [("Prose", "prose"), ("Bullets", "bullets")]
PANES = (
    Column("Original", "", language="fr"),
    Column("Translation", "", language="en"),
    Column("Summary", "", language="en"),
)
_PATH = re.compile(r"(?:^|[\s(“'\"])(?:[/~\\]|[A-Za-z]:\\)\S")
_PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
_HIDDEN: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}

_MASTHEAD = """<header class="masthead">
<h1>Passerelle</h1><p><span data-say="tagline">French in, English and a summary out.</span>
<span id="place" data-say="{place}">{place_text}</span></p>
<div class="tools saves" role="group" data-label="save" aria-label="Save" hidden><span data-say="save">Save</span>
<button type="button" data-form="txt">.txt</button><button type="button" data-form="html">.html</button>
<button type="button" data-form="docx">.docx</button><button type="button" data-form="tmx">.tmx</button></div>
<div class="choices">
<button type="button" id="language" lang="fr" aria-label="Interface en français">Français</button>
<button type="button" id="terms" data-say="glossary" aria-haspopup="dialog">Glossary</button>
{memory}<button type="button" id="share" data-say="share">Copy settings link</button>
<button type="button" id="scheme" data-say="dark">Dark</button>
<button type="button" id="help" data-say="keys" aria-haspopup="dialog">Shortcuts</button>
</div></header>"""
_PLACES = {
    False: {"place": "place_here", "place_text": "Everything stays on this machine."},
    True: {"place": "place_server", "place_text": "Your text goes to this page’s server, and nowhere else."},
}
_STATUS = """<div id="line"><p class="line" aria-hidden="true" data-say="ready">Ready.</p>
<div class="bar" role="progressbar" aria-label="Progress" aria-valuemin="0" aria-valuemax="100" hidden>
<i></i></div></div>
<p class="spoken" role="status" aria-live="polite"></p>"""
_LEAD = """<div class="tools" hidden><button type="button" id="new" data-say="new">New text</button>
<button type="button" id="undo" data-say="undo" hidden>Undo</button>
<button type="button" id="onwards" data-say="go_on" hidden>Go on</button>
<button type="button" id="enough" data-say="this_much" hidden>Summarise this much</button>
<span class="checks" role="group" data-label="checking" aria-label="Sentences to check" hidden>
<button type="button" id="previous" data-label="previous" aria-label="Previous">‹</button>
<button type="button" id="checks"></button>
<button type="button" id="next" data-label="next" aria-label="Next">›</button></span></div>"""
_SMALL = """<details id="small">
<summary data-say="small">A small model is at work: read its English as a gist.</summary>
<p data-say="{how}"></p></details>
"""
_HINT = """<p id="hint" data-say="hint"></p>"""
_BELOW = """<ul class="files" id="files" aria-label="Files" hidden></ul>
<p id="keeping" hidden></p><div id="notices"></div>"""
_END = """<div class="about"><details><summary data-say="runs">What runs here</summary>{about}</details>
<a href="v1" data-say="interface">For programs: the REST interface</a>{out}</div>
<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title" data-say="keys">Shortcuts</h2><dl></dl>
<button type="button" data-say="close">Close</button></dialog>
<dialog id="corrections" aria-labelledby="corrections-title">
<header><h2 id="corrections-title" data-say="corrections">Corrections</h2>
<button type="button" data-act="close" data-say="close">Close</button></header>
<p class="lead"></p><ul></ul>
<button type="button" data-act="export" data-say="corrections_export" hidden>Export</button></dialog>
<dialog id="glossary" aria-labelledby="glossary-title">
<header><h2 id="glossary-title" data-say="glossary">Glossary</h2>
<button type="button" data-act="close" data-say="close">Close</button></header>
<p data-say="terms_lead"></p>
<div class="heads" aria-hidden="true"><span data-say="terms_source"></span><span data-say="terms_target"></span></div>
<div class="rows"></div>
<button type="button" class="add" data-act="add" data-say="terms_add">Add a term</button>
<p class="count" role="status" aria-live="polite"></p>
<div class="foot"><button type="button" data-act="import" data-say="terms_import">Import CSV…</button>
<button type="button" data-act="export" data-say="terms_export">Export CSV</button>
<button type="button" class="clear" data-act="clear" data-say="terms_clear">Remove all</button>
<button type="button" class="again" data-act="again" data-say="terms_again" hidden>Translate again</button></div>
<input type="file" class="pick" accept=".csv,.tsv,.txt,text/csv" hidden aria-label="CSV"></dialog>
<p id="drop" data-say="drop" hidden>Drop files to translate them</p>
<input type="file" id="pick" multiple hidden aria-label="Files">"""

_SIGN_OUT = """<form class="out" method="post" action="sign-out"><button data-say="sign_out">Sign out</button></form>"""


def build(service: Service, *, is_shared: bool = False, signs_in: bool = False) -> gr.Blocks:
    """Return the page as Gradio blocks; ``service`` does its work, for all its visitors.

    ``is_shared``: visitors are told that their text goes to a server, and not where on it things are.  ``signs_in``:
    they can sign out.
    """
    blocks: gr.Blocks = gr.Blocks(title="Passerelle", analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(
            _MASTHEAD.format(memory=_memory(service), **_PLACES[is_shared or signs_in]), elem_id="masthead", **_PLAIN
        )
        text = gr.Textbox(
            label="French text",
            placeholder="Paste a French text here, or drop files anywhere on the page.",
            lines=7,
            max_lines=7,
            autoscroll=False,
            elem_id="french",
            html_attributes=gr.InputHTMLAttributes(lang="fr", spellcheck=False),
        )
        with gr.Row(elem_id="controls"):
            gr.HTML(_LEAD, elem_id="lead", **_PLAIN)
            go = gr.Button("Translate", variant="primary", elem_id="translate", min_width=120, scale=0)
            gr.Button("Stop", elem_id="stop", min_width=80, scale=0)
            gr.Button("Open files…", elem_id="open", min_width=120, scale=0)
            length = gr.Radio(
                LENGTHS, value="medium", label="Summary", elem_id="length", container=False, scale=0, min_width=320
            )
            number = gr.Number(
                5, label="Sentences", minimum=1, maximum=100, precision=0, elem_id="number", container=False, scale=0
            )
            style = gr.Radio(
                STYLES, value="prose", label="Form", elem_id="style", container=False, scale=0, min_width=170
            )
            gr.HTML(_STATUS, elem_id="status", **_PLAIN)
        gr.HTML(_BELOW, elem_id="below", **_PLAIN)
        if service.translator.model.checkpoint.origin == "bundled":
            how = "small_how_server" if is_shared or signs_in else "small_how"
            gr.HTML(_SMALL.format(how=how), elem_id="gist", **_PLAIN)
        gr.HTML(render(PANES, assets=False), elem_id="panes", **_PLAIN)
        gr.HTML(_HINT, elem_id="under", **_PLAIN)
        gr.HTML(_examples(), elem_id="examples", **_PLAIN)
        gr.HTML(
            _END.format(about=_about(service, is_shared=is_shared), out=_SIGN_OUT if signs_in else ""),
            elem_id="end",
            **_PLAIN,
        )

        # The script speaks to the server itself: the answer grows by what is new, and nobody waits for a round trip.
        wishes: list[Any] = [length, number, style]
        go.click(None, [text, *wishes], js="(...all) => window.passerelle.translate(...all)", **_HIDDEN)
        for wish in wishes:
            wish.change(None, wishes, js="(...all) => window.passerelle.wish(...all)", **_HIDDEN)
    return blocks


def mount(app: FastAPI, blocks: gr.Blocks, *, address: tuple[str, int], head: str, file_bytes: int) -> None:
    """Serve the page of ``blocks`` at the root of ``app``, and nothing else of Gradio's; call it last."""
    ours = list(app.router.routes)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        server_name=address[0],
        server_port=address[1],
        show_error=False,
        enable_monitoring=False,
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=file_bytes,
        allowed_paths=[],
        footer_links=[],
        theme=theme(),
        head=head,
    )
    [mounted] = app.router.routes[len(ours) :]
    assert isinstance(mounted, Mount)
    mounted.app = GradioApi(mounted.app, ours)


def _memory(service: Service) -> str:
    if service.memory is None:
        return ""
    return '<button type="button" id="memory" data-say="corrections" aria-haspopup="dialog">Corrections</button>\n'


def _examples() -> str:
    buttons = (
        f'<button type="button" data-example="{escape(text)}" lang="fr">{escape(" ".join(text.split()[:6]))} …</button>'
        for text in examples()
    )
    return f'<p class="examples"><span data-say="examples">Examples</span>{"".join(buttons)}</p>'


def _about(service: Service, *, is_shared: bool) -> str:
    models = (service.translator.model, service.summarizer.model)
    lines = [f"Translation: {service.translator.model!r}", f"Summary: {service.summarizer!r}"]
    if is_shared:
        lines = [f"{name}: {_named(model)}" for name, model in zip(("Translation", "Summary"), models, strict=True)]
    notices = dict.fromkeys(notice for model in models if model for notice in model.checkpoint.notices)
    lines += [notice for notice in notices if not (is_shared and _PATH.search(notice))]
    lines.append(f"Dictionary: {dictionary.SOURCES}.")
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _named(model: Model | None) -> str:
    """Return what ``model`` is, without where it is."""
    if model is None:
        return "sentences of the text, cut; no checkpoint needed"
    name = model.checkpoint.name
    name = PurePath(name).name if _PATH.search(name) else name
    return f"{name}, {model.engine.name}, {model.engine.device}"
