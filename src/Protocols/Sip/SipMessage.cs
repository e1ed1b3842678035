using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Sip;

/// <summary>
/// A SIP request or response over the octets it came in: an index of its header fields, and values that are read where they
/// stand. Filled by <see cref="Parsing.SipMessageParser"/>, which allocates nothing; an instance may be filled again and again.
/// </summary>
/// <remarks>
/// <para>
/// Ownership: a message over an array of its own (<see cref="OwnsOctets"/>) may be kept as long as it is not filled again. One
/// over a borrowed buffer lives until that buffer is reused; <see cref="Detach"/> makes the copy that a transaction keeps.
/// </para>
/// <para>
/// The fields every message must have (<see cref="TopVia"/>, <see cref="From"/>, <see cref="To"/>, <see cref="CallId"/>,
/// <see cref="CSeq"/>) were checked by the parser. After a parse error only <see cref="Headers"/>, <see cref="GetValues"/> and,
/// when <see cref="CanBeAnswered"/>, the response builder may be used.
/// </para>
/// </remarks>
public sealed partial class SipMessage
{
    private readonly ushort[] _first = new ushort[64]; // first entry of each known field; valid where its bit is set
    private SipHeaderEntry[] _entries = new SipHeaderEntry[24];
    private byte[] _buffer = [];
    private ulong _present;
    private ulong _repeated;
    private int _start;
    private int _length;
    private int _bodyStart;
    private int _headerCount;

    // What the parser read of the fields that every message has. None of these holds a reference: filling a message costs
    // no write barrier, and the values are put together when they are asked for.
    private SipUriParts _requestUri;
    private int _requestUriStart;
    private int _requestUriLength;
    private int _reasonStart;
    private int _reasonLength;
    private SipViaParts _topVia;
    private int _topViaLength;
    private SipNameAddressParts _from;
    private SipNameAddressParts _to;
    private SipMediaTypeParts _contentType;
    private uint _cseq;

    /// <summary>Whether this is a request.</summary>
    public bool IsRequest { get; private set; }

    /// <summary>The method: of the request line, or of a response's CSeq.</summary>
    public SipMethod Method { get; private set; }

