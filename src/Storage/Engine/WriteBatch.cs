namespace PosteRestante.Storage.Engine;

/// <summary>
/// The writes that will share one sync: their verdicts, what they append, and what later ones in the batch must
/// be judged against. Nothing of it is seen outside before the sync; dropping it undoes it.
/// </summary>
internal sealed class WriteBatch
{
    private readonly Dictionary<RecordKey, RecordVersion> _versions = [];

    public List<WriteRequest> Requests { get; } = [];

    public BlockWriter Block { get; } = new();

    /// <summary>Rows appended; none when all lost.</summary>
    public int Appends { get; private set; }

    public long FirstRow { get; private set; }

    public long LastRow { get; private set; }

    public bool TryGet(in RecordKey key, out RecordVersion version) => _versions.TryGetValue(key, out version);

    public void Add(WriteRequest request) => Requests.Add(request);

    public void Append(WriteRequest request)
    {
        long id = request.Version.Exists ? request.Version.Id : request.Replaced.Id;
        Block.Add(request.Kind, request.Key, id, request.Row, request.Value.Span);
        _versions[request.Key] = request.Version;
        FirstRow = Appends == 0 ? request.Row : FirstRow;
        LastRow = request.Row;
        Appends++;
    }

    public void Reset()
    {
        _versions.Clear();
        Requests.Clear();
        Block.Reset();
        (Appends, FirstRow, LastRow) = (0, 0, 0);
    }
}
