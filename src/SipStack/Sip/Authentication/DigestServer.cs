using System.Security.Cryptography;
using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>
/// Digest as a server (RFC 3261 22.4, RFC 7616, RFC 8760): qop=auth, SHA-256 before MD5, nonces that are signed instead of
/// remembered, and counts that are good once. Belongs to one loop.
/// </summary>
public sealed class DigestServer
{
    private static readonly TimeSpan OneTick = TimeSpan.FromTicks(1);

    private readonly DigestOptions _options;
    private readonly IDigestCredentials _credentials;
    private readonly TimeProvider _time;
    private readonly NonceSigner _nonces;
    private readonly NonceCounts _counts;

    /// <summary>Creates a server.</summary>
    /// <param name="options">The options; the realm must be set.</param>
    /// <param name="credentials">Who may call.</param>
    /// <param name="secret">
    /// 32 octets that sign nonces. With those of a former start its nonces are known, but what of them was used is not:
    /// they are good for repeats only.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Makes nonces differ.</param>
    public DigestServer(DigestOptions options, IDigestCredentials credentials, byte[] secret, TimeProvider time, SipIdentifiers random)
    {
        if (options.Realm.Length == 0)
        {
            throw new ArgumentException("Digest needs a realm.", nameof(options));
        }

        _options = options;
        _credentials = credentials;
        _time = time;
        _nonces = new NonceSigner(secret, options.Realm, random);
        _counts = new NonceCounts(options.MaxTrackedNonces, (time.GetUtcNow() - OneTick).UtcTicks);
    }

    /// <summary>Judges the Authorization of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="userName">
    /// The user; empty unless the verdict is <see cref="DigestVerdict.Valid"/> or <see cref="DigestVerdict.Repeated"/>.
    /// </param>
    public DigestVerdict Verify(SipMessage request, out string userName)
    {
        userName = string.Empty;
        if (FindCredentials(request) is not { } fields)
        {
            return DigestVerdict.Absent;
        }

        if (!IsRight(request, fields, out var nonce, out var count))
        {
            return DigestVerdict.Invalid;
        }

        var verdict = Use(nonce, count);
        userName = verdict == DigestVerdict.Stale ? string.Empty : fields.GetText("username"u8)!;
        return verdict;
    }

    /// <summary>Writes the challenges into a 401, the preferred algorithm first (RFC 8760 2.3).</summary>
    /// <param name="response">The response that was started.</param>
    /// <param name="verdict">Why it is challenged: stale credentials are told so.</param>
    public void Challenge(SipResponseBuilder response, DigestVerdict verdict)
    {
        var nonce = _nonces.Create(_time.GetUtcNow().UtcTicks);
        var stale = verdict is DigestVerdict.Stale or DigestVerdict.Repeated ? ", stale=true" : string.Empty;
        Write(DigestAlgorithm.Sha256);
        if (_options.OfferMd5)
        {
            Write(DigestAlgorithm.Md5);
        }

        void Write(DigestAlgorithm algorithm) => response.Header(
            SipHeaderName.WwwAuthenticate,
            $"Digest realm={SipQuotedString.Encode(_options.Realm)}, nonce=\"{nonce}\", algorithm={DigestHash.ToText(algorithm)}, qop=\"auth\"{stale}");
    }

    private DigestVerdict Use(string nonce, uint count)
    {
        var oldest = _time.GetUtcNow() - _options.NonceLifetime;
        var oldestRepeat = (oldest - _options.RepeatWindow).UtcTicks;
        _counts.ForgetIssuedBefore(oldestRepeat);
        if (!_nonces.TryRead(nonce, out var issuedAt) || issuedAt < oldestRepeat)
        {
            return DigestVerdict.Stale;
        }

        if (issuedAt >= oldest.UtcTicks && _counts.TryUse(nonce, issuedAt, count))
        {
            return DigestVerdict.Valid;
        }

        return _counts.MayBeUsed(nonce, issuedAt, count) ? DigestVerdict.Repeated : DigestVerdict.Stale;
    }

    private SipAuthentication? FindCredentials(SipMessage request)
    {
        if (!request.Contains(SipHeaderName.Authorization))
        {
            return null;
        }

        foreach (var header in request.Headers)
        {
            if (header.Name == SipHeaderName.Authorization && SipAuthentication.TryParse(header.Value, out var fields) && fields.IsDigest
                && fields.GetText("realm"u8) == _options.Realm)
            {
                return fields;
            }
        }

        return null;
    }

    private bool IsRight(SipMessage request, in SipAuthentication fields, out string nonce, out uint count)
    {
        nonce = fields.GetText("nonce"u8) ?? string.Empty;
        count = 0;
        if (fields.GetText("username"u8) is not { } userName || fields.GetText("response"u8) is not { } response
            || fields.GetText("uri"u8) is not { } uri || fields.GetText("nc"u8) is not { Length: 8 } nonceCount
            || fields.GetText("cnonce"u8) is not { Length: > 0 } clientNonce
            || !string.Equals(fields.GetText("qop"u8), "auth", StringComparison.OrdinalIgnoreCase)
            || !DigestHash.TryParse(fields.GetText("algorithm"u8), out var algorithm)
            || (algorithm == DigestAlgorithm.Md5 && !_options.OfferMd5)
            || !uint.TryParse(nonceCount, System.Globalization.NumberStyles.AllowHexSpecifier, null, out count)
            || !IsRequestUri(uri, request.RequestUri))
        {
            return false;
        }

        // An unknown user costs the same work as a wrong password.
        var ha1 = _credentials.FindHa1(userName, _options.Realm, algorithm);
        var expected = DigestHash.Response(algorithm, ha1 ?? string.Empty, nonce, nonceCount, clientNonce, request.Method.Name, uri);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(response.ToLowerInvariant()))
            && ha1 is not null;
    }

    // RFC 7616 3.4.6: credentials for one resource are not good for another. Equal by RFC 3261 19.1.4, for proxies rewrite spellings.
    private static bool IsRequestUri(string uri, SipUri requestUri) =>
        SipUri.TryParse(uri, out var named) && (named == requestUri || named.Text == requestUri.Text);
}
