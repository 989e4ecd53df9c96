"""How the bundled checkpoints were made: data, tokenizer, training, evaluation and export.

``python -m training all`` reruns the whole recipe; each module holds one step or one idea.
"""
