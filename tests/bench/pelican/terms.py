"""What Pelican lacks: YAML front matter, and pages of inspections, grades and authorities without an article."""

import yaml
from markdown import Markdown
from pelican import signals
from pelican.generators import Generator
from pelican.readers import BaseReader

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Reader(BaseReader):
    """Markdown below YAML."""

    enabled = True
    file_extensions = ["md"]  # noqa: RUF012 (as Pelican has it)

    def read(self, source_path):
        with open(source_path, encoding="utf-8") as file:
            _, head, body = file.read().split("---\n", 2)
        values = yaml.load(head, LOADER)
        pelicans = {"date": values.pop("date"), "category": values["authority"], "tags": ",".join(values["themes"])}
        metadata = values | {name: self.process_metadata(name, value) for name, value in pelicans.items()}
        return Markdown(output_format="html").convert(body), metadata


class Terms(Generator):
    """Pages of inspections, of grades, and of the authorities without an article."""

    def generate_output(self, writer):
        told = {}
        for article in self.context["articles"]:
            for inspection in article.inspections:
                told.setdefault(inspection, []).append(article)
        data = self.settings["DATA"]
        for key, own in data["inspections"].items():
            self._write(writer, f"inspections/{key}/", "inspection", key=key, own=own, articles=told.get(key, []))
        for grade, areas in data["holders"].items():
            self._write(writer, f"grades/{grade}/", "grade", grade=grade, areas=areas)
        written = {str(category) for category, _ in self.context["categories"]}
        for slug in data["authorities"].keys() - written:
            self._write(writer, f"authorities/{slug}/", "category", category=slug, articles=[])

    def _write(self, writer, url, template, **values):
        words = {"relative_urls": False, "page_url": url, "told_of": {}}
        writer.write_file(f"{url}index.html", self.get_template(template), self.context, **words, **values)


def register():
    """Called by Pelican."""
    signals.readers_init.connect(_add_reader)
    signals.get_generators.connect(_generators)


def _add_reader(readers):
    readers.reader_classes["md"] = Reader


def _generators(_):
    return Terms
