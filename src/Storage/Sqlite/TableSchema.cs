namespace PosteRestante.Storage.Sqlite;

/// <summary>The tables of the keyed file.</summary>
internal static class TableSchema
{
    /// <summary>Version of the file's format, kept as SQLite's user version.</summary>
    public const long Format = 1;

    /// <summary>
    /// <c>records</c> grows at its end: the id is the row of the write that created the record. A record that is
    /// replaced moves to <c>rewritten</c>, once: there the heads, which every round rewrites, and the tombstones lie
    /// close together, and the pages of messages that are gone become free whole. <c>keys</c> is the one random
    /// access path, and narrow. <c>recent_keys</c> holds runs of keys that are not merged yet, as pairs
    /// of little-endian 64-bit numbers.
    /// </summary>
    public const string Create =
        """
        CREATE TABLE store (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE records (id INTEGER PRIMARY KEY, etag INTEGER NOT NULL, name BLOB NOT NULL, value BLOB NOT NULL);
        CREATE TABLE rewritten (id INTEGER PRIMARY KEY, etag INTEGER NOT NULL, name BLOB NOT NULL, value BLOB NOT NULL);
        CREATE TABLE keys (hash INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (hash, id)) WITHOUT ROWID;
        CREATE TABLE recent_keys (part INTEGER PRIMARY KEY, entries BLOB NOT NULL);
        INSERT INTO store VALUES ('appliedRow', 0), ('seed', randomblob(16));
        PRAGMA user_version = 1;
        """;
}
