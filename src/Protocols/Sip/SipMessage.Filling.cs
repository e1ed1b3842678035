using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Sip;

/// <content>What the parser writes.</content>
public sealed partial class SipMessage
{
    internal void Reset(byte[] buffer, int start, int length, bool owns)
    {
        _buffer = buffer;
        _start = start;
        _length = length;
        _bodyStart = length;
        _present = 0;
        _repeated = 0;
        _headerCount = 0;
        _requestUri = default;
        _requestUriStart = _requestUriLength = 0;
        _reasonStart = _reasonLength = 0;
        _topVia = default;
        _from = default;
        _to = default;
        _contentType = default;
        _cseq = 0;
        OwnsOctets = owns;
        IsRequest = false;
        Method = default;
        StatusCode = 0;
        MaxForwards = -1;
        ContentLength = -1;
    }

    internal void SetRequestLine(SipMethod method)
    {
        IsRequest = true;
        Method = method;
    }

    internal void SetRequestUri(int start, int length, in SipUriParts parts)
    {
        _requestUriStart = start;
        _requestUriLength = length;
        _requestUri = parts;
    }

    internal void SetStatusLine(int statusCode, int reasonStart, int reasonLength)
    {
        StatusCode = statusCode;
        _reasonStart = reasonStart;
        _reasonLength = reasonLength;
    }

    /// <summary>Room for more header fields, at least one, up to <paramref name="limit"/> in all; they count once they are added.</summary>
    internal Span<SipHeaderEntry> FreeEntries(int limit)
    {
        if (_headerCount == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        return _entries.AsSpan(_headerCount, Math.Min(_entries.Length, limit) - _headerCount);
    }

    /// <summary>Adds the first <paramref name="count"/> of <see cref="FreeEntries"/>.</summary>
    internal void Add(int count)
    {
        var present = _present;
        var repeated = _repeated;
        var first = _first.AsSpan(0, 64);
        var index = _headerCount;
        foreach (ref readonly var entry in _entries.AsSpan(index, count))
        {
            var bit = 1UL << (int)entry.Name;
            if ((present & bit) == 0)
            {
                first[(int)entry.Name & 63] = (ushort)index;
            }

            repeated |= present & bit;
            present |= bit;
            index++;
        }

        _present = present;
        _repeated = repeated;
        _headerCount = index;
    }

    internal bool SetTopVia(ReadOnlySpan<byte> value) => SipViaParser.TryParse(value, out _topVia, out _topViaLength);

    internal bool SetFrom(ReadOnlySpan<byte> value) => SetAddress(value, ref _from);

    internal bool SetTo(ReadOnlySpan<byte> value) => SetAddress(value, ref _to);

    internal bool SetContentType(ReadOnlySpan<byte> value)
    {
        var parsed = SipMediaType.TryParse(value, out _contentType);
        if (!parsed)
        {
            _contentType = default;
        }

        return parsed;
    }

    internal void SetCSeq(uint number, SipMethod method)
    {
        _cseq = number;
        if (Method != method)
        {
            Method = method;
        }
    }

    internal void SetMaxForwards(uint hops) => MaxForwards = (int)hops;

    internal void SetContentLength(uint length) => ContentLength = (int)length;

    internal void SetExtent(int bodyStart, int length)
    {
        _bodyStart = bodyStart;
        _length = length;
    }

    private static bool SetAddress(ReadOnlySpan<byte> value, ref SipNameAddressParts parts)
    {
        var parsed = SipNameAddressParser.TryParse(value, out parts, out var end) && end == value.Length;
        if (!parsed)
        {
            parts = default;
        }

        return parsed;
    }
}
