using Orleans.Embedded.Simulation;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Tests.Cluster;

namespace PosteRestante.Grains.Tests.LocalOnly;

/// <summary>
/// Senders, a puller and a pusher at one mailbox, all at once, while the runtime is disorderly, the store fails and the
/// process crashes. What they were told is held against what is there in the end (design.md 7).
/// </summary>
internal sealed class SiloLife : IDisposable
{
    private const int Senders = 4;
    private const int PerSender = 25;

    private readonly SimulatedSilo _silo;
    private readonly int _crashes;
    private readonly bool _disorder;
    private readonly Dictionary<string, (long Began, long Acknowledged)> _sent = [];
    private readonly HashSet<string> _pushTried = [];
    private readonly Dictionary<string, long> _pushed = [];
    private readonly HashSet<string> _pulled = [];
    private readonly Dictionary<string, string> _names = [];
    private long _steps;
    private int _open = Senders;
    private int _sessions;

    public SiloLife(int seed, bool faults, int crashes)
    {
        _crashes = crashes;
        _disorder = faults;
        _silo = new SimulatedSilo(
            seed,
            faults ? DisorderOptions.Everything : new DisorderOptions(),
            new MailboxOptions
            {
                HeadEntries = 4,
                PageEntries = 6,
                FanOut = 3,
                MaxIntents = 64,
                FoldIntents = 12,
                FoldIntentsAtRest = 4,
                MaxAttempts = 12,
            });
        if (faults)
        {
            SetFaults(0.02);
        }
    }

    /// <summary>Calls that got no answer, or one that said the store did not confirm.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Equal for equal lives.</summary>
    public ulong TraceHash => _silo.TraceHash;

    public void Run()
    {
        _silo.Run(() => Task.WhenAll(
            [.. Enumerable.Range(0, Senders).Select(SendAsync), PullAsync(), PushAsync(), CrashAsync()]));
        SetFaults(0);
        _silo.Crash();
        _silo.Run(JudgeAsync);
    }

    public void Dispose() => _silo.Dispose();

    private void SetFaults(double share) =>
        (_silo.Faults.FailBefore, _silo.Faults.FailAfterCommit, _silo.Faults.ConflictAfterCommit, _silo.Faults.Duplicate,
            _silo.Faults.Delay) = (share, share, share, share, share);

    private async Task SendAsync(int sender)
    {
        for (var i = 0; i < PerSender; i++)
        {
            var name = $"m{sender}-{i}";
            var began = ++_steps;
            DepositReceipt? receipt;
            do
            {
                receipt = await AskAsync(() => _silo.Mailbox().DepositAsync(Requests.Deposit(name, _silo.Now)));
            }
            while (receipt is null || receipt.Outcome == DepositOutcome.StoreUnavailable);

            receipt.Outcome.ShouldBeOneOf(
                DepositOutcome.Stored, DepositOutcome.AlreadyStored, DepositOutcome.AlreadyHandled);
            _sent[name] = (began, ++_steps);
            _names[receipt.MessageKey] = name;
            if (_silo.Random.Next(5) == 0)
            {
                // The 202 was lost on its way: the same message comes again and is never stored anew.
                var repeat = await AskAsync(() => _silo.Mailbox().DepositAsync(Requests.Deposit(name, _silo.Now)));
                (repeat?.Outcome).ShouldNotBe(DepositOutcome.Stored);
            }
        }

        _open--;
    }

    private async Task PullAsync()
    {
        while (_open > 0)
        {
            await DeliverAsync(DeliveryKind.Pull, (message, recorded) =>
            {
                if (recorded)
                {
                    _pulled.Add(message.Content.Subject);
                }
            });
        }
    }

    private async Task PushAsync()
    {
        while (_open > 0)
        {
            await DeliverAsync(DeliveryKind.Push, (message, recorded) =>
            {
                _pushTried.Add(message.Content.Subject);
                if (recorded)
                {
                    _pushed.TryAdd(message.Content.Subject, ++_steps);
                }
            });
        }
    }

    private async Task CrashAsync()
    {
        for (var i = 0; i < _crashes && _open > 0; i++)
        {
            for (var wait = _silo.Random.Next(50, 3000); wait > 0 && _open > 0; wait--)
            {
                await Task.Yield();
            }

            _silo.Crash();
        }
    }

