using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Messages;
using PosteRestante.Grains.Telemetry;

namespace PosteRestante.Grains.Tests.Simulation;

/// <summary>A store, a clock and the activations of one mailbox, all moved by one seed.</summary>
internal sealed class SimulatedWorld
{
    public const string Mailbox = "alice@localhost";

    private readonly Meters _meters = new();

    private static readonly KeySecret Secret = new(1, new byte[KeySecret.Length]);

    public SimulatedWorld(int seed, MailboxOptions? options = null)
    {
        Random = new Random(seed);
        Pump = new SeededPump(Random);
        Records = new SimulatedRecords(Pump, Random);
        Options = options ?? new MailboxOptions();
        Context = new MailboxContext(
            Records,
            Keys,
            Clock,
            new SeededNumbers(seed),
            Microsoft.Extensions.Options.Options.Create(Options),
            new GrainInstruments(_meters),
            NullLogger<UserMailbox>.Instance);
    }

    public static GrainId Owner { get; } = GrainId.Create("usermailbox", Mailbox);

    /// <summary>The meter of this world's mailboxes.</summary>
    public Meter Meter => _meters.Created!;

    public Random Random { get; }

    public SeededPump Pump { get; }

    public SimulatedRecords Records { get; }

    public ManualClock Clock { get; } = new();

    public MailboxOptions Options { get; }

    public MailboxContext Context { get; }

    public MessageKeys Keys { get; } = new(Secret);

    public IDeferredMessage Message(string key) => new SimulatedMessage(Records, Pump, Random, key);

    public SimulatedMailbox Activate() => new(this);

    public string KeyOf(string name) => Keys.Derive(Mailbox, Encoding.UTF8.GetBytes(name)).ToMessageKey().Value;

    public DepositRequest Deposit(string name, int size = 100, TimeSpan? lifetime = null) => new()
    {
        DedupeKey = [.. Encoding.UTF8.GetBytes(name)],
        Content = new DeferredContent
        {
            Octets = ImmutableArray.CreateRange(Enumerable.Repeat((byte)'x', size)),
            ReceivedAt = Clock.Now,
            ExpiresAt = Clock.Now + (lifetime ?? TimeSpan.FromDays(7)),
            From = "sip:bob@localhost",
            Subject = name,
        },
    };

    private sealed class Meters : IMeterFactory
    {
        public Meter? Created { get; private set; }

        public Meter Create(MeterOptions options) => Created = new Meter(options);

        public void Dispose() => Created?.Dispose();
    }
}
