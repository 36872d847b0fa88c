"""Language models that may phrase an answer: none by default, any LangChain provider on request."""

from assistant.chat_models.base import ChatModel, bounded_stream, bounded_text, load_chat_model

__all__ = ["ChatModel", "bounded_stream", "bounded_text", "load_chat_model"]
