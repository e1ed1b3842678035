using System.Net.Sockets;

namespace PosteRestante.Bench.Deposit.Load;

/// <summary>
/// Sends MESSAGE requests on one thread and times their final responses: as many as may be in flight, or at a fixed rate.
/// Over UDP a message goes again by the timers of RFC 3261 17.1.2.2 (E and F).
/// </summary>
internal sealed class LoadGenerator : ILoadReceiver, IDisposable
{
    private const int ReservedOutcomes = 1 << 20;
    private const int Stride = 7919; // spreads consecutive messages over the recipients
    private static readonly long Second = TimeProvider.System.TimestampFrequency;
    private static readonly long T1 = Second / 2;
    private static readonly long T2 = 4 * Second;
    private static readonly long TimerLook = Second / 20;

    private readonly LoadPlan _plan;
    private readonly LoadConnection[] _connections;
    private readonly List<Socket> _readable;
    private readonly LoadMessage[] _messages;
    private readonly LoadSlot[] _slots;
    private readonly Stack<int> _free;
    private long _start;
    private long _lastResponse;

    /// <summary>Builds the messages and connects.</summary>
    public LoadGenerator(LoadPlan plan)
    {
        _plan = plan;
        _connections = [.. Enumerable.Range(0, plan.Connections).Select(_ => new LoadConnection(plan.Port, plan.IsTcp))];
        _readable = new List<Socket>(plan.Connections);
        _messages = [.. Enumerable.Range(0, plan.InFlight).Select(slot => new LoadMessage(plan.IsTcp, slot, Environment.ProcessId))];
        _slots = new LoadSlot[plan.InFlight];
        _free = new Stack<int>(Enumerable.Range(0, plan.InFlight).Reverse());
        Outcome = new LoadOutcome((int)Math.Min(plan.Messages, ReservedOutcomes));
    }

    /// <summary>What came of it.</summary>
    public LoadOutcome Outcome { get; }

    /// <summary>Runs until all messages have their answer, or the time is over.</summary>
    public void Run()
    {
        _start = _lastResponse = Now();
        var end = _start + (long)(_plan.Seconds * Second);
        var look = _start + TimerLook;
        for (var now = _start; Outcome.Finished < _plan.Messages && now < end && !Array.TrueForAll(_connections, c => c.IsClosed); now = Now())
        {
            SendDue(now);
            if (now >= look)
            {
                look = now + TimerLook;
                LookAtTimers(now);
            }

            Wait();
        }

        Outcome.Seconds = (double)(_lastResponse - _start) / Second;
    }

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> response)
    {
        if (!LoadResponse.TryRead(response, out var answer) || answer.Status < 200 || (uint)answer.Slot >= (uint)_slots.Length)
        {
            return;
        }

        ref var slot = ref _slots[answer.Slot];
        if (slot.IsBusy && slot.Index == answer.Index) // else the answer to a repeat
        {
            Finish(answer.Slot, answer.Status, Now());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_connections, connection => connection.Dispose());

    private static long Now() => TimeProvider.System.GetTimestamp();

    private void SendDue(long now)
    {
        while (_free.Count > 0 && Outcome.Sent < _plan.Messages)
        {
            var due = _plan.Rate > 0 ? _start + (long)(Outcome.Sent / _plan.Rate * Second) : Now();
            if (_plan.Rate > 0 && due > now)
            {
                return;
            }

            var index = Outcome.Sent++;
            var place = _free.Pop();
            _messages[place].Fill(index, _plan.OneUser ? 1 : 1 + (int)((long)index * Stride % _plan.Users));
            _slots[place] = new LoadSlot
            {
                Index = index, IsBusy = true, Due = due, Interval = T1, Again = _plan.IsTcp ? long.MaxValue : now + T1, GiveUp = now + (64 * T1),
            };
            Send(place);
        }
    }

    private void LookAtTimers(long now)
    {
        for (var place = 0; place < _slots.Length; place++)
        {
            ref var slot = ref _slots[place];
            if (slot.IsBusy && now >= slot.GiveUp)
            {
                Finish(place, 408, now);
            }
            else if (slot.IsBusy && now >= slot.Again)
            {
                slot.Interval = Math.Min(2 * slot.Interval, T2);
                slot.Again = now + slot.Interval;
                Outcome.Retransmissions++;
                Send(place);
            }
        }
    }

    private void Send(int place) => _connections[place % _connections.Length].Send(_messages[place].Octets);

    // A millisecond when messages have their times; else until there is something, or a timer has to be looked at.
    private void Wait()
    {
        _readable.Clear();
        foreach (var connection in _connections)
        {
            if (!connection.IsClosed)
            {
                _readable.Add(connection.Socket);
            }
        }

        if (_readable.Count == 0)
        {
            return;
        }

        Socket.Select(_readable, null, null, _plan.Rate > 0 ? 1_000 : 20_000);
        foreach (var connection in _connections)
        {
            if (_readable.Contains(connection.Socket))
            {
                while (connection.TryReceive(this))
                {
                }
            }
        }
    }

    private void Finish(int place, int status, long now)
    {
        ref var slot = ref _slots[place];
        slot.IsBusy = false;
        _free.Push(place);
        _lastResponse = now;
        Outcome.Add(slot.Index, status, (now - slot.Due) * 1e3 / Second);
    }
}
