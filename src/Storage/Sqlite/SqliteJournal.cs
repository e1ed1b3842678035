using System.Globalization;
using Microsoft.Data.Sqlite;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Sqlite;

/// <summary>
/// The journal over a few SQLite files that take turns. The writer appends to the current one and takes an empty
/// one when that is full; the applier empties those whose rows the tables have synced and adds one when none is
/// left. Without an empty one the writer goes on in the current: a segment's size is a wish, never a reason to wait.
/// </summary>
internal sealed class SqliteJournal : IJournal
{
    private readonly string _folder;
    private readonly long _segmentBytes;
    private readonly Lock _gate = new();
    private readonly List<JournalSegment> _full = [];
    private readonly Queue<JournalSegment> _empty = [];
    private JournalSegment? _current;
    private int _made;
    private bool _inBatch;

    public SqliteJournal(string folder, long segmentBytes)
    {
        _folder = folder;
        _segmentBytes = segmentBytes;
        foreach (string path in Directory.EnumerateFiles(folder, "journal-*.db").Order(StringComparer.Ordinal))
        {
            _made = int.Max(_made, Number(path));
            var segment = new JournalSegment(path);
            _full.Add(segment);
            Guard($"The journal file '{path}' cannot be opened", segment.Open);
        }
    }

    /// <summary>The connection of the current segment.</summary>
    internal SqliteConnection Connection => Current.Connection;

    private JournalSegment Current => _current ??= TakeEmpty() ?? MakeSegment();

    public void Replay(long afterRow, JournalVisitor visit)
    {
        foreach (JournalSegment segment in _full.Where(segment => segment.LastRow > afterRow).OrderBy(static segment => segment.LastRow))
        {
            Guard("The journal cannot be read", () => segment.Replay(afterRow, visit));
        }
    }

    public void Append(long firstRow, long lastRow, ReadOnlySpan<byte> block)
    {
        try
        {
            if (!_inBatch)
            {
                Current.Begin();
                _inBatch = true;
            }

            Current.Append(firstRow, lastRow, block);
        }
        catch (SqliteException failure)
        {
            Undo();
            throw SqliteFile.Failure("The journal did not take the batch", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A new segment could not be made.
            Undo();
            throw new StorageFailureException(StorageFailureKind.Unknown, $"The journal did not take the batch: {failure.Message}", failure);
        }
    }

    public void Commit()
    {
        try
        {
            Current.Commit();
            _inBatch = false;
        }
        catch (SqliteException failure)
        {
            Undo();
            throw SqliteFile.Failure("The journal could not be synced", failure);
        }

        if (Current.Bytes >= _segmentBytes)
        {
            MoveOn();
        }
    }

    public void Trim(long row)
    {
        JournalSegment[] done;
        lock (_gate)
        {
            done = [.. _full.Where(segment => segment.LastRow <= row)];
            _full.RemoveAll(segment => segment.LastRow <= row);
        }

        foreach (JournalSegment segment in done)
        {
            Guard("The journal could not be trimmed", () => Recycle(segment));
        }

        bool none;
        lock (_gate)
        {
            none = _empty.Count == 0;
        }

        if (none)
        {
            Guard("The journal could not be extended", () => Recycle(MakeSegment()));
        }
    }

    public void Dispose()
    {
        _current?.Dispose();
        foreach (JournalSegment segment in _full.Concat(_empty))
        {
            segment.Dispose();
        }
    }

    private static int Number(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path)["journal-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static void Guard(string deed, Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException failure)
        {
            throw SqliteFile.Failure(deed, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageFailureException(StorageFailureKind.Unknown, $"{deed}: {failure.Message}", failure);
        }
    }

    private void Recycle(JournalSegment segment)
    {
        segment.Clear(4 * _segmentBytes);
        segment.Open();
        lock (_gate)
        {
            _empty.Enqueue(segment);
        }
    }

    private void MoveOn()
    {
        if (TakeEmpty() is not { } next)
        {
            return;
        }

        lock (_gate)
        {
            _full.Add(_current!);
        }

        _current = next;
    }

    private JournalSegment? TakeEmpty()
    {
        lock (_gate)
        {
            return _empty.TryDequeue(out JournalSegment? segment) ? segment : null;
        }
    }

    private JournalSegment MakeSegment()
    {
        string path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"journal-{++_made:D3}.db"));
        JournalSegment.Create(path);
        var segment = new JournalSegment(path);
        segment.Open();
        return segment;
    }

    private void Undo()
    {
        _inBatch = false;
        _current?.Undo(); // there is none when making one is what failed
    }
}