    private async Task DeliverAsync(DeliveryKind kind, Action<WaitingMessage, bool> delivered)
    {
        var begun = await AskAsync(() => _silo.Mailbox().BeginDeliveryAsync(
            new BeginDelivery { Kind = kind, SessionId = $"{kind}{++_sessions}" }));
        if (begun?.Outcome != DeliveryOutcome.Granted)
        {
            await Task.Yield();
            return;
        }

        long after = 0;
        while (_silo.Random.Next(20) != 0)
        {
            var asked = ++_steps;
            var page = await AskAsync(() => _silo.Mailbox().NextPageAsync(new NextDeliveryPage
            {
                Token = begun.Token,
                AfterSequence = after,
                MaxMessages = _silo.Random.Next(1, 10),
                MaxOctets = 10_000,
            }));
            if (page?.Outcome == DeliveryOutcome.Superseded)
            {
                return;
            }

            if (page?.Outcome != DeliveryOutcome.Granted)
            {
                continue;
            }

            foreach (var message in page.Messages)
            {
                CheckBrought(message, asked);
            }

            await ConfirmAsync(kind, begun.Token, page.Messages, delivered);
            after = page.NextAfterSequence;
            if (page.IsLast)
            {
                break;
            }
        }

        await AskAsync(() => _silo.Mailbox().EndDeliveryAsync(new EndDelivery { Token = begun.Token, AfterSequence = after }));
    }

    private void CheckBrought(WaitingMessage message, long asked)
    {
        var name = message.Content.Subject;
        Requests.Deposit(name, _silo.Now).Content.Octets.ShouldBe(message.Content.Octets);

        // A ghost may read an old head; the client drops what it brings again by its generation.
        (!_disorder && _pushed.TryGetValue(name, out var confirmed) && confirmed < asked).ShouldBeFalse(
            $"{name} was confirmed, and came again.");
    }

    private async Task ConfirmAsync(
        DeliveryKind kind, long token, IReadOnlyList<WaitingMessage> messages, Action<WaitingMessage, bool> delivered)
    {
        foreach (var message in messages)
        {
            if (kind == DeliveryKind.Push)
            {
                _pushTried.Add(message.Content.Subject);
            }
        }

        var confirmed = await AskAsync(() => _silo.Mailbox().ConfirmDeliveryAsync(new ConfirmDelivery
        {
            Token = token,
            Outcomes = [.. messages.Select(message => Requests.Outcome(message))],
        }));
        var recorded = confirmed?.Outcome is DeliveryOutcome.Granted or DeliveryOutcome.Superseded;
        foreach (var message in messages)
        {
            delivered(message, recorded);
        }
    }

    private async Task<T?> AskAsync<T>(Func<ValueTask<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException or ObjectDisposedException)
        {
            Unanswered++;
            return null;
        }
    }

    private async Task JudgeAsync()
    {
        var mailbox = new PatientMailbox(_silo);
        var listed = await Requests.ListAsync(mailbox);
        var subjects = listed.Select(message => message.Subject).ToList();
        subjects.Distinct().Count().ShouldBe(subjects.Count, "A message is visible twice.");
        listed.Zip(listed.Skip(1)).ShouldAllBe(pair => pair.First.Sequence < pair.Second.Sequence);
        _sent.Count.ShouldBe(Senders * PerSender);
        foreach (var name in _sent.Keys)
        {
            (subjects.Contains(name) || _pushTried.Contains(name)).ShouldBeTrue($"{name} was acknowledged and is lost.");
        }

        foreach (var message in listed)
        {
            _sent.ShouldContainKey(message.Subject);
            _pushed.ShouldNotContainKey(message.Subject, "It was removed, and is there.");
            (message.Delivered || !_pulled.Contains(message.Subject)).ShouldBeTrue("A confirmed delivery was forgotten.");
        }

        foreach (var (first, second) in listed.Zip(listed.Skip(1)))
        {
            // Whoever was acknowledged before the other began comes first.
            (_sent[second.Subject].Acknowledged < _sent[first.Subject].Began).ShouldBeFalse(
                $"{second.Subject} was stored before {first.Subject} was sent.");
        }

        foreach (var name in _sent.Keys)
        {
            var again = await mailbox.DepositAsync(Requests.Deposit(name, _silo.Now));
            again.Outcome.ShouldBe(
                subjects.Contains(name) ? DepositOutcome.AlreadyStored : DepositOutcome.AlreadyHandled, name);
        }

        var brought = await Requests.DeliverAsync(mailbox, DeliveryKind.Pull, "last");
        brought.Select(message => message.Content.Subject).ShouldBe(subjects);
    }
}
