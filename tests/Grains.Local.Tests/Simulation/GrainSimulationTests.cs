using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Simulation;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Simulation;

public sealed class GrainSimulationTests : IDisposable
{
    private readonly Journal _journal = new();
    private readonly Gates _gates = new();
    private readonly GrainSimulation _simulation;

    public GrainSimulationTests() => _simulation = new GrainSimulation(new SimulationOptions { Seed = 1, MaxTime = TimeSpan.FromHours(1) }, silo =>
    {
        silo.Services.AddSingleton(_journal);
        silo.Services.AddSingleton(_gates);
    });

    private IProbe Probe => _simulation.GrainFactory.GetGrain<IProbe>("a");

    [Fact]
    public void Run_StepsUntilTheCodeOutsideHasItsResult() => _simulation.Run(async () => await Probe.EchoAsync(4)).ShouldBe(4);

    [Fact]
    public async Task Step_RunsOneTurnAndSaysWhenNoneIsReady()
    {
        var call = Probe.EchoAsync(4).AsTask();
        call.IsCompleted.ShouldBeFalse();

        _simulation.RunUntilIdle();
        _simulation.Step().ShouldBeFalse();

        call.IsCompletedSuccessfully.ShouldBeTrue();
        (await call).ShouldBe(4);
    }

    [Fact]
    public void Advance_FiresGrainTimersOnVirtualTime()
    {
        _gates.Open("a tick");
        _simulation.Run(async () => await Probe.TickAsync(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(1), interleave: false, keepAlive: true));
        _simulation.UntilNextDue.ShouldNotBeNull();

        _simulation.Advance(TimeSpan.FromMinutes(10));

        _journal.Count("a ticked, 0 running, in turn").ShouldBeInRange(7, 8);
    }

    [Fact]
    public void Call_WithoutAnswer_TimesOutOnVirtualTime() =>
        Should.Throw<TimeoutException>(() => _simulation.Run(async () => await Probe.HoldAsync("never")));

    [Fact]
    public void Run_OfCodeThatNeverEnds_SaysSo() =>
        Should.Throw<SimulationStuckException>(() => _simulation.Run(() => _gates.At("never"))).Message.ShouldContain("seed 1");

    [Fact]
    public void Stop_InGoodOrder_EndsActivations()
    {
        _simulation.Run(async () => await Probe.CountAsync());

        _simulation.Stop();

        _journal.Entries[^1].ShouldBe("a deactivated ShuttingDown");
        _simulation.Activations.ShouldBe(0);
    }

    [Fact]
    public void Restart_AfterACrash_BeginsAnew()
    {
        _simulation.Run(async () => await Probe.CountAsync()).ShouldBe(1);
        _simulation.Crash();
        _simulation.Restart();

        _simulation.Run(async () => await Probe.CountAsync()).ShouldBe(1);
    }

    public void Dispose() => _simulation.Dispose();
}
