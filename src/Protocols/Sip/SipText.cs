using System.Runtime.CompilerServices;
using System.Text;

namespace PosteRestante.Protocols.Sip;

/// <summary>
/// A slice of the octets of a SIP message: a value that was neither copied nor decoded. Equality is octet for octet;
/// a string is made only by <see cref="ToString"/>.
/// </summary>
/// <remarks>
/// The slice refers to the array of the message it came from and is as valid as that array: a message over a borrowed
/// receive buffer must be detached (<see cref="SipMessage.Detach"/>) before its slices are kept.
/// </remarks>
public readonly struct SipText : IEquatable<SipText>
{
    private readonly byte[]? _array;
    private readonly int _start;
    private readonly int _length;

    /// <summary>The slice of <paramref name="array"/> that starts at <paramref name="start"/>.</summary>
    public SipText(byte[] array, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(array);
        if ((uint)start > (uint)array.Length || (uint)length > (uint)(array.Length - start))
        {
            throw new ArgumentOutOfRangeException(nameof(length), "The slice lies outside the array.");
        }

        _array = array;
        _start = start;
        _length = length;
    }

    // Not checked, unlike the public one, which names the array first: Span checks again, so a wrong slice fails but never
    // reads beyond its array.
    private SipText(int start, int length, byte[]? array)
    {
        _array = array;
        _start = start;
        _length = length;
    }

    /// <summary>The whole of <paramref name="array"/>.</summary>
    public SipText(byte[] array)
        : this(array, 0, array?.Length ?? 0)
    {
    }

    /// <summary>The number of octets.</summary>
    public int Length => _length;

    /// <summary>Whether there is no octet; <c>default</c> is empty.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>The octets.</summary>
    public ReadOnlySpan<byte> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_array, _start, _length);
    }

    /// <summary>The octets, for use across an await.</summary>
    public ReadOnlyMemory<byte> Memory => new(_array, _start, _length);

    /// <summary>Where the slice starts in the array it refers to.</summary>
    internal int Start => _start;

    /// <summary>The octet at <paramref name="index"/>.</summary>
    public byte this[int index] => Span[index];

    /// <summary>The octets of <paramref name="text"/> in UTF-8, in an array of their own.</summary>
    public static SipText From(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The octets, as a span.</summary>
    public static implicit operator ReadOnlySpan<byte>(SipText text) => text.Span;

    /// <summary>Octet for octet.</summary>
    public static bool operator ==(SipText left, SipText right) => left.Equals(right);

    /// <summary>Not octet for octet.</summary>
    public static bool operator !=(SipText left, SipText right) => !left.Equals(right);

    /// <summary>The octets as a span; the named form of the conversion.</summary>
    public ReadOnlySpan<byte> ToReadOnlySpan() => Span;

    /// <summary>A slice that is known to lie inside the array: <see cref="Span"/> would fail on any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static SipText Inside(byte[] array, int start, int length) => new(start, length, array);

    /// <summary>A part that is known to lie inside this slice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SipText Part(int start, int length) => new(_start + start, length, _array);

    /// <summary>A part of this slice.</summary>
    public SipText Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start))
        {
            throw new ArgumentOutOfRangeException(nameof(start), "The part lies outside the slice.");
        }

        return _array is null ? default : new SipText(_array, _start + start, length);
    }

    /// <summary>The rest of this slice from <paramref name="start"/>.</summary>
    public SipText Slice(int start) => Slice(start, _length - start);

    /// <summary>This slice without linear white space (RFC 3261 25.1: spaces, tabs, folds) at both ends.</summary>
    public SipText Trim()
    {
        var span = Span;
        var start = SipSyntax.SkipWhitespace(span, 0);
        var end = span.Length;
        while (end > start && SipSyntax.IsWhitespace(span[end - 1]))
        {
            end--;
        }

        return start == 0 && end == _length ? this : Slice(start, end - start);
    }

    /// <summary>A copy in an array of its own.</summary>
    public SipText ToOwned() => _length == 0 ? default : new SipText(Span.ToArray());

    /// <summary>Whether the octets are those of <paramref name="other"/>.</summary>
    public bool Is(ReadOnlySpan<byte> other) => Span.SequenceEqual(other);

    /// <summary>Whether the octets are those of <paramref name="other"/>, ASCII letters compared without case.</summary>
    public bool IsIgnoreCase(ReadOnlySpan<byte> other) => SipSyntax.EqualsIgnoreCase(Span, other);

    /// <inheritdoc/>
    public bool Equals(SipText other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SipText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The octets read as UTF-8; an octet that is not UTF-8 becomes U+FFFD.</summary>
    public override string ToString() => _length == 0 ? string.Empty : Encoding.UTF8.GetString(Span);
}
