using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Manifest;
using Orleans.Embedded.Simulation;
using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// The grain runtime of one process: shards that run grains, and the factory of references to them. It starts, stops
/// in good order, or crashes: then everything in memory is lost and what the stores hold is kept.
/// </summary>
internal sealed partial class EmbeddedRuntime : IGrainFactory
{
    private readonly GrainManifest _manifest;
    private readonly Dictionary<GrainType, GrainClass> _classes;
    private readonly Shard[] _shards;
    private readonly ShardThread[] _threads;
    private readonly ILogger _logger;
    private GrainBinding?[] _bindings = [];
    private volatile bool _accepting = true;
    private volatile GracefulStop? _stopping;
    private volatile bool _crashed;

    public EmbeddedRuntime(IServiceProvider services, GrainManifest manifest, IServiceCollection registrations)
    {
        Services = services;
        _manifest = manifest;
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Embedded");
        Options = services.GetRequiredService<IOptions<EmbeddedRuntimeOptions>>().Value;
        Collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        var fallback = services.GetService<TimeProvider>() ?? TimeProvider.System;
        GrainClock = services.GetKeyedService<TimeProvider>("Orleans.Grains") ?? fallback;
        MessagingClock = services.GetKeyedService<TimeProvider>("Orleans.Messaging") ?? fallback;
        ResponseTimeout = services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.ResponseTimeout;
        ResponseTimeoutStamps = (long)(ResponseTimeout.TotalSeconds * MessagingClock.TimestampFrequency);
        Classes = manifest.MakeClasses(services.GetRequiredService<IOptions<PlacementHints>>().Value, services, registrations);
        _classes = Classes.ToDictionary(static grainClass => grainClass.GrainType);
        Simulation = services.GetService<SimulationCore>();
        Disorder = Simulation?.Disorder;
        _shards = [.. Enumerable.Range(0, Options.EffectiveShards).Select(index => new Shard(this, index))];
        _threads = Simulation is null ? [.. _shards.Select(static shard => new ShardThread(shard))] : [];
    }

    public IServiceProvider Services { get; }

    public EmbeddedRuntimeOptions Options { get; }

    public GrainCollectionOptions Collection { get; }

    /// <summary>The clock of grains: timers, reminders, idleness.</summary>
    public TimeProvider GrainClock { get; }

    /// <summary>The clock of calls: response timeouts.</summary>
    public TimeProvider MessagingClock { get; }

    public TimeSpan ResponseTimeout { get; }

    public long ResponseTimeoutStamps { get; }

    public IReadOnlyList<GrainClass> Classes { get; }

    public IReadOnlyList<Shard> Shards => _shards;

    public bool CopiesArguments => Options.CopyArguments;

    /// <summary>Whether calls from outside are taken.</summary>
    public bool IsAccepting => _accepting;

    /// <summary>The stop that is under way.</summary>
    public GracefulStop? Stopping => _stopping;

    /// <summary>The simulation that steps the shards; null: threads do.</summary>
    public SimulationCore? Simulation { get; }

    /// <summary>What the simulation does to calls and activations.</summary>
    public Disorder? Disorder { get; }

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        return (TGrainInterface)(object)Binding<TGrainInterface>().Create(IdSpan.Create(primaryKey));
    }

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => Reference<TGrainInterface>(grainId);

    /// <summary>A reference to a grain by its id.</summary>
    public TGrainInterface Reference<TGrainInterface>(GrainId grainId)
    {
        var binding = Binding<TGrainInterface>();
        return binding.Class.GrainType == grainId.Type
            ? (TGrainInterface)(object)binding.Create(grainId.Key)
            : throw new ArgumentException($"{grainId} is not a {binding.Class.GrainType}.", nameof(grainId));
    }

    /// <summary>The class with this grain type, or null.</summary>
    public GrainClass? ClassOf(GrainType grainType) => _classes.GetValueOrDefault(grainType);

    /// <summary>The shard where a grain lives.</summary>
    public Shard ShardOf(IdSpan key) => _shards.Length == 1 ? _shards[0] : _shards[(uint)key.GetHashCode() % (uint)_shards.Length];

    /// <summary>Sends a call to the shard of its grain. Null: it is under way.</summary>
    public Exception? Submit(GrainCall call, TurnContext? caller)
    {
        if (!TryPlace(call, caller, out var shard))
        {
            return new InvalidOperationException($"{call.Class.GrainType} lives on the shard of the grain that calls it; with several shards it is not called from outside.");
        }

        return Disorder is null ? shard.Submit(call) : Disorder.Submit(call, shard);
    }

    /// <summary>Starts the shards; calls that came before have waited for it.</summary>
    public void Start()
    {
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Lets requests finish and activations end, then stops. When <paramref name="patience"/> is cancelled it crashes instead.</summary>
    public async Task StopAsync(CancellationToken patience)
    {
        if (_crashed)
        {
            return;
        }

        _accepting = false;
        var stop = new GracefulStop(_shards.Length);
        _stopping = stop;
        foreach (var shard in _shards)
        {
            shard.WakeForTime();
        }

        try
        {
            await stop.Done.WaitAsync(patience);
        }
        catch (OperationCanceledException)
        {
            LogStopCutShort();
        }

        Crash();
    }

    /// <summary>Drops everything at once: no <c>OnDeactivateAsync</c>, and calls without an answer fail.</summary>
    public void Crash()
    {
        _accepting = false;
        _crashed = true;
        foreach (var shard in _shards)
        {
            shard.Close();
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }

        if (Simulation is not null)
        {
            foreach (var shard in _shards)
            {
                shard.Drop();
            }
        }
    }

    private bool TryPlace(GrainCall call, TurnContext? caller, out Shard shard)
    {
        shard = _shards[0];
        if (_shards.Length == 1)
        {
            return true;
        }

        if (!call.Class.IsPlacedWithCaller)
        {
            shard = ShardOf(call.Key);
            return true;
        }

        shard = caller?.Activation.Shard ?? shard;
        return caller is not null;
    }

    private GrainBinding Binding<TGrainInterface>()
    {
        var slot = InterfaceSlot<TGrainInterface>.Index;
        var bindings = Volatile.Read(ref _bindings);
        return slot < bindings.Length && bindings[slot] is { } binding ? binding : Bind(typeof(TGrainInterface), slot);
    }

    private GrainBinding Bind(Type type, int slot)
    {
        lock (_manifest)
        {
            var bindings = new GrainBinding?[Math.Max(_bindings.Length, slot + 1)];
            _bindings.CopyTo(bindings, 0);
            var binding = bindings[slot] ??= new GrainBinding(this, ClassServing(type), _manifest.FactoryOf(type));
            Volatile.Write(ref _bindings, bindings);
            return binding;
        }
    }

    private GrainClass ClassServing(Type type)
    {
        var serving = Classes.Where(grainClass => type.IsAssignableFrom(grainClass.Type)).ToArray();
        return serving.Length switch
        {
            1 => serving[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {type}", nameof(type)),
            _ => throw new ArgumentException($"Several grain classes implement {type}: {string.Join(", ", serving.Select(static grainClass => grainClass.Type))}", nameof(type)),
        };
    }
}
