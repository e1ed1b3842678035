using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Messages;
using PosteRestante.Grains.Tests.Model;

namespace PosteRestante.Grains.Tests.Simulation;

/// <summary>
/// One random life of a mailbox beside its model. Every step is repeated, as an edge would, until the mailbox says what
/// became of it; then mailbox and model must agree.
/// </summary>
internal sealed class ModelRun
{
    private const int MaxRepeats = 200;

    private readonly SimulatedWorld _world;
    private readonly MailboxModel _model;
    private readonly Random _random;
    private readonly bool _ghosts;
    private readonly SimulatedMailbox[] _activations = new SimulatedMailbox[2];
    private readonly Dictionary<string, string> _names = [];
    private readonly List<long> _tokens = [0];
    private int _deposits;
    private int _sessions;

    public ModelRun(int seed, Faults faults, bool ghosts)
    {
        var shape = new Random(seed);
        var options = new MailboxOptions
        {
            HeadEntries = shape.Next(1, 6),
            PageEntries = shape.Next(2, 8),
            FanOut = shape.Next(2, 4),
            FoldIntents = shape.Next(2, 12),
            FoldIntentsAtRest = shape.Next(1, 12),
            MaxIntents = 64,
            MaxOutcomes = shape.Next(3, 20),
            MaxDeliveryPage = shape.Next(1, 9),
            MaxListPage = shape.Next(1, 9),
            MaxMessages = shape.Next(5, 60),
            MaxOctets = 2000,
            MaxAttempts = 20,
        };
        _world = new SimulatedWorld(seed, options);
        _world.Records.Faults = faults;
        _random = _world.Random;
        _ghosts = ghosts;
        _model = new MailboxModel(new ModelLimits { MaxMessages = options.MaxMessages, MaxOctets = options.MaxOctets });
        _activations = [_world.Activate(), _world.Activate()];
    }

    /// <summary>Steps that were compared.</summary>
    public int Steps { get; private set; }

    public void Run(int steps) => _world.Pump.Run(async () =>
    {
        for (; Steps < steps; Steps++)
        {
            await StepAsync();
        }

        await SettleAsync();
    });

    private SimulatedMailbox Any() => _activations[_ghosts ? _random.Next(2) : 0];

    private async Task StepAsync()
    {
        switch (_random.Next(100))
        {
            case < 40:
                await DepositAsync(_random.Next(4) == 0 && _deposits > 0 ? _random.Next(_deposits) : _deposits++);
                break;
            case < 50:
                await BeginAsync();
                break;
            case < 68:
                await ConfirmAsync();
                break;
            case < 74:
                await EndAsync();
                break;
            case < 80:
                await ListAsync();
                break;
            case < 86:
                _world.Clock.Now += TimeSpan.FromSeconds(_random.Next(1, 45));
                break;
            case < 90:
                Any().HintDue(_world.Clock.Now);
                break;
            case < 95:
                await Any().RingAsync();
                break;
            default:
                _activations[_random.Next(2)] = _world.Activate();
                break;
        }
    }

    private async Task DepositAsync(int number)
    {
        var name = $"m{number}";
        var request = _world.Deposit(name, _random.Next(1, 120), TimeSpan.FromSeconds(_random.Next(10, 300)));
        var key = _world.KeyOf(name);
        _names[key] = name;
        var (outcome, repeated) = (DepositOutcome.StoreUnavailable, -1);
        for (; outcome == DepositOutcome.StoreUnavailable; repeated++)
        {
            (repeated < MaxRepeats).ShouldBeTrue();
            outcome = (await Any().DepositAsync(request)).Outcome;
        }

        // The record that an earlier, refused attempt left is what a later one commits: with its size and expiry.
        var stored = _world.Records.Peek<MessageRecord>("message", MessageOwner(key));
        var content = stored is { End: null } ? stored.Content : request.Content;
        var expected = _model.Deposit(key, content.Octets.Length, content.ExpiresAt, _world.Clock.Now);
        if (repeated > 0 && expected == DepositOutcome.Stored && outcome != DepositOutcome.MailboxFull)
        {
            outcome.ShouldBeOneOf(DepositOutcome.Stored, DepositOutcome.AlreadyStored);
            return;
        }

        // A ghost may still list what another activation ended; the sender gets the same 202.
        if (_ghosts && expected == DepositOutcome.AlreadyHandled)
        {
            outcome.ShouldBeOneOf(DepositOutcome.AlreadyHandled, DepositOutcome.AlreadyStored);
            return;
        }

        outcome.ShouldBe(expected, name);
    }

