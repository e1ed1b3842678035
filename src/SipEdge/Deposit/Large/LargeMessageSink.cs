using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.Storage;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Deposit.Large;

/// <summary>
/// One large message on its way into the body store. It is acknowledged when body and mailbox have it durably; until then, and
/// when anything breaks, it does not exist. On the loop.
/// </summary>
internal sealed class LargeMessageSink : IMsrpMessageSink
{
    // The headers of a CPIM message; what does not fit is no reason to refuse it.
    private const int CpimOctets = 8 * 1024;

    private readonly LargeDepositSession _session;
    private readonly MsrpIncomingMessage _message;
    private readonly IBodyWriter _body;
    private readonly byte[] _head;
    private long _held;
    private bool _isWaiting;

    public LargeMessageSink(LargeDepositSession session, MsrpIncomingMessage message, IBodyWriter body, bool isCpim)
    {
        _session = session;
        _message = message;
        _body = body;
        _head = isCpim ? new byte[CpimOctets] : [];
    }

    /// <inheritdoc/>
    public int Status { get; private set; } = MsrpStatusCode.Ok;

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> octets)
    {
        _session.Touch();
        var end = offset + octets.Length;
        if (!_session.MayGrow(ref _held, end) || _body.HasFailed)
        {
            Status = MsrpStatusCode.StopMessage;
            return;
        }

        if (offset < _head.Length)
        {
            var count = (int)Math.Min(octets.Length, _head.Length - offset);
            octets[..count].CopyTo(_head.AsSpan((int)offset));
        }

        _body.Write(offset, octets);
        if (_body.IsBehind && !_isWaiting)
        {
            _ = WaitAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> CompleteAsync(long length)
    {
        var outcome = DepositOutcome.StoreUnavailable;
        try
        {
            outcome = await _session.StoreAsync(_message, _body, length, _head.AsMemory(0, (int)Math.Min(_head.Length, length)));
        }
        catch (StorageFailureException failure)
        {
            _session.LogNotStored(failure);
        }
        finally
        {
            End(outcome == DepositOutcome.Stored);
        }

        return outcome switch
        {
            DepositOutcome.Stored or DepositOutcome.AlreadyStored or DepositOutcome.AlreadyHandled => MsrpStatusCode.Ok,
            DepositOutcome.MailboxFull => MsrpStatusCode.StopMessage,
            _ => MsrpStatusCode.Timeout, // RFC 4975 10.4: the sender may try again
        };
    }

    /// <inheritdoc/>
    public void Abort() => End(isStored: false);

    private void End(bool isStored)
    {
        _body.Dispose();
        _session.OnMessageEnded(ref _held, isStored);
    }

    // The disk is slower than the network: nothing more is read from this peer until it has caught up.
    private async Task WaitAsync()
    {
        _isWaiting = true;
        _session.Hold();
        await _body.CaughtUpAsync();
        _isWaiting = false;
        _session.Unhold();
    }
}
