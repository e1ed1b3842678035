using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Orleans.Embedded.Calls;

namespace Orleans.Embedded.Turns;

/// <summary>One entry of a shard's queue: what is to run, and in which context.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Turn
{
    private readonly object _work;
    private readonly object? _state;

    private Turn(TurnKind kind, TurnContext? context, object work, object? state)
    {
        Kind = kind;
        Context = context;
        _work = work;
        _state = state;
    }

    public TurnKind Kind { get; }

    /// <summary>The context of a turn of an activation; null for <see cref="TurnKind.Deliver"/> and <see cref="TurnKind.Internal"/>.</summary>
    public TurnContext? Context { get; }

    /// <summary>The call of a <see cref="TurnKind.Deliver"/>.</summary>
    public GrainCall Call => Unsafe.As<GrainCall>(_work);

    public static Turn Deliver(GrainCall call) => new(TurnKind.Deliver, null, call, null);

    public static Turn Tick(Activation activation, GrainCall tick) => new(TurnKind.Tick, activation, tick, null);

    public static Turn Pump(Activation activation) => new(TurnKind.Pump, activation, activation, null);

    public static Turn Resume(TurnContext context, Action<object?> continuation, object? state) => new(TurnKind.Resume, context, continuation, state);

    public static Turn Post(TurnContext context, SendOrPostCallback callback, object? state) => new(TurnKind.Post, context, callback, state);

    public static Turn Internal(Action<object?> work, object? state) => new(TurnKind.Internal, null, work, state);

    /// <summary>Runs it on its shard's thread.</summary>
    public void Run(Shard shard)
    {
        SynchronizationContext.SetSynchronizationContext(Context);
        switch (Kind)
        {
            case TurnKind.Deliver:
                shard.Deliver(Call);
                break;
            case TurnKind.Tick:
                Context!.Activation.Accept(Call);
                break;
            case TurnKind.Pump:
                Unsafe.As<Activation>(_work).Pump();
                break;
            case TurnKind.Post:
                Unsafe.As<SendOrPostCallback>(_work)(_state);
                break;
            default:
                Unsafe.As<Action<object?>>(_work)(_state);
                break;
        }
    }
}
