"""Words that Streamlit has in English alone, shown in the language of the page."""

import json

from ui.text import say

STREAMLIT_WORDS = {
    '[data-testid="InputInstructions"]': "Press Enter to apply",
    '[data-testid="stStatusWidget"] button': "Stop",
    '.stApp [data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] p': "Upload",
    '[data-testid="stFileUploaderDropzoneInstructions"] span': "5 MB each at most",
    '[data-testid="stMainMenuItem-theme-System"]': "System",
    '[data-testid="stMainMenuItem-theme-Light"]': "Light",
    '[data-testid="stMainMenuItem-theme-Dark"]': "Dark",
    '[data-testid="stMainMenuItem-print"] [data-testid="stMainMenuItemLabel"]': "Print",
    '[data-testid="stMainMenuItem-recordScreencast"] [data-testid="stMainMenuItemLabel"]': "Record screen",
}
"""The words, each under the selector of the element whose text it is."""

RULE = """{selector} {{ font-size: 0; }}
{selector}::after {{ content: {text}; font-size: 0.875rem; }}"""


def streamlit_words() -> str:
    """Return the style that has every word of STREAMLIT_WORDS in the language of the page."""
    texts = {selector: json.dumps(say(STREAMLIT_WORDS[selector]), ensure_ascii=False) for selector in STREAMLIT_WORDS}
    rules = [RULE.format(selector=selector, text=text) for selector, text in texts.items()]
    return "\n".join(["<style>", *rules, "</style>"])
