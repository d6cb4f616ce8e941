/**
 * Raise it with every change of the tables. The index is a build product: one of another version is made
 * anew, and of the old one only the vectors are taken over, because they are what costs time.
 */
export const VERSION = 5

/**
 * `chunk` keeps the text once; `chunk_fts` is external content over it. `embedding` keeps what a model made of
 * a text, by the text's hash. What is searched is a vec0 table `vector_<space id>`, made when an index is
 * written: the vectors in the index's own metric, which `vector` says the chunks of. Vectors of two models
 * never meet, each model is a space of its own.
 */
export const SCHEMA = `
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE source (
    path TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    articles TEXT NOT NULL
  );

  CREATE TABLE article (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    weight REAL NOT NULL,
    data TEXT NOT NULL
  );

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

  CREATE TABLE word (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;

  CREATE TABLE space (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    dims INTEGER NOT NULL
  );

  CREATE TABLE embedding (
    id INTEGER PRIMARY KEY,
    space_id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    value BLOB NOT NULL,
    UNIQUE (space_id, sha256)
  );

  CREATE TABLE vector (
    id INTEGER PRIMARY KEY,
    chunk_id INTEGER NOT NULL,
    kind TEXT NOT NULL
  );
  CREATE INDEX vector_chunk ON vector (chunk_id);

  CREATE TABLE metric (
    space_id INTEGER PRIMARY KEY,
    mean BLOB NOT NULL,
    factor BLOB NOT NULL
  );

  PRAGMA user_version = ${VERSION};
`
