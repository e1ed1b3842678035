using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace PosteRestante.Protocols.Sdp;

/// <summary>
/// Reads session descriptions (RFC 8866). Lines may end in LF alone (RFC 8866 5); the order of lines within a section
/// is not enforced, as many stacks get it wrong, and writing puts it right.
/// </summary>
public static class SdpParser
{
    /// <summary>Reads a description.</summary>
    /// <param name="octets">The body.</param>
    /// <param name="options">Limits.</param>
    /// <param name="session">The description; null on an error.</param>
    /// <param name="errorLine">The number of the line at fault, from 1; 0 where the error is of the whole.</param>
    public static SdpError Parse(ReadOnlySpan<byte> octets, SdpOptions options, out SdpSession? session, out int errorLine)
    {
        session = null;
        errorLine = 0;
        if (octets.Length > options.MaxBytes)
        {
            return SdpError.TooLong;
        }

        if (!Utf8.IsValid(octets))
        {
            return SdpError.NotUtf8;
        }

        Builder builder = new(options);
        SdpError error = ReadLines(Encoding.UTF8.GetString(octets), options, builder, ref errorLine);
        if (error == SdpError.None)
        {
            errorLine = 0;
            error = builder.Build(out session);
        }

        return error;
    }

    private static SdpError ReadLines(string text, SdpOptions options, Builder builder, ref int lineNumber)
    {
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLinesByFeed())
        {
            lineNumber++;
            ReadOnlySpan<char> line = raw.TrimEnd('\r');
            if (line.IsEmpty)
            {
                // Blank lines at the end are common; one in between ends nothing.
                continue;
            }

            if (lineNumber > options.MaxLines)
            {
                return SdpError.TooManyLines;
            }

            if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetterLower(line[0]) || line.ContainsAny('\0', '\r'))
            {
                return SdpError.BadLine;
            }

