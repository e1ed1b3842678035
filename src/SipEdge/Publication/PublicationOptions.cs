namespace PosteRestante.SipEdge.Publication;

/// <summary>How service settings are published (Appendix E, RFC 3903).</summary>
public sealed class PublicationOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Publication";

    /// <summary>
    /// The event packages that carry service settings; any other gets 489. Default empty: <c>im-settings</c> and, as RFC 4354 has
    /// it, <c>poc-settings</c>.
    /// </summary>
    public IList<string> Events { get; init; } = [];

    /// <summary>
    /// The media types of settings; any other gets 415. Default empty: <c>application/im-settings+xml</c> and
    /// <c>application/poc-settings+xml</c>.
    /// </summary>
    public IList<string> MediaTypes { get; init; } = [];

    /// <summary>
    /// What settings say that do not mention offline delivery. Default true: whoever tells that he is back wants his messages.
    /// </summary>
    public bool ActiveByDefault { get; set; } = true;

    /// <summary>The shortest lifetime; a shorter one gets 423 (RFC 3903 6). Default 60 seconds.</summary>
    public TimeSpan MinExpires { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The lifetime of a publication that names none. Default one hour, as RFC 3903 leaves it to the package.</summary>
    public TimeSpan DefaultExpires { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest lifetime; a longer one is shortened. Default one day.</summary>
    public TimeSpan MaxExpires { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The largest document, in octets; a larger one gets 413. Default 16 KiB.</summary>
    public int MaxOctets { get; set; } = 16 * 1024;

    /// <summary>Publications that wait for the store; one more gets 503 with Retry-After. Default 10,000.</summary>
    public int MaxPending { get; set; } = 10_000;

    internal IList<string> TakenEvents => Events.Count > 0 ? Events : ["im-settings", "poc-settings"];

    internal IList<string> TakenTypes => MediaTypes.Count > 0 ? MediaTypes : ["application/im-settings+xml", "application/poc-settings+xml"];
}
