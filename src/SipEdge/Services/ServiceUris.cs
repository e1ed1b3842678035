using Microsoft.Extensions.Options;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Accounts;

namespace PosteRestante.SipEdge.Services;

/// <summary>
/// The URIs the functions are called by. Host, port and scheme must match exactly; the user part is compared without case
/// (D17, A2); parameters and headers do not count.
/// </summary>
public sealed class ServiceUris
{
    private const string DeferredUser = "Deferred";
    private const string DeleteUser = "Delete";

    private readonly HashSet<string> _deferred;
    private readonly HashSet<string> _delete;

    /// <summary>Takes the configured URIs.</summary>
    public ServiceUris(IOptions<ServiceOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        var deferred = settings.DeferredUris.Count > 0 ? settings.DeferredUris : [$"sip:{DeferredUser}@{settings.Host}"];
        var delete = settings.DeleteUris.Count > 0 ? settings.DeleteUris : [$"sip:{DeleteUser}@{settings.Host}"];
        DeferredUri = deferred[0];
        _deferred = Normalize(deferred);
        _delete = Normalize(delete);
    }

    /// <summary>The URI the Deferred Messaging Function calls itself by, as configured (D1, D17).</summary>
    public string DeferredUri { get; }

    /// <summary>Whether an address in normal form is the Deferred Messaging Function (DM-12.1.1-3).</summary>
    public bool IsDeferred(string aor) => _deferred.Contains(aor);

    /// <summary>Whether an address in normal form is the delete bin (DM-12.1.3.1-1).</summary>
    public bool IsDelete(string aor) => _delete.Contains(aor);

    /// <summary>Whether a configured URI can be used.</summary>
    public static bool IsValid(string uri) => AddressOfRecord.TryParse(uri, out _);

    // Hosts are in lower case in the normal form already, so only the user loses its case here.
    private static HashSet<string> Normalize(IEnumerable<string> uris) =>
        uris.Select(uri => AddressOfRecord.Of(SipUri.Parse(uri))).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
