using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>Digest as a client (RFC 3261 22.2, 22.3, RFC 7616, RFC 8760): each challenge is answered once. Belongs to one loop.</summary>
public sealed class DigestClient(string userName, string password, SipIdentifiers random) : ISipAuthenticator
{
    /// <inheritdoc/>
    public bool TryAuthorize(SipMessage request, SipMessage challenge, SipRequestBuilder builder)
    {
        var isProxy = challenge.StatusCode == 407;
        if (Choose(challenge, isProxy ? SipHeaderName.ProxyAuthenticate : SipHeaderName.WwwAuthenticate) is not { } chosen)
        {
            return false;
        }

        var answerIn = isProxy ? SipHeaderName.ProxyAuthorization : SipHeaderName.Authorization;
        var isStale = string.Equals(chosen.Fields.GetText("stale"u8), "true", StringComparison.OrdinalIgnoreCase);
        if (HasAnswered(request, answerIn, chosen.Fields.GetText("realm"u8)!) && !isStale)
        {
            return false; // the password is wrong (22.2)
        }

        Rewrite(request, builder, answerIn);
        builder.Header(answerIn, Answer(request, chosen.Fields, chosen.Algorithm));
        return true;
    }

    private static (SipAuthentication Fields, DigestAlgorithm Algorithm)? Choose(SipMessage challenge, SipHeaderName name)
    {
        (SipAuthentication Fields, DigestAlgorithm Algorithm)? best = null;
        foreach (var header in challenge.Headers)
        {
            if (header.Name == name && SipAuthentication.TryParse(header.Value, out var fields) && fields.IsDigest
                && fields.GetText("realm"u8) is not null && fields.GetText("nonce"u8) is not null && OffersAuth(fields.GetText("qop"u8))
                && DigestHash.TryParse(fields.GetText("algorithm"u8), out var algorithm)
                && (best is null || algorithm < best.Value.Algorithm))
            {
                best = (fields, algorithm);
            }
        }

        return best;
    }

    private static bool OffersAuth(string? qop) =>
        qop is not null && qop.Split(',', StringSplitOptions.TrimEntries).Contains("auth", StringComparer.OrdinalIgnoreCase);

    private static bool HasAnswered(SipMessage request, SipHeaderName name, string realm)
    {
        foreach (var header in request.Headers)
        {
            if (header.Name == name && SipAuthentication.TryParse(header.Value, out var answered) && answered.IsDigest
                && answered.GetText("realm"u8) == realm)
            {
                return true;
            }
        }

        return false;
    }

    // 8.1.3.5: the same request with the next CSeq, in a transaction of its own.
    private static void Rewrite(SipMessage request, SipRequestBuilder builder, SipHeaderName answerIn)
    {
        builder.Start(request.Method, request.RequestUri);
        foreach (var header in request.Headers)
        {
            if (header.Name == SipHeaderName.CSeq)
            {
                builder.CSeq(request.CSeq.Number + 1);
            }
            else if (header.Name is not (SipHeaderName.Via or SipHeaderName.ContentLength or SipHeaderName.ContentType) && header.Name != answerIn)
            {
                builder.Header(header.NameText.ToString(), header.ToText());
            }
        }

        if (request.GetText(SipHeaderName.ContentType) is { } type)
        {
            builder.Body(type, request.Body.Memory);
        }
    }

    private string Answer(SipMessage request, in SipAuthentication challenge, DigestAlgorithm algorithm)
    {
        const string FirstUse = "00000001";
        var (realm, nonce, uri) = (challenge.GetText("realm"u8)!, challenge.GetText("nonce"u8)!, request.RequestUri.ToString());
        var clientNonce = random.NextTag();
        var ha1 = DigestHash.Ha1(algorithm, userName, realm, password);
        var response = DigestHash.Response(algorithm, ha1, nonce, FirstUse, clientNonce, request.Method.Name, uri);
        var opaque = challenge.GetText("opaque"u8) is { } value ? $", opaque={SipQuotedString.Encode(value)}" : string.Empty;
        return $"Digest username={SipQuotedString.Encode(userName)}, realm={SipQuotedString.Encode(realm)}, nonce={SipQuotedString.Encode(nonce)}, "
            + $"uri=\"{uri}\", response=\"{response}\", algorithm={DigestHash.ToText(algorithm)}, cnonce=\"{clientNonce}\", qop=auth, nc={FirstUse}{opaque}";
    }
}
