using Microsoft.Data.Sqlite;

namespace PosteRestante.Storage.Sqlite;

/// <summary>Opens SQLite files in the one way this store uses them.</summary>
internal static class SqliteFile
{
    /// <summary>Bytes in a page: a message of about 1 KB lies in one, and a head of 4 KiB needs no overflow page.</summary>
    public const int PageSize = 8192;

    public static SqliteConnection Open(string path, params ReadOnlySpan<string> pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            foreach (string pragma in pragmas)
            {
                Execute(connection, $"PRAGMA {pragma}");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this assembly, never input.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static T Query<T>(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this assembly, never input.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>What a SQLite error means to a caller of the store.</summary>
    public static StorageFailureException Failure(string deed, SqliteException cause)
    {
        const int Corrupt = 11;
        const int NotADatabase = 26;
        StorageFailureKind kind = cause.SqliteErrorCode is Corrupt or NotADatabase ? StorageFailureKind.Damaged : StorageFailureKind.Unknown;
        return new StorageFailureException(kind, $"{deed}: {cause.Message}", cause);
    }
}
