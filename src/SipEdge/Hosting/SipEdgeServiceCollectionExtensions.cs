using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Delivery;
using PosteRestante.SipEdge.Deposit;
using PosteRestante.SipEdge.Deposit.Large;
using PosteRestante.SipEdge.Identity;
using PosteRestante.SipEdge.Publication;
using PosteRestante.SipEdge.Push;
using PosteRestante.SipEdge.Registration;
using PosteRestante.SipEdge.Retrieval;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Sessions;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Sip.Authentication;

namespace PosteRestante.SipEdge.Hosting;

/// <summary>Registers the Deferred Messaging Function.</summary>
public static class SipEdgeServiceCollectionExtensions
{
    /// <summary>
    /// Adds the function and its handlers. The host adds the event loop, the MSRP endpoint, <c>SipIdentifiers</c>,
    /// <c>SipEndpoint</c>, <c>DigestServer</c>, <see cref="PublicationTags"/>, the grain factory and the options, and sets <see cref="EdgeAddress"/> and
    /// <see cref="UnidentifiedSenders"/> before the first request.
    /// </summary>
    public static IServiceCollection AddSipEdge(this IServiceCollection services)
    {
        services.TryAddSingleton<IAccountDirectory, ConfiguredAccountDirectory>();
        services.TryAddSingleton<ServiceUris>();
        services.TryAddSingleton<TargetResolver>();
        services.TryAddSingleton<EdgeAddress>();
        services.TryAddSingleton<UnidentifiedSenders>();
        services.TryAddSingleton<IDigestCredentials, AccountCredentials>();
        services.TryAddSingleton<Identification>();
        services.TryAddSingleton<Challenger>();
        services.TryAddSingleton<AnswerWriter>();
        services.TryAddSingleton<EdgeTelemetry>();
        services.TryAddSingleton<DepositHandler>();
        services.TryAddSingleton<SessionLayer>();
        services.TryAddSingleton<LargeDepositHandler>();
        services.TryAddSingleton<DeliveryLayer>();
        services.TryAddSingleton<RetrievalHandler>();
        services.TryAddSingleton<RegistrationHandler>();
        services.TryAddSingleton<IPushTargets>(static provider => provider.GetRequiredService<RegistrationHandler>());
        services.TryAddSingleton<PushHandler>();
        services.TryAddSingleton<PublicationHandler>();
        services.TryAddSingleton<DeferredMessagingFunction>();
        return services;
    }
}
