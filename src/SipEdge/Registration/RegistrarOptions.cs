namespace PosteRestante.SipEdge.Registration;

/// <summary>
/// The small registrar of a service that stands alone (RFC 3261 10.3): it keeps in memory where users are, to push to them. Behind a
/// core (<c>Routing:NextHop</c>), which has a registrar, there is none.
/// </summary>
public sealed class RegistrarOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Registrar";

    /// <summary>Whether REGISTER is taken while no core is in front. Default true; otherwise it gets 405.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The shortest lifetime of a binding; a shorter one gets 423 (RFC 3261 10.3). Default 60 seconds.</summary>
    public TimeSpan MinExpires { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The lifetime of a binding that names none. Default one hour, as RFC 3261 10.3 has it.</summary>
    public TimeSpan DefaultExpires { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest lifetime; a longer one is shortened. Default two hours: who vanishes without a word is forgotten then.</summary>
    public TimeSpan MaxExpires { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Bindings of one user; one more gets 403. Default 8.</summary>
    public int MaxBindingsPerUser { get; set; } = 8;

    /// <summary>Bindings in all; one more gets 503 with Retry-After. Default 100,000, some 1 KB each.</summary>
    public int MaxBindings { get; set; } = 100_000;
}