            SdpError error = builder.Add(line[0], line[2..].ToString());
            if (error != SdpError.None)
            {
                return error;
            }
        }

        return SdpError.None;
    }

    private static FeedLines EnumerateLinesByFeed(this ReadOnlySpan<char> text) => new(text);

    internal static bool TryConnection(string value, out SdpConnection? connection)
    {
        string[] fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        connection = fields.Length == 3 ? new SdpConnection(fields[0], fields[1], fields[2]) : null;
        return connection is not null;
    }

    /// <summary>Lines that end in LF; a CR before it is left for the caller.</summary>
    private ref struct FeedLines(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;
        private bool _done = text.IsEmpty;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly FeedLines GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_done)
            {
                return false;
            }

            int feed = _rest.IndexOf('\n');
            Current = feed < 0 ? _rest : _rest[..feed];
            _rest = feed < 0 ? default : _rest[(feed + 1)..];
            _done = _rest.IsEmpty;
            return true;
        }
    }

    /// <summary>Collects lines into a session and the media that is open.</summary>
    private sealed class Builder(SdpOptions options)
    {
        private readonly ImmutableArray<SdpMedia>.Builder _media = ImmutableArray.CreateBuilder<SdpMedia>();
        private readonly List<SdpLine> _lines = [];
        private readonly List<SdpAttribute> _attributes = [];
        private ImmutableArray<SdpLine> _sessionLines = [];
        private ImmutableArray<SdpAttribute> _sessionAttributes = [];
        private SdpConnection? _sessionConnection;
        private SdpConnection? _connection;
        private SdpOrigin? _origin;
        private string? _name;
        private SdpMedia? _open;
        private bool _hasVersion;
        private bool _hasTime;

        public SdpError Add(char type, string value)
        {
            if (!_hasVersion)
            {
                return AddVersion(type, value);
            }

            return type switch
            {
                'm' => OpenMedia(value),
                'a' => AddAttribute(value),
                'c' => AddConnection(value),
                'i' or 'b' or 'k' => AddLine(type, value),
                _ when _open is not null => SdpError.MisplacedLine,
                'v' => SdpError.DuplicateLine,
                'o' => AddOrigin(value),
                's' => AddName(value),
                _ => AddLine(type, value),
            };
        }

        public SdpError Build(out SdpSession? session)
        {
            session = null;
            CloseMedia();
            if (!_hasVersion || _origin is null || _name is null || !_hasTime)
            {
                return !_hasVersion ? SdpError.MissingVersion
                    : _origin is null ? SdpError.MissingOrigin
                    : _name is null ? SdpError.MissingName
                    : SdpError.MissingTime;
            }

            session = new SdpSession
            {
                Origin = _origin,
                Name = _name,
                Connection = _sessionConnection,
                OtherLines = _sessionLines,
                Attributes = _sessionAttributes,
                Media = _media.DrainToImmutable(),
            };
            return SdpError.None;
        }

        private SdpError AddVersion(char type, string value)
        {
            _hasVersion = type == 'v';
            return !_hasVersion ? SdpError.MissingVersion
                : string.Equals(value, "0", StringComparison.Ordinal) ? SdpError.None
                : SdpError.BadVersion;
        }

        private SdpError AddOrigin(string value)
        {
            if (_origin is not null)
            {
                return SdpError.DuplicateLine;
            }

            string[] fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length != 6 || !IsDigits(fields[1]) || !IsDigits(fields[2]))
            {
                return SdpError.BadOrigin;
            }

            _origin = new SdpOrigin(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
            return SdpError.None;
        }

        private SdpError AddName(string value)
        {
            if (_name is not null)
            {
                return SdpError.DuplicateLine;
            }

            _name = value;
            return SdpError.None;
        }

        private SdpError AddLine(char type, string value)
        {
            _hasTime |= type == 't';
            _lines.Add(new SdpLine(type, value));
            return SdpError.None;
        }

        private SdpError AddConnection(string value)
        {
            // Several c= lines in one media are for multicast; the first is taken.
            if (!TryConnection(value, out SdpConnection? connection))
            {
                return SdpError.BadConnection;
            }

            _connection ??= connection;
            return SdpError.None;
        }

        private SdpError AddAttribute(string value)
        {
            int colon = value.IndexOf(':', StringComparison.Ordinal);
            string name = (colon < 0 ? value : value[..colon]).Trim();
            if (name.Length == 0)
            {
                return SdpError.BadAttribute;
            }

            _attributes.Add(new SdpAttribute(name, colon < 0 ? null : value[(colon + 1)..].Trim()));
            return SdpError.None;
        }

        private SdpError OpenMedia(string value)
        {
            CloseMedia();
            if (_media.Count >= options.MaxMedia)
            {
                return SdpError.TooManyMedia;
            }

            string[] fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 4)
            {
                return SdpError.BadMedia;
            }

            string[] ports = fields[1].Split('/', 2);
            int count = 0;
            if (!TryNumber(ports[0], 65535, out int port) || (ports.Length == 2 && !TryNumber(ports[1], 65535, out count)))
            {
                return SdpError.BadPort;
            }

            _open = new SdpMedia
            {
                Kind = fields[0],
                Port = port,
                PortCount = ports.Length == 2 ? count : null,
                Protocol = fields[2],
                Formats = [.. fields[3..]],
            };
            return SdpError.None;
        }

        private void CloseMedia()
        {
            if (_open is null && _media.Count == 0)
            {
                (_sessionConnection, _sessionLines, _sessionAttributes) = (_connection, [.. _lines], [.. _attributes]);
            }
            else if (_open is not null)
            {
                _media.Add(new SdpMedia
                {
                    Kind = _open.Kind,
                    Port = _open.Port,
                    PortCount = _open.PortCount,
                    Protocol = _open.Protocol,
                    Formats = _open.Formats,
                    Connection = _connection,
                    OtherLines = [.. _lines],
                    Attributes = [.. _attributes],
                });
            }

            _open = null;
            _connection = null;
            _lines.Clear();
            _attributes.Clear();
        }

        private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

        private static bool TryNumber(string text, int max, out int number) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
    }
}
