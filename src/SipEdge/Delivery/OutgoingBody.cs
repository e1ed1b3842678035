using PosteRestante.SipEdge.Handover;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.Storage;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// Reads a message that is handed over, piece by piece: its head, what the body store has, its tail. The body is opened with
/// the first piece, so that what waits in a session holds nothing open. On the loop.
/// </summary>
/// <param name="content">What is read.</param>
/// <param name="bodies">The body store.</param>
/// <param name="loop">The loop.</param>
/// <param name="retries">How often a store that is busy is asked again.</param>
internal sealed class OutgoingBody(HandoverContent content, IBodyStore bodies, EventLoop loop, int retries) : IDisposable
{
    // The head does not go out alone: a chunk of less than 2048 octets may only be a message's last (RFC 4975 7.1.1).
    private const int FirstBodyOctets = 16 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly long _bodyEnd = content.Head.Length + content.Body.Length;
    private IBodyReader? _reader;
    private ReadOnlyMemory<byte> _piece;
    private long _pieceEnd;
    private bool _isDisposed;

    /// <summary>Why the last piece was empty.</summary>
    public BodyFault Fault { get; private set; }

    /// <summary>The octets from a position on; empty when they cannot be read, see <see cref="Fault"/>.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long position)
    {
        try
        {
            if (position == 0)
            {
                return await ReadFirstAsync();
            }

            return position < _bodyEnd
                ? await ReadStoredAsync(position)
                : content.Tail[(int)(position - _bodyEnd)..];
        }
        catch (StorageFailureException failure)
        {
            Fault = failure.Kind == StorageFailureKind.Damaged ? BodyFault.Lost : BodyFault.Unavailable;
        }
        catch (ObjectDisposedException) when (_isDisposed)
        {
            // Settled while a piece was on its way.
        }

        return default;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _piece = default;
        _reader?.Dispose();
        _reader = null;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadFirstAsync()
    {
        if (!BodyName.TryParse(content.Body.Name, out var name) || await OpenAsync(name) is not { } reader)
        {
            Fault = _isDisposed ? BodyFault.None : BodyFault.Lost;
            return default;
        }

        _reader = reader;
        var head = content.Head;
        var body = await ReadStoredAsync(head.Length);
        if (body.IsEmpty)
        {
            return default;
        }

        var first = new byte[head.Length + Math.Min(body.Length, FirstBodyOctets)];
        head.CopyTo(first);
        body[..(first.Length - head.Length)].CopyTo(first.AsMemory(head.Length));
        return first;
    }

    private async ValueTask<IBodyReader?> OpenAsync(BodyName name)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var reader = await bodies.OpenAsync(name, content.Body.Length);
                if (!_isDisposed)
                {
                    return reader;
                }

                reader?.Dispose();
                return null;
            }
            catch (StorageFailureException failure)
                when (failure.Kind == StorageFailureKind.NotExecuted && attempt < retries && !_isDisposed)
            {
                // As many bodies are read as may be.
            }

            await Task.Delay(FirstPause * (1 << attempt), loop.Time);
        }
    }

    // Of a piece that was not taken whole the rest is given first: the reader is asked only for what comes next.
    private async ValueTask<ReadOnlyMemory<byte>> ReadStoredAsync(long position)
    {
        if (position >= _pieceEnd)
        {
            ObjectDisposedException.ThrowIf(_reader is null, this);
            _piece = await _reader.ReadAsync(position - content.Head.Length);
            _pieceEnd = position + _piece.Length;
            if (_piece.IsEmpty)
            {
                Fault = BodyFault.Lost; // shorter than it was
            }
        }

        return _piece[^(int)(_pieceEnd - position)..];
    }
}
