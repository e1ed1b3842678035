namespace PosteRestante.SipEdge.Services;

/// <summary>The names under which the service is called.</summary>
public sealed class ServiceOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Service";

    /// <summary>
    /// The host of Message-IDs and of originated addresses, and the agent of Warning headers. Default <c>localhost</c>.
    /// </summary>
    public string Host { get; set; } = "localhost";

    /// <summary>
    /// The URIs of the Deferred Messaging Function (DM-12.1.1-3), the first of which is the one it calls itself by.
    /// Emitted as written here; the user part is compared without case (D17). Default empty: <c>sip:Deferred@Host</c>.
    /// </summary>
    public IList<string> DeferredUris { get; init; } = [];

    /// <summary>
    /// The URIs of the delete bin (DM-12.1.3.1-1); their host may differ. Default empty: <c>sip:Delete@Host</c>.
    /// </summary>
    public IList<string> DeleteUris { get; init; } = [];

    /// <summary>The product in Server and User-Agent, after <c>IM-serv/OMA1.0</c>. Default <c>PosteRestante/0.1</c>.</summary>
    public string Product { get; set; } = "PosteRestante/0.1";
}
