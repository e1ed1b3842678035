using System.Globalization;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Sdp;

/// <summary>What an <c>m=message</c> line over MSRP says (RFC 4975 8, RFC 6135, RFC 6714).</summary>
public sealed class MsrpMedia
{
    /// <summary>MSRP over TCP.</summary>
    public const string PlainProtocol = "TCP/MSRP";

    /// <summary>MSRP over TLS.</summary>
    public const string SecureProtocol = "TCP/TLS/MSRP";

    private MsrpMedia(MsrpPath path, MsrpAcceptTypes acceptTypes)
    {
        Path = path;
        AcceptTypes = acceptTypes;
    }

    /// <summary>The path: where to connect to, and the To-Path of requests.</summary>
    public MsrpPath Path { get; }

    /// <summary>The types that may be sent by themselves.</summary>
    public MsrpAcceptTypes AcceptTypes { get; }

    /// <summary>The types that may be sent only inside containers.</summary>
    public MsrpAcceptTypes AcceptWrappedTypes { get; private init; } = MsrpAcceptTypes.None;

    /// <summary>Whether it is over TLS.</summary>
    public bool IsSecure { get; private init; }

    /// <summary>Who connects, by the writer; <see cref="SdpSetup.None"/> when not said.</summary>
    public SdpSetup Setup { get; private init; }

    /// <summary>The direction, seen from the writer.</summary>
    public SdpDirection Direction { get; private init; }

    /// <summary>The largest message the writer wants, in octets; a hint (RFC 4975 8.6).</summary>
    public long? MaxSize { get; private init; }

    /// <summary>Whether <c>a=msrp-cema</c> is there (RFC 6714).</summary>
    public bool HasCema { get; private init; }

    /// <summary>The <c>a=fingerprint</c>, if any (RFC 4975 14.4).</summary>
    public string? Fingerprint { get; private init; }

    /// <summary>Whether a description offers MSRP over TLS.</summary>
    public static bool OffersSecure(SdpSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Media.Any(static media =>
            media.Port != 0 && string.Equals(media.Protocol, SecureProtocol, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads an m-line.</summary>
    public static MsrpRejection Read(SdpSession session, SdpMedia media, out MsrpMedia? found)
    {
        found = null;
        if (!media.IsMsrp)
        {
            return MsrpRejection.NoMsrpMedia;
        }

        if (media.Port == 0)
        {
            return MsrpRejection.MediaOff;
        }

        MsrpRejection rejection = ReadPath(media, out MsrpPath? path);
        if (path is null)
        {
            return rejection;
        }

        rejection = ReadTypes(media, out MsrpAcceptTypes? types, out MsrpAcceptTypes wrapped);
        if (types is null)
        {
            return rejection;
        }

        if (!TryMaxSize(media.Attribute("max-size"), out long? maxSize))
        {
            return MsrpRejection.BadMaxSize;
        }

        if (!TrySetup(media.Attribute("setup") ?? SessionAttribute(session, "setup"), out SdpSetup setup))
        {
            return MsrpRejection.BadSetup;
        }

        found = new MsrpMedia(path, types)
        {
            AcceptWrappedTypes = wrapped,
            IsSecure = string.Equals(media.Protocol, SecureProtocol, StringComparison.OrdinalIgnoreCase),
            Setup = setup,
            Direction = media.Direction(session),
            MaxSize = maxSize,
            HasCema = media.Attributes.Any(attribute => attribute.Name is "msrp-cema"),
            Fingerprint = media.Attribute("fingerprint") ?? SessionAttribute(session, "fingerprint"),
        };
        return MsrpRejection.None;
    }

    /// <summary>Whether a type may be sent to the writer of this media, by itself (RFC 4975 8.6).</summary>
    public bool MaySend(ReadOnlySpan<char> mediaType) => AcceptTypes.Accepts(mediaType);

    /// <summary>Whether a type may be sent inside a container: what may be sent by itself, and the wrapped types.</summary>
    public bool MaySendWrapped(ReadOnlySpan<char> mediaType) =>
        AcceptTypes.Accepts(mediaType) || AcceptWrappedTypes.Accepts(mediaType);

    private static MsrpRejection ReadPath(SdpMedia media, out MsrpPath? path)
    {
        path = null;
        if (media.Attribute("path") is not { } text)
        {
            return MsrpRejection.MissingPath;
        }

        // RFC 4975 8.1: the port is explicit. The endpoint's URI has a session-id (6).
        if (!MsrpPath.TryParse(text, out MsrpPath? read) || read.First.Port is null || read.Last.SessionId is null)
        {
            return MsrpRejection.BadPath;
        }

        path = read;
        return MsrpRejection.None;
    }

    private static MsrpRejection ReadTypes(SdpMedia media, out MsrpAcceptTypes? types, out MsrpAcceptTypes wrapped)
    {
        types = null;
        wrapped = MsrpAcceptTypes.None;
        if (media.Attribute("accept-types") is not { } accepted)
        {
            return MsrpRejection.MissingAcceptTypes;
        }

        if (media.Attribute("accept-wrapped-types") is { Length: > 0 } text)
        {
            if (!MsrpAcceptTypes.TryParse(text, out MsrpAcceptTypes? read))
            {
                return MsrpRejection.BadAcceptTypes;
            }

            wrapped = read;
        }

        return MsrpAcceptTypes.TryParse(accepted, out types) ? MsrpRejection.None : MsrpRejection.BadAcceptTypes;
    }

    private static bool TryMaxSize(string? text, out long? maxSize)
    {
        maxSize = null;
        if (text is null)
        {
            return true;
        }

        bool valid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        maxSize = valid ? number : null;
        return valid;
    }

    private static bool TrySetup(string? text, out SdpSetup setup)
    {
        (setup, bool valid) = text switch
        {
            "active" => (SdpSetup.Active, true),
            "passive" => (SdpSetup.Passive, true),
            "actpass" => (SdpSetup.ActPass, true),
            null or "holdconn" => (SdpSetup.None, true), // RFC 6135 4.2.1: holdconn is ignored.
            _ => (SdpSetup.None, false),
        };
        return valid;
    }

    private static string? SessionAttribute(SdpSession session, string name) =>
        session.Attributes.FirstOrDefault(attribute => string.Equals(attribute.Name, name, StringComparison.Ordinal)).Value;
}
