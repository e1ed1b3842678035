using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Silo.Listeners;

/// <summary>Names that one section sets for several: the advertised address for Via, the realm for challenges.</summary>
internal sealed class AdvertisedNames(IOptions<ListenerOptions> listeners, IOptions<ServiceOptions> service)
    : IPostConfigureOptions<SipTransportOptions>, IPostConfigureOptions<DigestOptions>
{
    public void PostConfigure(string? name, SipTransportOptions options)
    {
        if (string.IsNullOrEmpty(options.AdvertisedHost) && Valid(listeners) is { AdvertisedAddress.Length: > 0 } set)
        {
            options.AdvertisedHost = set.AdvertisedAddress;
        }
    }

    public void PostConfigure(string? name, DigestOptions options)
    {
        if (options.Realm.Length == 0)
        {
            options.Realm = Valid(service)?.Host ?? string.Empty;
        }
    }

    /// <summary>The options of another section; null when that one is refused, in its own words.</summary>
    private static TOptions? Valid<TOptions>(IOptions<TOptions> options)
        where TOptions : class
    {
        try
        {
            return options.Value;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }
}
