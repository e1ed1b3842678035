using System.Buffers;

namespace PosteRestante.Protocols.Sip;

/// <summary>
/// The values of a header field that is a comma separated list, over all its lines in order: the fields and the list are
/// the same thing (RFC 3261 7.3.1). A comma in quotes or angle brackets does not separate.
/// </summary>
/// <remarks>
/// An empty value between two commas is told as empty. Never use this on a field that is not a list, nor on those of RFC 3261
/// 7.3.1 that may not be joined (WWW-Authenticate, Authorization, Proxy-Authenticate, Proxy-Authorization).
/// </remarks>
public readonly struct SipValueCollection
{
    // The comma, and what hides one.
    private static readonly SearchValues<byte> ListMarks = SearchValues.Create(",\"<"u8);

    private readonly SipMessage _message;
    private readonly SipHeaderName _name;

    internal SipValueCollection(SipMessage message, SipHeaderName name)
    {
        _message = message;
        _name = name;
    }

    /// <summary>The length of the first value in <paramref name="list"/>, up to its comma or the end.</summary>
    internal static int FirstLength(ReadOnlySpan<byte> list)
    {
        var position = 0;
        while (true)
        {
            var next = list[position..].IndexOfAny(ListMarks);
            if (next < 0)
            {
                return list.Length;
            }

            position += next;
            if (list[position] == (byte)',')
            {
                return position;
            }

            var hidden = list[position] == (byte)'"'
                ? SipSyntax.QuotedLength(list[position..])
                : list[position..].IndexOf((byte)'>');
            if (hidden < 0)
            {
                return list.Length; // never closed: the rest is one, malformed, value
            }

            position += hidden;
        }
    }

    /// <summary>Goes through the values.</summary>
    public Enumerator GetEnumerator() => new(_message, _name);

    /// <summary>Goes through the values.</summary>
    public struct Enumerator
    {
        private readonly SipMessage _message;
        private readonly SipHeaderName _name;
        private int _header;
        private SipText _rest;
        private bool _inList;

        internal Enumerator(SipMessage message, SipHeaderName name)
        {
            _message = message;
            _name = name;
            _header = -1;
        }

        /// <summary>The value at hand, without white space at its ends.</summary>
        public SipText Current { get; private set; }

        /// <summary>Moves on.</summary>
        public bool MoveNext()
        {
            if (!_inList)
            {
                _header = _message.NextHeader(_name, _header + 1);
                if (_header < 0)
                {
                    _header = _message.HeaderCount;
                    return false;
                }

                _rest = _message.ValueAt(_header);
            }

            var length = FirstLength(_rest.Span);
            Current = _rest.Slice(0, length).Trim();
            _inList = length < _rest.Length;
            _rest = _inList ? _rest.Slice(length + 1) : default;
            return true;
        }
    }
}
