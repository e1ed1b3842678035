using System.Globalization;
using System.Text;

namespace PosteRestante.Protocols.Sdp;

/// <summary>Writes session descriptions in the order of RFC 8866 5.</summary>
public static class SdpWriter
{
    private const string SessionBefore = "iuep";
    private const string SessionAfter = "btzk";

    /// <summary>The description as octets, lines ending in CRLF.</summary>
    /// <exception cref="ArgumentException">A value has a line break: it would forge lines.</exception>
    public static byte[] Write(SdpSession session)
    {
        StringBuilder text = new(512);
        Line(text, 'v', "0");
        Line(text, 'o', session.Origin.ToString());
        Line(text, 's', session.Name.Length == 0 ? "-" : session.Name);
        Lines(text, session.OtherLines, SessionBefore);
        Connection(text, session.Connection);
        Lines(text, session.OtherLines, SessionAfter);
        Attributes(text, session.Attributes);
        foreach (SdpMedia media in session.Media)
        {
            Media(text, media);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Media(StringBuilder text, SdpMedia media)
    {
        string ports = string.Create(
            CultureInfo.InvariantCulture, $"{media.Port}{(media.PortCount is { } count ? $"/{count}" : "")}");
        Line(text, 'm', $"{media.Kind} {ports} {media.Protocol} {string.Join(' ', media.Formats)}");
        Lines(text, media.OtherLines, "i");
        Connection(text, media.Connection);
        Lines(text, media.OtherLines, "bk");
        Attributes(text, media.Attributes);
    }

    private static void Lines(StringBuilder text, IEnumerable<SdpLine> lines, string types)
    {
        foreach (SdpLine line in lines.Where(line => Rank(line, types) >= 0).OrderBy(line => Rank(line, types)))
        {
            Line(text, line.Type, line.Value);
        }
    }

    // An r= belongs to the t= before it.
    private static int Rank(SdpLine line, string types) =>
        types.IndexOf(line.Type == 'r' ? 't' : line.Type, StringComparison.Ordinal);

    private static void Connection(StringBuilder text, SdpConnection? connection)
    {
        if (connection is not null)
        {
            Line(text, 'c', connection.ToString());
        }
    }

    private static void Attributes(StringBuilder text, IEnumerable<SdpAttribute> attributes)
    {
        foreach (SdpAttribute attribute in attributes)
        {
            Line(text, 'a', attribute.ToString());
        }
    }

    private static void Line(StringBuilder text, char type, string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw new ArgumentException($"The value of {type}= is one line.", nameof(value));
        }

        text.Append(type).Append('=').Append(value).Append("\r\n");
    }
}
