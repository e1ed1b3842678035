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

    /// <summary>
    /// What the Request-URI of a REGISTER names (RFC 3261 10.2, 10.3 steps 1 and 5): the registrar, when it is our host or the domain
    /// of the user in To, and that user is served.
    /// </summary>
    public Target ResolveRegistrar(SipMessage register)
    {
        ArgumentNullException.ThrowIfNull(register);
        var uri = register.RequestUri;
        if (!uri.IsSip)
        {
            return new Target(TargetKind.UnsupportedScheme);
        }

        var aor = AddressOfRecord.Of(register.To.Uri);
        return uri.User.IsEmpty
            && accounts.TryFindByAddress(aor, out var account)
            && (IsOwnHost(uri) || AddressOfRecord.DomainOf(aor).Equals(uri.Host.ToString(), StringComparison.OrdinalIgnoreCase))
                ? new Target(TargetKind.Registrar, account)
                : new Target(TargetKind.Unknown);
    }

    // A probe addresses the element by the name or an address it has; only OPTIONS is answered there.
    private bool IsOwnHost(in SipUri uri) =>
        uri.Host.ToString() is var host
        && (host.Equals(_host, StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var named) && address.Owns(named)));
}
