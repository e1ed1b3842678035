namespace PosteRestante.Protocols.Cpim;

/// <summary>The headers of a <c>message/cpim</c> that a deposit needs (RFC 3862, RFC 5438).</summary>
public sealed class CpimMessage
{
    /// <summary>The sender, as written.</summary>
    public string? From { get; internal set; }

    /// <summary>The recipient, as written; the first if there are several.</summary>
    public string? To { get; internal set; }

    /// <summary>The sender's time, as written (RFC 3339); see <see cref="TryGetDateTime"/>.</summary>
    public string? DateTime { get; internal set; }

    /// <summary>The subject, as written; the first if there are several languages.</summary>
    public string? Subject { get; internal set; }

    /// <summary>The IMDN Message-ID (RFC 5438 6.3): the sender's dedupe key.</summary>
    public string? MessageId { get; internal set; }

    /// <summary>The reports that are asked.</summary>
    public ImdnDispositions DispositionNotification { get; internal set; }

    /// <summary>Whether the IMDN headers name a route back (RFC 5438 6.5), topmost first.</summary>
    public IReadOnlyList<string> ImdnRecordRoute { get; internal set; } = [];

    /// <summary>The media type of the content, as written.</summary>
    public string? ContentType { get; internal set; }

    /// <summary>The disposition of the content, as written: <c>notification</c> marks an IMDN.</summary>
    public string? ContentDisposition { get; internal set; }

    /// <summary>Where the content begins in the body, in octets.</summary>
    public int ContentOffset { get; internal set; }

    /// <summary>Whether the sender asks to be told when the message is given up.</summary>
    public bool WantsNegativeDelivery => DispositionNotification.HasFlag(ImdnDispositions.NegativeDelivery);

    /// <summary>Reads <see cref="DateTime"/>.</summary>
    public bool TryGetDateTime(out DateTimeOffset value) => DateTimeOffset.TryParse(
        DateTime, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out value);
}
