using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace PosteRestante.Protocols.Cpim;

/// <summary>
/// Reads the headers of a <c>message/cpim</c> body (RFC 3862 2.2–2.4, 3): names are case-sensitive, a prefix means what
/// an <c>NS</c> header before it says, so <c>imdn.Message-ID</c> is recognised by its namespace and not by its prefix.
/// </summary>
public static class CpimParser
{
    /// <summary>The namespace of the IMDN headers (RFC 5438 6.1).</summary>
    public const string ImdnNamespace = "urn:ietf:params:imdn";

    /// <summary>The namespace of names without prefix (RFC 3862 3.4).</summary>
    public const string CoreNamespace = "urn:ietf:params:cpim-headers:";

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-^_`|~"u8);

    /// <summary>Reads a body.</summary>
    public static CpimError Parse(ReadOnlySpan<byte> body, CpimOptions options, out CpimMessage? message)
    {
        message = null;
        Reader reader = new(body, options);
        CpimMessage found = new();
        CpimError error = ReadMessageHeaders(ref reader, found, options);
        if (error == CpimError.None)
        {
            error = ReadContentHeaders(ref reader, found);
        }

        if (error != CpimError.None)
        {
            return error;
        }

        found.ContentOffset = reader.Position;
        message = found;
        return CpimError.None;
    }

    private static CpimError ReadMessageHeaders(ref Reader reader, CpimMessage message, CpimOptions options)
    {
        Namespaces namespaces = new();
        while (true)
        {
            CpimError error = reader.TryReadLine(out ReadOnlySpan<byte> line);
            if (error != CpimError.None || line.IsEmpty)
            {
                return error;
            }

            if (!TrySplit(line, out ReadOnlySpan<byte> name, out string? value))
            {
                return CpimError.BadHeader;
            }

            error = name.SequenceEqual("NS"u8)
                ? namespaces.Declare(value)
                : ReadHeader(message, namespaces.Resolve(name, out ReadOnlySpan<byte> local), local, value, options);
            if (error != CpimError.None)
            {
                return error;
            }
        }
    }

    private static CpimError ReadContentHeaders(ref Reader reader, CpimMessage message)
    {
        while (true)
        {
            CpimError error = reader.TryReadLine(out ReadOnlySpan<byte> line);
            if (error != CpimError.None || line.IsEmpty)
            {
                return error;
            }

            // A MIME header: names without case. A folded line belongs to the one before; nothing read here is folded.
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                continue;
            }

            if (!TrySplit(line, out ReadOnlySpan<byte> name, out string? value))
            {
                return CpimError.BadHeader;
            }

            if (Is(name, "content-type"))
            {
                message.ContentType ??= value;
            }
            else if (Is(name, "content-disposition"))
            {
                message.ContentDisposition ??= value;
            }
        }

        static bool Is(ReadOnlySpan<byte> name, string expected) => Ascii.EqualsIgnoreCase(name, expected);
    }

    private static CpimError ReadHeader(
        CpimMessage message, string? ns, ReadOnlySpan<byte> name, string value, CpimOptions options)
    {
        if (string.Equals(ns, ImdnNamespace, StringComparison.Ordinal))
        {
            return ReadImdnHeader(message, name, value, options);
        }

        if (!string.Equals(ns, CoreNamespace, StringComparison.Ordinal))
        {
            return CpimError.None;
        }

        if (name.SequenceEqual("From"u8))
        {
            if (message.From is not null)
            {
                return CpimError.DuplicateHeader;
            }

            message.From = value;
        }
        else if (name.SequenceEqual("To"u8))
        {
            message.To ??= value;
        }
        else if (name.SequenceEqual("DateTime"u8))
        {
            message.DateTime ??= value;
        }
        else if (name.SequenceEqual("Subject"u8))
        {
            message.Subject ??= value;
        }

        return CpimError.None;
    }

    private static CpimError ReadImdnHeader(CpimMessage message, ReadOnlySpan<byte> name, string value, CpimOptions options)
    {
        if (name.SequenceEqual("Message-ID"u8))
        {
            if (message.MessageId is not null)
            {
                return CpimError.DuplicateHeader;
            }

            if (value.Length == 0 || value.Length > options.MaxMessageIdBytes || value.Contains(' ', StringComparison.Ordinal))
            {
                return CpimError.BadHeader;
            }

            message.MessageId = value;
        }
        else if (name.SequenceEqual("Disposition-Notification"u8))
        {
            message.DispositionNotification |= ReadDispositions(value);
        }
        else if (name.SequenceEqual("IMDN-Record-Route"u8))
        {
            message.ImdnRecordRoute = [.. message.ImdnRecordRoute, value];
        }

        return CpimError.None;
    }

    private static ImdnDispositions ReadDispositions(string value)
    {
        ImdnDispositions found = ImdnDispositions.None;
        foreach (string element in value.Split(',', StringSplitOptions.TrimEntries))
        {
            found |= element.Split(';', 2)[0].Trim() switch
            {
                "positive-delivery" => ImdnDispositions.PositiveDelivery,
                "negative-delivery" => ImdnDispositions.NegativeDelivery,
                "processing" => ImdnDispositions.Processing,
                "display" => ImdnDispositions.Display,
                _ => ImdnDispositions.None,
            };
        }

        return found;
    }

    // Header-name ":" *( ";" Parameter ) SP Header-value (RFC 3862 2.2). A missing SP is let pass.
    private static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, [NotNullWhen(true)] out string? value)
    {
        value = null;
        int colon = line.IndexOf((byte)':');
        name = colon < 0 ? default : line[..colon];
        ReadOnlySpan<byte> rest = line[(colon + 1)..];
        if (colon <= 0 || !IsName(name) || !Utf8.IsValid(rest) || rest.ContainsAnyInRange((byte)0, (byte)8))
        {
            return false;
        }

        if (rest.StartsWith(";"u8))
        {
            int space = IndexOfUnquotedSpace(rest);
            rest = space < 0 ? default : rest[space..];
        }

        value = Encoding.UTF8.GetString(rest.Trim(" \t"u8));
        return true;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        int dot = name.IndexOf((byte)'.');
        ReadOnlySpan<byte> local = name[(dot + 1)..];
        return dot != 0 && !local.IsEmpty && !local.ContainsAnyExcept(NameBytes)
            && (dot < 0 || !name[..dot].ContainsAnyExcept(NameBytes));
    }

    private static int IndexOfUnquotedSpace(ReadOnlySpan<byte> text)
    {
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == ' ' && !quoted)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Takes lines off the front, within the limits.</summary>
    private ref struct Reader(ReadOnlySpan<byte> body, CpimOptions options)
    {
        private readonly ReadOnlySpan<byte> _body = body;
        private int _lines;

        public int Position { get; private set; }

        // A bare LF is let pass: nothing is framed by these lines but the headers themselves.
        public CpimError TryReadLine(out ReadOnlySpan<byte> line)
        {
            ReadOnlySpan<byte> rest = _body[Position..];
            ReadOnlySpan<byte> window = rest[..Math.Min(rest.Length, Math.Max(0, options.MaxHeaderBytes - Position))];
            int lineFeed = window.IndexOf((byte)'\n');
            line = default;
            if (lineFeed < 0)
            {
                return window.Length < rest.Length ? CpimError.HeadersTooLong : CpimError.Unterminated;
            }

            line = window[..lineFeed];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            Position += lineFeed + 1;
            return !line.IsEmpty && ++_lines > options.MaxHeaders ? CpimError.TooManyHeaders : CpimError.None;
        }
    }

    /// <summary>The prefixes declared so far.</summary>
    private sealed class Namespaces
    {
        private readonly Dictionary<string, string> _byPrefix = new(StringComparer.Ordinal);
        private string _default = CoreNamespace;

        // NS: [prefix SP] "<" uri ">"
        public CpimError Declare(string value)
        {
            int open = value.IndexOf('<', StringComparison.Ordinal);
            if (open < 0 || value.Length < open + 3 || value[^1] != '>')
            {
                return CpimError.BadNamespace;
            }

            string prefix = value[..open].Trim();
            string uri = value[(open + 1)..^1];
            if (prefix.Length == 0)
            {
                _default = uri;
            }
            else
            {
                _byPrefix[prefix] = uri;
            }

            return CpimError.None;
        }

        public string? Resolve(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> local)
        {
            int dot = name.IndexOf((byte)'.');
            local = name[(dot + 1)..];
            return dot < 0 ? _default : _byPrefix.GetValueOrDefault(Encoding.ASCII.GetString(name[..dot]));
        }
    }
}
