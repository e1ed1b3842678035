using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.SipEdge.Handover;
using PosteRestante.SipEdge.Delivery;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.Storage.Bodies.Simulated;

namespace PosteRestante.SipEdge.Tests.Delivery;

public sealed class LeaseRenewalTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    [Fact]
    public void Renewal_AfterIdlePeriods_GoesOnWithTheProgress()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var loop = new SimulatedLoop(1);
        var renewals = 0;
        var mailbox = new TroubledMailbox(null!, new Trouble
        {
            Confirm = request =>
            {
                renewals += request.Outcomes.IsEmpty ? 1 : 0;
                return new DeliveryConfirmed { Outcome = DeliveryOutcome.Granted };
            },
        });
        var options = new DeliveryOptions();
        var delivery = loop.InTurn(() => new MessageDelivery(
            loop,
            new DeliveryLease(loop, mailbox, 2, options),
            new HandoverWriter("im.example.net", SipIdentifiers.FromSeed(1), NullLogger.Instance),
            new SimulatedBodyStore(new SimulatedBodyDisk(), loop.Time),
            new EdgeTelemetry(services.GetRequiredService<IMeterFactory>()),
            options,
            Period,
            appends: false,
            activity: null,
            NullLogger.Instance));

        loop.Advance(3 * Period);
        renewals.ShouldBe(0, "a session that settles nothing is not kept alive");
        loop.InTurn(() =>
        {
            var message = new MsrpOutgoingMessage("msg0", "text/plain", new byte[1]) { Tag = new SentMessage(new MessageOutcome { Sequence = 1 }, 1) };
            delivery.OnSent(null!, message, new MsrpSendOutcome(MsrpSendOutcomeKind.Rejected, 413));
            return true;
        });
        loop.Advance(2 * Period);

        renewals.ShouldBe(1);
        loop.InTurn(() =>
        {
            delivery.Stop();
            return true;
        });
        loop.RunningTimers.ShouldBe(0);
    }

    [Fact]
    public void Renewal_WhileChunksOfALongMessageAreAnswered_GoesOnAndEndsWithThem()
    {
        var loop = new SimulatedLoop(1);
        var (renewals, answered) = (0, 0L);
        var mailbox = new TroubledMailbox(null!, new Trouble
        {
            Confirm = _ =>
            {
                renewals++;
                return new DeliveryConfirmed { Outcome = DeliveryOutcome.Granted };
            },
        });
        var renewal = loop.InTurn(() => new LeaseRenewal(
            loop, new DeliveryLease(loop, mailbox, 2, new DeliveryOptions()), Period, () => answered, static () => { }, static _ => { }));

        for (var period = 1; period <= 5; period++)
        {
            answered++;
            loop.Advance(Period);
            renewals.ShouldBe(period);
        }

        loop.Advance(5 * Period);
        renewals.ShouldBe(5, "a message that stands still does not keep the lease");
        loop.InTurn(() =>
        {
            renewal.Stop();
            return true;
        });
    }
}
