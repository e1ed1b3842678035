using System.Diagnostics.Metrics;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Telemetry;
using PosteRestante.Grains.Tests.Simulation;

namespace PosteRestante.Grains.Tests.Mailbox;

public class MissingMessageTests
{
    [Fact]
    public void CommittedEntry_WithoutItsRecord_RaisesTheAlarmAndHoldsUpNoOther()
    {
        var world = new SimulatedWorld(1);
        long alarms = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (ReferenceEquals(instrument.Meter, world.Meter) && instrument.Name == "deferred.messages.missing")
                {
                    meters.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => alarms += count);
        listener.Start();

        world.Pump.Run(async () =>
        {
            var mailbox = world.Activate();
            var lost = await mailbox.DepositAsync(world.Deposit("lost"));
            await mailbox.DepositAsync(world.Deposit("kept"));
            world.Records.Damage($"message message/{lost.MessageKey}");
            var begun = await mailbox.BeginAsync(new BeginDelivery { SessionId = "s" });

            var page = await mailbox.NextPageAsync(
                new NextDeliveryPage { Token = begun.Token, MaxMessages = 5, MaxOctets = 1000 });

            page.Messages.Select(message => message.Content.Subject).ShouldBe(["kept"]);
            (await mailbox.ListAsync(new ListMailbox { MaxEntries = 5 })).Messages.Length.ShouldBe(2, "It is not dropped in silence.");
        });

        alarms.ShouldBe(1);
        world.Meter.Name.ShouldBe(GrainInstruments.MeterName);
    }
}
