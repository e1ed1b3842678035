using System.Security.Cryptography;
using System.Text;

namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>The arithmetic of digest (RFC 7616 3.4).</summary>
public static class DigestHash
{
    /// <summary>The name of an algorithm on the wire.</summary>
    public static string ToText(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? "SHA-256" : "MD5";

    /// <summary>Reads the name of an algorithm; an absent one means MD5. The -sess variants are not offered, and so not known.</summary>
    public static bool TryParse(string? text, out DigestAlgorithm algorithm)
    {
        algorithm = string.Equals(text, "SHA-256", StringComparison.OrdinalIgnoreCase) ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5;
        return text is null || algorithm == DigestAlgorithm.Sha256 || string.Equals(text, "MD5", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>H(A1): what a credential store keeps in the place of the password.</summary>
    public static string Ha1(DigestAlgorithm algorithm, string userName, string realm, string password) =>
        Hash(algorithm, $"{userName}:{realm}:{password}");

    /// <summary>The response for qop=auth.</summary>
    public static string Response(DigestAlgorithm algorithm, string ha1, string nonce, string nonceCount, string clientNonce, string method, string uri) =>
        Hash(algorithm, $"{ha1}:{nonce}:{nonceCount}:{clientNonce}:auth:{Hash(algorithm, $"{method}:{uri}")}");

    private static string Hash(DigestAlgorithm algorithm, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5351 // RFC 3261 22.4 makes MD5 the algorithm every client has
        return Convert.ToHexStringLower(algorithm == DigestAlgorithm.Sha256 ? SHA256.HashData(octets) : MD5.HashData(octets));
#pragma warning restore CA5351
    }
}
