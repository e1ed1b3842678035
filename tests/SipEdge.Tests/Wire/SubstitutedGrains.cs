using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Settings;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>
/// The grain factory of a service in which something stands in for mailboxes or settings; all other grains are the real ones. A proxy,
/// since the factories of the two runtimes differ in the members that nobody here uses.
/// </summary>
#pragma warning disable CA1852 // A dispatch proxy is derived from at run time.
internal class SubstitutedGrains : DispatchProxy
#pragma warning restore CA1852
{
    private IGrainFactory _grains = null!;
    private Func<string, IUserMailbox, IUserMailbox> _substitute = null!;
    private Func<IServiceSettings, IServiceSettings>? _settings;

    /// <summary>Puts itself in front of the factory that is registered.</summary>
    /// <param name="services">The services of the service.</param>
    /// <param name="substitute">Makes what stands in for a mailbox out of its key and the real one.</param>
    /// <param name="made">Told the provider of all services.</param>
    /// <param name="settings">Makes what stands in for service settings.</param>
    public static void AddTo(
        IServiceCollection services,
        Func<string, IUserMailbox, IUserMailbox> substitute,
        Action<IServiceProvider>? made = null,
        Func<IServiceSettings, IServiceSettings>? settings = null)
    {
        var grains = services.Last(service => service.ServiceType == typeof(IGrainFactory)).ImplementationFactory!;
        services.AddSingleton(provider =>
        {
            made?.Invoke(provider);
            var factory = Create<IGrainFactory, SubstitutedGrains>();
            var proxy = (SubstitutedGrains)(object)factory;
            (proxy._grains, proxy._substitute, proxy._settings) = ((IGrainFactory)grains(provider), substitute, settings);
            return factory;
        });
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(_grains, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        return result switch
        {
            IUserMailbox mailbox when args is [string key, ..] => _substitute(key, mailbox),
            IServiceSettings real when _settings is not null => _settings(real),
            _ => result,
        };
    }
}
