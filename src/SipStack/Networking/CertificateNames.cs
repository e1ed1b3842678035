using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Networking;

/// <summary>Whom a certificate stands for (RFC 5922 7.1, 7.2).</summary>
public static class CertificateNames
{
    private static readonly Asn1Tag UriName = new(TagClass.ContextSpecific, 6);

    /// <summary>
    /// Whether a certificate is of a domain or an address. Names are compared whole and without case: RFC 5922 7.2 forbids
    /// wildcards. A SIP URI among the alternative names counts before DNS names, and the common name only where there is neither.
    /// </summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="name">A host name, or an IP address with or without brackets.</param>
    public static bool Matches(X509Certificate2 certificate, string name)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(name);
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        if (IPAddress.TryParse(name.Trim('[', ']'), out var address))
        {
            return alternatives?.EnumerateIPAddresses().Contains(address) == true;
        }

        return Domains(certificate, alternatives).Contains(name.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);
    }

    private static List<string> Domains(X509Certificate2 certificate, X509SubjectAlternativeNameExtension? alternatives)
    {
        if (alternatives is null)
        {
            return [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
        }

        // 7.1: a URI with a user part is a user's, not a domain's.
        var domains = Uris(alternatives)
            .Where(static uri => SipUri.TryParse(uri, out var sip) && sip.IsSip && sip.User.IsEmpty)
            .Select(static uri => SipUri.Parse(uri).Host.ToString())
            .ToList();
        if (domains.Count == 0)
        {
            domains.AddRange(alternatives.EnumerateDnsNames());
        }

        return domains;
    }

    private static List<string> Uris(X509SubjectAlternativeNameExtension alternatives)
    {
        var uris = new List<string>();
        var names = new AsnReader(alternatives.RawData, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            if (names.PeekTag().HasSameClassAndValue(UriName))
            {
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriName));
            }
            else
            {
                names.ReadEncodedValue();
            }
        }

        return uris;
    }
}
