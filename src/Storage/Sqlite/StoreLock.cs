using System.Globalization;

namespace PosteRestante.Storage.Sqlite;

/// <summary>Keeps a second process out of the folder. The operating system frees it when the process ends, however it ends.</summary>
internal sealed class StoreLock : IDisposable
{
    /// <summary>Name of the lock file.</summary>
    public const string FileName = "store.lock";

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the folder.</summary>
    /// <exception cref="StorageFailureException">Another process has it.</exception>
    public static StoreLock Take(string folder)
    {
        string path = Path.Combine(folder, FileName);
        FileStream file;
        try
        {
            // FileShare.None is an advisory flock(2) on Unix: it also holds against a second open in this process.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause)
        {
            throw new StorageFailureException(
                StorageFailureKind.Refused,
                $"The data folder '{folder}' is in use by another process{Owner(folder)}. Stop that process, or give this one a folder of its own ({SqliteStoreOptions.SectionName}:{nameof(SqliteStoreOptions.Folder)}).",
                cause);
        }

        string id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        File.WriteAllText(OwnerPath(folder), id);
        return new StoreLock(file);
    }

    public void Dispose() => _file.Dispose();

    private static string OwnerPath(string folder) => Path.Combine(folder, "store.pid");

    private static string Owner(string folder)
    {
        string path = OwnerPath(folder);
        return File.Exists(path) ? $" (process {File.ReadAllText(path).Trim()})" : "";
    }
}
