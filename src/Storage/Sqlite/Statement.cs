using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PosteRestante.Storage.Sqlite;

/// <summary>
/// A prepared statement used through the raw interface: no parameter objects, no boxing, octets as spans.
/// Parameters and columns count from the places SQLite gives them: parameters from 1, columns from 0.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _handle;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _handle));
    }

    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> octets)
    {
        Check(octets.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_handle, parameter, 0)
            : raw.sqlite3_bind_blob(_handle, parameter, octets));
        return this;
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(_handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            // The error belongs to the statement; resetting it repeats the code and frees the locks.
            raw.sqlite3_reset(_handle);
            Check(code);
        }

        return false;
    }

    /// <summary>Runs a statement that has no rows to give.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>Ends the run: locks are freed, spans of columns end.</summary>
    public void Reset() => raw.sqlite3_reset(_handle);

    public long Int64(int column) => raw.sqlite3_column_int64(_handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    /// <summary>Octets of a column, until the next step or reset.</summary>
    public ReadOnlySpan<byte> Octets(int column) => raw.sqlite3_column_blob(_handle, column);

    public void Dispose() => _handle.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
    }
}