    private async Task BeginAsync()
    {
        var kind = _random.Next(3) == 0 ? DeliveryKind.Push : DeliveryKind.Pull;
        var list = kind == DeliveryKind.Pull && _random.Next(2) == 0 ? AnyList() : null;
        var again = _random.Next(5) == 0;
        var request = new BeginDelivery
        {
            Kind = kind,
            SessionId = $"s{(again ? _sessions : ++_sessions)}",
            IncludeDelivered = kind == DeliveryKind.Pull && _random.Next(2) == 0,
            ByList = list is not null,
            MessageKeys = [.. list ?? []],
        };
        var begun = await RepeatAsync(() => Any().BeginAsync(request), answer => answer.Outcome);
        var (outcome, lease) = _model.Begin(kind, request.SessionId, request.IncludeDelivered, list, _world.Clock.Now);
        begun.Outcome.ShouldBe(outcome);
        if (lease is null)
        {
            return;
        }

        begun.Token.ShouldBe(lease.Token);
        begun.Count.ShouldBe(lease.Count);
        begun.LeaseEndsAt.ShouldBe(lease.EndsAt);
        _tokens.Add(lease.Token);
        await CompareDrainAsync(lease.Token);
    }

    /// <summary>Some messages in any order, ended ones too, some twice, with keys that are unknown and text that is no key.</summary>
    private List<string> AnyList()
    {
        var list = _model.Entries.Where(_ => _random.Next(3) == 0).Select(entry => entry.Key).ToList();
        list.AddRange(list.Where(_ => _random.Next(5) == 0).ToList());
        list.AddRange([_world.KeyOf($"never{_random.Next(100)}"), "no key"]);
        return [.. list.OrderBy(_ => _random.Next())];
    }

    /// <summary>All that the delivery would bring now, by the mailbox and by the model.</summary>
    private async Task CompareDrainAsync(long token)
    {
        await RefreshAsync();
        var brought = new List<(string, int)>();
        long after = 0;
        for (var last = false; !last;)
        {
            var request = new NextDeliveryPage
            {
                Token = token,
                AfterSequence = after,
                MaxMessages = _random.Next(1, 12),
                MaxOctets = _random.Next(1, 400),
            };
            var page = await RepeatAsync(() => Any().NextPageAsync(request), answer => answer.Outcome);
            page.Outcome.ShouldBe(DeliveryOutcome.Granted);
            foreach (var message in page.Messages)
            {
                message.Content.Subject.ShouldBe(_names[message.MessageKey]);
                brought.Add((message.MessageKey, message.Generation));
            }

            (after, last) = (page.NextAfterSequence, page.IsLast);
        }

        brought.ShouldBe(_model.Remaining(token, _world.Clock.Now).Select(entry => (entry.Key, entry.Generation)));
    }

    private async Task ConfirmAsync()
    {
        var token = _random.Next(4) == 0 ? _tokens[_random.Next(_tokens.Count)] : _tokens[^1];
        var about = _model.Entries.Where(_ => _random.Next(4) == 0).TakeLast(40).ToList();
        var outcomes = about
            .Select(entry => (entry.Key, entry.Sequence, Outcome: (SendOutcome)_random.Next(1, 4)))
            .ToList();
        var request = new ConfirmDelivery
        {
            Token = token,
            Outcomes = [.. outcomes.Select(one => new MessageOutcome
            {
                Sequence = one.Sequence,
                MessageKey = one.Key,
                Outcome = one.Outcome,
            })],
        };

        // The order in which due entries end and outcomes arrive is open; so nothing is due here.
        _model.Expire(_world.Clock.Now);
        await RefreshAsync();
        await RepeatAsync(async () => await Any().KeepHouseAsync(), done => done ? DeliveryOutcome.Granted : DeliveryOutcome.StoreUnavailable);
        var confirmed = await RepeatAsync(() => Any().ConfirmAsync(request), answer => answer.Outcome);
        var expected = _model.Confirm(token, [.. outcomes.Select(one => (one.Key, one.Outcome))], _world.Clock.Now);
        confirmed.Outcome.ShouldBe(expected);
        if (expected == DeliveryOutcome.Granted)
        {
            confirmed.LeaseEndsAt.ShouldBe(_model.Lease!.EndsAt);
            await CompareDrainAsync(token);
        }
    }

