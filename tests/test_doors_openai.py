"""OpenAI's own client works against the server, whole and streaming."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openai import AuthenticationError, OpenAI

from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from tests.serving import serving

pytestmark = pytest.mark.door
KEY = "a-key-of-more-than-sixteen-characters"
QUESTION = "Which points do both articles agree on?"


@pytest.fixture(scope="module")
def address(seed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("openai") / "home"
    shutil.copytree(seed_home, home)
    with serving(home, Protection(hosts=LOCAL_NAMES, token=KEY)) as address:
        yield f"{address}/v1"


def test_a1_a7_models_are_listed_and_a_wrong_key_is_refused(address: str) -> None:
    assert [model.id for model in OpenAI(base_url=address, api_key=KEY).models.list()] == ["claimdesk"]
    with pytest.raises(AuthenticationError):
        OpenAI(base_url=address, api_key="wrong", max_retries=0).models.list()


def test_a7_an_answer_streams_the_same_words_as_it_has_whole(address: str) -> None:
    client = OpenAI(base_url=address, api_key=KEY)
    whole = client.chat.completions.create(model="claimdesk", messages=[{"role": "user", "content": QUESTION}])
    chunks = list(
        client.chat.completions.create(
            model="claimdesk",
            messages=[{"role": "user", "content": QUESTION}],
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert "".join(pieces) == whole.choices[0].message.content
    assert chunks[-1].usage
    annotations = whole.choices[0].message.annotations
    assert annotations
    assert all(note.url_citation.url.startswith("http://127.0.0.1") for note in annotations)


def test_a7_a_verification_and_a_follow_up_go_through_the_chat(address: str) -> None:
    client = OpenAI(base_url=address, api_key=KEY)
    verified = client.chat.completions.create(
        model="claimdesk", messages=[{"role": "user", "content": "/verify Talks continue in Washington."}]
    )
    assert "Talks continue in Washington" in (verified.choices[0].message.content or "")
    followed = client.chat.completions.create(
        model="claimdesk",
        messages=[
            {"role": "user", "content": QUESTION},
            {"role": "assistant", "content": "They agree on the talks."},
            {"role": "user", "content": "And in what year were they published?"},
        ],
    )
    assert followed.choices[0].message.content
