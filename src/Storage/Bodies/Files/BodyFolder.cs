using System.Globalization;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>
/// Where bodies lie: <c>incoming/</c> holds those that have no name yet, <c>stored/XX/</c> those that have, by the first two
/// characters of the message key (random by nature, so 1,024 folders fill alike), <c>trash/HOUR/</c> those that are thrown
/// away. Throws what the disk throws.
/// </summary>
internal sealed class BodyFolder
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const string HourFormat = "yyyyMMddHH";
    private readonly string _incoming;
    private readonly string _stored;
    private readonly string _trash;
    private long _lastIncoming;

    private BodyFolder(string root)
    {
        _incoming = Path.Combine(root, "incoming");
        _stored = Path.Combine(root, "stored");
        _trash = Path.Combine(root, "trash");
    }

    /// <summary>The names of all folders that <see cref="NamesIn"/> takes.</summary>
    public static IEnumerable<string> Shelves { get; } =
        [.. Alphabet.SelectMany(static first => Alphabet.Select(second => string.Create(CultureInfo.InvariantCulture, $"{first}{second}")))];

    /// <summary>Opens the folder; what came in when a process ended was never acknowledged, and goes.</summary>
    public static BodyFolder Open(string root)
    {
        string full = Path.GetFullPath(root);
        var folder = new BodyFolder(full);
        if (Directory.Exists(folder._incoming))
        {
            Directory.Delete(folder._incoming, recursive: true);
        }

        Directory.CreateDirectory(folder._incoming);
        Directory.CreateDirectory(folder._stored);
        Directory.CreateDirectory(folder._trash);
        DirectorySync.Sync(full);
        if (Path.GetDirectoryName(full) is { Length: > 0 } parent)
        {
            DirectorySync.Sync(parent);
        }

        return folder;
    }

    /// <summary>A path for a body that has no name yet.</summary>
    public string NextIncoming() =>
        Path.Combine(_incoming, Interlocked.Increment(ref _lastIncoming).ToString(CultureInfo.InvariantCulture));

    public string PathOf(BodyName name) => Path.Combine(_stored, name.Message[..2], FileNameOf(name));

    /// <summary>Gives a file its name, and syncs that.</summary>
    public void Store(string path, BodyName name)
    {
        string shelf = Path.Combine(_stored, name.Message[..2]);
        if (!Directory.Exists(shelf))
        {
            Directory.CreateDirectory(shelf);
            DirectorySync.Sync(_stored);
        }

        File.Move(path, PathOf(name), overwrite: false);
        DirectorySync.Sync(shelf);
    }

    /// <summary>The names on one shelf, read as they are asked for.</summary>
    public IEnumerable<BodyName> NamesIn(string shelf)
    {
        string folder = Path.Combine(_stored, shelf);
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (string path in Directory.EnumerateFiles(folder))
        {
            if (TryReadFileName(Path.GetFileName(path)) is { } name)
            {
                yield return name;
            }
        }
    }

    /// <summary>Moves a body to the trash of this hour. Not synced: a move that is lost is made again.</summary>
    public void Trash(BodyName name, DateTimeOffset now)
    {
        string hour = Path.Combine(_trash, now.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture));
        Directory.CreateDirectory(hour);
        string path = PathOf(name);
        if (File.Exists(path))
        {
            File.Move(path, Path.Combine(hour, FileNameOf(name)), overwrite: true);
        }
    }

    /// <summary>Deletes bodies of hours that ended before an instant; at most so many.</summary>
    public int EmptyTrash(DateTimeOffset before, int count)
    {
        int deleted = 0;
        foreach (string hour in Directory.EnumerateDirectories(_trash))
        {
            if (!IsOver(Path.GetFileName(hour), before))
            {
                continue;
            }

            foreach (string path in Directory.EnumerateFiles(hour))
            {
                if (deleted == count)
                {
                    return deleted;
                }

                File.Delete(path);
                deleted++;
            }

            Directory.Delete(hour);
        }

        return deleted;
    }

    private static bool IsOver(string hour, DateTimeOffset before) =>
        DateTimeOffset.TryParseExact(hour, HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset begin)
        && begin.AddHours(1) <= before;

    // The parts of fixed length first, so that nothing in a mailbox key can be taken for what separates them. Of the
    // characters of a key only the asterisk is none that every file system takes.
    private static string FileNameOf(BodyName name) =>
        $"{name.Message}.{name.Upload}.{name.Mailbox.Replace("*", "%2A", StringComparison.Ordinal)}";

    private static BodyName? TryReadFileName(string file)
    {
        string[] parts = file.Split('.', 3);
        return parts.Length == 3
            && BodyName.TryParse($"{parts[2].Replace("%2A", "*", StringComparison.Ordinal)}/{parts[0]}/{parts[1]}", out BodyName? name)
                ? name
                : null;
    }
}
