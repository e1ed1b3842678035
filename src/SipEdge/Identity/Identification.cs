using Microsoft.Extensions.Options;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Identity;

/// <summary>
/// Finds out who sent a request (D15): P-Asserted-Identity from a trusted peer (RFC 3325), else digest (RFC 3261 22). A
/// P-Asserted-Identity from anyone else is not used in any way.
/// </summary>
public sealed class Identification(IOptions<IdentityOptions> options, IAccountDirectory accounts, DigestServer digest)
{
    private readonly TrustedPeers _trusted = new(options.Value.TrustedPeers);

    /// <summary>Whether what comes over a flow comes from a trusted peer.</summary>
    public bool IsFromTrusted(SipFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return _trusted.Any && _trusted.Contains(flow.Remote.Address);
    }

    /// <summary>
    /// Judges a request.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="flow">Where it came from.</param>
    /// <param name="originator">
    /// Who it is; unverified when the result is neither <see cref="DigestVerdict.Valid"/> nor <see cref="DigestVerdict.Repeated"/>.
    /// </param>
    /// <returns>
    /// Valid when the identity is known; Repeated when it is, but only for what was done before; Absent when nobody vouches
    /// for it; otherwise credentials were given that do not hold.
    /// </returns>
    public DigestVerdict Judge(SipMessage request, SipFlow flow, out Originator originator)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(flow);
        if (IsFromTrusted(flow) && TryReadAsserted(request, out originator))
        {
            return DigestVerdict.Valid;
        }

        var verdict = digest.Verify(request, out var userName);
        originator = verdict is DigestVerdict.Valid or DigestVerdict.Repeated && accounts.TryFindByUserName(userName, out var account)
            ? new Originator(SenderIdentity.Authenticated, account.Aor, account)
            : new Originator(SenderIdentity.Unverified, AddressOfRecord.Of(request.From.Uri));
        return verdict;
    }

    // RFC 3325 9.1: at most one sip or sips and one tel; more are ignored. The sip one names the user first.
    private bool TryReadAsserted(SipMessage request, out Originator originator)
    {
        originator = default;
        foreach (var value in request.GetValues(SipHeaderName.PAssertedIdentity))
        {
            if (!SipNameAddress.TryParse(value, out var address) || AddressOfRecord.Of(address.Uri) is not { Length: > 0 } aor)
            {
                continue;
            }

            accounts.TryFindByAddress(aor, out var account);
            originator = new Originator(SenderIdentity.Asserted, aor, account);
            if (account is not null)
            {
                return true;
            }
        }

        return originator.Identity == SenderIdentity.Asserted;
    }
}
