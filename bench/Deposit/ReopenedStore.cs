using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Storage.Sqlite;

namespace PosteRestante.Bench.Deposit;

/// <summary>
/// The store of a process that was killed, opened again: its journal is replayed into its tables, and every record there is
/// looked through for the Call-IDs of the loads.
/// </summary>
internal static class ReopenedStore
{
    /// <summary>Opens the store of a data folder, which replays the journal, and closes it.</summary>
    public static string Recover(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "store");
        using var store = SqliteStore.Open(
            new SqliteStoreOptions { Folder = folder }, TimeProvider.System, NullLogger<SqliteStore>.Instance);
        return Path.Combine(folder, "tables.db");
    }

    /// <summary>The ids of the load driver's process <paramref name="processId"/> that stand in any record of the tables.</summary>
    public static HashSet<long> Find(string tables, int processId)
    {
        var found = new HashSet<long>();
        var marker = Encoding.ASCII.GetBytes("Call-ID: m");
        var ending = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"-{processId}@"));
        using var database = new SqliteConnection($"Data Source={tables};Mode=ReadOnly;Pooling=False");
        database.Open();
        foreach (var (table, column) in BlobColumns(database))
        {
            Scan(database, table, column, marker, ending, found);
        }

        return found;
    }

    private static List<(string Table, string Column)> BlobColumns(SqliteConnection database)
    {
        using var command = database.CreateCommand();
        command.CommandText =
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND upper(c.type) = 'BLOB'";
        using var reader = command.ExecuteReader();
        var columns = new List<(string, string)>();
        while (reader.Read())
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }

    private static void Scan(SqliteConnection database, string table, string column, byte[] marker, byte[] ending, HashSet<long> found)
    {
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // Both names come from the schema of the file itself.
        command.CommandText = $"SELECT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            ReadOnlySpan<byte> octets = (byte[])reader[0];
            for (var at = octets.IndexOf(marker); at >= 0; at = octets.IndexOf(marker))
            {
                octets = octets[(at + marker.Length)..];
                var line = octets[..Math.Max(0, octets.IndexOf((byte)'\r'))];
                var dash = line.IndexOf((byte)'-');
                if (dash > 0 && line.IndexOf(ending) > 0 && long.TryParse(line[..dash], CultureInfo.InvariantCulture, out var id))
                {
                    found.Add(id);
                }
            }
        }
    }
}
