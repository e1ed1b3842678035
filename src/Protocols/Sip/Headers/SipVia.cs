using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>One value of Via (RFC 3261 20.42, RFC 3581).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SipVia
{
    private SipVia(SipText text, SipText transport, SipText host, int port, SipParameters parameters)
    {
        Text = text;
        Transport = transport;
        Host = host;
        Port = port;
        Parameters = parameters;
    }

    /// <summary>The value as it came.</summary>
    public SipText Text { get; }

    /// <summary>The transport (<c>UDP</c>, <c>TCP</c>, <c>TLS</c> …); compared without case.</summary>
    public SipText Transport { get; }

    /// <summary>The host of sent-by, an IPv6 address with its brackets; compared without case.</summary>
    public SipText Host { get; }

    /// <summary>The port of sent-by, or -1 when there is none.</summary>
    public int Port { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The branch; empty when there is none. Compared without case, as a token (RFC 3261 7.3.1).</summary>
    public SipText Branch => Parameters.Get("branch"u8);

    /// <summary>Whether the branch was made by the rules of RFC 3261 (8.1.1.7): it begins with the magic cookie.</summary>
    public bool HasMagicCookie
    {
        get
        {
            var branch = Branch.Span;
            return branch.Length > 7 && SipSyntax.EqualsIgnoreCase(branch[..7], "z9hG4bK"u8);
        }
    }

    /// <summary>The address that the next element saw (RFC 3261 18.2.1); empty when there is none.</summary>
    public SipText Received => Parameters.Get("received"u8);

    /// <summary>Whether the sender asked for the response at its source port (RFC 3581 3), answered or not.</summary>
    public bool HasRport => Parameters.Contains("rport"u8);

    /// <summary>The value of rport, or -1 when it is absent, empty or no port.</summary>
    public int Rport => SipSyntax.TryReadNumber(Parameters.Get("rport"u8), ushort.MaxValue, out var port) ? (int)port : -1;

    /// <summary>
    /// Reads one value that is the whole of <paramref name="text"/>; false when it is malformed. When only its parameters are,
    /// <paramref name="via"/> still tells the sent-by, which is enough to answer to.
    /// </summary>
    public static bool TryParse(SipText text, out SipVia via)
    {
        via = default;
        var span = text.Span;
        var transportStart = span.StartsWith("SIP/2.0/"u8) ? 8 : ReadProtocol(span);
        if (transportStart < 0)
        {
            return false;
        }

        var transportLength = SipSyntax.TokenLength(span[transportStart..]);
        var hostStart = SipSyntax.SkipWhitespace(span, transportStart + transportLength);
        if (transportLength == 0 || hostStart == transportStart + transportLength)
        {
            return false;
        }

        var sentByLength = SipHostPort.Read(span[hostStart..], out var hostLength, out var port);
        if (port < 0 || sentByLength < 0)
        {
            sentByLength = Math.Max(sentByLength, ReadSpacedSentBy(span[hostStart..], hostLength, ref port));
        }

        if (sentByLength < 0)
        {
            return false;
        }

        var parameters = text.Slice(hostStart + sentByLength);
        var areValid = SipParameters.AreValid(parameters.Span);
        via = new SipVia(
            text,
            text.Slice(transportStart, transportLength),
            text.Slice(hostStart, hostLength),
            port,
            areValid ? new SipParameters(parameters) : default);
        return areValid;
    }

    // protocol-name SLASH protocol-version SLASH, white space around each slash; returns where the transport starts.
    private static int ReadProtocol(ReadOnlySpan<byte> text)
    {
        var position = SipSyntax.SkipWhitespace(text, 0);
        for (var part = 0; part < 2; part++)
        {
            var length = SipSyntax.TokenLength(text[position..]);
            position = SipSyntax.SkipWhitespace(text, position + length);
            if (length == 0 || position == text.Length || text[position] != (byte)'/')
            {
                return -1;
            }

            position = SipSyntax.SkipWhitespace(text, position + 1);
        }

        return position;
    }

    // COLON = SWS ":" SWS: "host : 5060".
    private static int ReadSpacedSentBy(ReadOnlySpan<byte> text, int hostLength, ref int port)
    {
        if (hostLength <= 0)
        {
            return -1;
        }

        var colon = SipSyntax.SkipWhitespace(text, hostLength);
        if (colon == text.Length || text[colon] != (byte)':')
        {
            return -1;
        }

        var start = SipSyntax.SkipWhitespace(text, colon + 1);
        var length = text[start..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        length = length < 0 ? text.Length - start : length;
        if (!SipSyntax.TryReadNumber(text.Slice(start, length), ushort.MaxValue, out var number))
        {
            return -1;
        }

        port = (int)number;
        return start + length;
    }
}
