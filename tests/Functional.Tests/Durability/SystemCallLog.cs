using System.Text.RegularExpressions;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>
/// What the kernel saw of the service, as <c>strace -f -y</c> wrote it down in the order of events: writes and syncs of the
/// journal, and each 202 on its way out. Nothing of the service is asked. A 202 is early unless, when its call began,
/// a sync of the journal had returned that began after the message's octets were written, and after that another sync
/// that began after another write: the first makes the message durable, the second the head that lists it.
/// </summary>
internal sealed partial class SystemCallLog
{
    private readonly string _name;
    private readonly Dictionary<string, string> _unfinished = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JournalFile> _journals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (JournalFile Journal, int Write)> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _coveredBy = new(StringComparer.Ordinal);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private readonly List<string> _early = [];

    private SystemCallLog(string name) => _name = name;

    /// <summary>The names that strace is to trace.</summary>
    public static string Calls => "write,writev,pwrite64,pwritev,fsync,fdatasync,sendto,sendmsg,sendmmsg";

    /// <summary>The Call-IDs that were answered 202.</summary>
    public IReadOnlyCollection<string> Answered => _answered;

    /// <summary>202s that left before what they promise was synced, each with the reason.</summary>
    public IReadOnlyList<string> Early => _early;

    /// <summary>Syncs of the journal that covered a write.</summary>
    public int Syncs { get; private set; }

    /// <summary>Reads a log.</summary>
    /// <param name="lines">What strace wrote.</param>
    /// <param name="name">How the Call-IDs begin: <c>NAME-NUMBER</c>.</param>
    public static SystemCallLog Read(IEnumerable<string> lines, string name)
    {
        var log = new SystemCallLog(name);
        foreach (var line in lines)
        {
            log.Take(line);
        }

        return log;
    }

    // A line is a call from begin to end, or its begin ("… <unfinished ...>"), or its end ("<... fsync resumed>…").
    private void Take(string line)
    {
        var match = Line().Match(line);
        if (!match.Success)
        {
            return;
        }

        var thread = match.Groups["thread"].Value;
        var text = match.Groups["text"].Value;
        if (text.StartsWith("<... ", StringComparison.Ordinal))
        {
            if (_unfinished.Remove(thread, out var begun))
            {
                End(thread, begun, text);
            }

            return;
        }

        Begin(thread, text);
        if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
        {
            _unfinished[thread] = text;
        }
        else
        {
            End(thread, text, text);
        }
    }

    private void Begin(string thread, string text)
    {
        if (text.StartsWith("send", StringComparison.Ordinal))
        {
            Answer(text);
        }
        else if (IsSync(text) && JournalOf(text) is { } journal)
        {
            journal.Syncing[thread] = journal.Writes;
        }
    }

    private void End(string thread, string text, string end)
    {
        if (text.StartsWith("send", StringComparison.Ordinal) || JournalOf(text) is not { } journal)
        {
            return;
        }

        if (!IsSync(text))
        {
            journal.Writes++;
            foreach (var callId in CallIds(text))
            {
                _written.TryAdd(callId, (journal, journal.Writes)); // the last page of the log is written again with each append
            }
        }
        else if (journal.Syncing.Remove(thread, out var covered) && end.EndsWith("= 0", StringComparison.Ordinal) && covered > journal.Synced)
        {
            journal.Synced = covered;
            Syncs++;
            foreach (var callId in _written.Where(one => one.Value.Journal == journal && one.Value.Write <= covered).Select(one => one.Key))
            {
                _coveredBy.TryAdd(callId, Syncs);
            }
        }
    }

    private void Answer(string text)
    {
        if (!text.Contains("\"SIP/2.0 202 ", StringComparison.Ordinal) || CallIds(text).FirstOrDefault() is not { } callId)
        {
            return;
        }

        _answered.Add(callId);
        if (!_coveredBy.TryGetValue(callId, out var sync))
        {
            _early.Add($"{callId}: its message was not synced");
        }
        else if (Syncs == sync)
        {
            _early.Add($"{callId}: nothing was synced after its message");
        }
    }

    private IEnumerable<string> CallIds(string text) => CallId().Matches(text)
        .Where(match => match.Groups["name"].Value == _name)
        .Select(match => match.Value)
        .Distinct(StringComparer.Ordinal);

    private static bool IsSync(string text) =>
        text.StartsWith("fsync(", StringComparison.Ordinal) || text.StartsWith("fdatasync(", StringComparison.Ordinal);

    private JournalFile? JournalOf(string text)
    {
        var match = JournalPath().Match(text);
        if (!match.Success)
        {
            return null;
        }

        if (!_journals.TryGetValue(match.Groups["file"].Value, out var journal))
        {
            _journals.Add(match.Groups["file"].Value, journal = new JournalFile());
        }

        return journal;
    }

    [GeneratedRegex(@"\A(?<thread>\d+) +(?<text>.*)\z", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Line();

    [GeneratedRegex(@"\A\w+\(\d+<[^>]*/(?<file>journal-\d+\.db-wal)>", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex JournalPath();

    [GeneratedRegex(@"(?<name>traced[a-z]*)-\d+", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CallId();

    /// <summary>A file of the journal: writes that ended, and how many of them a sync has covered.</summary>
    private sealed class JournalFile
    {
        public Dictionary<string, int> Syncing { get; } = new(StringComparer.Ordinal);

        public int Writes { get; set; }

        public int Synced { get; set; }
    }
}
