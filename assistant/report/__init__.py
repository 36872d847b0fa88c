"""Results as one file to send to an editor: self-contained HTML, or Markdown. Nothing is fetched to read it."""

from assistant.report.write import write_report

__all__ = ["write_report"]
