namespace Orleans.Embedded.Calls;

/// <summary>
/// The calls of a shard that have no answer yet, oldest first. As all wait equally long, the head is the next to time
/// out; entering and leaving cost a few pointer writes.
/// </summary>
internal sealed class CallList
{
    private GrainCall? _oldest;
    private GrainCall? _newest;

    /// <summary>How many there are; other threads may read an older figure.</summary>
    public int Count { get; private set; }

    /// <summary>The one that times out next.</summary>
    public GrainCall? Oldest => _oldest;

    public void Add(GrainCall call, long deadline)
    {
        call.Links = new() { Deadline = deadline, Older = _newest, IsListed = true };
        if (_newest is null)
        {
            _oldest = call;
        }
        else
        {
            _newest.Links.Newer = call;
        }

        _newest = call;
        Count++;
    }

    public void Remove(GrainCall call)
    {
        if (!call.Links.IsListed)
        {
            return;
        }

        var (older, newer) = (call.Links.Older, call.Links.Newer);
        if (older is null)
        {
            _oldest = newer;
        }
        else
        {
            older.Links.Newer = newer;
        }

        if (newer is null)
        {
            _newest = older;
        }
        else
        {
            newer.Links.Older = older;
        }

        call.Links = default;
        Count--;
    }

    /// <summary>A call's place in the list.</summary>
    internal struct Links
    {
        public GrainCall? Older;
        public GrainCall? Newer;
        public long Deadline;
        public bool IsListed;
    }
}
