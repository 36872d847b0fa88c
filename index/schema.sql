-- store.db: the source of truth. Schema version 2 (PRAGMA user_version). Offsets count code points.
CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row a version of a source. current = 1: the version that is listed and searched.
CREATE TABLE articles (
    article_key INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL UNIQUE,
    source_key TEXT NOT NULL,
    source TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    headline TEXT,
    byline TEXT,
    publisher TEXT,
    published TEXT,
    url TEXT,
    added_at TEXT NOT NULL,
    words INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    edited TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('pending', 'indexed')),
    current INTEGER NOT NULL CHECK (current IN (0, 1))
);
CREATE INDEX articles_by_source ON articles (source_key, sequence);
CREATE UNIQUE INDEX one_current_version ON articles (source_key) WHERE current = 1;

-- The files that a source was read from. An article from stdin has none, one that is known by a URL may have several.
CREATE TABLE origins (
    source_key TEXT NOT NULL,
    file TEXT NOT NULL,
    PRIMARY KEY (source_key, file)
) WITHOUT ROWID;

CREATE TABLE texts (
    article_key INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE TABLE sections (
    article_key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    section TEXT NOT NULL,
    PRIMARY KEY (article_key, start)
) WITHOUT ROWID;
CREATE TABLE sentences (
    article_key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    section TEXT NOT NULL,
    paragraph INTEGER NOT NULL,
    bullet INTEGER NOT NULL,
    PRIMARY KEY (article_key, start)
) WITHOUT ROWID;
CREATE TABLE passages (
    passage_key INTEGER PRIMARY KEY,
    article_key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    passage_id TEXT NOT NULL UNIQUE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    section TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX passages_by_article ON passages (article_key);
-- Vectors of the model that the manifest names are in use; those of another one are a change of model under way.
CREATE TABLE embeddings (
    passage_key INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (passage_key, fingerprint)
);

-- The keyword index reads its words from the view: a passage, and its article's headline beside it.
CREATE VIEW passage_texts AS
    SELECT passages.passage_key AS passage_key, passages.text AS text, coalesce(articles.headline, '') AS headline
    FROM passages JOIN articles USING (article_key);
CREATE VIRTUAL TABLE keywords USING fts5 (
    text, headline, content = 'passage_texts', content_rowid = 'passage_key',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
