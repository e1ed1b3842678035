using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>One value of Via (RFC 3261 20.42, RFC 3581).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SipVia
{
    private readonly SipViaParts _parts;

    internal SipVia(SipText text, in SipViaParts parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>The value as it came; empty for <c>default</c>.</summary>
    public SipText Text { get; }

    /// <summary>Whether this is <c>default</c>, which is no Via.</summary>
    public bool IsDefault => _parts.HostLength == 0;

    /// <summary>The transport (<c>UDP</c>, <c>TCP</c>, <c>TLS</c> …); compared without case.</summary>
    public SipText Transport => Text.Part(_parts.TransportStart, _parts.TransportLength);

    /// <summary>The host of sent-by, an IPv6 address with its brackets; compared without case.</summary>
    public SipText Host
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Text.Part(_parts.HostStart, _parts.HostLength);
    }

    /// <summary>The port of sent-by, or -1 when there is none.</summary>
    public int Port => _parts.Port;

    /// <summary>The parameters.</summary>
    public SipParameters Parameters => new(Text.Slice(_parts.ParametersStart));

    /// <summary>The branch; empty when there is none. Compared without case, as a token (RFC 3261 7.3.1).</summary>
    public SipText Branch
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Text.Part(_parts.BranchStart, _parts.BranchLength);
    }

    /// <summary>
    /// Whether the branch was made by the rules of RFC 3261 (8.1.1.7): it begins with the magic cookie, and there is more of it.
    /// </summary>
    public bool HasMagicCookie
    {
        get
        {
            var branch = Branch.Span;
            return branch.Length > 7 && SipSyntax.EqualsIgnoreCase(branch[..7], "z9hG4bK"u8);
        }
    }

    /// <summary>The address that the next element saw (RFC 3261 18.2.1); empty when there is none.</summary>
    public SipText Received
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Text.Part(_parts.ReceivedStart, _parts.ReceivedLength);
    }

    /// <summary>Whether the sender asked for the response at its source port (RFC 3581 3), answered or not.</summary>
    public bool HasRport => _parts.Rport != -1;

    /// <summary>The value of rport, or -1 when it is absent, empty or no port.</summary>
    public int Rport => Math.Max(_parts.Rport, -1);

    /// <summary>
    /// Reads one value that is the whole of <paramref name="text"/>; false when it is malformed. When only its parameters are,
    /// <paramref name="via"/> still tells the sent-by, which is enough to answer to.
    /// </summary>
    public static bool TryParse(SipText text, out SipVia via)
    {
        var parsed = SipViaParser.TryParse(text.Span, out var parts, out var end) && end == text.Length;
        via = parts.HostLength > 0 ? new SipVia(text, parts) : default;
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Text.ToString();
}
