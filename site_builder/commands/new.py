"""`new`: an article to fill in, with every key explained."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

from site_builder import files, plain_yaml
from site_builder.edtf import Date
from site_builder.model import Metadata, Problem, Problems
from site_builder.slugs import slug_for

# The keys that are left for the editor, as comments.
_REST = """\
#   url: https://…
#   kind: council            # or charity newspaper trade-press ofsted government other
#   archive_url: https://…   # a copy in a web archive, if there is one
#   retrieved: 2018-06-01    # the day on which the text was taken from there
# rights: full               # or excerpt, link-only: how much of the text is shown, if not as its kind has it
# reviewed: 2018-06-02       # the day on which you held every fact below against the text
# report_url: https://…      # Ofsted's report or letter, if the article links to it
# summary: One or two sentences that say what the article tells
# authority: tameside        # the short name in content/register/authorities.csv
# authorities: [tameside]    # every authority the article is about
# themes: [early-help]       # what it reports on
# inspections:
#   - authority: tameside
#     role: subject          # or previous, for one that it only recalls
#     framework: ilacs       # or sif, focused-visit, monitoring-visit, …
#     started: 2018-04       # 2018-04-16, 2018-04, 2018, or XXXX-04 if the year is not known
#     ended: 2018-04
#     report_published: 2018-05-14
#     judgements:
#       - area: overall      # or help-and-protection, children-looked-after, leadership, …
#         grade: good        # outstanding good adequate requires-improvement inadequate
#         evidence: The words that say so, to the letter
#     record: tameside-ilacs-2019-05  # the same inspection in the record: the last part of its page's address
# findings:
#   - text: A sentence that says what inspectors found, to the letter
#     polarity: strength     # or weakness
# quotes:
#   - text: What someone said
#     speaker: Full Name
#     role: As the article words it
# inspector_quotes:
#   - words quoted from the report
"""
_BODY = "The text of the article, in Markdown."


def run(root: Path, title: str, source: str | None, date: str | None) -> Path:
    """Writes an article with these facts and comments for the rest; gives its path.

    Raises Problems where the title is empty or the date is none.
    """
    if not title.strip():
        raise Problems([Problem("new", 0, 0, "title", "an article needs a title")])
    try:
        published = Date.parse(date) if date else None
    except ValueError as error:
        raise Problems([Problem("new", 0, 0, "date", str(error))]) from None
    with files.alone(root):
        taken = {path.stem for path in files.article_paths(root)}
        path = root / files.ARTICLES / f"{slug_for(Metadata(title=title), '', taken)}.md"
        files.write_text(root, path, _text(title.strip(), source, published))
    return path


def _text(title: str, source: str | None, published: Date | None) -> str:
    day = plain_yaml.dump({"published": str(published)}) if published else "# published: 2018-05-14\n"
    name = indent(plain_yaml.dump({"name": source}), "  ") if source else "#   name: …\n"
    return f"---\n{plain_yaml.dump({'title': title})}{day}source:\n{name}{_REST}---\n\n{_BODY}\n"