    /// <summary>The Request-URI; <c>default</c> in a response.</summary>
    public SipUri RequestUri
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Slice(_requestUriStart, _requestUriLength), _requestUri);
    }

    /// <summary>The status code, 100 to 699; 0 in a request.</summary>
    public int StatusCode { get; private set; }

    /// <summary>The reason phrase; empty in a request.</summary>
    public SipText ReasonPhrase => Slice(_reasonStart, _reasonLength);

    /// <summary>The first value of the first Via.</summary>
    public SipVia TopVia
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _topVia.HostLength == 0 ? default : new(FirstValue(SipHeaderName.Via).Part(0, _topViaLength), _topVia);
    }

    /// <summary>From.</summary>
    public SipNameAddress From
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _from.UriLength == 0 ? default : new(FirstValue(SipHeaderName.From), _from);
    }

    /// <summary>To.</summary>
    public SipNameAddress To
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _to.UriLength == 0 ? default : new(FirstValue(SipHeaderName.To), _to);
    }

    /// <summary>Call-ID; compared octet for octet (RFC 3261 20.8).</summary>
    public SipText CallId
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Contains(SipHeaderName.CallId) ? FirstValue(SipHeaderName.CallId) : default;
    }

    /// <summary>CSeq.</summary>
    public SipCSeq CSeq => new(_cseq, Method);

    /// <summary>Max-Forwards, or -1 when it is absent, as from an RFC 2543 sender.</summary>
    public int MaxForwards { get; private set; }

    /// <summary>Content-Length, or -1 when it is absent.</summary>
    public int ContentLength { get; private set; }

    /// <summary>The body.</summary>
    public SipText Body => SipText.Inside(_buffer, _start + _bodyStart, _length - _bodyStart);

    /// <summary>The message, start line to the end of its body.</summary>
    public SipText Octets => SipText.Inside(_buffer, _start, _length);

    /// <summary>The message without its body: start line to the empty line.</summary>
    public SipText Head => SipText.Inside(_buffer, _start, _bodyStart);

    /// <summary>Whether the octets are in an array that belongs to this message and nobody writes to.</summary>
    public bool OwnsOctets { get; private set; }

    /// <summary>
    /// Whether a response can be sent: a request other than ACK with a readable top Via. Meaningful also after a parse error.
    /// </summary>
    public bool CanBeAnswered => IsRequest && Method != SipMethod.Ack && _topVia.HostLength > 0;

    /// <summary>All header fields in the order of their arrival.</summary>
    public SipHeaderCollection Headers => new(this);

    /// <summary>The number of header fields.</summary>
    internal int HeaderCount => _headerCount;

    /// <summary>Whether there is a field of this name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(SipHeaderName name) => (_present & (1UL << (int)name)) != 0;

    /// <summary>Whether there is more than one field of this name.</summary>
    public bool IsRepeated(SipHeaderName name) => (_repeated & (1UL << (int)name)) != 0;

    /// <summary>The raw value of the first field of this name; false when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(SipHeaderName name, out SipText value)
    {
        if (Contains(name))
        {
            value = FirstValue(name);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The raw value of the first field of this name (without case), also of an unknown one; false when there is none.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out SipText value)
    {
        var known = SipHeaderNames.Find(name);
        if (known != SipHeaderName.Unknown)
        {
            return TryGet(known, out value);
        }

        for (var i = NextHeader(SipHeaderName.Unknown, 0); i >= 0; i = NextHeader(SipHeaderName.Unknown, i + 1))
        {
            if (HeaderAt(i).NameText.IsIgnoreCase(name))
            {
                value = ValueAt(i);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The values of a comma separated list, over all fields of this name.</summary>
    public SipValueCollection GetValues(SipHeaderName name) => new(this, name);

    /// <summary>
    /// This message in a form that may be kept: itself when it owns its octets, else a copy in an array of exactly its size.
    /// </summary>
    public SipMessage Detach()
    {
        if (OwnsOctets)
        {
            return this;
        }

        var copy = new SipMessage();
        _ = Parsing.SipMessageParser.Unlimited.Parse(copy, Octets.Span.ToArray());
        return copy;
    }

    /// <summary>
    /// The octets for storing: the message's own array, not copied, when the message fills it; else a copy.
    /// Nobody may write to that array afterwards.
    /// </summary>
    public ImmutableArray<byte> ToImmutableOctets() =>
        OwnsOctets && _length == _buffer.Length
            ? ImmutableCollectionsMarshal.AsImmutableArray(_buffer)
            : ImmutableCollectionsMarshal.AsImmutableArray(Octets.Span.ToArray());

    /// <summary>The message as text, for a log or a test; octets that are not UTF-8 become U+FFFD.</summary>
    public override string ToString() => Octets.ToString();

    internal bool HasRepeated(ulong names) => (_repeated & names) != 0;

    internal int OffsetOf(SipText value) => value.Start - _start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SipText Slice(int start, int length) => SipText.Inside(_buffer, _start + start, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SipText ValueAt(int index)
    {
        ref readonly var entry = ref _entries[index];
        return Slice(entry.Start + entry.ValueOffset, entry.ValueLength);
    }

    internal SipHeader HeaderAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_headerCount, nameof(index));
        ref readonly var entry = ref _entries[index];
        return new SipHeader(
            entry.Name,
            Slice(entry.Start, entry.NameLength),
            Slice(entry.Start + entry.ValueOffset, entry.ValueLength),
            Slice(entry.Start, entry.LineLength));
    }

    /// <summary>The first field of this name at or after <paramref name="index"/>, or -1.</summary>
    internal int NextHeader(SipHeaderName name, int index)
    {
        if (!Contains(name))
        {
            return -1;
        }

        for (var i = Math.Max(index, _first[(int)name]); i < _headerCount; i++)
        {
            if (_entries[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SipText FirstValue(SipHeaderName name) => ValueAt(_first[(int)name]);
}
