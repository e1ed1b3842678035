using System.Runtime.InteropServices;

namespace PosteRestante.Storage.Sqlite;

/// <summary>One entry of the key index: where a record with this hash of its name is. Sorted as the index is.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly record struct KeyEntry(ulong Hash, long Id) : IComparable<KeyEntry>
{
    /// <summary>The hash as SQLite stores it, and compares it: signed.</summary>
    public long StoredHash => unchecked((long)Hash);

    public int CompareTo(KeyEntry other)
    {
        int byHash = StoredHash.CompareTo(other.StoredHash);
        return byHash != 0 ? byHash : Id.CompareTo(other.Id);
    }
}
