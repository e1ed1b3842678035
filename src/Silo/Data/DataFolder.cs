using PosteRestante.Silo.Configuration;

namespace PosteRestante.Silo.Data;

/// <summary>The one folder of all data, held by this process alone until disposed.</summary>
public sealed class DataFolder : IDisposable
{
    private const string LockName = "poste.lock";
    private const string Key = $"{DataOptions.SectionName}:{nameof(DataOptions.Folder)}";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Makes the folder if it is missing, and takes it for this process.</summary>
    /// <exception cref="StartRefusedException">It cannot be made or written, or another process holds it.</exception>
    public static DataFolder Open(DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = System.IO.Path.GetFullPath(options.Folder);
        try
        {
            Create(path);
            return new DataFolder(path, Lock(path));
        }
        catch (UnauthorizedAccessException denied)
        {
            throw Refused(path, "this user may not write there; give it the right or name another folder", denied);
        }
        catch (IOException failed)
        {
            throw Refused(path, $"it cannot be made ({failed.Message}); name a folder that can be written", failed);
        }
    }

    /// <summary>The full path of a file in the folder.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>A folder that is made here is its owner's alone: what it holds is private mail.</summary>
    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStream Lock(string path)
    {
        var name = System.IO.Path.Combine(path, LockName);
        try
        {
            return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (File.Exists(name))
        {
            throw Refused(path, "another process works in it; stop that one or name another folder", held);
        }
    }

    private static StartRefusedException Refused(string path, string why, Exception cause) =>
        new($"{Key} is '{path}', but {why}.", cause);
}
