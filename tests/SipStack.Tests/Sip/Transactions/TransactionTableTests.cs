using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Tests.Sip.Transactions;

/// <summary>Holds the four machines to the tables of docs/protocols/transactions.md, cell by cell.</summary>
public sealed class TransactionTableTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(1000);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Repeat = Now + TimeSpan.FromSeconds(1.25);
    private static readonly TimeSpan End = Now + TimeSpan.FromSeconds(17);
    private static readonly SipTimers Timers = new();
    private static readonly IReadOnlyList<TransactionTableRow> Rows = TransactionTable.Read();

    public static TheoryData<string> RowNames => [.. Rows.Select(r => r.ToString())];

    [Theory]
    [MemberData(nameof(RowNames))]
    public void Step_EachRow_DoesWhatTheTableSays(string name)
    {
        var row = Rows.Single(r => r.ToString() == name);
        var before = new TransactionState(row.Phase, Interval, row.Answered ? null : Repeat, End);

        var (after, actions) = Step(row.Machine, before, row.Input, row.Reliable);

        after.Phase.ShouldBe(row.Next);
        actions.ShouldBe(row.Actions);
        after.RepeatAt.ShouldBe(Deadline(row.Repeats, before.RepeatAt), "repeats");
        after.EndAt.ShouldBe(Deadline(row.Ends, before.EndAt), "ends");
        if (row.Repeats.Contains('=', StringComparison.Ordinal) && row.Repeats[0] is 'A' or 'E' or 'G')
        {
            after.Interval.ShouldBe(after.RepeatAt!.Value - Now);
        }
    }

    [Fact]
    public void Step_EveryPairWithoutARow_ChangesNothing()
    {
        var known = Rows.Select(r => (r.Machine, r.Phase, r.Input, r.Reliable)).ToHashSet();
        var absorbed = 0;
        foreach (var machine in TransactionTable.Machines)
        {
            foreach (var phase in Enum.GetValues<TransactionPhase>())
            {
                foreach (var input in Enum.GetValues<TransactionInput>())
                {
                    foreach (var reliable in new[] { false, true })
                    {
                        if (known.Contains((machine, phase, input, reliable)))
                        {
                            continue;
                        }

                        var before = phase == TransactionPhase.Initial
                            ? new TransactionState(phase)
                            : new TransactionState(phase, Interval, Repeat, End);
                        var (after, actions) = Step(machine, before, input, reliable);
                        after.ShouldBe(before, $"{machine} {phase} {input}");
                        actions.ShouldBe(TransactionActions.None, $"{machine} {phase} {input}");
                        absorbed++;
                    }
                }
            }
        }

        (absorbed + known.Count).ShouldBe(4 * 8 * Enum.GetValues<TransactionInput>().Length * 2);
    }

    [Fact]
    public void TimerE_RunsByTheBook()
    {
        var intervals = Intervals(NonInviteClientMachine.Step, TransactionInput.TimerE, TransactionInput.Request);
        intervals.ShouldBe([0.5, 1, 2, 4, 4, 4, 4, 4, 4, 4]);
    }

    [Fact]
    public void TimerA_RunsByTheBook()
    {
        var intervals = Intervals(InviteClientMachine.Step, TransactionInput.TimerA, TransactionInput.Request);
        intervals.ShouldBe([0.5, 1, 2, 4, 8, 16]);
    }

    [Fact]
    public void NonInviteTryingDelay_Defaults_IsTheTimeInWhichTimerEGrowsToT2() =>
        Timers.NonInviteTryingDelay.ShouldBe(TimeSpan.FromSeconds(3.5));

    private delegate TransactionStep Machine(in TransactionState state, TransactionInput input, TimeSpan now, SipTimers timers, bool reliable);

    // The intervals between the sendings of a request that nobody answers, until the transaction times out.
    private static List<double> Intervals(Machine step, TransactionInput repeat, TransactionInput begin)
    {
        var intervals = new List<double>();
        var now = TimeSpan.Zero;
        var state = step(new TransactionState(), begin, now, Timers, false).State;
        while (state.RepeatAt < state.EndAt)
        {
            intervals.Add((state.RepeatAt!.Value - now).TotalSeconds);
            now = state.RepeatAt.Value;
            state = step(state, repeat, now, Timers, false).State;
        }

        return intervals;
    }

    private static TransactionStep Step(string machine, in TransactionState state, TransactionInput input, bool reliable) =>
        machine switch
        {
            "ICT" => InviteClientMachine.Step(state, input, Now, Timers, reliable),
            "NICT" => NonInviteClientMachine.Step(state, input, Now, Timers, reliable),
            "IST" => InviteServerMachine.Step(state, input, Now, Timers, reliable),
            _ => NonInviteServerMachine.Step(state, input, Now, Timers, reliable),
        };

    private static TimeSpan? Deadline(string cell, TimeSpan? before) =>
        cell switch
        {
            "kept" => before,
            "off" => null,
            _ => Now + Length(cell),
        };

    private static TimeSpan Length(string cell) =>
        cell.Split(" = ")[^1] switch
        {
            "T1" => TimeSpan.FromMilliseconds(500),
            "T2" => TimeSpan.FromSeconds(4),
            "T4" => TimeSpan.FromSeconds(5),
            "64*T1" or "D" => TimeSpan.FromSeconds(32),
            "C" => TimeSpan.FromSeconds(180),
            "2*A" => 2 * Interval,
            "MIN(2*E, T2)" or "MIN(2*G, T2)" => TimeSpan.FromSeconds(4),
            "TryingDelay" => TimeSpan.FromMilliseconds(200),
            "NonInviteTryingDelay" => TimeSpan.FromSeconds(3.5),
            "ServerInviteLimit" => TimeSpan.FromSeconds(300),
            var other => throw new FormatException($"Unknown timer value '{other}'."),
        };
}
