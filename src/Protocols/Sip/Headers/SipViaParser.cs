namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>Finds the parts of one value of Via (RFC 3261 20.42, 25.1).</summary>
internal static class SipViaParser
{
    private static ReadOnlySpan<byte> Branch => ";branch="u8;

    private static ReadOnlySpan<byte> AskedForPort => ";rport"u8;

    /// <summary>
    /// Reads the first value of a list; <paramref name="end"/> is its comma, or the end. False when the value is malformed. When only its parameters are, <paramref name="parts"/> still tells the sent-by, and
    /// the parameters start at the end of the text.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out SipViaParts parts, out int end)
    {
        parts = default;
        end = text.Length;
        parts.Rport = -1;
        var transportStart = text.StartsWith("SIP/2.0/"u8) ? 8 : TransportStart(text);
        if (transportStart < 0 || text.Length > ushort.MaxValue)
        {
            return false;
        }

        var transportEnd = SipOctets.Skip(text, transportStart, SipOctets.Token);
        var hostStart = SipSyntax.SkipWhitespace(text, transportEnd);
        if (transportEnd == transportStart || hostStart == transportEnd)
        {
            return false;
        }

        var sentByEnd = SipHostPort.Read(text, hostStart, out var hostEnd, out var port);
        if (port < 0 || sentByEnd < 0)
        {
            sentByEnd = Math.Max(sentByEnd, SpacedPortEnd(text, hostStart, hostEnd, ref port));
        }

        if (sentByEnd < 0)
        {
            return false;
        }

        parts.Port = port;
        parts.TransportStart = (ushort)transportStart;
        parts.TransportLength = (ushort)(transportEnd - transportStart);
        parts.HostStart = (ushort)hostStart;
        parts.HostLength = (ushort)(hostEnd - hostStart);
        parts.ParametersStart = (ushort)sentByEnd;
        if (TryReadParameters(text, sentByEnd, ref parts, out end))
        {
            return true;
        }

        end = text.Length;
        parts.ParametersStart = (ushort)end;
        parts.BranchLength = parts.ReceivedLength = 0;
        parts.Rport = -1;
        return false;
    }

    // protocol-name SLASH protocol-version SLASH, white space around each slash.
    private static int TransportStart(ReadOnlySpan<byte> text)
    {
        var position = SipSyntax.SkipWhitespace(text, 0);
        for (var part = 0; part < 2; part++)
        {
            var end = SipOctets.Skip(text, position, SipOctets.Token);
            var slash = SipSyntax.SkipWhitespace(text, end);
            if (end == position || slash == text.Length || text[slash] != (byte)'/')
            {
                return -1;
            }

            position = SipSyntax.SkipWhitespace(text, slash + 1);
        }

        return position;
    }

    // COLON = SWS ":" SWS, "host : 5060"; -1 when there is no such port.
    private static int SpacedPortEnd(ReadOnlySpan<byte> text, int hostStart, int hostEnd, ref int port)
    {
        var colon = SipSyntax.SkipWhitespace(text, hostEnd);
        if (hostEnd == hostStart || colon == text.Length || text[colon] != (byte)':')
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

    // ";branch=VALUE" and then ";rport", spelt like this: what nearly every Via has. All else is left to the reader.
    private static int SkipUsual(ReadOnlySpan<byte> text, int start, ref SipViaParts parts)
    {
        var branch = start + Branch.Length;
        if (!text[start..].StartsWith(Branch) || branch == text.Length || text[branch] == (byte)'"')
        {
            return start;
        }

        var length = text[branch..].IndexOfAny(SipSyntax.ValueEnd);
        if (length == 0)
        {
            return start;
        }

        length = length < 0 ? text.Length - branch : length;
        parts.BranchStart = (ushort)branch;
        parts.BranchLength = (ushort)length;
        var end = branch + length;
        if (!text[end..].SequenceEqual(AskedForPort))
        {
            return end;
        }

        parts.Rport = SipViaParts.AskedForPort;
        return text.Length;
    }

    private static bool TryReadParameters(ReadOnlySpan<byte> text, int start, ref SipViaParts parts, out int end)
    {
        var reader = new SipParameterReader(text, SkipUsual(text, start, ref parts), SipOctets.Token);
        while (reader.Read())
        {
            var name = reader.Name;
            if (parts.BranchLength == 0 && SipSyntax.EqualsIgnoreCase(name, "branch"u8))
            {
                parts.BranchStart = (ushort)reader.ValueStart;
                parts.BranchLength = (ushort)reader.ValueLength;
            }
            else if (parts.Rport == -1 && SipSyntax.EqualsIgnoreCase(name, "rport"u8))
            {
                parts.Rport = SipSyntax.TryReadNumber(reader.Value, ushort.MaxValue, out var rport) ? (int)rport : SipViaParts.AskedForPort;
            }
            else if (parts.ReceivedLength == 0 && SipSyntax.EqualsIgnoreCase(name, "received"u8))
            {
                parts.ReceivedStart = (ushort)reader.ValueStart;
                parts.ReceivedLength = (ushort)reader.ValueLength;
            }
        }

        end = reader.Position;
        return !reader.IsMalformed;
    }
}
