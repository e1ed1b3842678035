using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.Silo.Tls;

/// <summary>Refuses files that cannot be used at the start; later ones that cannot leave what is there in place.</summary>
public sealed class TlsOptionsValidator : IValidateOptions<TlsOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.CertificateFile.Length > 0 != options.KeyFile.Length > 0 || (options.ClientAuthoritiesFile.Length > 0 && !options.IsOn))
        {
            return new OptionFailures(TlsOptions.SectionName)
                .Require(
                    options.CertificateFile.Length == 0 || options.KeyFile.Length > 0,
                    nameof(options.KeyFile),
                    "must name the key of Tls:CertificateFile")
                .Require(
                    options.IsOn || (options.KeyFile.Length == 0 && options.ClientAuthoritiesFile.Length == 0),
                    nameof(options.CertificateFile),
                    "must name the certificate that belongs to the other Tls settings; without it there is no TLS listener")
                .Result();
        }

        try
        {
            TlsFiles.Read(options).Parse();
            return ValidateOptionsResult.Success;
        }
        catch (Exception unusable) when (unusable is IOException or CryptographicException)
        {
            return ValidateOptionsResult.Fail(unusable.Message);
        }
    }
}