    private async Task EndAsync()
    {
        var token = _tokens[^1];
        var after = _random.Next(2) == 0 ? 0 : _random.Next(1, _deposits + 2);
        var request = new EndDelivery { Token = token, AfterSequence = after };
        var attempts = 0;
        var ended = await RepeatAsync(
            async () =>
            {
                attempts++;
                return await Any().EndAsync(request);
            },
            answer => answer.Outcome);
        var (outcome, more) = _model.End(token, after, _world.Clock.Now);
        if (attempts > 1 && ended.Outcome == DeliveryOutcome.Superseded)
        {
            return;
        }

        ended.Outcome.ShouldBe(outcome);
        if (more)
        {
            ended.MoreWaiting.ShouldBeTrue();
        }
    }

    private async Task ListAsync()
    {
        await RefreshAsync();
        var listed = new List<(string, long, bool)>();
        long after = 0;
        for (var last = false; !last;)
        {
            var request = new ListMailbox { AfterSequence = after, MaxEntries = _random.Next(1, 20) };
            var page = await RepeatAsync(() => Any().ListAsync(request), answer => answer.Outcome);
            listed.AddRange(page.Messages.Select(message => (message.MessageKey, message.Sequence, message.Delivered)));
            after = page.Messages.Length > 0 ? page.Messages[^1].Sequence : after;
            last = page.IsLast;
        }

        foreach (var activation in _activations)
        {
            activation.Writer.Head!.Totals.ShouldBe(activation.Writer.Head.CountTotals());
        }

        listed.ShouldBe(_model.List(_world.Clock.Now).Select(entry => (entry.Key, entry.Sequence, entry.Delivered)));
    }

    /// <summary>A ghost may read an old head; that it cannot do harm is compared, not that it knows the news.</summary>
    private async Task RefreshAsync()
    {
        foreach (var activation in _activations)
        {
            await RepeatAsync(
                async () => await activation.Writer.ReloadAsync(),
                head => head is not null ? DeliveryOutcome.Granted : DeliveryOutcome.StoreUnavailable);
        }
    }

    private async Task<T> RepeatAsync<T>(Func<ValueTask<T>> step, Func<T, DeliveryOutcome> outcome)
    {
        for (var repeated = 0; repeated < MaxRepeats; repeated++)
        {
            var answer = await step();
            if (outcome(answer) != DeliveryOutcome.StoreUnavailable)
            {
                return answer;
            }
        }

        throw new InvalidOperationException("The mailbox never answered.");
    }

    /// <summary>With the faults over, every decision is carried out and every message has the outcome the model gave it.</summary>
    private async Task SettleAsync()
    {
        _world.Records.Faults = Faults.None;
        _world.Clock.Now += TimeSpan.FromMinutes(2);
        _model.Expire(_world.Clock.Now);
        var mailbox = _world.Activate();
        (await mailbox.KeepHouseAsync()).ShouldBeTrue();
        await ListAsync();
        foreach (var entry in _model.Entries)
        {
            var record = _world.Records.Peek<MessageRecord>("message", MessageOwner(entry.Key)).ShouldNotBeNull();
            (record.End?.Outcome ?? TerminalOutcome.None).ShouldBe(entry.Ended);
        }

        var head = _world.Records.Peek<MailboxHead>("head", SimulatedWorld.Owner);
        if (head is not null)
        {
            head.CountTotals().ShouldBe(head.Totals);
            head.Totals.Count.ShouldBe(_model.Entries.Count(entry => entry.IsLive));
            head.Intents.ShouldAllBe(intent => !intent.Ended);
            (head.Newest.Count <= _world.Options.HeadEntries).ShouldBeTrue();
            head.Levels.ShouldAllBe(level => level.Length <= _world.Options.FanOut);
        }
    }

    private static Orleans.Runtime.GrainId MessageOwner(string key) => Orleans.Runtime.GrainId.Create("message", key);
}
