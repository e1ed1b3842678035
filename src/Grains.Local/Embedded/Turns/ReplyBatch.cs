namespace Orleans.Embedded.Turns;

/// <summary>Continuations of one caller's context, run there one after the other.</summary>
internal sealed class ReplyBatch(OutsideReplies owner)
{
    public static readonly SendOrPostCallback Resume = static batch => ((ReplyBatch)batch!).Run();

    private readonly List<(Action<object?> Continuation, object? State)> _replies = [];
    private int _next;

    public SynchronizationContext? Context { get; set; }

    public void Add(Action<object?> continuation, object? state) => _replies.Add((continuation, state));

    private void Run()
    {
        while (_next < _replies.Count)
        {
            var (continuation, state) = _replies[_next++];
            var failed = true;
            try
            {
                continuation(state);
                failed = false;
            }
            finally
            {
                if (failed)
                {
                    // The context sees the exception; the other replies come in a turn of their own.
                    Context!.Post(Resume, this);
                }
            }
        }

        _replies.Clear();
        _next = 0;
        Context = null;
        owner.Reuse(this);
    }
}
