using System.Buffers;
using System.IO.Pipelines;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>
/// The one writer of a connection: messages go out whole and in order. While the peer is slow they wait, up to a bound;
/// beyond it the connection is given up.
/// </summary>
internal sealed class SipConnectionWriter(EventLoop loop, PipeWriter output, int maxWaiting, Action giveUp)
{
    private readonly ArrayBufferWriter<byte> _waiting = new();
    private Task _flushing = Task.CompletedTask;
    private bool _failed;

    public SipSendResult Write(ReadOnlySpan<byte> octets)
    {
        if (_failed)
        {
            return SipSendResult.FlowGone;
        }

        if (!_flushing.IsCompleted)
        {
            return Enqueue(octets);
        }

        output.Write(octets);
        _flushing = FlushAsync();
        return _failed ? SipSendResult.FlowGone : SipSendResult.Sent;
    }

    /// <summary>Waits for what was written, then ends the direction.</summary>
    public async Task CompleteAsync()
    {
        await _flushing;
        _failed = true;
        await output.CompleteAsync();
    }

    private SipSendResult Enqueue(ReadOnlySpan<byte> octets)
    {
        if (_waiting.WrittenCount + octets.Length > maxWaiting)
        {
            _failed = true;
            output.CancelPendingFlush();
            giveUp();
            return SipSendResult.Congested;
        }

        _waiting.Write(octets);
        return SipSendResult.Sent;
    }

    private async Task FlushAsync()
    {
        try
        {
            while (true)
            {
                var result = await output.FlushAsync();
                await loop.Enter();
                if (result.IsCompleted || result.IsCanceled || _failed)
                {
                    Fail();
                    return;
                }

                if (_waiting.WrittenCount == 0)
                {
                    return;
                }

                output.Write(_waiting.WrittenSpan);
                _waiting.ResetWrittenCount();
            }
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException or InvalidOperationException)
        {
            await loop.Enter();
            Fail();
        }
    }

    private void Fail()
    {
        if (!_failed)
        {
            _failed = true;
            giveUp();
        }
    }
}
