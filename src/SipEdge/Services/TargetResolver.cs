using System.Net;
using Microsoft.Extensions.Options;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Accounts;

namespace PosteRestante.SipEdge.Services;

/// <summary>Finds what a Request-URI names, from memory, before any grain is called.</summary>
public sealed class TargetResolver(IOptions<ServiceOptions> options, ServiceUris uris, IAccountDirectory accounts, EdgeAddress address)
{
    private readonly string _host = options.Value.Host;

    /// <summary>What the URI names. Exact: there is no catch-all (design of the edge, profile 2.1).</summary>
    public Target Resolve(in SipUri uri)
    {
        if (!uri.IsSip && uri.Scheme != SipUriScheme.Tel)
        {
            return new Target(TargetKind.UnsupportedScheme);
        }

        var aor = AddressOfRecord.Of(uri);
        if (aor.Length == 0)
        {
            return new Target(IsOwnHost(uri) ? TargetKind.Service : TargetKind.Unknown);
        }

        if (uris.IsDeferred(aor))
        {
            return new Target(TargetKind.DeferredFunction);
        }

        if (uris.IsDelete(aor))
        {
            return new Target(TargetKind.DeleteBin);
        }

        return accounts.TryFindByAddress(aor, out var account)
            ? new Target(TargetKind.User, account)
            : new Target(TargetKind.Unknown);
    }

    // A probe addresses the element by the name or an address it has; only OPTIONS is answered there.
    private bool IsOwnHost(in SipUri uri) =>
        uri.Host.ToString() is var host
        && (host.Equals(_host, StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var named) && address.Owns(named)));
}
