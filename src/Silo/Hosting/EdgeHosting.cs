using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using PosteRestante.Grains.Messages;
using PosteRestante.Silo.Listeners;
using PosteRestante.SipEdge.Deposit;
using PosteRestante.SipEdge.Hosting;
using PosteRestante.SipEdge.Identity;
using PosteRestante.SipEdge.Publication;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;

namespace PosteRestante.Silo.Hosting;

/// <summary>Puts MSRP, digest and the Deferred Messaging Function on the loop.</summary>
internal static class EdgeHosting
{
    private const string NoncePurpose = "digest-nonce";
    private const string TagPurpose = "publication-tag";

    /// <summary>Adds the MSRP side.</summary>
    public static void AddMsrp(this IServiceCollection services)
    {
        services.AddSingleton(provider => new MsrpInstruments(provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton(provider => new MsrpIdentifiers(provider.GetRequiredService<RandomFill>().Invoke));
        services.AddSingleton(provider => new MsrpEndpoint(
            provider.GetRequiredService<EventLoop>(),
            provider.GetRequiredService<IOptions<MsrpOptions>>().Value,
            provider.GetRequiredService<MsrpIdentifiers>(),
            provider.GetRequiredService<IConnectionFactory>(),
            provider.GetRequiredService<MsrpInstruments>(),
            provider.GetRequiredService<ILogger<MsrpEndpoint>>()));
    }

    /// <summary>Adds the function with what it asks of its host: addresses, who may deposit, how callers prove who they are.</summary>
    public static void AddDeferredMessaging(this IServiceCollection services)
    {
        services.AddSingleton(provider => AddressOf(
            provider.GetRequiredService<ListenerSockets>(), provider.GetRequiredService<ITlsMaterialSource>()));
        services.AddSingleton(provider => new UnidentifiedSenders
        {
            MayDeposit = provider.GetRequiredService<IOptions<DepositOptions>>().Value.AllowUnauthenticated == true,
        });
        services.AddSingleton(Digest);
        services.AddSingleton(provider => new PublicationTags(
            provider.GetRequiredService<KeySecret>().Derive(TagPurpose), provider.GetRequiredService<SipIdentifiers>()));
        services.AddSipEdge();
    }

    private static EdgeAddress AddressOf(ListenerSockets sockets, ITlsMaterialSource material) => new()
    {
        Host = sockets.Advertised.ToString(),
        Listening = sockets.Sip.Address,
        SipPort = sockets.Sip.Port,
        MsrpPort = sockets.Msrp.Port,
        SipsPort = sockets.Sips?.Port,
        MsrpsPort = sockets.Msrps?.Port,
        Fingerprint = () => material.Current.Fingerprint,
    };

    // The nonces of a former start are known again: the repeat of a message that it took must get 202, not a challenge.
    private static DigestServer Digest(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<DigestOptions>>().Value,
        provider.GetRequiredService<IDigestCredentials>(),
        provider.GetRequiredService<KeySecret>().Derive(NoncePurpose),
        provider.GetRequiredService<EventLoop>().Time,
        provider.GetRequiredService<SipIdentifiers>());
}
