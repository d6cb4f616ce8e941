/**
 * Numbered by position: `user_version` says how many have run. Only ever append.
 *
 * `chunk` keeps the text once; `chunk_fts` is external content over it. The vectors of a model live in
 * a vec0 table of their own, `vector_<space id>`, made when the index is written: vectors of two models
 * are never in one table.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE source (
    path TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    articles TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE article (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    weight REAL NOT NULL,
    data TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE chunk (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    role TEXT NOT NULL,
    title TEXT NOT NULL,
    heading TEXT NOT NULL,
    path TEXT NOT NULL,
    markdown TEXT NOT NULL,
    body TEXT NOT NULL,
    codes TEXT NOT NULL,
    aliases TEXT NOT NULL
  );
  CREATE INDEX chunk_article ON chunk (article_id, ord);

  CREATE VIRTUAL TABLE chunk_fts USING fts5 (
    title, path, body, codes, aliases,
    content = 'chunk', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
  );
  CREATE VIRTUAL TABLE chunk_term USING fts5vocab (chunk_fts, row);

  CREATE TABLE space (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    dims INTEGER NOT NULL
  );

  CREATE TABLE vector (
    id INTEGER PRIMARY KEY,
    space_id INTEGER NOT NULL,
    chunk_id INTEGER NOT NULL,
    kind TEXT NOT NULL
  );

  CREATE TABLE embedding (
    space_id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (space_id, sha256)
  ) WITHOUT ROWID;
  `,
  `CREATE INDEX vector_chunk ON vector (chunk_id);`,
]
