using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using PosteRestante.Client.Settings;
using PosteRestante.TestKit;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>
/// Senders of MESSAGE on one UDP socket that keep a fixed number of requests in flight, with sockets alone: whatever the
/// server's stack does, this does not do it too. A request without an answer is sent again, as RFC 3261 17.1.2 asks.
/// </summary>
internal sealed class DepositLoad : IAsyncDisposable
{
    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    private readonly Socket _socket;
    private readonly IPEndPoint _server;
    private readonly IReadOnlyList<string> _users;
    private readonly string _name;
    private readonly ClientAccount? _sender;
    private readonly ConcurrentDictionary<string, Deposit> _inFlight = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Deposit> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SipReply> _refusals = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _marks = new();
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _receiving;
    private readonly Task _resending;
    private int _made;
    private volatile bool _makesMore = true;

    /// <summary>Begins to send.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="users">The recipients, in turn.</param>
    /// <param name="name">The beginning of every Call-ID; unique in the test.</param>
    /// <param name="window">Requests in flight.</param>
    /// <param name="sender">Who answers challenges; null when a challenge is a refusal.</param>
    public DepositLoad(IPEndPoint server, IReadOnlyList<string> users, string name, int window, ClientAccount? sender = null)
    {
        _sender = sender;
        _server = server;
        _users = users;
        _name = name;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 * 1024 * 1024 };
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _receiving = ReceiveAsync();
        _resending = ResendAsync();
        Send(window);
    }

    /// <summary>Requests that were answered 202.</summary>
    public IReadOnlyDictionary<string, Deposit> Acknowledged => _acknowledged;

    /// <summary>Requests without a final answer.</summary>
    public IReadOnlyDictionary<string, Deposit> InFlight => _inFlight;

    /// <summary>Final answers other than 202.</summary>
    public IReadOnlyCollection<SipReply> Refusals => _refusals;

    /// <summary>Completes when a request got another final answer than 202.</summary>
    public Task WhenRefused => _refused.Task;

    /// <summary>Completes when so many requests were answered 202.</summary>
    public async Task WhenAcknowledged(int count)
    {
        var mark = _marks.GetOrAdd(count, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_acknowledged.Count >= count)
        {
            mark.TrySetResult();
        }

        await await Task.WhenAny(mark.Task, _receiving, _resending).WaitAsync(Polling.Patience, TimeProvider.System);
    }

    /// <summary>Sends just so many requests, and waits until each has its final answer.</summary>
    public static async Task<DepositLoad> RunAsync(IPEndPoint server, IReadOnlyList<string> users, string name, int count)
    {
        var load = new DepositLoad(server, users, name, window: 0);
        load.MakeNoMore();
        load.Send(count);
        await load.WhenAnsweredAsync();
        return load;
    }

    /// <summary>Sends so many new requests.</summary>
    public void Send(int count)
    {
        for (var i = 0; i < count; i++)
        {
            SendNext();
        }
    }

    /// <summary>Makes no new request; those in flight are still sent again and awaited.</summary>
    public void MakeNoMore() => _makesMore = false;

    /// <summary>Sends requests of an earlier load again, octet for octet, from this socket.</summary>
    public void SendAgain(IEnumerable<Deposit> deposits)
    {
        foreach (var deposit in deposits)
        {
            _inFlight[deposit.CallId] = deposit;
            Send(deposit);
        }
    }

    /// <summary>Completes when nothing is in flight.</summary>
    public async Task WhenAnsweredAsync()
    {
        await Polling.UntilAsync(() => _inFlight.IsEmpty || _receiving.IsCompleted || _resending.IsCompleted, "an answer to each request");
        if (!_inFlight.IsEmpty)
        {
            await await Task.WhenAny(_receiving, _resending);
        }
    }

    /// <summary>Completes when nothing is left to be read.</summary>
    public Task WhenReadAsync() =>
        Polling.UntilAsync(() => _socket.Available == 0 || _receiving.IsCompleted, "the socket to be read empty");

    /// <summary>Takes what the kernel still holds for the socket, so that the counts are final.</summary>
    public async Task StopAsync()
    {
        MakeNoMore();
        await WhenReadAsync();
        await _ending.CancelAsync();
        await Task.WhenAll(_receiving, _resending);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _socket.Dispose();
        _ending.Dispose();
    }

    private void SendNext()
    {
        var number = Interlocked.Increment(ref _made);
        var deposit = Deposit.To($"{_name}-{number}", _users[number % _users.Count], (IPEndPoint)_socket.LocalEndPoint!);
        _inFlight[deposit.CallId] = deposit;
        Send(deposit);
    }

    private void Send(Deposit deposit) => _socket.SendTo(deposit.Octets, _server);

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, _server, _ending.Token);
                Take(SipReply.Read(buffer.AsSpan(0, received.ReceivedBytes)));
            }
        }
        catch (OperationCanceledException)
        {
            // StopAsync
        }
    }

    private void Take(SipReply reply)
    {
        // An answer to an attempt that was given up for the next one is nobody's (RFC 3261 17.1.3).
        if (reply.Status < 200 || !_inFlight.TryGetValue(reply.CallId, out var deposit) || reply.CSeq != deposit.CSeq)
        {
            return;
        }

        if (reply.Status == 401 && _sender is not null)
        {
            SendAgain([deposit.Authorized(reply, _sender)]);
            return;
        }

        _inFlight.TryRemove(reply.CallId, out _);
        if (reply.Status == 202)
        {
            _acknowledged[deposit.CallId] = deposit;
            if (_marks.TryGetValue(_acknowledged.Count, out var mark))
            {
                mark.TrySetResult();
            }
        }
        else
        {
            _refusals.Enqueue(reply);
            _refused.TrySetResult();
        }

        if (_makesMore)
        {
            SendNext();
        }
    }

    private async Task ResendAsync()
    {
        try
        {
            while (true)
            {
                var before = _inFlight.Keys.ToHashSet(StringComparer.Ordinal);
                await Task.Delay(T1, TimeProvider.System, _ending.Token);
                foreach (var deposit in _inFlight.Values.Where(deposit => before.Contains(deposit.CallId)))
                {
                    Send(deposit);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // StopAsync
        }
    }
}
