using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What grains ask of their activation, beyond Orleans' <see cref="IGrainContext"/>.</summary>
internal interface IActivation : IGrainContext
{
    IReferenceFactory GrainFactory { get; }

    void DelayDeactivation(TimeSpan timeSpan);

    IGrainTimer RegisterTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
}
