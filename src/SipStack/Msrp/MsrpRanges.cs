namespace PosteRestante.SipStack.Msrp;

/// <summary>The octets of a message that came, or were reported: half-open intervals, merged and in order.</summary>
internal sealed class MsrpRanges
{
    // In order means one interval; the list is only made for messages that come in pieces out of order.
    private long _start;
    private long _end;
    private List<(long Start, long End)>? _more;

    /// <summary>How many intervals there are.</summary>
    public int Count => _more?.Count ?? (_end > _start ? 1 : 0);

    /// <summary>Adds an interval.</summary>
    public void Add(long start, long end)
    {
        if (end <= start)
        {
            return;
        }

        if (_more is null)
        {
            if (_end == _start)
            {
                (_start, _end) = (start, end);
                return;
            }

            if (start <= _end && end >= _start)
            {
                (_start, _end) = (Math.Min(_start, start), Math.Max(_end, end));
                return;
            }

            _more = [(_start, _end)];
        }

        Merge(_more, start, end);
    }

    /// <summary>Whether every octet before <paramref name="length"/> is there.</summary>
    public bool Covers(long length)
    {
        (long start, long end) = _more is [var first, ..] ? first : (_start, _end);
        return length == 0 || (start == 0 && end >= length);
    }

    private static void Merge(List<(long Start, long End)> list, long start, long end)
    {
        int at = list.FindIndex(interval => interval.End >= start);
        at = at < 0 ? list.Count : at;
        int count = 0;
        while (at + count < list.Count && list[at + count].Start <= end)
        {
            start = Math.Min(start, list[at + count].Start);
            end = Math.Max(end, list[at + count].End);
            count++;
        }

        list.RemoveRange(at, count);
        list.Insert(at, (start, end));
    }
}
