using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded.Manifest;

/// <summary>
/// Makes the grain objects of one class. Where every argument is a singleton they are resolved once, so that a new
/// activation costs a constructor call and nothing else.
/// </summary>
internal sealed class GrainConstructor(
    ConstructorParameter[] parameters,
    Func<object?[], object> construct,
    IServiceProvider services,
    IServiceCollection registrations)
{
    private object?[]? _shared;

    public object Construct(Activation activation)
    {
        if (_shared is not null)
        {
            return construct(_shared);
        }

        var arguments = Array.ConvertAll(parameters, parameter => Resolve(parameter, activation));
        if (Array.TrueForAll(parameters, IsShared))
        {
            _shared = arguments;
        }

        return construct(arguments);
    }

    private object? Resolve(ConstructorParameter parameter, Activation activation)
    {
        if (parameter.Type == typeof(IGrainContext))
        {
            return activation;
        }

        return parameter.Key is null
            ? services.GetRequiredService(parameter.Type)
            : services.GetRequiredKeyedService(parameter.Type, parameter.Key);
    }

    private bool IsShared(ConstructorParameter parameter)
    {
        if (parameter.Type == typeof(IGrainContext))
        {
            return false;
        }

        var registration = registrations.LastOrDefault(candidate => Equals(candidate.ServiceKey, parameter.Key) && Serves(candidate.ServiceType, parameter.Type));
        return registration is null or { Lifetime: ServiceLifetime.Singleton };
    }

    private static bool Serves(Type registered, Type wanted) =>
        registered == wanted || (registered.IsGenericTypeDefinition && wanted.IsGenericType && wanted.GetGenericTypeDefinition() == registered);
}
