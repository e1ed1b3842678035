using System.Globalization;
using PosteRestante.Grains.Interfaces.Settings;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Answers;

namespace PosteRestante.SipEdge.Publication;

/// <summary>Judges a PUBLISH in the order of RFC 3903 6, as far as its user's record is not needed.</summary>
internal sealed class PublicationReader(PublicationOptions options, PublicationTags tags)
{
    private readonly string _accept = string.Join(", ", options.TakenTypes);

    /// <summary>The value of Allow-Events (RFC 6665 8.2.2).</summary>
    public string AllowEvents { get; } = string.Join(", ", options.TakenEvents);

    /// <summary>The media types that are taken.</summary>
    public string Accept => _accept;

    /// <summary>Reads a PUBLISH.</summary>
    /// <returns>The refusal, or null.</returns>
    public Answer? Read(SipMessage publish, string mailbox, DateTimeOffset now, out PublicationRequest? request)
    {
        request = null;
        if (publish.GetToken(SipHeaderName.Event, out var package) != SipFieldState.Valid || FindEvent(package.ToString()) is not { } name)
        {
            return Answer.Of(489) with { AllowEvents = AllowEvents };
        }

        if (ReadTag(publish, mailbox, name, now, out var version) is { } unknown)
        {
            return unknown;
        }

        if (ReadExpires(publish, out var expires) is { } tooBrief)
        {
            return tooBrief;
        }

        var isInitial = version == 0;
        if (publish.Body.IsEmpty && isInitial)
        {
            return Answer.Because(400, "an initial publication carries the settings");
        }

        var settings = new PublishSettings { Version = version };
        if (expires == TimeSpan.Zero)
        {
            // An initial publication that is over at once leaves everything as it is.
            settings = settings with { Change = isInitial ? SettingsChange.Keep : SettingsChange.Remove };
        }
        else if (!publish.Body.IsEmpty)
        {
            if (ReadBody(publish, out var active) is { } unusable)
            {
                return unusable;
            }

            settings = settings with { Change = SettingsChange.Set, IsActive = active };
        }

        request = new PublicationRequest(name, expires, settings);
        return null;
    }

    private string? FindEvent(string package) => options.TakenEvents.FirstOrDefault(taken => string.Equals(taken, package, StringComparison.Ordinal));

    private Answer? ReadTag(SipMessage publish, string mailbox, string package, DateTimeOffset now, out long version)
    {
        version = 0;
        switch (publish.GetToken(SipHeaderName.SipIfMatch, out var tag))
        {
            case SipFieldState.Absent:
                return null;
            case SipFieldState.Malformed:
                return Answer.Because(400, "SIP-If-Match names one entity-tag");
            default:
                version = tags.VersionOf(tag.ToString(), mailbox, package, now);
                return version == 0 ? Answer.Of(412) : null;
        }
    }

    private Answer? ReadExpires(SipMessage publish, out TimeSpan expires)
    {
        expires = options.DefaultExpires;
        switch (publish.GetExpires(out var seconds))
        {
            case SipFieldState.Malformed:
                return Answer.Because(400, "malformed Expires");
            case SipFieldState.Absent:
                return null;
            default:
                var asked = TimeSpan.FromSeconds(seconds);
                expires = asked < options.MaxExpires ? asked : options.MaxExpires;
                return asked > TimeSpan.Zero && asked < options.MinExpires
                    ? Answer.Of(423) with { MinExpires = options.MinExpires }
                    : null;
        }
    }

    private Answer? ReadBody(SipMessage publish, out bool active)
    {
        active = options.ActiveByDefault;
        if (publish.GetContentType(out var type) != SipFieldState.Valid
            || publish.Contains(SipHeaderName.ContentEncoding)
            || !options.TakenTypes.Contains(type.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            return Answer.Of(415) with { Accept = _accept };
        }

        if (publish.Body.Length > options.MaxOctets)
        {
            return Answer.Because(413, string.Create(CultureInfo.InvariantCulture, $"settings have at most {options.MaxOctets} octets"));
        }

        if (!SettingsDocument.TryRead(publish.Body.Memory, out var said))
        {
            return Answer.Because(400, "the settings cannot be read");
        }

        active = said ?? active;
        return null;
    }
}
