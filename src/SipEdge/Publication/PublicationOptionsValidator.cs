using Microsoft.Extensions.Options;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Publication;

/// <summary>Refuses values of <see cref="PublicationOptions"/> that cannot work, all at once.</summary>
public sealed class PublicationOptionsValidator : IValidateOptions<PublicationOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PublicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionFailures(PublicationOptions.SectionName)
            .Require(
                options.Events.All(static package => SipTokenValue.TryParse(SipText.From(package), out var token) && token.ToString() == package),
                nameof(options.Events),
                "must list names of event packages, such as im-settings")
            .Require(
                options.MediaTypes.All(static type => SipMediaType.TryParse(SipText.From(type), out _)),
                nameof(options.MediaTypes),
                "must list media types, such as application/im-settings+xml")
            .InRange(nameof(options.MinExpires), options.MinExpires, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
            .InRange(nameof(options.MaxExpires), options.MaxExpires, options.MinExpires, TimeSpan.FromDays(365))
            .InRange(nameof(options.DefaultExpires), options.DefaultExpires, options.MinExpires, options.MaxExpires)
            .InRange(nameof(options.MaxOctets), options.MaxOctets, 256, 1024 * 1024)
            .InRange(nameof(options.MaxPending), options.MaxPending, 1, 1_000_000)
            .Result();
    }
}
