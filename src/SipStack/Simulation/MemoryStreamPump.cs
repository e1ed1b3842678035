using System.Buffers;
using System.IO.Pipelines;

namespace PosteRestante.SipStack.Simulation;

/// <summary>One direction of a stream: takes what is written and hands it on later, in order, in pieces.</summary>
internal sealed class MemoryStreamPump(MemoryNetwork network, PipeOptions options)
{
    private readonly Pipe _written = new(options);
    private readonly Pipe _delivered = new(options);

    /// <summary>Where the sender writes.</summary>
    public PipeWriter Writer => _written.Writer;

    /// <summary>Where the receiver reads.</summary>
    public PipeReader Reader => _delivered.Reader;

    /// <summary>Runs until the sender is done, the receiver reads no more, or either fails.</summary>
    public async Task RunAsync()
    {
        Exception? fault = null;
        try
        {
            while (await MoveAsync())
            {
                // One piece after the other.
            }
        }
        catch (Exception cut) when (cut is IOException or InvalidOperationException or OperationCanceledException)
        {
            fault = cut;
        }

        await _delivered.Writer.CompleteAsync(fault);
        await _written.Reader.CompleteAsync(fault);
    }

    private async Task<bool> MoveAsync()
    {
        var result = await _written.Reader.ReadAsync();
        await network.Loop.Enter();
        if (result.IsCompleted && result.Buffer.IsEmpty)
        {
            return false;
        }

        await Task.Delay(network.NextDelay(), network.Loop.Time);
        var piece = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, network.NextPiece()));
        foreach (var segment in piece)
        {
            _delivered.Writer.Write(segment.Span);
        }

        _written.Reader.AdvanceTo(piece.End);
        var flushed = await _delivered.Writer.FlushAsync();
        await network.Loop.Enter();
        return !flushed.IsCompleted;
    }
}
